"""`scrapy crawl ID`, one outlet of the registry; `scrapy crawl news`, many in one process."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import ClassVar

from newscrawl.outlets.model import Outlet
from newscrawl.outlets.registry import OutletError, outlets_from_environment
from newscrawl.spiders.arguments import ArgumentError, CrawlArguments, NewsArguments
from newscrawl.spiders.base import ArchiveSpider


class OutletSpider(ArchiveSpider):
    """One outlet: the loader makes a subclass of this for each."""

    name = "outlet"
    outlet_id: ClassVar[str]

    @classmethod
    def select(cls, wanted: CrawlArguments) -> list[Outlet]:
        """The one outlet.

        Raises:
            ArgumentError: its file cannot be read.
        """
        return list(_registry([cls.outlet_id]).values())


class NewsSpider(ArchiveSpider):
    """All outlets, or those chosen by -a outlets=, -a country=, -a kind=."""

    name = "news"
    Arguments = NewsArguments

    @classmethod
    def select(cls, wanted: NewsArguments) -> list[Outlet]:
        """The outlets that fit every choice made.

        Raises:
            ArgumentError: an unknown id, nothing fits, or a file of the registry cannot be read.
        """
        every = _registry()
        for id in wanted.outlets:
            if id not in every:
                near = ", ".join(difflib.get_close_matches(id, every, n=3))
                mend = f"; did you mean {near}?" if near else "; `newscrawl outlets` lists them"
                raise ArgumentError(f"-a outlets={id}: no such outlet{mend}")
        chosen = [outlet for outlet in every.values() if _fits(outlet, wanted)]
        if not chosen:
            raise ArgumentError("no outlet fits these choices; `newscrawl outlets` shows what there is")
        return chosen


def _registry(only: Sequence[str] | None = None) -> dict[str, Outlet]:
    try:
        return outlets_from_environment(only=only)
    except OutletError as error:
        raise ArgumentError(str(error)) from error


def _fits(outlet: Outlet, wanted: NewsArguments) -> bool:
    countries = {code.lower() for code in wanted.country}
    return (
        (not wanted.outlets or outlet.id in wanted.outlets)
        and (not countries or outlet.country.lower() in countries)
        and (not wanted.kind or outlet.kind in wanted.kind)
    )
