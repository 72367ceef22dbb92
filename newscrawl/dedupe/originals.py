"""Which of several copies is the original: whom the others credit, then who was first.

The clock alone is not to be believed: a paper's copy of an agency's report is often dated before the agency's
own page, and sites that republish whole articles of others date them as they like.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from newscrawl.arabic.credits import load_houses, one_house

_NO_NAMES = frozenset("www m amp ar arabic mobile news com net org gov edu info co blog web".split())
"""Parts of a domain that are nobody's name."""
_ENDS = frozenset("للانباء للاخبار الاخباريه الاخباري".split())
"""What a house's name may end with, normalised, and is often cited without: وكالة الساحل (للأنباء)."""


@dataclass(frozen=True, slots=True)
class Member:
    """One of several copies, as far as it matters here.

    Attributes:
        id: the article's.
        outlet: its outlet's id.
        outlet_name: what the outlet is called.
        domain: the outlet's.
        credits: the agency or outlet that the article names as its source, as published; "" for none.
        at: when it was published, else fetched.
        republishes: whether the outlet is one that republishes whole articles of others.
    """

    id: str
    outlet: str
    outlet_name: str
    domain: str
    credits: str
    at: datetime
    republishes: bool = False


def in_order(members: Collection[Member]) -> list[Member]:
    """Copies in the order in which each may be the original of those behind it.

    First what credits no outlet among the others, and of this what others credit; then the earlier one; of
    equally early ones, that which credits nobody. A site that republishes others' articles comes last.
    """
    outlets = {(one.outlet, one.outlet_name, one.domain) for one in members}
    credited = {
        (one.credits, one.outlet): {other[0] for other in outlets if _is_named(one.credits, *other)}
        - {one.outlet}
        for one in members
        if one.credits
    }
    sources = set().union(*credited.values())

    def place(one: Member) -> tuple[bool, bool, bool, datetime, bool, str]:
        theirs = credited.get((one.credits, one.outlet), set())
        source = one.outlet in sources
        foreign = bool(one.credits) and not _is_named(one.credits, one.outlet, one.outlet_name, one.domain)
        return one.republishes, bool(theirs), not source, one.at, foreign, one.id

    return sorted(members, key=place)


def credits_outlet(credit: str, outlet: str, outlet_name: str, domain: str) -> bool:
    """Whether what an article names as its source is this outlet, by any of its names.

    >>> credits_outlet("واس", "spa", "وكالة الأنباء السعودية", "spa.gov.sa")
    True
    >>> credits_outlet("رويترز", "spa", "وكالة الأنباء السعودية", "spa.gov.sa")
    False
    >>> credits_outlet("وكالة الأناضول", "aa", "الأناضول للأنباء", "aa.com.tr")
    True
    """
    return bool(credit) and _is_named(credit, outlet, outlet_name, domain)


@lru_cache(maxsize=4096)
def _is_named(credit: str, outlet: str, outlet_name: str, domain: str) -> bool:
    labels = [label for label in domain.split(".")[:-1] if label not in _NO_NAMES and len(label) > 2]
    own: set[str] = set()
    for name in (outlet, outlet_name, domain, *labels):
        own |= _readings(name)
    return not own.isdisjoint(_readings(credit))


def _readings(name: str) -> set[str]:
    """The names of a house in any spelling, run together: with and without صحيفة, وكالة and the like."""
    found = set()
    for key in one_house(name):
        words = key.replace(".", "").split()
        found.add("".join(words))
        while len(words) > 1 and words[-1] in _ENDS:
            words = words[:-1]
        found.add("".join(words))
        while len(words) > 1 and words[0] in load_houses().kinds:
            words = words[1:]
        found.add("".join(words))
    return found - {""}
