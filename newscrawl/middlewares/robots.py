"""Obedience to robots.txt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest

from newscrawl.article import Outcome
from newscrawl.middlewares.refusals import Refused

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.robotstxt import RobotParser


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's own obedience to robots.txt, which raises Refused(ROBOTS) in place of a bare IgnoreRequest."""

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Refuse what robots.txt forbids."""
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest as error:
            raise Refused(Outcome.ROBOTS, "robots.txt forbids it") from error
