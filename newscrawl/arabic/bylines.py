"""Reading data/bylines.toml: the words of bylines."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from newscrawl.arabic.normalise import normalise


@dataclass(frozen=True, slots=True)
class BylineWords:
    """The whole file; all words normalised."""

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
    """The file, read once."""
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
