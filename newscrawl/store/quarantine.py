"""URLs under way, by which a run that was killed is told what may have killed it.

A URL that was under way gets a strike. One with a strike is asked for while nothing else is under way
(`newscrawl.spiders.alone`), so that a second kill accuses the URL that did it and no other. At two strikes it
is quarantined: it rests, until its time has come or somebody asks for it by name. Any end of its own, in
whatever outcome, clears its strikes. Pages and listings are treated alike. A robots.txt counts as a listing,
and so does a row of an ingested file, whose file, line and content are its URL (`newscrawl.ingest.suspects`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from newscrawl.article import Outcome, article_id
from newscrawl.store import candidates
from newscrawl.store.refresh import LISTING_QUARANTINE, QUARANTINE
from newscrawl.store.schema import listings, under_way, visits

STRIKES = 2
"""Kills of a run during which a URL may be under way before it is quarantined."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A URL that will be asked for: a page, by the id of its visit, or a listing."""

    id: str
    outlet: str
    url: str
    """As listed."""
    listing: bool = False

    @classmethod
    def of_listing(cls, outlet: str, url: str) -> Suspect:
        """A listing; its id is no page's."""
        return cls(article_id(f"listing {url}"), outlet, url, listing=True)


def begin(connection: sa.Connection, run_id: int, requests: Iterable[Suspect], now: datetime) -> None:
    """Note URLs that will be asked for."""
    rows = [{"run_id": run_id, "sent_at": now, **asdict(request)} for request in requests]
    if rows:
        connection.execute(insert(under_way).on_conflict_do_nothing(), rows)


def end(connection: sa.Connection, run_id: int, *ids: str) -> None:
    """Note that URLs, by the ids of their visits, have ended."""
    ended = sa.delete(under_way).where(under_way.c.run_id == run_id, under_way.c.id == sa.bindparam("ended"))
    connection.execute(ended, [{"ended": id} for id in ids])


def end_listing(connection: sa.Connection, run_id: int, url: str) -> None:
    """Note that a listing has answered, or failed; its strikes are cleared."""
    end(connection, run_id, Suspect.of_listing("", url).id)
    cleared = sa.update(listings).where(listings.c.url == url).values(strikes=0, rests_until=None)
    connection.execute(cleared)


def end_listings(connection: sa.Connection, run_id: int, suspects: Sequence[Suspect]) -> None:
    """`end_listing` of many, such as the rows of a file that are stored together."""
    end(connection, run_id, *(suspect.id for suspect in suspects))
    ended = listings.c.url.in_([suspect.url for suspect in suspects]) & (listings.c.strikes > 0)
    connection.execute(sa.update(listings).where(ended).values(strikes=0, rests_until=None))


def acquit(connection: sa.Connection, run_id: int) -> None:
    """Forget what was under way in a run that ended in order."""
    connection.execute(sa.delete(under_way).where(under_way.c.run_id == run_id))


def accuse(connection: sa.Connection, run_id: int, why: str, now: datetime, *, alive: bool = False) -> None:
    """Give a strike to all that was under way in a run that was killed; at two, quarantine it.

    Args:
        connection: in a write transaction.
        run_id: the run, whose candidates are still open.
        why: how the run ended, in words ("run 12 was killed").
        now: aware.
        alive: the run itself says so, for it must end; it ends its candidates by itself.
    """
    columns = [under_way.c[name] for name in ("id", "outlet", "url", "listing")]
    rows = connection.execute(sa.select(*columns).where(under_way.c.run_id == run_id)).all()
    for suspect in (Suspect(*row) for row in rows):
        if suspect.listing:
            _strike_listing(connection, suspect, why, now)
            continue
        strikes = _strike(connection, suspect, why, now)
        if strikes >= STRIKES and not alive:
            candidates.settle(
                connection,
                run_id,
                suspect.outlet,
                suspect.url,
                Outcome.QUARANTINED,
                reason=_reason(strikes, why, now + QUARANTINE),
                article_id=None,
                now=now,
            )
    acquit(connection, run_id)


