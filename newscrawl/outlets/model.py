"""The typed form of one outlet's TOML file."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field


class CanonicalRules(BaseModel):
    """How this outlet's URLs are brought to one form, on top of the general rules."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    keep_query: bool = False
    """The query identifies the article: never strip it (tracking parameters still go)."""
    strip_params: tuple[str, ...] = ()
    """Query parameters to drop besides the well-known tracking ones."""
    hosts: dict[str, str] = Field(default_factory=dict)
    """Host → the host that stands for it (mobile, AMP, renamed)."""
    rewrite: tuple[tuple[str, str], ...] = ()
    """(regular expression, replacement) pairs applied in order to the whole URL."""


class Outlet(BaseModel):
    """One news outlet: who we read and how."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: str
    """In Arabic, as the outlet writes it."""
    name_en: str
    domain: str
    aliases: tuple[str, ...] = ()
    homepage: str
    country: str
    """ISO 3166-1 alpha-2 in capitals, or `pan`."""
    timezone: str
    """IANA zone in which undated offsets are read."""
    kind: Literal["agency", "broadcaster", "newspaper", "portal", "aggregator", "other"]
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    """May hold {yyyy} {mm} {m} {dd} {d}: one sitemap a day."""
    sections: tuple[str, ...] = ()
    article_url: str | None = None
    """Regular expression that an article's URL matches from its start; None: any link may be one."""
    canonical: CanonicalRules = CanonicalRules()
    conditional_requests: bool = True
    """Send ETag/Last-Modified for listings. Off where a server lies about them."""
    confidence: Literal["high", "medium", "low"] = "medium"

    @cached_property
    def zone(self) -> ZoneInfo:
        """The outlet's time zone."""
        return ZoneInfo(self.timezone)

    @cached_property
    def article_pattern(self) -> re.Pattern[str] | None:
        """`article_url`, compiled."""
        return re.compile(self.article_url) if self.article_url else None
