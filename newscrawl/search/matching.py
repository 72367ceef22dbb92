"""Which articles a query finds and in which order, one definition for all indexes.

By relevance a query loosens by itself: the articles that have all its words come first, then those that lack
some but have at least half of them. What says nothing does not count: stop words beside other words, and
words that no article has (a hit names them as missing). Where no article has half of the words, one will do.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from newscrawl.arabic.language import stop_words
from newscrawl.arabic.related import Related
from newscrawl.search.naming import Name, named, names_in
from newscrawl.search.query import Query, Term
from newscrawl.search.rank import Found, Rarity, page, rarity, window
from newscrawl.search.respelling import Pair, Remembered, Vocabulary, apart, needed, respelled, written_apart
from newscrawl.search.results import Hit, Match, Results
from newscrawl.search.rewording import ENOUGH, reworded, words_beside


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How many articles there are, and how many of them have each term; filters aside."""

    articles: int
    having: dict[Term, int]


@dataclass(frozen=True, slots=True)
class Partly:
    """The articles that have `least` groups of a query and not all."""

    total: int
    found: Sequence[Found] = ()
    """The first of them by the index's own rank, each with the groups it lacks."""
    only_missing: Sequence[int] = ()
    """By group: how many articles lack it and no other. Empty where none of the found was asked for."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What an index has for a query."""

    frequencies: Frequencies
    total: int
    """The articles that have every group."""
    found: Sequence[Found]
    """The first of them by the index's own rank."""
    partly: Partly


