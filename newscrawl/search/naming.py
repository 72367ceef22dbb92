"""Names in a query: who is named in an article is found under any spelling that the archive knows.

Names were found in the articles when they came in, and each has its canonical form. Words of a query that are
such a name, or by the gazetteer another name of the same, also ask for the articles that have it. That counts
for less than the words themselves, which the text mostly has, too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, permutations, product

from newscrawl.arabic.normalise import normalise
from newscrawl.article import EntityLabel
from newscrawl.entities.name_lists import standard_entry
from newscrawl.search.query import Query, Term
from newscrawl.search.respelling import NAME_BEGINNINGS
from newscrawl.search.rewording import WEIGHT

MOST_WORDS = 4
"""Words of a name that is looked for."""
MOST_GROUPS = 8
"""Words of a query in which names are looked for; a longer one is a sentence."""
MOST_SPELLINGS = 48
"""Spellings of one name that are tried."""
_G = "غجق"
"""How g is written in foreign names, by which the archive takes two spellings for one name, too."""
_LABELS: tuple[EntityLabel, ...] = ("PERSON", "ORGANIZATION", "LOCATION")
_BEGINNING = "|".join(sorted(NAME_BEGINNINGS))
_APART, _JOINED = re.compile(rf"\b({_BEGINNING}) (?=\S)"), re.compile(rf"\b({_BEGINNING})(?=\S\S\S)")


@dataclass(frozen=True, slots=True)
class Name:
    """Groups of a query that may be a name, and how the archive may have it: normalised."""

    groups: range
    keys: tuple[str, ...]


def names_in(query: Query) -> list[Name]:
    """What may be names in a query: all of it, or two words and more of it side by side."""
    size = len(query.groups)
    if size > MOST_GROUPS:
        return []
    return [
        Name(run, tuple(dict.fromkeys(islice(_keys([group[0] for group in groups]), MOST_SPELLINGS))))
        for run in _runs(size)
        if all(map(_is_word, groups := query.groups[run.start : run.stop]))
    ]


def _runs(size: int) -> Iterator[range]:
    for first in range(size):
        for last in range(first + 1, min(first + MOST_WORDS, size) + 1):
            if last - first > 1 or size == 1:
                yield range(first, last)


def _is_word(group: tuple[Term, ...]) -> bool:
    """One word, in any spelling; no quotation, no alternatives."""
    term = group[0]
    return len(group) == 1 and len(term.typed) == 1 and not (term.exact or term.prefix or term.title_only)


def _keys(terms: Sequence[Term]) -> Iterator[str]:
    typed = tuple(term.typed[0] for term in terms)
    entries = (standard_entry(typed, label) for label in _LABELS)
    yield " ".join(typed)
    yield from (normalise(entry.name) for entry in entries if entry)
    for words in product(*(_spellings(term, alone=len(terms) == 1) for term in terms)):
        spelled = " ".join(words)
        yield spelled
        yield _APART.sub(r"\1", spelled)
        yield _JOINED.sub(r"\1 ", spelled)


def _spellings(term: Term, *, alone: bool) -> list[str]:
    """A word as typed, without proclitics, and in other spellings; in a full name also with another g."""
    typed = term.typed[0]
    others = [form[0] for form in term.also if len(form) == 1]
    sounds = [] if alone else [typed.replace(one, other) for one, other in permutations(_G, 2)]
    return list(dict.fromkeys([typed, term.words[0], *others, *sounds]))


def named(query: Query, names: Collection[Name], known: Mapping[str, int]) -> Query:
    """The query with the names of which the archive has articles.

    Args:
        query: with the groups that the names were found in; other words may have been added to them.
        names: what may be names in it.
        known: name → how many articles have it.
    """
    added: list[list[Term]] = [[] for _ in query.groups]
    for name in names:
        keys = tuple(key for key in name.keys if known.get(key))
        typed = name.keys[0]
        text = "، ".join(key for key in keys if key != typed)
        term = Term((), names=keys, text=text, weight=WEIGHT / len(name.groups))
        for place in name.groups if keys else ():
            added[place].append(term)
    groups = tuple((*group, *more) for group, more in zip(query.groups, added, strict=True))
    return replace(query, groups=groups)
