"""robots.txt as RFC 9309 wants it: an unreachable one forbids everything, a missing one nothing.

The last good copy stands in for an unreachable one for a day; it is kept in the archive, once it is parsed.
`Crawl-delay`, which the RFC does not have, is obeyed too. One during which two runs were killed rests, as a
listing does (`newscrawl.store.quarantine`), and counts as unreachable meanwhile.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK

from newscrawl.article import Outcome
from newscrawl.extensions.run import RunAccounting
from newscrawl.middlewares.bounds import FIRST_BYTES
from newscrawl.middlewares.politeness import Slots
from newscrawl.middlewares.refusals import Refused, rejection_of
from newscrawl.store import Suspect

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

PATH = "/robots.txt"
MAX_BYTES = 500 * 1024
"""What is read of a robots.txt (RFC 9309, 2.5)."""
LONG = 32 * 1024
"""Bytes of a robots.txt from which on its rules are applied in a thread: half a megabyte of patterns takes a
sixth of a second for each URL."""
UNREACHABLE = "robots.txt cannot be read"
"""How the reason of a refusal begins that is an outage, and no rule of the site."""

_PRIORITY = 1000
_PASSED_ON = ("outlet", "download_slot", "cookiejar")


@dataclass(frozen=True, slots=True)
class Rules:
    """What one host's robots.txt says.

    Attributes:
        parsed: None where there is none, or none could be read.
        unreachable: why it could not be read; then everything is forbidden.
        body: its text, in which sitemaps may be named; empty where there is none.
    """

    parsed: Protego | None = None
    unreachable: str = ""
    body: bytes = field(default=b"", repr=False)

    def refuse(self, url: str, agent: str) -> None:
        """Raise Refused(ROBOTS) for what is forbidden."""
        if self.unreachable:
            raise Refused(Outcome.ROBOTS, f"{UNREACHABLE} ({self.unreachable}), which forbids everything")
        if self.parsed is not None and not self.parsed.can_fetch(url, agent):
            raise Refused(Outcome.ROBOTS, "robots.txt forbids it")


class RobotsMiddleware:
    """Downloader middleware that asks each host for its robots.txt once, and obeys."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self._rules: dict[str, asyncio.Task[Rules]] = {}
        self._slots = Slots(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make a component."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let pass what robots.txt allows.

        Raises:
            Refused: ROBOTS.
        """
        if request.meta.get("dont_obey_robotstxt"):
            return
        rules = await self.rules(request)
        if len(rules.body) <= LONG:
            rules.refuse(request.url, self._agent)
        else:
            await asyncio.to_thread(rules.refuse, request.url, self._agent)

    async def rules(self, request: Request) -> Rules:
        """The rules of a request's host, which is asked for them once in a run."""
        parts = urlsplit(request.url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._rules:
            self._rules[site] = asyncio.ensure_future(self._read(site, request))
        return await asyncio.shield(self._rules[site])

    async def _read(self, site: str, request: Request) -> Rules:
        """Ask for a host's rules; its breaker, redirects and limits are those of every request."""
        engine = self._crawler.engine
        assert engine is not None
        asked = Request(
            f"{site}{PATH}",
            callback=NO_CALLBACK,
            meta={key: request.meta[key] for key in _PASSED_ON if key in request.meta}
            | {
                "dont_obey_robotstxt": True,
                "listing": self._suspect(site, request),
                # Of a larger one the first part counts, as the RFC wants it; the byte more shows that it is.
                FIRST_BYTES: MAX_BYTES + 1,
                "download_maxsize": 0,
            },
            priority=_PRIORITY,
        )
        try:
            response = await engine.download_async(asked)
        except IgnoreRequest as error:
            rules = await self._refused(site, request, error)
            if isinstance(error, Refused) and error.outcome in (Outcome.INTERRUPTED, Outcome.QUARANTINED):
                return rules
        except Exception as error:  # whatever it is, there are no rules to go by
            rules = await self._unreachable(site, request, rejection_of(error).reason)
        else:
            rules = await self._judge(site, request, response)
        session = RunAccounting.of(self._crawler).session
        await session.on_store(session.run.end_listing, asked.url)
        return rules

    def _suspect(self, site: str, request: Request) -> Suspect:
        """What is noted while it is asked for and parsed."""
        outlet = request.meta.get("outlet")
        return Suspect.of_listing(outlet.id if outlet else "", f"{site}{PATH}")

    async def _refused(self, site: str, request: Request, error: IgnoreRequest) -> Rules:
        outcome = error.outcome if isinstance(error, Refused) else None
        if outcome is Outcome.REDIRECT_LOOP:
            return Rules()  # after five redirects it counts as missing (2.3.1.2)
        return await self._unreachable(site, request, str(error))

    async def _judge(self, site: str, request: Request, response: Response) -> Rules:
        if response.status == 429 or response.status >= 500:
            return await self._unreachable(site, request, f"HTTP {response.status}")
        if response.status >= 300:
            return Rules()
        body = _whole_lines(response.body)
        rules = await self._parse(body, request)
        await self._keep(site, body)
        return rules

    async def _unreachable(self, site: str, request: Request, why: str) -> Rules:
        session = RunAccounting.of(self._crawler).session
        copy = await session.on_store(session.archive.robots, site)
        return Rules(unreachable=why) if copy is None else await self._parse(copy, request)

    async def _keep(self, site: str, body: bytes) -> None:
        session = RunAccounting.of(self._crawler).session
        await session.on_store(session.archive.keep_robots, site, body)

    async def _parse(self, body: bytes, request: Request) -> Rules:
        # In a thread: thousands of rules take longer than the event loop may stand still.
        parsed = await asyncio.to_thread(Protego.parse, body.decode("utf-8-sig", "replace"))
        if delay := parsed.crawl_delay(self._agent):
            self._slots.keep_apart(request.meta.get("download_slot") or "", float(delay))
        return Rules(parsed, body=body)


def _whole_lines(body: bytes) -> bytes:
    """As much of a robots.txt as is read; a rule cut in its midst would forbid or allow something else."""
    if len(body) <= MAX_BYTES:
        return body
    head = body[: MAX_BYTES + 1]
    return head[: max(head.rfind(b"\n"), head.rfind(b"\r")) + 1]
