"""A page's dates: every source that states one, brought to one publication and one modification.

The sources, in order of trust: JSON-LD, meta tags, `<time>` and microdata of the article, the text around
the headline, the day in the address, the listing that led here. Each is known to be wrong somewhere, so
they are held against one another:

* the address's day is a witness: a source that agrees with it goes before one that does not, since a
  template's constant or a re-save is in the meta tags of every page;
* a source that is only a day (or its midnight) gets its time from the next that states one on that day;
* UTC that shows readers the same digits as local time is local time (a false Z);
* a stamp called an update never dates the publication;
* nothing left: None, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo

from newscrawl.arabic.dates import Moment
from newscrawl.article import PublishedSource
from newscrawl.extraction.claims import Claim, Claims, machine_claims, url_day
from newscrawl.extraction.headline import Headline
from newscrawl.extraction.stamps import page_stamps
from newscrawl.outlets.model import DateRules
from newscrawl.page import Page

DAY = timedelta(days=1)
FETCH = timedelta(minutes=2)
"""A moment so close to the fetch may be the page's own clock; caches keep pages so long."""


@dataclass(frozen=True, slots=True)
class Dates:
    """When an article was published and last changed, aware; None where the page does not say."""

    published_at: datetime | None = None
    published_source: PublishedSource | None = None
    modified_at: datetime | None = None
    reason: str = ""
    """Why `published_at` is None, in a sentence; empty otherwise."""


def read_dates(
    page: Page,
    headline: Headline,
    url: str,
    zone: tzinfo,
    now: datetime,
    *,
    listed_at: datetime | None = None,
    lies: DateRules | None = None,
) -> Dates:
    """Read a page's dates. Never raises on what a page may contain.

    Args:
        page: the page.
        headline: its headline, as found.
        url: where it came from.
        zone: the outlet's, for what states no offset.
        now: when it was fetched (aware).
        listed_at: the publication that its listing stated (aware).
        lies: the outlet's known false dates.
    """
    rules = lies or DateRules()
    claims = machine_claims(page.said, zone, now)
    page_stamps(page, headline, claims, zone, now)
    if listed_at is not None:
        claims.published.append(Claim("feed", Moment(listed_at, "second", zoned=True)))
    claims.published = _without_ignored(claims.published, rules)
    claims.modified = _without_ignored(claims.modified, rules)
    _true_zones(claims, zone, rules)
    address = None if "url" in rules.ignore else url_day(url, zone, now)
    best = _published(claims, address, zone, now)
    if best is None:
        return Dates(modified_at=_modified(claims.modified, None, zone), reason=_reason(claims))
    return Dates(best.at, best.source, _modified(claims.modified, best, zone))


def _without_ignored(claims: list[Claim], rules: DateRules) -> list[Claim]:
    return [claim for claim in claims if claim.source not in rules.ignore]


def _published(claims: Claims, address: datetime | None, zone: tzinfo, now: datetime) -> Claim | None:
    """The claim to believe, completed with a time where it has none."""
    stated = _not_the_fetch(claims, address, zone, now)
    on_page = [claim for claim in stated if claim.source != "feed"]
    if address is not None:
        witnessed = [claim for claim in stated if abs(_day(claim, zone) - address.date()) <= DAY]
        # A text without a name that contradicts the address is someone else's date, or an update.
        trusted = [claim for claim in on_page if claim.source != "visible-text" or claim.labelled]
        by_address = Claim("url", Moment(address, "day", zoned=False))
        best = next(iter([*(c for c in witnessed if c.source != "feed"), *trusted]), by_address)
    else:
        first = next(iter([*on_page, *stated]), None)
        if first is None:
            return None
        best = first
    return _with_offset(_completed(best, stated, zone), stated)


def _not_the_fetch(claims: Claims, address: datetime | None, zone: tzinfo, now: datetime) -> list[Claim]:
    """The claims of publication without those that are the clock of the fetch.

    What states the fetch's own moment, or its day, is the page's clock where the address, another claim of
    publication or every claim of modification is days older. An article fetched as it appears has none.
    """
    fetched = [claim for claim in claims.published if _is_fetch(claim, zone, now)]
    others = [claim.at for claim in claims.published if claim not in fetched]
    others += [address] if address else []
    others += [max(claim.at for claim in claims.modified)] if claims.modified else []
    if any(now - other > 2 * DAY for other in others):
        return [claim for claim in claims.published if claim not in fetched]
    return claims.published


