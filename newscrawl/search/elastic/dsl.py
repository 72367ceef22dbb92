"""A query and its filters as Elasticsearch's JSON, ranked as the embedded index ranks.

Both count a word once for the whole article, a title's words four times as much and a summary's twice
(BM25F: Robertson, Zaragoza, Taylor 2004; FTS5's `bm25()` with weights, and here the field that gathers all
texts, each as often as its weight says). To ask three fields for each word takes several times as long.
Words go as typed: the field's own analyzer finds stems and spellings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from newscrawl.arabic.language import stop_words
from newscrawl.filters import KINDS, Filters
from newscrawl.search.elastic.mapping import CATCH_ALL
from newscrawl.search.query import Query, Term, term_spellings
from newscrawl.search.rank import WEIGHTS

FIELDS = dict(zip(("title", "summary", "body"), WEIGHTS, strict=True))
"""Text field → weight."""
MAX_EXPANSIONS = 1024
"""Words that the last, unfinished word of a phrase may stand for."""
SCORED_EXPANSIONS = 128
"""Of the words that a beginning stands for, those that rank; all of them match."""

Json = dict[str, Any]


def to_elastic(query: Query, filters: Filters) -> Json:
    """The whole query: every group must match."""
    return _bool(query, filters, must=_groups(query))


def mostly(query: Query, least: int, filters: Filters) -> Json:
    """The articles that have `least` groups of a query and not all; the groups are named by their places."""
    named = [{"bool": {"must": clause, "_name": str(place)}} for place, clause in enumerate(_groups(query))]
    whole = {"bool": {"filter": _groups(query)}}
    return _bool(query, filters, whole, should=named, minimum_should_match=least)


def surrounding(query: Query, least: int, filters: Filters) -> Json:
    """The articles that have `least` groups of a query or more, all included."""
    return _bool(query, filters, should=_groups(query), minimum_should_match=least)


def without(query: Query, place: int) -> Json:
    """The articles that have all groups of a query but one, and maybe that one."""
    groups = _groups(query)
    return {"bool": {"filter": groups[:place] + groups[place + 1 :]}}


def only_missing(query: Query, place: int) -> Json:
    """The articles that have all groups of a query but one."""
    rest = without(query, place)["bool"]
    return {"bool": {**rest, "must_not": _groups(query)[place]}}


def any_term(terms: Sequence[Term]) -> Json:
    """The articles that have one of the terms. What stands for a word, and counts for less, is gathered."""
    weights = sorted({term.weight for term in terms if term.weight != 1.0})
    queries = [query for term in terms if term.weight == 1.0 for query in _typed(term)]
    queries += [mentions(term.names, boost=term.weight) for term in terms if term.names]
    for weight in weights:
        forms = [form for term in terms if term.weight == weight for form in term_spellings(term)]
        queries += _forms(list(dict.fromkeys(forms)), boost=weight)
    return _any(queries)


def _groups(query: Query) -> list[Json]:
    return [any_term(group) for group in query.groups]


def _bool(query: Query, filters: Filters, *unwanted: Json, **clauses: Any) -> Json:
    without = [*(any_term([term]) for term in query.without), *unwanted]
    return {"bool": {**clauses, "must_not": without, "filter": _filters(filters)}}


def _any(queries: Sequence[Json]) -> Json:
    return queries[0] if len(queries) == 1 else {"bool": {"should": queries, "minimum_should_match": 1}}


def has_stems(stems: Sequence[str], field: str = CATCH_ALL, **more: Any) -> Json:
    """The articles in which stems stand side by side, in any text or in one field."""
    return {"match_phrase": {field: {"query": " ".join(stems), "analyzer": "ar_exact", **more}}}


def mentions(names: Sequence[str], **more: Any) -> Json:
    """The articles that mention one of these people, organisations or places; names normalised."""
    fields = [f"entities.{kind}.norm" for kind in KINDS.values()]
    return {"constant_score": {"filter": _any([{"terms": {one: list(names)}} for one in fields]), **more}}


def _one_of(stems: Sequence[str], **more: Any) -> Json:
    """The articles that have one of the stems, which are not stemmed again."""
    return {"match": {CATCH_ALL: {"query": " ".join(stems), "analyzer": "ar_exact", **more}}}


def _typed(term: Term) -> list[Json]:
    """A term in its own spelling, which the field's own analyzer reads, and in the others that it has."""
    if term.title_only:
        return [_in_title(term)]
    if term.prefix:
        return [_prefix(term, FIELDS)]
    return [_exactly(term) if term.exact else _as_typed(term), *_forms(term.also)]


