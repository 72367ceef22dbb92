"""When a page is looked at again: by the clock, by its listing's word, and how far that word is believed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from newscrawl.article import Outcome
from newscrawl.outlets.domains import registered_domain

FAILURES = frozenset(
    {
        Outcome.HTTP_ERROR,
        Outcome.TIMEOUT,
        Outcome.NETWORK_ERROR,
        Outcome.REDIRECT_LOOP,
        Outcome.TOO_LARGE,
        Outcome.EXTRACT_ERROR,
        Outcome.ROBOTS,
    }
)
"""Outcomes that another try may change."""

REFRESH_WINDOW = timedelta(hours=48)
"""How long after its publication an article is looked at again for corrections."""

FIRST_INTERVAL = timedelta(hours=1)
LONGEST_RETRY = timedelta(days=1)
LONGEST_REST = timedelta(days=7)
QUARANTINE = timedelta(days=30)
"""How long a quarantined URL rests; then it is asked for again, alone, and one more kill is enough."""
LISTING_QUARANTINE = timedelta(days=1)
"""The same of a listing, a robots.txt, or a row of an ingested file; after each kill more twice as long, up
to a month. Nobody can ask for one by name, and an outlet without its only one stands still: a harmless one,
under way when the machine failed twice, must not cost a month."""
_FREE = timedelta(hours=8)
"""Within them, a page that changes may be visited at each change."""
PROMPT_RETRIES = 3
MAX_RETRIES = 22
"""The waits between them sum up to two weeks: an outage of days ends no URL's tries."""

SAMPLE = 20
"""Pages that are fetched of an outlet whose listings claim at once that nearly all have changed."""
_NEARLY_ALL = 0.8


def next_visit(
    outcome: Outcome,
    *,
    event_time: datetime | None,
    visited_at: datetime,
    streak: int,
    changes: int = 0,
    window: timedelta = REFRESH_WINDOW,
) -> datetime | None:
    """When a URL is due for another visit; None: only when its listing says that it changed.

    A failure is tried again in each of the next three runs, then after 1, 2, 4 … 24, 24 … hours, for two
    weeks. Any other page is looked at again after 1, 2, 4 … hours while it is younger than `window`.

    Args:
        outcome: how the visit ended.
        event_time: when the article was published, or first fetched; None if nothing was read.
        visited_at: the time of this visit.
        streak: how many visits in a row, this one included, ended the same way without a change (≥ 1).
        changes: how many visits in a row found another text. A page that never reads the same is backed
            off from like one that always does.
        window: the refresh window; zero switches refreshing off.
    """
    if outcome in FAILURES:
        if streak >= MAX_RETRIES:
            return None
        return visited_at + _doubling(streak - PROMPT_RETRIES, LONGEST_RETRY)
    due = visited_at + _doubling(max(streak, changes), timedelta(days=10_000))
    born = event_time or visited_at
    return due if due - born <= window else None


def _doubling(times: int, longest: timedelta) -> timedelta:
    """Nothing for 0 times, then 1, 2, 4 … hours up to `longest`."""
    return min(FIRST_INTERVAL * 2 ** min(times - 1, 20), longest) if times > 0 else timedelta()


def rest_of(outcome: Outcome, streak: int, changes: int, known_for: timedelta = timedelta()) -> timedelta:
    """How long after a visit no listing's word is believed that the page has changed.

    A word that brought an unchanged page, a failure, or yet another text several times in a row is worth
    less each time: 1, 2, 4 … hours, up to a week. After the first hours none is believed sooner than after an
    eighth of the time between the first visit and the last: whatever a page and its listing do by turns, the
    visits to it grow with the logarithm of its age.
    """
    if outcome is Outcome.QUARANTINED:
        return QUARANTINE
    vain = streak - (PROMPT_RETRIES if outcome in FAILURES else 2)
    by_age = max(known_for - _FREE, timedelta()) / 8
    return max(_doubling(max(vain, changes - 1), LONGEST_REST), min(by_age, LONGEST_REST))


