"""Which articles report one event in different words: how alike they are, and the stories that they make.

An article is what its headline and its first sixty words say: in news the event stands there, and behind it
its history, which other events share. A word counts the more, the fewer articles of the same days have it
(tf-idf), so that names of people and places, and the rare words of the event, decide; names that a tagger
found, given more weight than that, told events apart less well on the pairs below. Reports of one event
come within hours, so what lies between two articles lessens their likeness; and an outlet has one report of
an event far more often than two, so two of its own must be twice as alike.

Likeness of pairs does not make stories: a chain of follow-ups leads from one event to quite another one. So
two parts become one story only where a fair share of the pairs between them are alike (`linkage.py`).

How alike articles are is in reports.py beside this file; newscrawl/steps/story.py looks at all that come in.
The numbers were chosen on pairs of odd weeks of bench/evaluate/stories/pairs.tsv; those of even weeks judge
them (`make evaluate ARGS=stories`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from itertools import chain

from newscrawl.arabic.tokens import CACHED_WORDS, common_spelling, forms, words
from newscrawl.dedupe.linkage import Pair, linked

WORDS = 60
"""Words of the body that are read …"""
CHARACTERS = 10 * WORDS
"""So many characters of a body hold them."""
LEAD = 30
"""… of which so many say what the article is about."""
IN_TITLE, IN_LEAD, BEHIND = 6, 3, 1
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


def terms_of(title: str, body: str) -> dict[str, int]:
    """The terms of an article, and how much it says each: its stems, under their common spelling.

    >>> terms_of("هزة", "ضربت القاهرة")
    {'هزه': 6, 'ضربت': 3, 'قاهره': 3}
    """
    said: dict[str, int] = defaultdict(int)
    for term in map(_term, words(title)):
        said[term] += IN_TITLE
    read = [term for term in map(_term, words(body[:CHARACTERS])[:WORDS]) if term]
    for term in read[:LEAD]:
        said[term] += IN_LEAD
    for term in read[LEAD:]:
        said[term] += BEHIND
    said.pop("", None)
    return dict(said)


@lru_cache(maxsize=CACHED_WORDS)
def _term(word: str) -> str:
    """The stem of a word, in its common spelling; empty for one that is next to nothing."""
    stem = forms(word)[1]
    return common_spelling(stem) if len(stem) > 1 else ""


def stories(links: Mapping[Pair, float], share: float = SHARE) -> list[list[str]]:
    """Articles put into stories by the pairs of them that are alike; those like no other are in none.

    >>> stories({("a", "b"): 0.5, ("b", "c"): 0.4, ("a", "c"): 0.3, ("c", "d"): 0.3})
    [['a', 'b', 'c']]
    """
    return linked(set(chain.from_iterable(links)), links, share)
