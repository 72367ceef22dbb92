"""The typed form of one outlet's TOML file, and every rule such a file must keep.

A rule's message says the fault and, after a semicolon, the mend: it is shown to people as it is.
"""

from __future__ import annotations

import difflib
import re
from functools import cache, cached_property
from importlib import resources
from typing import Annotated, Literal
from urllib.parse import urlsplit, urlunsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from newscrawl.article import PublishedSource
from newscrawl.outlets.layout import Layout

DAY_PLACEHOLDERS = ("yyyy-mm-dd", "yyyy", "mm", "m", "dd", "d")
"""What a sitemap's address may hold in braces: one sitemap a day."""

_HOST = r"[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?)*"
_HOST_ONLY = re.compile(_HOST)
_HOST_AND_PORT = re.compile(rf"{_HOST}(?::\d{{1,5}})?")
_BRACED = re.compile(r"\{([^{}]*)\}")
_GROUP_REFERENCE = re.compile(r"\\(?:(\d{1,2})|g<(\w+)>)")


@cache
def country_names() -> dict[str, str]:
    """ISO 3166-1 alpha-2 codes and English names, from the list that comes with the IANA zones."""
    table = resources.files("tzdata").joinpath("zoneinfo", "iso3166.tab").read_text(encoding="utf-8")
    rows = (line.split("\t", 1) for line in table.splitlines() if line and not line.startswith("#"))
    return dict(rows)


def _country(value: str) -> str:
    if value != "pan" and value not in country_names():
        hint = " in capitals" if value.upper() in country_names() else ""
        raise ValueError(f"{value!r} is no ISO 3166-1 country; write two letters{hint} (EG), or pan")
    return value


def _timezone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):  # unknown, malformed, a folder of zones
        near = difflib.get_close_matches(value, available_timezones(), n=1)
        mend = f"did you mean {near[0]}?" if near else "write one like Asia/Riyadh"
        raise ValueError(f"{value!r} is no IANA time zone; {mend}") from None
    return value


def _host(value: str) -> str:
    if not _HOST_ONLY.fullmatch(value):
        raise ValueError(f"{value!r} is no host name; write it in lower case without https:// and path")
    return value


def _host_and_port(value: str) -> str:
    if not _HOST_AND_PORT.fullmatch(value):
        raise ValueError(f"{value!r} is no host; write it in lower case without https:// and path")
    return value


def _absolute(value: str) -> str:
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.netloc or re.search(r"\s", value):
        raise ValueError(f"{value!r} is no absolute address; begin it with https://")
    return value


def _address(value: str) -> str:
    if "{" in value or "}" in value:
        raise ValueError(f"{value!r} has braces; only sitemaps may hold a day's placeholders")
    return _absolute(value)


def _day_template(value: str) -> str:
    allowed = " ".join(f"{{{name}}}" for name in DAY_PLACEHOLDERS)
    for name in _BRACED.findall(value):
        if name not in DAY_PLACEHOLDERS:
            raise ValueError(f"{{{name}}} is no placeholder; there are {allowed}")
    if re.search(r"[{}]", _BRACED.sub("", value)):
        raise ValueError(f"{value!r} has a brace without its pair; there are {allowed}")
    return _absolute(value)