def is_due(
    next_visit_at: datetime | None,
    *,
    seen_listed_at: datetime | None,
    listed_at: datetime | None,
    visited_at: datetime,
    now: datetime,
    rest: timedelta = timedelta(),
) -> bool:
    """Whether a URL visited before is to be fetched now.

    Args:
        next_visit_at: what `next_visit` said after the last visit.
        seen_listed_at: the time its listing gave (modified, else published) at the last visit.
        listed_at: the time its listing gives now.
        visited_at: the last visit.
        now: the present.
        rest: for how long after the last visit the listing's word does not count.
    """
    if next_visit_at is not None and next_visit_at <= now:
        return True
    # Compared with the listing's own earlier word: its clock may not be ours.
    return listed_at is not None and listed_at > (seen_listed_at or visited_at) and now >= visited_at + rest


@dataclass(frozen=True, slots=True)
class Visit:
    """The last visit to one canonical URL."""

    id: str
    url: str
    outlet: str
    outcome: Outcome
    reason: str
    listed_at: datetime | None
    last_visited_at: datetime
    next_visit_at: datetime | None
    streak: int
    changes: int = 0
    strikes: int = 0
    """How many runs were killed while it was under way, since it last ended by itself."""
    first_visited_at: datetime | None = None

    @property
    def known_for(self) -> timedelta:
        """The time between the first visit and the last."""
        return self.last_visited_at - (self.first_visited_at or self.last_visited_at)

    @property
    def led_to(self) -> str:
        """The registered domain that the visit was not allowed to go on to; empty for other visits."""
        if self.outcome is not Outcome.OFF_SITE:
            return ""
        return registered_domain(self.reason.partition(": not on ")[0])

    def due(self, listed_at: datetime | None, now: datetime) -> bool:
        """Whether to fetch it now, given the time that its listing states today."""
        return is_due(
            self.next_visit_at,
            seen_listed_at=self.listed_at,
            listed_at=listed_at,
            visited_at=self.last_visited_at,
            now=now,
            rest=rest_of(self.outcome, self.streak, self.changes, self.known_for),
        )

    def listed_newer(self, listed_at: datetime | None, now: datetime) -> bool:
        """Whether the listing gives a later time today than at the last visit."""
        return is_due(
            None,
            seen_listed_at=self.listed_at,
            listed_at=listed_at,
            visited_at=self.last_visited_at,
            now=now,
        )


def due_now(visits: Mapping[str, Visit], listed: Mapping[str, datetime | None], now: datetime) -> set[str]:
    """Which of an outlet's URLs visited before are to be fetched now.

    Where its listings claim at once that nearly all of them have changed (a `lastmod` that is always now),
    and what was fetched on such words has not proved them, a sample is fetched, the longest unvisited first.

    Args:
        visits: the last visits, by any key.
        listed: the times that the listings give now, by the same keys.
        now: aware.
    """
    claims = {key for key, visit in visits.items() if visit.due(listed[key], now)}
    timed = {key for key in claims if _by_clock(visits[key], now)}
    if _too_many_changes(visits, listed, now) and not _proved(visits):
        doubted = sorted(claims - timed, key=lambda key: visits[key].last_visited_at)
        claims = timed | set(doubted[:SAMPLE])
    return claims


def _by_clock(visit: Visit, now: datetime) -> bool:
    return visit.next_visit_at is not None and visit.next_visit_at <= now


def _too_many_changes(
    visits: Mapping[str, Visit], listed: Mapping[str, datetime | None], now: datetime
) -> bool:
    dated = [key for key in visits if listed[key] is not None]
    newer = [key for key in dated if visits[key].listed_newer(listed[key], now)]
    return len(newer) > SAMPLE and len(newer) > _NEARLY_ALL * len(dated)


def _proved(visits: Mapping[str, Visit]) -> bool:
    """Whether of the pages fetched again at least as many had changed as had not."""
    outcomes = [visit.outcome for visit in visits.values()]
    changed = outcomes.count(Outcome.UPDATED)
    return changed > 0 and changed >= outcomes.count(Outcome.UNCHANGED)
