"""`scrapy crawl ID`: one outlet of the registry."""

from __future__ import annotations

from typing import ClassVar

from newscrawl.outlets.model import Outlet
from newscrawl.outlets.registry import OutletError, outlets_from_environment
from newscrawl.spiders.arguments import ArgumentError, CrawlArguments
from newscrawl.spiders.base import CrawlSpider


class OutletSpider(CrawlSpider):
    """The loader makes one subclass of this per outlet."""

    name = "outlet"
    outlet_id: ClassVar[str]

    @classmethod
    def select(cls, wanted: CrawlArguments) -> list[Outlet]:
        """The one outlet."""
        try:
            return list(outlets_from_environment(only=[cls.outlet_id]).values())
        except OutletError as error:
            raise ArgumentError(str(error)) from error