def _is_fetch(claim: Claim, zone: tzinfo, now: datetime) -> bool:
    if claim.moment.precision == "day":
        return _day(claim, zone) == now.astimezone(zone).date()
    return abs(now - claim.at) <= FETCH


def _with_offset(best: Claim, stated: Iterable[Claim]) -> Claim:
    """A claim that states no offset, or another that shows the same clock and states one other than UTC."""
    if best.moment.zoned:
        return best
    timed = (c for c in stated if c.moment.zoned and c.moment.precision in ("minute", "second"))
    return next((c for c in timed if c.at.utcoffset() and _clock(c) == _clock(best)), best)


def _clock(claim: Claim) -> datetime:
    """What a clock and calendar on the wall would show."""
    return claim.at.replace(tzinfo=None, second=0, microsecond=0)


def _completed(best: Claim, stated: Iterable[Claim], zone: tzinfo) -> Claim:
    """A claim, or where it is only a day another that states a time on it.

    A stated offset may put the same moment on a neighbouring day of the zone that we believe in.
    """
    if not _is_day(best, zone):
        return best
    day = _day(best, zone)
    timed = [c for c in stated if c.moment.precision in ("minute", "second") and not _is_day(c, zone)]
    same = [claim for claim in timed if _day(claim, zone) == day]
    if best.moment.precision == "day":
        same += [c for c in timed if c.moment.zoned and abs(c.at - best.at - DAY / 2) <= DAY]
    return next(iter(same), best)


def _is_day(claim: Claim, zone: tzinfo) -> bool:
    """Whether a claim says no more than a day: it has no time, or midnight."""
    if claim.moment.precision == "day":
        return True
    local = claim.at.astimezone(zone)
    return any((at.hour, at.minute, at.second) == (0, 0, 0) for at in (claim.at, local))


def _day(claim: Claim, zone: tzinfo) -> date:
    """The day on which readers of the outlet saw it."""
    return claim.at.astimezone(zone).date() if claim.moment.zoned else claim.at.date()


def _true_zones(claims: Claims, zone: tzinfo, rules: DateRules) -> None:
    """Read as local time what is marked as UTC and is none.

    Known of the outlet, or seen: readers are shown the same digits without a zone. Where one statement of
    a source lies, all of them do.
    """
    everything = [*claims.published, *claims.modified]
    shown = {
        claim.at.replace(tzinfo=None, second=0)
        for claim in everything
        if claim.source == "visible-text" and not claim.moment.zoned and claim.moment.precision != "day"
    }
    liars = set(rules.local_time_marked_utc)
    liars |= {
        claim.source
        for claim in everything
        if _marked_utc(claim) and claim.source not in ("visible-text", "feed")
        if claim.at.replace(tzinfo=None, second=0) in shown
    }
    for group in (claims.published, claims.modified):
        group[:] = [_local(claim, zone) if claim.source in liars else claim for claim in group]


def _marked_utc(claim: Claim) -> bool:
    return claim.moment.zoned and claim.at.utcoffset() == timedelta()


def _local(claim: Claim, zone: tzinfo) -> Claim:
    if not _marked_utc(claim):
        return claim
    return replace(claim, moment=replace(claim.moment, at=claim.at.replace(tzinfo=zone)))


def _modified(claims: list[Claim], published: Claim | None, zone: tzinfo) -> datetime | None:
    """The most trusted modification that can be true.

    On the day of publication it may come before it: an article is edited, and set to appear at an hour. On
    an earlier day it is the template's or the draft's, and the next source is asked. A day without a time
    that is the day of publication says nothing.
    """
    for claim in claims:
        day = _day(claim, zone)
        completed = _completed(claim, claims, zone)
        if published is not None:
            if day < _day(published, zone):
                continue
            if completed.moment.precision == "day" and day == _day(published, zone):
                continue
        return completed.at
    return None


def _reason(claims: Claims) -> str:
    if claims.faults:
        return "; ".join(claims.faults[:2])
    if claims.modified:
        return "the page says when it was updated, not when it was published"
    return "the page states no date"
