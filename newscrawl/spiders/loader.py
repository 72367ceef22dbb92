"""The spider loader: one spider per outlet, plus `news` (many outlets) and `site` (any site)."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.settings import BaseSettings


class OutletSpiderLoader:
    """Lists names without reading the outlets, so that `scrapy list` stays quick."""

    @classmethod
    def from_settings(cls, _settings: BaseSettings) -> Self:
        """Scrapy's way to make a loader."""
        return cls()

    def list(self) -> list[str]:
        """Every spider's name: the outlets' ids, `news` and `site`."""
        from newscrawl.outlets.registry import extra_dir_from_environment, outlet_ids

        return sorted([*outlet_ids(extra_dir_from_environment()), "news", "site"])

    def load(self, spider_name: str) -> type[Spider]:
        """The spider of that name.

        Raises:
            KeyError: there is none; the message names close ones.
        """
        from newscrawl.spiders.outlets import NewsSpider, OutletSpider
        from newscrawl.spiders.site import SiteSpider

        if spider_name in ("news", "site"):
            return NewsSpider if spider_name == "news" else SiteSpider
        names = self.list()
        if spider_name not in names:
            near = ", ".join(difflib.get_close_matches(spider_name, names, n=3))
            raise KeyError(
                f"no outlet {spider_name!r}"
                + (f"; did you mean {near}?" if near else "; `newscrawl outlets` lists them")
            )
        return type(spider_name, (OutletSpider,), {"name": spider_name, "outlet_id": spider_name})

    def find_by_request(self, request: Request) -> Sequence[str]:
        """Names of the spiders that would read a URL (for `scrapy fetch`, `scrapy shell`)."""
        from newscrawl.outlets import OutletIndex, outlets_from_environment

        outlet = OutletIndex(outlets_from_environment().values()).outlet_for_url(request.url)
        return [outlet.id] if outlet else []
