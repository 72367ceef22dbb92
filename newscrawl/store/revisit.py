"""When to look at a URL again. Pure arithmetic; the answers are kept in the `visits` table."""

from __future__ import annotations

from datetime import datetime, timedelta

from newscrawl.article import Outcome

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
PROMPT_RETRIES = 3
MAX_RETRIES = 8


def next_visit(
    outcome: Outcome,
    *,
    event_time: datetime | None,
    visited_at: datetime,
    streak: int,
    window: timedelta = REFRESH_WINDOW,
) -> datetime | None:
    """When a URL is due for another visit; None: only when its listing says that it changed.

    A failure is tried again in each of the next three runs, then after 1, 2, 4 … hours, eight times in
    all. Any other page is looked at again after 1, 2, 4 … hours while it is younger than `window`.

    Args:
        outcome: how the visit ended.
        event_time: when the article was published, or first fetched; None if nothing was read.
        visited_at: the time of this visit.
        streak: how many visits in a row, this one included, ended the same way without a change (≥ 1).
        window: the refresh window; zero switches refreshing off.
    """
    if outcome in FAILURES:
        if streak >= MAX_RETRIES:
            return None
        return visited_at + (
            FIRST_INTERVAL * 2 ** (streak - PROMPT_RETRIES - 1) if streak > PROMPT_RETRIES else timedelta()
        )
    due = visited_at + FIRST_INTERVAL * 2 ** min(streak - 1, 20)
    born = event_time or visited_at
    return due if due - born <= window else None


def is_due(
    next_visit_at: datetime | None,
    *,
    seen_listed_at: datetime | None,
    listed_at: datetime | None,
    visited_at: datetime,
    now: datetime,
) -> bool:
    """Whether a URL visited before is to be fetched now.

    Args:
        next_visit_at: what `next_visit` said after the last visit.
        seen_listed_at: the time its listing gave (modified, else published) at the last visit.
        listed_at: the time its listing gives now.
        visited_at: the last visit.
        now: the present.
    """
    if next_visit_at is not None and next_visit_at <= now:
        return True
    # Compared with the listing's own earlier word: its clock may not be ours.
    return listed_at is not None and listed_at > (seen_listed_at or visited_at)
