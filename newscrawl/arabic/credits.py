"""The words of credits: news agencies and media, the words of bylines, the places of datelines.

Reads data/agencies.toml (who supplies the news, and how Arabic credits them), data/bylines.toml and
data/datelines.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from newscrawl.arabic.gazetteer import load_gazetteer
from newscrawl.arabic.normalise import normalise

_PARTS = re.compile(r"[\s.\-_]+")
_QUOTES = str.maketrans("", "", "«»\"'“”‘’()[]*:،")
LONGEST = 80
"""Characters; no house's name and no dateline's places have so many."""


def house_key(name: str) -> str:
    """A name for comparing: normalised, without quotes, one form for أ ف ب and أ.ف.ب."""
    parts = [part for part in _PARTS.split(normalise(name.translate(_QUOTES))) if part]
    return ("." if all(len(part) == 1 for part in parts) else " ").join(parts)


@dataclass(frozen=True, slots=True)
class Houses:
    """data/agencies.toml. Keys are `house_key`s, words are normalised."""

    agencies: frozenset[str]
    media: frozenset[str]
    kinds: frozenset[str]
    known_only: frozenset[str]
    not_houses: frozenset[str]
    published: frozenset[str]
    according: frozenset[str]
    fillers: frozenset[str]
    source_labels: tuple[str, ...]
    """As written, the longest first."""
    same: Mapping[str, frozenset[str]]
    """The key of a name → the keys of all names of its house."""

    def is_agency(self, name: str) -> bool:
        """Whether a whole text is the name of a news agency, with or without وكالة before it."""
        return any(key in self.agencies for key in self._readings(name))

    def is_house(self, name: str) -> bool:
        """Whether a whole text is the name of an agency, a paper, a channel or a site."""
        return any(key in self.agencies or key in self.media for key in self._readings(name))

    def _readings(self, name: str) -> tuple[str, ...]:
        """A name's key, and its key without the kind of house before it; none for a text too long."""
        if len(name) > LONGEST:
            return ()
        key = house_key(name)
        kind, _, rest = key.partition(" ")
        return (key, rest) if kind in self.kinds and rest else (key,)


def _keys(groups: list[list[str]]) -> frozenset[str]:
    return frozenset(house_key(name) for group in groups for name in group)


def _words(text: str) -> frozenset[str]:
    return frozenset(normalise(text).split())


@cache
def load_houses() -> Houses:
    """The houses, read once."""
    text = (files("newscrawl.arabic") / "data" / "agencies.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    kind, credit = data["kind"], data["credit"]
    return Houses(
        agencies=_keys(data["agency"]["names"]),
        media=_keys(data["medium"]["names"]),
        kinds=_words(kind["words"]),
        known_only=_words(kind["known_only"]),
        not_houses=_words(kind["not_houses"]),
        published=_words(credit["published"]),
        according=_words(credit["according"]),
        fillers=_words(credit["fillers"]),
        source_labels=tuple(sorted(credit["source_labels"], key=len, reverse=True)),
        same={
            key: keys
            for names in (*data["agency"]["names"], *data["medium"]["names"])
            for keys in (_keys([names]),)
            for key in keys
        },
    )


def one_house(name: str) -> frozenset[str]:
    """The keys of all names of a house; of one that is not known, its own.

    >>> sorted(one_house("KUNA"))
    ['kuna', 'كونا', 'وكاله الانباء الكويتيه']
    """
    key = house_key(name)
    return load_houses().same.get(key, frozenset({key}))


@dataclass(frozen=True, slots=True)
class BylineWords:
    """data/bylines.toml; all words normalised."""

    leads: frozenset[str]
    """Before a writer's name: بقلم, كتب."""
    others: frozenset[str]
    """Before the name of a translator, photographer or editor."""
    desks: frozenset[str]
    """No person's byline has one of these."""
    not_names: frozenset[str]
    waw_names: frozenset[str]
    """Given names that begin with و."""


@cache
def load_byline_words() -> BylineWords:
    """The words of bylines, read once."""
    text = (files("newscrawl.arabic") / "data" / "bylines.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)

    def words(part: str, key: str = "words") -> frozenset[str]:
        return frozenset(normalise(data[part][key]).split())

    return BylineWords(
        leads=words("lead"),
        others=words("other"),
        desks=words("desk"),
        not_names=words("desk", "not_names"),
        waw_names=words("waw", "names"),
    )


_COMMA = re.compile(r"\s*[،,]\s*")


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
    return len(text) <= LONGEST and normalise(text) in _places()[0]


def is_place(text: str) -> bool:
    """Whether a whole text names a place: a town, a country, or both (دمشق، سوريا)."""
    if len(text) > LONGEST:
        return False
    towns, countries = _places()
    return all(part in towns or part in countries for part in _COMMA.split(normalise(text)))