class Source(Vocabulary, Protocol):
    """One search of an index, its filters already known."""

    def survey(self, query: Query, least: int, whole: int, partly: int) -> Survey:
        """Look for a query, all in one step: to a server it is one request.

        Args:
            query: what to look for.
            least: how many groups an article must have to have it partly.
            whole: how many of the articles that have all groups are wanted.
            partly: how many of those that have it partly.
        """

    def counted(
        self, pairs: Collection[Pair], names: Collection[str]
    ) -> tuple[Mapping[Pair, int], Mapping[str, int]]:
        """In how many articles two stems stand side by side, and how many mention a name, normalised."""

    def newest(self, query: Query, first: int, number: int) -> tuple[int, list[Found]]:
        """How many articles have every group, and the newest: `number` of them after the `first`."""

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
    beside = words_beside(query, related) if match is Match.MOST else set()
    words = Remembered(source, needed(query) | beside)
    query, names, known = _spelled(query, source, words, match)
    spellings = {term.text: tuple(map(" ".join, term.also)) for term in query.terms if term.also}
    if newest_first:
        total, found = source.newest(query, offset, limit)
        results = Results(total, 0.0, [source.hit(one, 0.0, query) for one in found], total)
    elif match is Match.MOST:
        typed = _Asked(_telling(query), names, known)
        results = _loosened(source, words, typed, related, limit=limit, offset=offset)
    else:
        asked = query if match is Match.ALL else _telling(query)
        results = _whole(source, asked, limit=limit, offset=offset)
    return replace(results, spellings=spellings)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query, and what may be names in it."""

    query: Query
    names: Sequence[Name]
    known: Mapping[str, int]
    """Name → how many articles have it."""

    def named(self, query: Query) -> Query:
        """This query, with more words beside its own or none, and with the names in it."""
        return named(query, self.names, self.known)


def _spelled(
    query: Query, source: Source, words: Vocabulary, match: Match
) -> tuple[Query, list[Name], Mapping[str, int]]:
    """The query in all spellings; what may be names in it, and how many articles have each."""
    query = respelled(query, words)
    halves = apart(query, words)
    names = names_in(_telling(query)) if match is Match.MOST else []
    pairs = {pair for several in halves.values() for pair in several}
    together, known = source.counted(pairs, {key for name in names for key in name.keys})
    return written_apart(query, halves, words, together), names, known


def _whole(source: Source, query: Query, *, limit: int, offset: int) -> Results:
    """A page of the articles that have every group."""
    survey = source.survey(query, len(query.groups), window(offset, limit), 0)
    shown = page(survey.found, query, offset, limit, _rarity(survey.frequencies, query))
    return Results(survey.total, 0.0, [source.hit(one, score, query) for score, one in shown], survey.total)


def _telling(query: Query) -> Query:
    """The query without its stop words, if any other word is looked for."""
    groups = tuple(group for group in query.groups if not all(map(_is_stop_word, group)))
    return replace(query, groups=groups) if groups else query


def _is_stop_word(term: Term) -> bool:
    plain = not (term.exact or term.prefix or term.title_only)
    return plain and len(term.typed) == 1 and term.typed[0] in stop_words()


def _loosened(
    source: Source, words: Vocabulary, typed: _Asked, related: Related, *, limit: int, offset: int
) -> Results:
    """A page of the articles with all groups, then of those with most of them."""
    asked, survey = _worded(source, words, typed, related, limit=limit, offset=offset)
    query = _present(asked, survey.frequencies)
    absent = [_word(group) for group in asked.groups if not _has(group, survey.frequencies)]
    if not query.groups:
        return Results(0, 0.0)
    rare, total = _rarity(survey.frequencies, query), survey.total
    shown = page(survey.found, query, offset, limit, rare)
    rest = survey.partly
    shown += page(rest.found, query, max(offset - total, 0), limit - len(shown), rare)
    return Results(
        0 if absent else total,
        0.0,
        [_named(source.hit(one, score, query), one, query.groups, absent) for score, one in shown],
        total + rest.total,
        _blocking(query.groups, total, rest) if total < limit and not absent else {},
        other_words=_other_words(query.groups),
    )


def _worded(
    source: Source, words: Vocabulary, asked: _Asked, related: Related, *, limit: int, offset: int
) -> tuple[Query, Survey]:
    """The query, with other words for its own where these find less than a page; and what there is for it.

    What its own words find comes first. Where all that have every word do not fill the page, the survey has
    the articles to fill it with.
    """
    wanted = window(offset, limit)
    typed = asked.named(asked.query)
    first = source.survey(typed, _half(typed), wanted, 0)
    if first.total >= max(ENOUGH, offset + limit):
        return typed, first
    query = asked.named(reworded(asked.query, words, related)) if first.total < ENOUGH else typed
    survey = _filled(source, _present(query, first.frequencies), wanted)
    known = {one.key for one in first.found}
    found = [*first.found, *(one for one in survey.found if one.key not in known)]
    return query, replace(_merged(first, survey), found=found)


def _filled(source: Source, query: Query, wanted: int) -> Survey:
    """What there is for a query whose whole hits do not fill a page, with those that have it partly."""
    if not query.groups:
        return Survey(Frequencies(0, {}), 0, (), Partly(0))
    survey = source.survey(query, _half(query), wanted, wanted)
    present = _present(query, survey.frequencies)
    if len(present.groups) < len(query.groups):
        return _merged(survey, _filled(source, present, wanted))
    if len(query.groups) > 2 and not survey.partly.total:
        return replace(survey, partly=source.survey(query, 1, 0, wanted).partly)
    return survey


def _merged(first: Survey, last: Survey) -> Survey:
    """The last survey, with what an earlier one knows of more terms."""
    having = {**first.frequencies.having, **last.frequencies.having}
    return replace(last, frequencies=replace(first.frequencies, having=having))


def _half(query: Query) -> int:
    return (len(query.groups) + 1) // 2


def _has(group: Sequence[Term], frequencies: Frequencies) -> bool:
    return any(frequencies.having.get(term, 1) for term in group)


def _present(query: Query, frequencies: Frequencies) -> Query:
    """The query without the groups that no article has, and without the other words that none has."""
    groups = [
        tuple(term for term in group if term.weight == 1.0 or frequencies.having.get(term, 1))
        for group in query.groups
        if _has(group, frequencies)
    ]
    return replace(query, groups=tuple(groups))


def _rarity(frequencies: Frequencies, query: Query) -> Rarity:
    """How much each term tells; a word typed and those that stand for it tell as little as the commonest."""
    rare = rarity(frequencies.articles, frequencies.having)
    for group in query.groups:
        if any(term.weight < 1.0 for term in group):
            rare.update(dict.fromkeys(group, min(rare[term] for term in group)))
    return rare


def _other_words(groups: Sequence[tuple[Term, ...]]) -> dict[str, tuple[str, ...]]:
    beside = {_word(group): [term.text for term in group if term.weight < 1.0] for group in groups}
    others = {word: tuple(filter(None, texts)) for word, texts in beside.items()}
    return {word: words for word, words in others.items() if words}


def _named(hit: Hit, found: Found, groups: Sequence[tuple[Term, ...]], lacking: Sequence[str]) -> Hit:
    """The hit with the words that its article lacks."""
    return replace(hit, missing=(*(_word(groups[place]) for place in found.missing), *lacking))


def _blocking(groups: Sequence[tuple[Term, ...]], total: int, rest: Partly) -> dict[str, int]:
    """Word → how many articles more words would be found by leaving it out; the costliest first."""
    gained = [(_word(group), total + more) for group, more in zip(groups, rest.only_missing, strict=True)]
    return dict(sorted((one for one in gained if one[1] > total), key=lambda one: -one[1]))


def _word(group: Sequence[Term]) -> str:
    return " OR ".join(term.text for term in group if term.weight == 1.0)
