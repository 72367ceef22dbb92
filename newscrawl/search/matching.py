"""Which articles a query finds and in which order, one definition for all indexes.

By relevance a query loosens by itself: the articles that have all its words come first, then those that lack
some but have at least half of them. What says nothing does not count: stop words beside other words, and
words that no article has (a hit names them as missing). Where no article has half of the words, one will do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from newscrawl.arabic.language import stop_words
from newscrawl.arabic.related import Related
from newscrawl.search.query import Query, Term
from newscrawl.search.rank import Found, Rarity, page, rarity, window
from newscrawl.search.respelling import Vocabulary, respelled
from newscrawl.search.results import Hit, Match, Results
from newscrawl.search.rewording import ENOUGH, reworded


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How many articles there are, and how many of them have each term; filters aside."""

    articles: int
    having: dict[Term, int]


@dataclass(frozen=True, slots=True)
class Partly:
    """The articles that have `least` groups of a query and not all."""

    total: int
    only_missing: Sequence[int]
    """By group: how many articles lack it and no other."""
    found: Sequence[Found]
    """The first of them by the index's own rank, each with the groups it lacks."""


class Source(Vocabulary, Protocol):
    """One search of an index, its filters already known."""

    def frequencies(self, terms: Sequence[Term]) -> Frequencies:
        """Count the articles that have each term."""

    def whole(self, query: Query, first: int, number: int, *, newest_first: bool) -> tuple[int, list[Found]]:
        """How many articles have every group, and `number` of them after the `first`."""

    def partly(self, query: Query, least: int, number: int) -> Partly:
        """The articles that have `least` groups and not all; the first `number` of them."""

    def hit(self, found: Found, score: float, query: Query) -> Hit:
        """A hit as it is shown."""


def find(
    source: Source,
    query: Query,
    *,
    limit: int,
    offset: int,
    newest_first: bool,
    match: Match,
    related: Related,
) -> Results:
    """One page of what a query finds (see `SearchIndex.search`); `took_ms` is the caller's to fill in."""
    if match is Match.ANY:
        query = replace(query, groups=(query.terms,))
    query = respelled(query, source)
    spellings = {term.text: tuple(map(" ".join, term.also)) for term in query.terms if term.also}
    if match is Match.MOST and not newest_first:
        results = _loosened(source, _telling(query), related, limit=limit, offset=offset)
    else:
        results = _whole(source, query, match, limit=limit, offset=offset, newest_first=newest_first)
    return replace(results, spellings=spellings)


def _whole(
    source: Source, query: Query, match: Match, *, limit: int, offset: int, newest_first: bool
) -> Results:
    """A page of the articles that have every group."""
    if newest_first:
        total, found = source.whole(query, offset, limit, newest_first=True)
        return Results(total, 0.0, [source.hit(one, 0.0, query) for one in found], total)
    asked = query if match is Match.ALL else _telling(query)
    rare = _rarity(source.frequencies(asked.terms), asked)
    total, found = source.whole(asked, *window(offset, limit), newest_first=False)
    shown = page(found, asked, offset, limit, rare)
    return Results(total, 0.0, [source.hit(one, score, asked) for score, one in shown], total)


def _telling(query: Query) -> Query:
    """The query without its stop words, if any other word is looked for."""
    groups = tuple(group for group in query.groups if not all(map(_is_stop_word, group)))
    return replace(query, groups=groups) if groups else query


def _is_stop_word(term: Term) -> bool:
    plain = not (term.exact or term.prefix or term.title_only)
    return plain and len(term.typed) == 1 and term.typed[0] in stop_words()


def _loosened(source: Source, typed: Query, related: Related, *, limit: int, offset: int) -> Results:
    """A page of the articles with all groups, then of those with most of them."""
    asked, frequencies, whole = _worded(source, typed, related, window(offset, limit))
    having, rare = frequencies.having, _rarity(frequencies, asked)
    groups = [group for group in asked.groups if any(having[term] for term in group)]
    absent = [group for group in asked.groups if group not in groups]
    if not groups:
        return Results(0, 0.0)
    query = replace(asked, groups=tuple(groups))
    total, found = whole
    if query != typed:
        known = {one.key for one in found}
        total, more = source.whole(query, *window(offset, limit), newest_first=False)
        found = found + [one for one in more if one.key not in known]
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
        other_words=_other_words(groups),
    )


def _worded(
    source: Source, typed: Query, related: Related, wanted: tuple[int, int]
) -> tuple[Query, Frequencies, tuple[int, list[Found]]]:
    """The query with other words for its own where these find less than a page; and what they find alone.

    `wanted` is the first hit and the number of hits to take of that.
    """
    frequencies = source.frequencies(typed.terms)
    whole: tuple[int, list[Found]] = 0, []
    if all(any(frequencies.having[term] for term in group) for group in typed.groups):
        whole = source.whole(typed, *wanted, newest_first=False)
    if whole[0] >= ENOUGH:
        return typed, frequencies, whole
    asked = reworded(typed, source, related)
    if asked == typed:
        return typed, frequencies, whole
    counted = source.frequencies(asked.terms)
    groups = tuple(
        tuple(term for term in group if term.weight == 1.0 or counted.having[term]) for group in asked.groups
    )
    return replace(asked, groups=groups), counted, whole


def _rarity(frequencies: Frequencies, query: Query) -> Rarity:
    """How much each term tells; a word typed and those that stand for it tell as little as the commonest."""
    rare = rarity(frequencies.articles, frequencies.having)
    for group in query.groups:
        if any(term.weight < 1.0 for term in group):
            rare.update(dict.fromkeys(group, min(rare[term] for term in group)))
    return rare


def _other_words(groups: Sequence[tuple[Term, ...]]) -> dict[str, tuple[str, ...]]:
    others = {_word(group): tuple(term.text for term in group if term.weight < 1.0) for group in groups}
    return {word: words for word, words in others.items() if words}


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
    return " OR ".join(term.text for term in group if term.weight == 1.0)
