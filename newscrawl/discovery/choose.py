"""What speaks against fetching a candidate, and what several listings together say of one URL."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urlsplit, urlunsplit

from newscrawl.article import Outcome
from newscrawl.discovery.dates import FUTURE_ALLOWANCE, day_in_url, last_instant
from newscrawl.discovery.links import states_other_than_arabic
from newscrawl.discovery.listing import Candidate, Source
from newscrawl.discovery.sections import matches
from newscrawl.outlets.domains import registered_domain
from newscrawl.outlets.model import Outlet

# Whose word on one URL counts first. A URL from the command line is there because someone asked.
_RANK: dict[Source, int] = {
    "command-line": 0,
    "news-sitemap": 1,
    "feed": 2,
    "sitemap": 3,
    "section": 4,
    "archive": 5,
}

# These list articles and nothing else, so the outlet's pattern is not asked: patterns age.
TRUSTED: frozenset[Source] = frozenset({"command-line", "news-sitemap", "feed", "archive"})


@dataclass(frozen=True, slots=True)
class Refusal:
    """A candidate that is not fetched."""

    candidate: Candidate
    outcome: Outcome
    reason: str
    """In words for a person."""


@dataclass(slots=True)
class Choice:
    """Every distinct URL of the listings, in exactly one of the three places."""

    accepted: list[Candidate] = field(default_factory=list)
    """Newest first; then those without a date, in the listings' order."""
    refused: list[Refusal] = field(default_factory=list)
    counted: Counter[Outcome] = field(default_factory=Counter)
    """How many more are refused that were not kept whole."""


def merge(group: list[Candidate]) -> Candidate:
    """Make one candidate for one URL: the best listing's, the gaps filled from the others.

    The earliest publication (a listing bumps its dates on an update) and the latest modification.

    Raises:
        ValueError: no candidates.

    """
    if len(group) == 1:
        return group[0]
    ranked = sorted(group, key=lambda one: _RANK[one.source])
    return replace(
        ranked[0],
        title=next((one.title for one in ranked if one.title), ""),
        language=next((one.language for one in ranked if one.language), ""),
        published_at=min((one.published_at for one in group if one.published_at), default=None),
        modified_at=max((one.modified_at for one in group if one.modified_at), default=None),
        seen_at=min((one.seen_at for one in group if one.seen_at), default=None),
    )


class Rules:
    """What a run wants of an outlet.

    Raises:
        ValueError: `since`, `until` or `now` has no offset.
    """

    def __init__(self, outlet: Outlet, since: datetime | None, until: datetime | None, now: datetime) -> None:
        for moment in (since, until, now):
            if moment is not None and moment.tzinfo is None:
                raise ValueError(f"{moment.isoformat()} has no offset; say which zone it is in")
        self._outlet = outlet
        self._since = since
        self._until = until
        self._now = now
        self._sites = {registered_domain(domain) for domain in (outlet.domain, *outlet.aliases)} - {""}
        self._site_of: dict[str, str] = {}

    def refusal(self, candidate: Candidate, *, trusted: bool) -> Refusal | None:
        """Say why a candidate is not fetched; None where nothing speaks against it."""
        url = self._stands_for(candidate.url)
        if self._site(url) not in self._sites:
            return Refusal(candidate, Outcome.OFF_SITE, f"not on {' or '.join(sorted(self._sites))}")
        if states_other_than_arabic(candidate.language, candidate.title):
            reason = f"the listing states the language {candidate.language}"
            return Refusal(candidate, Outcome.NOT_ARABIC, reason)
        pattern = self._outlet.article_pattern
        if pattern and not trusted and not matches(pattern, url):
            return Refusal(candidate, Outcome.NOT_ARTICLE, "does not match the outlet's article_url")
        return self._out_of_range(candidate)

    def age(self, candidate: Candidate) -> float:
        """Tell how long ago: smaller is newer, and infinite without a date.

        A date in the future is a clock set wrongly and counts as now: it earns no precedence. Of a page that
        was fetched before and is due again, the first time that it was seen stands in for a date.
        """
        moment = self._dated(candidate) or candidate.seen_at
        return float("inf") if moment is None else max((self._now - moment).total_seconds(), 0.0)

    def _dated(self, candidate: Candidate) -> datetime | None:
        for moment in (candidate.published_at, candidate.modified_at):
            if moment is not None and moment - self._now <= FUTURE_ALLOWANCE:
                return moment
        return None

    def _out_of_range(self, candidate: Candidate) -> Refusal | None:
        begins = self._dated(candidate)
        if begins is None:
            return None
        local = begins.astimezone(self._outlet.zone)
        ends = last_instant(begins, self._outlet.zone)
        what = "published" if begins is candidate.published_at else "last modified"
        if self._since is not None and ends < self._since:
            reason = f"{what} {local.isoformat()}, before {self._since.isoformat()}"
        elif self._until is not None and begins > self._until:
            # Changed since, maybe when the site was moved: its address may state when it was published.
            if begins is not candidate.published_at and self._is_of_days_wanted(candidate.url):
                return None
            reason = f"{what} {local.isoformat()}, after {self._until.isoformat()}"
        else:
            return None
        return Refusal(candidate, Outcome.OUT_OF_RANGE, reason)

    def _is_of_days_wanted(self, url: str) -> bool:
        stated = day_in_url(url)
        if stated is None or self._until is None:
            return False
        if self._since is not None and stated < self._day(self._since)[: len(stated)]:
            return False
        return stated <= self._day(self._until)[: len(stated)]

    def _day(self, moment: datetime) -> tuple[int, ...]:
        return moment.astimezone(self._outlet.zone).timetuple()[:3]

    def _stands_for(self, url: str) -> str:
        """Put the URL on the host that stands for its host (a sitemap of NNA's reads `localhost:3000`)."""
        parts = urlsplit(url)
        host = self._outlet.canonical.hosts.get(parts.netloc) or self._outlet.canonical.hosts.get(
            parts.hostname or ""
        )
        return urlunsplit(parts._replace(netloc=host)) if host else url

    def _site(self, url: str) -> str:
        host = urlsplit(url).hostname or ""
        if host not in self._site_of:
            self._site_of[host] = registered_domain(host)
        return self._site_of[host]
