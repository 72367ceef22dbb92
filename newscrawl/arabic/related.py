"""Other words for the same thing: synonyms of the press, words of the dialects, plurals.

The table is data/related.tsv, which says how it is written and where its words are from. A file of the user's
own in the same form adds to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from newscrawl.arabic.gazetteer import load_gazetteer
from newscrawl.arabic.tokens import common_spelling, tokenise

Stems = tuple[str, ...]
Related = Mapping[Stems, tuple[str, ...]]
"""The stems of a word or phrase → the words and phrases that may stand for it, as written."""

FORM = "a line is: = or >, a tab, two words or more with | between them, a tab, where they are used"
_FEMININE, _MASCULINE, _PLURAL = ("ه", "تان", "تين"), ("", "ين", "ون", "ان"), "ات"
_NAMES = ("country", "capital", "city", "person")
"""Kinds of the gazetteer whose words have no number."""
_SHORTEST_FEMININE, _SHORTEST_MASCULINE = 3, 4
"""Letters before an ending, at the least: لبنان is no dual of لبن."""


class RelatedWordsError(ValueError):
    """A file of related words that cannot be read; the message names file, line, fault and mend."""


@cache
def load_related(own: Path | None = None) -> Related:
    """The bundled table, the other names of the gazetteer, and the user's own file, read once.

    Args:
        own: the user's own file, UTF-8.

    Raises:
        RelatedWordsError: a line of it cannot be read.
        OSError: the file cannot.
    """
    bundled = (files("newscrawl.arabic") / "data" / "related.tsv").read_text(encoding="utf-8")
    lines = [*_lines("related.tsv", bundled), *_names()]
    if own:
        try:
            lines += _lines(str(own), own.read_text(encoding="utf-8-sig"))
        except UnicodeDecodeError as error:
            raise RelatedWordsError(f"{own}: not UTF-8; save it as UTF-8") from error
    related: dict[Stems, dict[str, None]] = {}
    for way, phrases in lines:
        for first in phrases if way == "=" else phrases[:1]:
            others = dict.fromkeys(other for other in phrases if stems(other) != stems(first))
            related.setdefault(stems(first), {}).update(others)
    return {words: tuple(others) for words, others in related.items()}


def _names() -> Iterator[tuple[str, list[str]]]:
    """The names of one country, city or organisation. Of a person only full names: a family name has many."""
    for entry in load_gazetteer().entries:
        names = [entry.name, *entry.variants]
        if entry.kind == "person":
            names = [name for name in names if " " in name]
        if len(names) > 1 and entry.kind in ("country", "city", "organization", "person"):
            yield "=", names


def stems(phrase: str) -> Stems:
    """The stems of a phrase, by which it is looked up."""
    return tuple(common_spelling(token.stem) for token in tokenise(phrase))


def _lines(name: str, text: str) -> Iterator[tuple[str, list[str]]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        way, _, rest = line.partition("\t")
        phrases = [phrase.strip() for phrase in rest.split("\t")[0].split("|")]
        if way not in ("=", ">") or len(phrases) < 2 or not all(map(stems, phrases)):
            raise RelatedWordsError(f"{name}, line {number}: {line!r} cannot be read; {FORM}")
        yield way, phrases


def other_numbers(word: str) -> frozenset[str]:
    """The same noun in another number or gender, by its ending: شركة, شركات, شركتان; مهندس, مهندسون.

    Args:
        word: a stem, normalised (ه stands for ة).

    Returns:
        Stems that may be words or not, without the word itself, and without names: ماكرون is no plural of
        ماكر.
    """
    if word in _words_of_names():
        return frozenset()
    found: set[str] = set()
    for endings, fewest in ((_FEMININE, _SHORTEST_FEMININE), (_MASCULINE, _SHORTEST_MASCULINE)):
        for base in _bases(word, endings, fewest):
            found |= {base + ending for ending in (*endings, _PLURAL)}
    return frozenset(found - {word} - _words_of_names())


@cache
def _words_of_names() -> frozenset[str]:
    """The stems of the gazetteer's people and places."""
    entries = [entry for entry in load_gazetteer().entries if entry.kind in _NAMES]
    return frozenset(
        token.stem for entry in entries for name in (entry.name, *entry.variants) for token in tokenise(name)
    )


def _bases(word: str, endings: tuple[str, ...], fewest: int) -> set[str]:
    """What is before one of the endings, the longest that the word has; all of it where that is an ending."""
    ending = max((one for one in (*endings, _PLURAL) if word.endswith(one)), key=len, default=None)
    if ending is None or (not ending and word.endswith((*_FEMININE, "ا", "ي"))):
        return set()
    base = word[: len(word) - len(ending)]
    return {base} if len(base) >= fewest else set()
