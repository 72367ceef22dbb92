"""Which candidates are fetched, in what order, and how each of the others ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit, urlunsplit

from newscrawl.article import Outcome
from newscrawl.discovery.dates import FUTURE_ALLOWANCE, last_instant
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
_TRUSTED: frozenset[Source] = frozenset({"command-line", "news-sitemap", "feed", "archive"})


@dataclass(frozen=True, slots=True)
class Refusal:
    """A candidate that is not fetched."""

    candidate: Candidate
    outcome: Outcome
    reason: str
    """In words for a person."""


@dataclass(slots=True)
class Choice:
    """Every distinct URL of the listings, in exactly one of the two places."""

    accepted: list[Candidate] = field(default_factory=list)
    """Newest first; then those without a date, in the listings' order."""
    refused: list[Refusal] = field(default_factory=list)


def choose(
    candidates: Iterable[Candidate],
    *,
    outlet: Outlet,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int | None = None,
    now: datetime | None = None,
) -> Choice:
    """Split candidates into those to fetch and those refused, with the reason.

    A URL in several listings counts once, with the best of what they say (`merge`). Refused, in
    this order: OFF_SITE, another registered domain than the outlet's and its aliases; NOT_ARABIC,
    the listing states another language; NOT_ARTICLE, a section's or plain sitemap's link that does
    not match `outlet.article_url`; OUT_OF_RANGE, dated before `since` or after `until` (both
    included) by publication, else modification; OVER_LIMIT, beyond the newest `limit`.

    A date of exactly midnight in the outlet's zone stands for its whole day. A date more than two
    days after `now` is no date; the undated are kept, for the page to decide, and come last.

    Raises:
        ValueError: `since`, `until` or `now` has no offset.

    """
    now = now or datetime.now(UTC)
    for moment in (since, until, now):
        if moment is not None and moment.tzinfo is None:
            raise ValueError(f"{moment.isoformat()} has no offset; say which zone it is in")
    choice = Choice()
    rules = _Rules(outlet, since, until, now)
    fitting = []
    for group in _by_url(candidates):
        candidate = merge(group)
        refusal = rules.refusal(candidate, trusted=any(one.source in _TRUSTED for one in group))
        if refusal:
            choice.refused.append(refusal)
        else:
            fitting.append(candidate)
    fitting.sort(key=rules.age)  # stable: equal dates and the undated keep the listings' order
    kept = len(fitting) if limit is None else max(limit, 0)
    choice.accepted = fitting[:kept]
    choice.refused += [
        Refusal(candidate, Outcome.OVER_LIMIT, f"not among the newest {kept}") for candidate in fitting[kept:]
    ]
    return choice


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
    )


def _by_url(candidates: Iterable[Candidate]) -> Iterable[list[Candidate]]:
    groups: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        groups.setdefault(candidate.url, []).append(candidate)
    return groups.values()


class _Rules:
    """What makes this run's choice for this outlet."""

    def __init__(self, outlet: Outlet, since: datetime | None, until: datetime | None, now: datetime) -> None:
        self._outlet = outlet
        self._since = since
        self._until = until
        self._now = now
        self._sites = {registered_domain(domain) for domain in (outlet.domain, *outlet.aliases)} - {""}
        self._site_of: dict[str, str] = {}

    def refusal(self, candidate: Candidate, *, trusted: bool) -> Refusal | None:
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

        A date in the future is a clock set wrongly and counts as now: it earns no precedence.
        """
        moment = self._dated(candidate)
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
            reason = f"{what} {local.isoformat()}, after {self._until.isoformat()}"
        else:
            return None
        return Refusal(candidate, Outcome.OUT_OF_RANGE, reason)

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
