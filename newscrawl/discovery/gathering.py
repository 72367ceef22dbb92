"""An outlet's candidates as they stream from its listings: the newest are kept, the others counted.

An index of sitemaps may list every article of thirty years in every run. Kept whole are the newest and the
first that are refused; of every other URL a hash remains, so that one which several listings name is counted
once, and is taken up again where a later listing says better of it.
"""

from __future__ import annotations

import heapq
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from newscrawl.article import Outcome
from newscrawl.discovery.choose import TRUSTED, Choice, Refusal, Rules, merge
from newscrawl.discovery.forgotten import Forgotten
from newscrawl.discovery.links import states_other_than_arabic
from newscrawl.discovery.listing import Candidate
from newscrawl.outlets.model import Outlet

EXAMPLES = 100
"""Refused candidates of one outcome that are kept whole."""
MAX_URLS = 5_000_000
"""URLs of one outlet that one run looks at: 64 MB of hashes."""
_SLACK = 1000
_TAKEN_BACK = 0
_LET_GO = (
    Outcome.OFF_SITE,
    Outcome.NOT_ARABIC,
    Outcome.NOT_ARTICLE,
    Outcome.OUT_OF_RANGE,
    Outcome.OVER_LIMIT,
)
"""States of what is forgotten, from 1 on."""


@dataclass(slots=True)
class _Held:
    """One URL that is kept whole."""

    place: int
    """In the order of the listings."""
    group: list[Candidate]
    """What each kind of listing says of it."""
    refusal: Refusal | None = None
    age: float = 0.0
    candidate: Candidate = field(init=False)

    def __post_init__(self) -> None:
        self.candidate = self.group[0]

    def add(self, candidate: Candidate) -> None:
        for number, one in enumerate(self.group):
            if one.source == candidate.source:
                self.group[number] = merge([one, candidate])
                break
        else:
            self.group.append(candidate)
        self.candidate = merge(self.group)

    @property
    def trusted(self) -> bool:
        return any(one.source in TRUSTED for one in self.group)


