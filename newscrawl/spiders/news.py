"""`scrapy crawl news`: many outlets in one process, by id, country or kind."""

from __future__ import annotations

import difflib

from newscrawl.outlets.model import Outlet
from newscrawl.outlets.registry import OutletError, outlets_from_environment
from newscrawl.spiders.arguments import ArgumentError, NewsArguments
from newscrawl.spiders.base import CrawlSpider


class NewsSpider(CrawlSpider):
    """All outlets, or those chosen by -a outlets=, -a country=, -a kind=."""

    name = "news"
    Arguments = NewsArguments

    @classmethod
    def select(cls, wanted: NewsArguments) -> list[Outlet]:
        """The outlets that fit every choice made.

        Raises:
            ArgumentError: an unknown id, or nothing fits.
        """
        try:
            every = outlets_from_environment()
        except OutletError as error:
            raise ArgumentError(str(error)) from error
        for id in wanted.outlets:
            if id not in every:
                near = ", ".join(difflib.get_close_matches(id, every, n=3))
                raise ArgumentError(
                    f"-a outlets={id}: no such outlet"
                    + (f"; did you mean {near}?" if near else "; see scrapy list")
                )
        chosen = [
            outlet
            for outlet in every.values()
            if (not wanted.outlets or outlet.id in wanted.outlets)
            and (not wanted.country or outlet.country.lower() in {code.lower() for code in wanted.country})
            and (not wanted.kind or outlet.kind in wanted.kind)
        ]
        if not chosen:
            raise ArgumentError("no outlet fits these choices; `newscrawl outlets` shows what there is")
        return chosen