def _strike(connection: sa.Connection, suspect: Suspect, why: str, now: datetime) -> int:
    """Give a page a strike; returns how many it has."""
    before = connection.execute(sa.select(visits).where(visits.c.id == suspect.id)).one_or_none()
    strikes = (before.strikes if before else 0) + 1
    values: dict[str, Any] = {"strikes": strikes, "next_visit_at": now}
    if strikes >= STRIKES:
        values |= {
            "outcome": Outcome.QUARANTINED.value,
            "reason": _reason(strikes, why, now + QUARANTINE),
            "last_visited_at": now,
            "next_visit_at": now + QUARANTINE,
        }
    first = {
        "id": suspect.id,
        "url": suspect.url,
        "outlet": suspect.outlet,
        "outcome": Outcome.INTERRUPTED.value,
        "reason": f"it was under way when {why}",
        "first_visited_at": now,
        "last_visited_at": now,
        "streak": 0,
    }
    statement = insert(visits).values(first | values)
    connection.execute(statement.on_conflict_do_update(index_elements=[visits.c.id], set_=values))
    return strikes


def _strike_listing(connection: sa.Connection, suspect: Suspect, why: str, now: datetime) -> None:
    strikes = strikes_of(connection, suspect.url)[0] + 1
    status, rests_until = f"it was under way when {why}", None
    if strikes >= STRIKES:
        rests_until = now + min(LISTING_QUARANTINE * 2 ** min(strikes - STRIKES, 10), QUARANTINE)
        status = _reason(strikes, why, rests_until)
    values = {"strikes": strikes, "rests_until": rests_until, "status": status}
    first = {"url": suspect.url, "outlet": suspect.outlet, "visited_at": now}
    statement = insert(listings).values(first | values)
    connection.execute(statement.on_conflict_do_update(index_elements=[listings.c.url], set_=values))


def _reason(strikes: int, why: str, until: datetime) -> str:
    return f"it was under way when {why}, {strikes} times in all; it rests until {until:%Y-%m-%d}"


def strikes_of(connection: sa.Connection, listing: str) -> tuple[int, datetime | None]:
    """How many strikes a listing has, and until when it rests, if it does."""
    query = sa.select(listings.c.strikes, listings.c.rests_until).where(listings.c.url == listing)
    row = connection.execute(query).one_or_none()
    return (row.strikes, row.rests_until) if row else (0, None)


@dataclass(frozen=True, slots=True)
class Strikes:
    """Until when something rests, if it does, and why."""

    rests_until: datetime | None
    reason: str


def struck(connection: sa.Connection, beginning: str) -> dict[str, Strikes]:
    """What has strikes of the listings, or rows of files, whose names begin so."""
    columns = listings.c.url, listings.c.rests_until, listings.c.status
    of_file = listings.c.url.startswith(beginning, autoescape=True)
    rows = connection.execute(sa.select(*columns).where(of_file, listings.c.strikes > 0))
    return {row.url: Strikes(row.rests_until, row.status) for row in rows}


def resting(connection: sa.Connection) -> list[tuple[str, str, str]]:
    """The quarantined pages: outlet, URL, reason."""
    query = (
        sa.select(visits.c.outlet, visits.c.url, visits.c.reason)
        .where(visits.c.outcome == Outcome.QUARANTINED.value)
        .order_by(visits.c.outlet, visits.c.url)
    )
    return [(row.outlet, row.url, row.reason) for row in connection.execute(query)]


def resting_listings(connection: sa.Connection, now: datetime) -> list[tuple[str, str, str]]:
    """The quarantined listings: outlet, URL, reason."""
    query = (
        sa.select(listings.c.outlet, listings.c.url, listings.c.status)
        .where(listings.c.rests_until > now)
        .order_by(listings.c.outlet, listings.c.url)
    )
    return [(row.outlet, row.url, row.status) for row in connection.execute(query)]