def _regex(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(
            f"{value!r} is no regular expression ({error}); write it in single quotes, "
            "in which TOML leaves backslashes alone"
        ) from None
    return value


def _rewrite(pair: tuple[str, str]) -> tuple[str, str]:
    pattern = re.compile(_regex(pair[0]))
    for number, name in _GROUP_REFERENCE.findall(pair[1]):
        known = int(number) <= pattern.groups if number else _is_group(pattern, name)
        if not known:
            raise ValueError(f"{pair[1]!r} names a group that {pair[0]!r} lacks; put (…) around the part")
    try:
        pattern.sub(pair[1], "")
    except (re.error, IndexError) as error:
        raise ValueError(f"{pair[1]!r} is no replacement ({error}); write groups as \\1") from None
    return pair


def _is_group(pattern: re.Pattern[str], name: str) -> bool:
    return int(name) <= pattern.groups if name.isdigit() else name in pattern.groupindex


Host = Annotated[str, AfterValidator(_host)]
HostAndPort = Annotated[str, AfterValidator(_host_and_port)]
Address = Annotated[str, AfterValidator(_address)]
SitemapAddress = Annotated[str, AfterValidator(_day_template)]
Rewrite = Annotated[tuple[str, str], AfterValidator(_rewrite)]


class CanonicalRules(BaseModel):
    """How this outlet's URLs are brought to one form, on top of the general rules.

    `newscrawl.dedupe.canonical` applies them and says in which order.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    keep_query: bool = False
    """The query identifies the article: never strip it (tracking parameters still go)."""
    strip_params: tuple[str, ...] = ()
    """Query parameters to drop besides the well-known tracking ones; `*` drops the whole query."""
    hosts: dict[HostAndPort, HostAndPort] = Field(default_factory=dict)
    """Host (and port) → the host that stands for it (mobile, AMP, renamed)."""
    rewrite: tuple[Rewrite, ...] = ()
    """(regular expression, replacement) pairs applied in order to the whole URL.

    They see the general canonical form: https, no `www.`, escapes in capitals, no slash at the end.
    """

    @model_validator(mode="after")
    def _query_rules_agree(self) -> CanonicalRules:
        if self.keep_query and "*" in self.strip_params:
            raise ValueError('keep_query contradicts strip_params = ["*"]; keep one of them')
        return self


class DateRules(BaseModel):
    """What this outlet's pages are known to say falsely of their dates.

    Sources are named as in an article's `published_source`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    local_time_marked_utc: tuple[PublishedSource, ...] = ()
    """Sources that write local time and call it UTC."""
    ignore: tuple[PublishedSource, ...] = ()
    """Sources that are not to be believed at all."""


class Outlet(BaseModel):
    """One news outlet: who we read and how."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: str = Field(min_length=1)
    """In Arabic, as the outlet writes it."""
    name_en: str = Field(min_length=1)
    domain: Host
    """The registered domain, or the Arabic edition's subdomain of it."""
    aliases: tuple[Host, ...] = ()
    """Other domains of the same outlet, such as a former name's."""
    homepage: Address
    country: Annotated[str, AfterValidator(_country)]
    """ISO 3166-1 alpha-2 in capitals, or `pan`."""
    timezone: Annotated[str, AfterValidator(_timezone)]
    """IANA zone in which undated offsets are read."""
    kind: Literal["agency", "broadcaster", "newspaper", "portal", "aggregator", "other"]
    feeds: tuple[Address, ...] = ()
    sitemaps: tuple[SitemapAddress, ...] = ()
    """May hold {yyyy} {mm} {m} {dd} {d} {yyyy-mm-dd}: one sitemap a day."""
    sections: tuple[Address, ...] = ()
    """Pages whose links are read where there is no feed or sitemap."""
    article_url: Annotated[str, AfterValidator(_regex)] | None = None
    """Regular expression that an article's URL matches from its start; None: any link may be one."""
    canonical: CanonicalRules = CanonicalRules()
    dates: DateRules = DateRules()
    layouts: tuple[Layout, ...] = ()
    """How its article pages are laid out, where the general reading needs help; tried in this order."""
    conditional_requests: bool = True
    """Send ETag/Last-Modified for listings. Off where a server lies about them."""
    confidence: Literal["high", "medium", "low"] = "medium"

    @model_validator(mode="after")
    def _has_listings(self) -> Outlet:
        if not (self.feeds or self.sitemaps or self.sections):
            raise ValueError("nothing to read; give at least one of feeds, sitemaps and sections")
        return self

    @cached_property
    def zone(self) -> ZoneInfo:
        """The outlet's time zone."""
        return ZoneInfo(self.timezone)

    @cached_property
    def article_pattern(self) -> re.Pattern[str] | None:
        """`article_url`, compiled."""
        return re.compile(self.article_url) if self.article_url else None

    @property
    def domains(self) -> tuple[str, ...]:
        """The domain and its aliases."""
        return (self.domain, *self.aliases)

    def with_alias(self, domain: str) -> str:
        """What to do where the outlet is to be read on one domain more."""
        names = ", ".join(f'"{name}"' for name in (*self.aliases, domain))
        return f"write into {self.id}.toml: aliases = [{names}]"

    def covers_host(self, host: str) -> bool:
        """Whether a host is one of the outlet's domains or below one."""
        return any(host == domain or host.endswith(f".{domain}") for domain in self.domains)

    def reachable(self, url: str) -> str:
        """The address to fetch for a link whose host is not the outlet's but stands for one that is.

        NNA's sitemap lists `http://localhost:3000/…`. Links on the outlet's own hosts, mobile ones
        too, are served where they say and come back as they are.
        """
        parts = urlsplit(url)
        host = parts.hostname or ""
        real = self.canonical.hosts.get(parts.netloc.lower()) or self.canonical.hosts.get(host)
        if not real or self.covers_host(host):
            return url
        return urlunsplit(parts._replace(scheme=urlsplit(self.homepage).scheme, netloc=real))