def _as_typed(term: Term) -> Json:
    # The field's own search analyzer drops stop words: one that somebody typed must be looked for.
    analyzer = {"analyzer": "ar_text"} if stop_words() & {*term.typed} else {}
    kind = "match_phrase" if len(term.typed) > 1 else "match"
    return {kind: {CATCH_ALL: {"query": " ".join(term.typed), **analyzer}}}


def _forms(forms: Sequence[tuple[str, ...]], **more: Any) -> list[Json]:
    """Words and phrases that stand for one, as stems: all the words in one clause."""
    alone = [form[0] for form in forms if len(form) == 1]
    # A phrase is weighed by the rarity of all its words; it stands for one.
    phrases = [
        has_stems(form, **more | {"boost": more.get("boost", 1.0) / len(form)})
        for form in forms
        if len(form) > 1
    ]
    return [_one_of(alone, **more), *phrases] if alone else phrases


def _exactly(term: Term) -> Json:
    """Words as they stand. The phrase decides what is found, its words the rank."""
    fields = {f"{name}.exact": weight for name, weight in FIELDS.items()}
    weighted = [f"{name}^{weight}" for name, weight in fields.items()]
    text = " ".join(term.typed)
    ranked: Json = {"combined_fields": {"query": text, "fields": weighted, "operator": "and"}}
    if len(term.typed) == 1:
        return ranked
    phrases = [{"match_phrase": {name: {"query": text}}} for name in fields]
    return {"bool": {"filter": _any(phrases), "should": ranked}}


def _in_title(term: Term) -> Json:
    """A term that the title must contain; the whole article decides how it ranks."""
    return {
        "bool": {
            "filter": _title_filter(term),
            "should": any_term([replace(term, title_only=False)]),
        }
    }


def _title_filter(term: Term) -> Json:
    if term.prefix:
        return _prefix(term, {"title": 1})
    field = "title.exact" if term.exact else "title"
    analyzer = "ar_exact" if term.exact else "ar_text" if stop_words() & {*term.typed} else "ar_search"
    typed: Json = {"match_phrase": {field: {"query": " ".join(term.typed), "analyzer": analyzer}}}
    return _any([typed, *(has_stems(stems, field) for stems in term.also)])


def _prefix(term: Term, weights: dict[str, float]) -> Json:
    """A beginning of a word, or of the last word of a phrase; it may stand behind proclitics, or be one."""
    fields = {name: weight for field, weight in weights.items() for name, weight in _both(field, weight)}
    if len(term.typed) > 1:
        text = {"query": " ".join(term.typed), "analyzer": "ar_exact", "max_expansions": MAX_EXPANSIONS}
        return _any(
            [{"match_phrase_prefix": {name: {**text, "boost": weight}}} for name, weight in fields.items()]
        )
    (beginning,) = term.typed
    scored = {"value": beginning, "rewrite": f"top_terms_blended_freqs_{SCORED_EXPANSIONS}"}
    return {
        "bool": {
            "filter": _any([{"prefix": {name: {"value": beginning}}} for name in fields]),
            "should": [{"prefix": {name: {**scored, "boost": weight}}} for name, weight in fields.items()],
        }
    }


def _both(field: str, weight: float) -> list[tuple[str, float]]:
    return [(field, weight), (f"{field}.exact", weight)]


def _filters(filters: Filters) -> list[Json]:
    """Filters as clauses of a query: the one place that says which documents they mean.

    `collapse` is none: which article stays of a cluster depends on what is found (collapsing.py).
    """
    found: list[Json] = [{"terms": {field: list(values)}} for field, values in filters.values()]
    found += [{"term": {f"entities.{kind}.norm": key}} for kind, key in filters.names()]
    if filters.originals:
        found.append({"bool": {"must_not": {"exists": {"field": "copy_of"}}}})
    # A date in Elasticsearch holds milliseconds: the first one that is not before `since`.
    since = filters.since and filters.since + timedelta(microseconds=-filters.since.microsecond % 1000)
    span = {"gte": since, "lte": filters.until}
    times = {key: moment.isoformat(timespec="milliseconds") for key, moment in span.items() if moment}
    if times:
        found.append({"range": {"event_time": times}})
    return found
