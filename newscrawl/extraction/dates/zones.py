"""The time zone of a page whose outlet is not in the registry, where its domain says it for certain."""

from __future__ import annotations

from functools import cache
from importlib import resources
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

ARAB_STATES = frozenset("AE BH DZ EG IQ JO KW LB LY MA MR OM PS QA SA SD SY TN YE".split())
"""ISO 3166-1 codes of members of the Arab League, whose domains their own outlets use.

Somalia, Djibouti and the Comoros are left out, and with them every country whose letters are sold as a word
(.tv, .me, .io): a domain there says nothing of a place.
"""


def zone_of(url: str) -> ZoneInfo | None:
    """The zone of an address's country, where its domain ends in an Arab state's and that has one zone."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return None
    return _zones().get(host.rstrip(".").rpartition(".")[2].upper())


@cache
def _zones() -> dict[str, ZoneInfo]:
    """Country → its zone, of the Arab states with exactly one in the IANA's zone.tab."""
    table = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    names: dict[str, list[str]] = {}
    for country, _, zone, *_ in rows:
        names.setdefault(country, []).append(zone)
    return {
        code: ZoneInfo(zones[0]) for code, zones in names.items() if code in ARAB_STATES and len(zones) == 1
    }
