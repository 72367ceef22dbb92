"""A site of the newsroom: what it answers at each address, and where each link in its listings must end."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import quote, unquote, urldefrag, urlsplit
from zoneinfo import ZoneInfo

from newscrawl.article import Outcome
from tests.newsroom.desk import Text
from tests.newsroom.reply import Answer, Reply, Visit, always

Ending = Outcome | frozenset[Outcome]

KEEP = "/:?=&%+~,;@!$'()*[]"


@dataclass(frozen=True)
class Link:
    """One entry of a listing, and the outcome its URL must have on the first visit."""

    url: str
    """Absolute, as the listing writes it: raw Arabic, white space and fragment included."""
    title: str
    published: datetime
    modified: datetime | None = None
    summary: str = ""
    language: str = "ar"
    ends: Outcome = Outcome.STORED
    again: Ending | None = None
    """Where it ends on the second visit, when the rule in expected.py does not say it."""

    @property
    def candidate(self) -> str:
        """The URL as a crawler holds it: trimmed, without fragment, raw letters as %XX in capitals."""
        return quote(urldefrag(self.url.strip()).url, safe=KEEP)


@dataclass
class Site:
    """One host."""

    outlet: str
    host: str
    name: str
    zone: ZoneInfo
    edition: int
    answers: dict[str, Answer] = field(default_factory=dict)
    """Target (path and query, percent-decoded) → answer."""
    listings: dict[str, tuple[Link, ...]] = field(default_factory=dict)
    """Listing URL → its links."""
    articles: dict[str, Text] = field(default_factory=dict)
    """Canonical URL → the text that stands there in this edition."""

    def url(self, target: str) -> str:
        """A full address on this site, raw letters percent-encoded."""
        return f"http://{self.host}{quote(target, safe=KEEP)}"

    def put(self, target: str, answer: Answer) -> str:
        """Place an answer at a target; its full address."""
        self.answers[unquote(target)] = answer
        return self.url(target)

    def put_article(self, target: str, text: Text, answer: Answer) -> str:
        """Place an article's page and remember its text; its full address."""
        url = self.put(target, answer)
        self.articles[url] = text
        return url

    def put_listing(
        self, target: str, content_type: str, body: bytes, links: list[Link], *, lying: bool = False
    ) -> None:
        """Place a listing with validators; `lying` answers 304 to any conditional request."""
        stamp = _stamp(links, self.edition)
        tag = f'"e{self.edition}-{hashlib.sha256(body).hexdigest()[:16]}"'
        fresh = Reply(body, 200, content_type, _validators(tag, stamp))
        unchanged = Reply(b"", 304, None, _validators(tag, stamp))

        def answer(visit: Visit) -> Reply:
            matches = _is_conditional(visit) if lying else _matches(visit, tag, stamp)
            return unchanged if matches else fresh

        self.put(target, answer)
        self.listings[self.url(target)] = tuple(links)

    def put_robots(self, text: str) -> None:
        """Place robots.txt."""
        self.put("/robots.txt", always(Reply(text.encode(), content_type="text/plain")))

    def find(self, target: str) -> Answer | None:
        """The answer at a target; tracking parameters (utm_…) are overlooked, as servers do."""
        parts = urlsplit(unquote(target))
        query = "&".join(pair for pair in parts.query.split("&") if pair and not pair.startswith("utm_"))
        return self.answers.get(unquote(target)) or self.answers.get(
            parts.path + (f"?{query}" if query else "")
        )


def _stamp(links: list[Link], edition: int) -> datetime:
    """Last-Modified: the newest time in the listing, and later in edition 2 than in edition 1."""
    newest = max(
        (link.modified or link.published for link in links), default=datetime(2026, 11, 1, tzinfo=UTC)
    )
    return newest.replace(microsecond=0) + timedelta(hours=edition - 1)


def _validators(tag: str, stamp: datetime) -> tuple[tuple[str, str], ...]:
    utc = stamp.astimezone(UTC)
    return (("ETag", tag), ("Last-Modified", format_datetime(utc, usegmt=True)))


def _is_conditional(visit: Visit) -> bool:
    return "if-none-match" in visit.headers or "if-modified-since" in visit.headers


def _matches(visit: Visit, tag: str, stamp: datetime) -> bool:
    if tags := visit.headers.get("if-none-match"):
        return tag in tags
    if since := visit.headers.get("if-modified-since"):
        try:
            return parsedate_to_datetime(since) >= stamp
        except ValueError:
            return False
    return False
