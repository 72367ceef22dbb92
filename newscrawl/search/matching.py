"""Which articles a query finds and in which order, one definition for all indexes.

By relevance a query loosens by itself: the articles that have all its words come first, then those that lack
some but have at least half of them. What says nothing does not count: stop words beside other words, and
words that no article has (a hit names them as missing). Where no article has half of the words, one will do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from newscrawl.arabic.language import stop_words
from newscrawl.search.query import Query, Term
from newscrawl.search.rank import Found, Rarity, page, rarity, window
from newscrawl.search.results import Hit, Match, Results
from newscrawl.search.wording import Vocabulary, widened


@dataclass(frozen=True, slots=True)
class Partly:
    """The articles that have `least` groups of a query and not all."""

    total: int
    only_missing: Sequence[int]
    """By group: how many articles lack it and no other."""
    found: Sequence[Found]
    """The first of them by the index's own rank, each with the groups it lacks."""


class Source(Vocabulary, Protocol):
    """One search of an index, its filters already known; its vocabulary is that of all articles."""

    def articles(self) -> int:
        """How many articles there are, filters aside."""

    def whole(self, query: Query, first: int, number: int, *, newest_first: bool) -> tuple[int, list[Found]]:
        """How many articles have every group, and `number` of them after the `first`."""

    def partly(self, query: Query, least: int, number: int) -> Partly:
        """The articles that have `least` groups and not all; the first `number` of them."""

    def hit(self, found: Found, score: float, query: Query) -> Hit:
        """A hit as it is shown."""


def find(
    source: Source, query: Query, *, limit: int, offset: int, newest_first: bool, match: Match
) -> Results:
    """One page of what a query finds (see `SearchIndex.search`); `took_ms` is the caller's to fill in."""
    if match is Match.ANY:
        query = replace(query, groups=(query.terms,))
    if newest_first:
        total, found = source.whole(query, offset, limit, newest_first=True)
        return Results(total, 0.0, [source.hit(one, 0.0, query) for one in found], total)
    asked = query if match is not Match.MOST else widened(_telling(query), source)
    having = source.having(asked.terms)
    rare = rarity(source.articles(), having)
    if match is Match.MOST and len(asked.groups) > 1:
        return _loosened(source, asked, having, rare, limit=limit, offset=offset)
    total, found = source.whole(asked, *window(offset, limit), newest_first=False)
    shown = page(found, asked, offset, limit, rare)
    return Results(total, 0.0, [source.hit(one, score, asked) for score, one in shown], total)


def _telling(query: Query) -> Query:
    """The query without its stop words, if any other word is looked for."""
    groups = tuple(group for group in query.groups if not all(map(_is_stop_word, group)))
    return replace(query, groups=groups) if groups else query


def _is_stop_word(term: Term) -> bool:
    return term.is_plain and len(term.typed) == 1 and term.typed[0] in stop_words()


def _loosened(
    source: Source, asked: Query, having: Mapping[Term, int], rare: Rarity, *, limit: int, offset: int
) -> Results:
    """A page of the articles with all groups, then of those with most of them."""
    groups = [group for group in asked.groups if any(having[term] for term in group)]
    absent = [group for group in asked.groups if group not in groups]
    if not groups:
        return Results(0, 0.0)
    query = replace(asked, groups=tuple(groups))
    total, found = source.whole(query, *window(offset, limit), newest_first=False)
    shown = page(found, query, offset, limit, rare)
    rest = _partly(source, query, max(limit - len(shown), 0), max(offset - total, 0))
    shown += page(rest.found, query, max(offset - total, 0), limit - len(shown), rare)
    lacking = [_word(group) for group in absent]
    return Results(
        0 if absent else total,
        0.0,
        [_named(source.hit(one, score, query), one, groups, lacking) for score, one in shown],
        total + rest.total,
        _blocking(groups, total, rest) if total < limit and not absent else {},
    )


def _partly(source: Source, query: Query, limit: int, offset: int) -> Partly:
    number = len(query.groups)
    if number == 1:
        return Partly(0, [0], [])
    _, wanted = window(offset, limit) if limit else (0, 0)
    half = source.partly(query, (number + 1) // 2, wanted)
    return half if half.total or number < 3 else source.partly(query, 1, wanted)


def _named(hit: Hit, found: Found, groups: Sequence[tuple[Term, ...]], lacking: Sequence[str]) -> Hit:
    """The hit with the words that its article lacks."""
    return replace(hit, missing=(*(_word(groups[place]) for place in found.missing), *lacking))


def _blocking(groups: Sequence[tuple[Term, ...]], total: int, rest: Partly) -> dict[str, int]:
    """Word → how many articles more words would be found by leaving it out; the costliest first."""
    gained = [(_word(group), total + more) for group, more in zip(groups, rest.only_missing, strict=True)]
    return dict(sorted((one for one in gained if one[1] > total), key=lambda one: -one[1]))


def _word(group: Sequence[Term]) -> str:
    return " OR ".join(term.text for term in group)
