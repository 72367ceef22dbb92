"""Reading data/gazetteer.toml: names and words of the news with their standard spelling."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from newscrawl.arabic.normalise import normalise

Kind = Literal["country", "capital", "city", "organization", "person", "noun", "verb"]

_KINDS: tuple[Kind, ...] = ("country", "capital", "city", "organization", "person", "noun", "verb")
_CLITIC_LETTERS = tuple("وفبلك")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing and all its names. `code` is the ISO 3166-1 country of a country or capital, else ""."""

    name: str
    kind: Kind
    variants: tuple[str, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The whole file.

    `whole` are words that keep their first letters whatever they look like, normalised; `spellings` are
    groups of spellings of one word, as written.
    """

    entries: tuple[Entry, ...]
    whole: frozenset[str]
    spellings: tuple[tuple[str, ...], ...]

    def base_words(self) -> tuple[set[str], set[str]]:
        """The words of all names, normalised and without article, and those that had the article.

        The alef as written tells: الجزائر has the article, ألمانيا does not.
        """
        bases, with_article = set(self.whole), set()
        for entry in self.entries:
            for name in (entry.name, *entry.variants):
                for position, word in enumerate(name.split()):
                    if position and word.startswith(_CLITIC_LETTERS):
                        continue  # والهرسك, للتعاون: clitics inside a name
                    exact = normalise(word)
                    if word.startswith("ال") and exact not in self.whole and len(exact) > 3:
                        with_article.add(exact)
                        exact = exact[2:]
                    bases.add(exact)
        return bases, with_article


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer, read once (10 ms)."""
    text = (files("newscrawl.arabic") / "data" / "gazetteer.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    entries: list[Entry] = []
    for kind in _KINDS:
        section = data[kind]
        names = section.get("names")
        if isinstance(names, str):
            entries += [Entry(word, kind) for word in names.split()]
        elif names is not None:
            entries += [Entry(first, kind, tuple(rest)) for first, *rest in names]
        else:
            entries += [Entry(first, kind, tuple(rest), code) for code, (first, *rest) in section.items()]
    return Gazetteer(
        entries=tuple(entries),
        whole=frozenset(normalise(word) for word in data["whole"]["words"].split()),
        spellings=tuple(tuple(group) for group in data["spelling"]["groups"]),
    )
