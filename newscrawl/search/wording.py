"""What may stand in the place of the words typed: other transcriptions, joined or split words, other words.

Only a search by relevance asks for it, and each counts less than what was typed, so that nothing comes before
the word itself without being about it more. A spelling is only tried where the archive has it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Protocol

from newscrawl.arabic.language import stop_words
from newscrawl.arabic.stem import stem
from newscrawl.arabic.tokens import common_spelling, tokenise
from newscrawl.arabic.transcription import looks_foreign, transcriptions
from newscrawl.search.query import Also, Query, Term

SPELLING, OTHER_WORD = 0.9, 0.5
"""What another spelling, and another word, counts beside the word itself."""
MAX_SPELLINGS = 6
"""Other spellings tried of a word, the commonest first."""
LEAST_ARTICLES = 2
"""So many articles have another spelling: that of one may be a slip."""
LONGEST_ENTRY = 4
"""Words of an entry in the table."""

Words = tuple[str, ...]
"""Exact forms."""


class Vocabulary(Protocol):
    """What an index knows of its words."""

    def words(self, candidates: Collection[str]) -> Mapping[str, int]:
        """Those of the candidates (stems) that articles have → how many do."""

    def having(self, terms: Sequence[Term]) -> Mapping[Term, int]:
        """How many articles have each term."""


def widened(query: Query, vocabulary: Vocabulary) -> Query:
    """The query with what may stand in the place of its plain words; its stop words are off."""
    also: dict[int, list[Also]] = {}
    for run, others in _other_words(query):
        for place in run:
            also.setdefault(place, []).extend(others)
    for run, others in _other_spellings(query, vocabulary):
        for place in run:
            also.setdefault(place, []).extend(others)
    groups = [
        tuple(replace(term, also=tuple(dict.fromkeys(also.get(place, ())))) for term in group)
        for place, group in enumerate(query.groups)
    ]
    return replace(query, groups=tuple(groups))


def _other_words(query: Query) -> Iterator[tuple[range, list[Also]]]:
    for length in range(1, LONGEST_ENTRY + 1):
        for run in _runs(query, length):
            stems = tuple(map(stem, _typed(query, run)))
            yield run, [Also(_term(words), OTHER_WORD) for words in other_words().get(_key(stems), ())]


def _other_spellings(query: Query, vocabulary: Vocabulary) -> Iterator[tuple[range, list[Also]]]:
    singles = {run: stem(_typed(query, run)[0]) for run in _runs(query, 1)}
    joined = {run: stem("".join(_typed(query, run))) for run in _runs(query, 2)}
    spelt = {run: transcriptions(word) for run, word in singles.items()}
    halves = {run: list(_halves(_typed(query, run)[0])) for run in singles}
    asked = {*joined.values()}.union(*spelt.values())
    asked |= {stem(word) for pairs in halves.values() for pair in pairs for word in pair}
    counts = vocabulary.words(asked)
    for run, word in joined.items():
        if counts.get(word, 0) >= LEAST_ARTICLES:
            yield run, [_spelling((word,))]
    for run in singles:
        known = [word for word in spelt[run] if counts.get(word, 0) >= LEAST_ARTICLES and looks_foreign(word)]
        known.sort(key=lambda word: -counts[word])
        yield run, [_spelling((word,)) for word in known[:MAX_SPELLINGS]]
        pairs = [pair for pair in halves[run] if all(counts.get(stem(word)) for word in pair)]
        phrases = [_term(pair) for pair in pairs]
        having = vocabulary.having(phrases) if phrases else {}
        yield run, [Also(term, SPELLING) for term in phrases if having[term] >= LEAST_ARTICLES]


def _runs(query: Query, length: int) -> Iterator[range]:
    """Places of neighbouring groups that are each one plain word."""
    single = [len(group) == 1 and group[0].is_plain and len(group[0].typed) == 1 for group in query.groups]
    for start in range(len(single) - length + 1):
        if all(single[start : start + length]):
            yield range(start, start + length)


def _typed(query: Query, run: range) -> Words:
    return tuple(query.groups[place][0].typed[0] for place in run)


def _halves(word: str) -> Iterator[Words]:
    """A word as two of them that say something."""
    for cut in range(2, len(word) - 1):
        pair = word[:cut], word[cut:]
        if not stop_words() & {*pair}:
            yield pair


def _spelling(words: Words) -> Also:
    return Also(_term(words), SPELLING)


def _term(words: Words) -> Term:
    return Term(tuple(map(stem, words)), typed=words, text=" ".join(words))


def _key(stems: Iterable[str]) -> Words:
    return tuple(map(common_spelling, stems))


@cache
def other_words() -> dict[Words, tuple[Words, ...]]:
    """Stems in their common spelling → what else is wanted by who types them, as exact forms."""
    text = (files("newscrawl.search") / "data" / "other_words.txt").read_text(encoding="utf-8")
    found: dict[Words, dict[Words, None]] = {}
    for line in text.splitlines():
        for typed, others in _directions(line.strip()):
            key = _key(stem(word) for word in typed)
            found.setdefault(key, {}).update(dict.fromkeys(one for one in others if one != typed))
    return {key: tuple(others) for key, others in found.items()}


def _directions(line: str) -> Iterator[tuple[Words, list[Words]]]:
    """What a line says: typed words, and what they find. Nothing for a comment or a heading."""
    if not line or line[0] in "#[":
        return
    typed, arrow, others = line.partition(">")
    if arrow:
        yield _exact(typed), [_exact(other) for other in others.split(",")]
        return
    group = [_exact(one) for one in line.split("=")]
    yield from ((one, group) for one in group)


def _exact(text: str) -> Words:
    return tuple(token.exact for token in tokenise(text))
