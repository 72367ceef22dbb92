"""Which texts name a place, for datelines: the gazetteer's places and those of data/datelines.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from newscrawl.arabic.gazetteer import load_gazetteer
from newscrawl.arabic.normalise import normalise

_PART = re.compile(r"\s*[،,]\s*")
_LONGEST = 80
"""A dateline's places have fewer characters: "واشنطن، الولايات المتحدة الأمريكية" has 35."""


@cache
def _places() -> tuple[frozenset[str], frozenset[str]]:
    """(towns and capitals, countries), normalised."""
    text = (files("newscrawl.arabic") / "data" / "datelines.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    towns = {normalise(name) for name in data["place"]["names"]}
    countries = {normalise(name) for name in data["country"]["names"]}
    for entry in load_gazetteer().entries:
        names = {normalise(name) for name in (entry.name, *entry.variants)}
        if entry.kind in ("capital", "city"):
            towns |= names
        elif entry.kind == "country":
            countries |= names
    return frozenset(towns), frozenset(countries)


def is_town(text: str) -> bool:
    """Whether a whole text names one town, capital or province."""
    return len(text) <= _LONGEST and normalise(text) in _places()[0]


def is_place(text: str) -> bool:
    """Whether a whole text names a place: a town, a country, or both (دمشق، سوريا)."""
    if len(text) > _LONGEST:
        return False
    towns, countries = _places()
    return all(part in towns or part in countries for part in _PART.split(normalise(text)))