class Gathering:
    """Takes candidates in, in whatever order and from however many listings, and chooses in the end.

    A URL in several listings counts once, with the best of what they say (`merge`). Refused, in
    this order: OFF_SITE, another registered domain than the outlet's and its aliases; NOT_ARABIC,
    the listing states another language; NOT_ARTICLE, a section's or plain sitemap's link that does
    not match `outlet.article_url`; OUT_OF_RANGE, dated before `since` or after `until` (both
    included) by publication, else modification; OVER_LIMIT, beyond the newest `limit`.

    A date of exactly midnight, in the outlet's zone or as it is written, stands for its whole day. A date
    more than two days after `now` is no date; the undated are kept, for the page to decide, and come last,
    but for those known since some time (`Candidate.seen_at`), which take their place by it. What changed
    after `until` is kept where its address has a day that is wanted.

    Args:
        outlet: whose candidates they are.
        since: aware; nothing older is wanted.
        until: aware; nothing newer is wanted.
        limit: how many are wanted; None: all, which are then all kept in memory.
        now: aware; the present by default.
        examples: refused candidates of one outcome that are kept whole.
        max_urls: distinct URLs that are looked at.

    Raises:
        ValueError: `since`, `until` or `now` has no offset.
    """

    def __init__(
        self,
        outlet: Outlet,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int | None = None,
        now: datetime | None = None,
        examples: int = EXAMPLES,
        max_urls: int = MAX_URLS,
    ) -> None:
        self._rules = Rules(outlet, since, until, now or datetime.now(UTC))
        self._limit = None if limit is None else max(limit, 0)
        self._examples = examples
        self._max_urls = max_urls
        self._held: dict[str, _Held] = {}
        self._shown: Counter[Outcome] = Counter()
        self._fitting = 0
        self._forgotten = Forgotten()
        self._counted: Counter[Outcome] = Counter()
        self._floor = (float("inf"), sys.maxsize)
        """The oldest that was kept in a cut: what is older has no chance any more."""
        self._place = 0
        self.passed_over = 0
        """Links that were not looked at, for the gathering was full."""

    @property
    def full(self) -> bool:
        """Whether no more URLs are looked at."""
        return len(self._held) + len(self._forgotten) >= self._max_urls

    def add(self, candidates: Iterable[Candidate]) -> None:
        """Take candidates in."""
        for candidate in candidates:
            held = self._held.get(candidate.url)
            if held is None:
                held = self._new(candidate)
                if held is None:
                    continue
            else:
                self._release(held)
                held.add(candidate)
            self._judge(held)

    def choice(self) -> Choice:
        """The end of it: what is fetched, what is not, and how many more are not. It is empty afterwards."""
        fitting = [one for one in self._held.values() if one.refusal is None]
        fitting.sort(key=_newest)
        most = len(fitting) if self._limit is None else self._limit
        refused = [one.refusal for one in self._held.values() if one.refusal is not None]
        over = fitting[most:]
        refused += [
            Refusal(one.candidate, Outcome.OVER_LIMIT, f"not among the newest {most}")
            for one in over[: self._examples]
        ]
        counted = self._counted + Counter({Outcome.OVER_LIMIT: len(over[self._examples :])})
        self._held, self._forgotten = {}, Forgotten()
        return Choice([one.candidate for one in fitting[:most]], refused, counted)

    def _new(self, candidate: Candidate) -> _Held | None:
        """A place for a URL that is not held; None where it is to stay forgotten."""
        state = self._forgotten.find(candidate.url)
        if state is None:
            if self.full:
                self.passed_over += 1
                return None
        elif state != _TAKEN_BACK:
            outcome = _LET_GO[state - 1]
            if not self._is_better(candidate, outcome):
                return None
            self._counted[outcome] -= 1
            self._forgotten.put(candidate.url, _TAKEN_BACK)
        self._place += 1
        return _Held(self._place, [candidate])

    def _is_better(self, candidate: Candidate, outcome: Outcome) -> bool:
        """Whether a listing states what a URL was let go for the lack of."""
        age = self._rules.age(candidate)
        if outcome is Outcome.OVER_LIMIT:
            return age < self._floor[0]
        if outcome is Outcome.NOT_ARABIC and states_other_than_arabic("en", candidate.title):
            return False
        if outcome is Outcome.OUT_OF_RANGE and age == float("inf"):
            return False
        return self._rules.refusal(candidate, trusted=candidate.source in TRUSTED) is None

    def _judge(self, held: _Held) -> None:
        """Hold one, or let it go."""
        held.refusal = self._rules.refusal(held.candidate, trusted=held.trusted)
        if held.refusal is not None:
            outcome = held.refusal.outcome
            if self._shown[outcome] >= self._examples:
                self._let_go(held, outcome)
                return
            self._shown[outcome] += 1
            self._held[held.candidate.url] = held
            return
        held.age = self._rules.age(held.candidate)
        if _newest(held) > self._floor:
            self._let_go(held, Outcome.OVER_LIMIT)
            return
        self._fitting += 1
        self._held[held.candidate.url] = held
        if self._limit is not None and self._fitting >= 2 * (self._limit + self._examples) + _SLACK:
            self._cut(self._limit + self._examples)

    def _release(self, held: _Held) -> None:
        """Take one out of the numbers, before it is judged again."""
        if held.refusal is None:
            self._fitting -= 1
        else:
            self._shown[held.refusal.outcome] -= 1

    def _cut(self, most: int) -> None:
        """Let go of all but the newest."""
        fitting = [one for one in self._held.values() if one.refusal is None]
        newest = heapq.nsmallest(most, fitting, key=_newest)
        kept = {one.place for one in newest}
        for one in fitting:
            if one.place not in kept:
                self._fitting -= 1
                self._let_go(one, Outcome.OVER_LIMIT)
        if newest:
            self._floor = _newest(newest[-1])

    def _let_go(self, held: _Held, outcome: Outcome) -> None:
        url = held.candidate.url
        self._held.pop(url, None)
        self._forgotten.put(url, 1 + _LET_GO.index(outcome))
        self._counted[outcome] += 1


def choose(
    candidates: Iterable[Candidate],
    *,
    outlet: Outlet,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int | None = None,
    now: datetime | None = None,
) -> Choice:
    """Split candidates that are all at hand; every refusal is told. See `Gathering`.

    Raises:
        ValueError: `since`, `until` or `now` has no offset.
    """
    gathering = Gathering(outlet, since=since, until=until, limit=limit, now=now, examples=sys.maxsize)
    gathering.add(candidates)
    return gathering.choice()


def _newest(one: _Held) -> tuple[float, int]:
    """The order of what is fetched; equal dates, and the undated, keep that of the listings."""
    return one.age, one.place
