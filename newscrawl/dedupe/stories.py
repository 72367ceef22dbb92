"""Which articles report one event in different words: how alike they are, and the stories that they make.

An article is what its headline and its first sixty words say: in news the event stands there, and behind it
its history, which other events share. A word counts the more, the fewer articles of the same days have it
(tf-idf), so that names of people and places, and the rare words of the event, decide; names that a tagger
found, given more weight than that, told events apart less well on the pairs below. Reports of one event
come within hours, so what lies between two articles lessens their likeness; and an outlet has one report of
an event far more often than two, so two of its own must be twice as alike.

Likeness of pairs does not make stories: a chain of follow-ups leads from one event to quite another one. So
two parts become one story only where a fair share of the pairs between them are alike (`linkage.py`).

Pure arithmetic: who calls it says in how many articles each term is. The numbers were chosen on pairs of odd
weeks of bench/evaluate/stories/pairs.tsv; those of even weeks judge them (`make evaluate ARGS=stories`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from math import exp, log, log1p, sqrt

from newscrawl.arabic.tokens import common_spelling, forms, words
from newscrawl.dedupe.linkage import Pair, linked

WORDS = 60
"""Words of the body that are read …"""
LEAD = 30
"""… of which so many say what the article is about."""
IN_TITLE, IN_LEAD, BEHIND = 3.0, 1.5, 0.5
"""How much a word says, by where it stands."""
KEPT = 40
"""Terms that stand for an article: those of most weight."""
DAYS_COUNTED = 3
"""Days before and after an article's own, in whose articles its terms are counted."""
DAYS_APART = 2.0
"""Days from which on two articles are of no one event, however alike they are."""
FADES = 1.0
"""Days after which a likeness is a third of what it was."""
ALIKE = 0.24
"""Likeness from which on two articles are taken for reports of one event."""
SAME_OUTLET = 0.5
"""What is left of the likeness of two articles of one outlet."""
SHARE = 0.4
"""Share of the pairs between two parts that are alike, from which on these are one story."""

Terms = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Report:
    """An article as stories see it.

    Attributes:
        outlet: whose it is.
        at: when it was published, in days since any fixed moment.
        terms: its terms, each with its weight (`weighed`).
    """

    outlet: str
    at: float
    terms: Terms


def terms_of(title: str, body: str) -> dict[str, float]:
    """The terms of an article, and how much it says each: its stems, under their common spelling.

    >>> [(term, round(much, 2)) for term, much in terms_of("هزة", "ضربت القاهرة").items()]
    [('هزه', 1.39), ('ضربت', 0.92), ('قاهره', 0.92)]
    """
    said: dict[str, float] = defaultdict(float)
    for word in _stems(words(title)):
        said[word] += IN_TITLE
    for place, word in enumerate(_stems(words(body[: WORDS * 20])[:WORDS])):
        said[word] += IN_LEAD if place < LEAD else BEHIND
    return {term: log1p(much) for term, much in said.items()}


def _stems(some: Collection[str]) -> Iterator[str]:
    for word in some:
        stem = forms(word)[1]
        if len(stem) > 1:
            yield common_spelling(stem)


def weighed(terms: Terms, frequencies: Mapping[str, int], articles: int) -> dict[str, float]:
    """Terms with their weights; the squares of all of them are 1 together. What all articles have has none.

    Args:
        terms: of an article (`terms_of`).
        frequencies: how many articles have a term, of those around it and itself.
        articles: how many these are.
    """
    weights = {
        term: much * log(articles / (frequencies.get(term, 1) + 0.5))
        for term, much in terms.items()
        if articles
    }
    most = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:KEPT]
    length = sqrt(sum(weight * weight for _, weight in most if weight > 0))
    return {term: weight / length for term, weight in most if weight > 0}


def likeness(one: Report, other: Report) -> float:
    """How alike two articles are, 0 to 1."""
    few, many = sorted((one.terms, other.terms), key=len)
    return _lessened(one, other, sum(weight * many[term] for term, weight in few.items() if term in many))


def _lessened(one: Report, other: Report, shared: float) -> float:
    """What their terms share, lessened by the time between them, and for one outlet's own."""
    apart = abs(one.at - other.at)
    if apart >= DAYS_APART:
        return 0.0
    return shared * exp(-apart / FADES) * (SAME_OUTLET if one.outlet == other.outlet else 1.0)


def alike(reports: Mapping[str, Report], bar: float = ALIKE) -> dict[Pair, float]:
    """The pairs of articles that are alike, by ids; the order of the articles makes no difference.

    They are looked at in order of time, each with those of the last two days alone.
    """
    found: dict[Pair, float] = {}
    holders: dict[str, dict[str, float]] = defaultdict(dict)
    recent: dict[str, Report] = {}
    for id, report in sorted(reports.items(), key=lambda pair: (pair[1].at, pair[0])):
        _forget(holders, recent, report.at - DAYS_APART)
        shared: dict[str, float] = defaultdict(float)
        for term, weight in report.terms.items():
            for other, its in holders[term].items():
                shared[other] += weight * its
            holders[term][id] = weight
        for other, much in shared.items():
            like = _lessened(report, recent[other], much)
            if like >= bar:
                found[min(id, other), max(id, other)] = like
        recent[id] = report
    return found


def _forget(holders: dict[str, dict[str, float]], recent: dict[str, Report], at: float) -> None:
    """Take out the articles of that time and of earlier ones; they stand in order."""
    while recent and (first := next(iter(recent.items())))[1].at <= at:
        for term in first[1].terms:
            del holders[term][first[0]]
            if not holders[term]:
                del holders[term]
        del recent[first[0]]


def stories(links: Mapping[Pair, float], share: float = SHARE) -> list[list[str]]:
    """Articles put into stories by the pairs of them that are alike; those like no other are in none.

    >>> stories({("a", "b"): 0.5, ("b", "c"): 0.4, ("a", "c"): 0.3, ("c", "d"): 0.3})
    [['a', 'b', 'c']]
    """
    return linked(set(chain.from_iterable(links)), links, share)
