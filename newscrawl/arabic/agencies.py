"""Reading data/agencies.toml: who supplies the news, and how Arabic credits them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from newscrawl.arabic.normalise import normalise

_PARTS = re.compile(r"[\s.\-_]+")
_QUOTES = str.maketrans("", "", "«»\"'“”‘’()[]*:،")
LONGEST = 80
"""Characters; no house's name has so many."""


def house_key(name: str) -> str:
    """A name for comparing: normalised, without quotes, one form for أ ف ب and أ.ف.ب."""
    parts = [part for part in _PARTS.split(normalise(name.translate(_QUOTES))) if part]
    return ("." if all(len(part) == 1 for part in parts) else " ").join(parts)


@dataclass(frozen=True, slots=True)
class Houses:
    """The whole file. Keys are `house_key`s, words are normalised."""

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
    """The file, read once."""
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
    )
