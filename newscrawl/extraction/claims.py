"""What a page tells machines of its dates: in JSON-LD, in meta tags, and in its address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from functools import cache
from importlib import resources
from itertools import islice
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from newscrawl.arabic.dates import EARLIEST_YEAR, FUTURE_ALLOWANCE, Moment, Unreadable, read_moment
from newscrawl.article import PublishedSource
from newscrawl.page import Node
from newscrawl.page.statements import Statements, first, string

PUBLISHED_KEYS = ("datepublished", "datecreated", "uploaddate")
MODIFIED_KEYS = ("datemodified", "dateupdated")

PUBLISHED_META = (
    "article:published_time", "og:published_time", "og:article:published_time", "article:published",
    "article.published", "datepublished", "date_published", "published_time", "published_at", "publish_date",
    "publish-date", "publishdate", "pubdate", "publication_date", "publicationdate", "parsely-pub-date",
    "sailthru.date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "bt:pubdate",
    "rnews:datepublished", "originalpublicationdate", "article_date_original", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "dc.date.created", "dcterms.date", "dc.date", "datecreated",
    "article:create_time", "created", "date",
)  # fmt: skip
"""Names of meta tags in order of trust: Open Graph, schema.org, content systems, Dublin Core, "date"."""

MODIFIED_META = (
    "article:modified_time", "og:updated_time", "og:modified_time", "article:updated_time", "datemodified",
    "date_modified", "modified_time", "updated_time", "dcterms.modified", "dc.date.modified", "lastmod",
    "last-modified", "last_updated", "revised",
)  # fmt: skip

_MICRODATA = frozenset({"datepublished", "datemodified", "datecreated"})
"""Names of microdata too: where a page gives one several values, each is that of one story of a list."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One place's statement of a moment."""

    source: PublishedSource
    moment: Moment
    labelled: bool = False
    """Whether a text for readers calls it publication or update in words."""

    @property
    def at(self) -> datetime:
        """The moment itself."""
        return self.moment.at


@dataclass(slots=True)
class Claims:
    """All statements of a page, the most trusted first, and why others could not be read."""

    published: list[Claim] = field(default_factory=list)
    modified: list[Claim] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    """Sentences: what a place says and why it is no date."""

    def read(
        self, into: list[Claim], source: PublishedSource, text: str, zone: tzinfo, now: datetime
    ) -> None:
        """Read a value that a machine was meant to read, and keep it or its fault."""
        moment = read_moment(text, zone, now)
        if isinstance(moment, Unreadable):
            self.faults.append(f"{source} says “{' '.join(text.split())[:60]}”: {moment.reason}")
        else:
            into.append(Claim(source, moment))


def machine_claims(said: Statements, zone: tzinfo, now: datetime) -> Claims:
    """The claims of JSON-LD and meta tags, in order of trust."""
    claims = Claims()
    for item in _dated_objects(said):
        for keys, into in ((PUBLISHED_KEYS, claims.published), (MODIFIED_KEYS, claims.modified)):
            for key in keys:
                text = string(first(item.get(key)))
                if text:
                    claims.read(into, "json-ld", text, zone, now)
    for names, into in ((PUBLISHED_META, claims.published), (MODIFIED_META, claims.modified)):
        for name in names:
            text = said.meta.get(name, "")
            if text and not (name in _MICRODATA and len(set(said.metas[name])) > 1):
                claims.read(into, "meta", text, zone, now)
    return claims


def _dated_objects(said: Statements) -> Iterator[dict[str, object]]:
    """The article's JSON-LD object; where it is none, or states no date, the page's own."""
    if any(said.article.get(key) for key in PUBLISHED_KEYS):
        yield said.article
        return
    if said.article:
        yield said.article
    for item in said.linked:
        kinds = str(item.get("@type"))
        if "WebPage" in kinds or "ItemPage" in kinds:
            yield item
            return


_YEAR = r"(?P<year>(?:19|20)\d\d)"
_MONTH, _DAY = r"(?P<month>\d{1,2})", r"(?P<day>\d{1,2})"
_MONTH2, _DAY2 = r"(?P<month>\d\d)", r"(?P<day>\d\d)"

# Forms seen at Arabic outlets, the plainest first. Behind slashes a day ends with its folder: in
# /2020/06/3-قتلى the 3 counts the dead.
_FORMS = tuple(
    map(
        re.compile,
        (
            rf"/{_YEAR}/{_MONTH}/{_DAY}(?=/|$)",  # aljazeera.net, youm7.com
            rf"/{_YEAR}-{_MONTH}-{_DAY}(?=[/._-]|$)",  # albayan.ae /2020-06-03-1.3874341
            rf"/{_YEAR}-{_MONTH}/{_DAY}(?=/|$)",  # qna.org.qa, arabic.news.cn /2022-02/21/
            rf"/{_YEAR}{_MONTH2}{_DAY2}(?=[/_-]|\d{{6,12}}(?:[-_./]|$))",  # France 24, Sputnik's ids
            rf"/{_YEAR}/{_MONTH2}{_DAY2}(?=/c\d)",  # arabic.people.com.cn /n3/2020/0317/c31659-…
            rf"/{_YEAR}/\d\d/\d\d{_MONTH2}{_DAY2}_",  # the BBC's old /2013/08/130803_syria
            rf"/{_DAY}/{_MONTH}/{_YEAR}(?=/)",  # al-sharq.com, alarab.qa: day first
            rf"/{_DAY}-{_MONTH}-{_YEAR}(?=[/-]|$)",  # alanba.com.kw
            # rudawarabia.net /250420224, annahar.com /18072022055835472
            rf"/{_DAY2}{_MONTH2}{_YEAR}(?=\d{{1,2}}(?:[/.-]|$)|\d{{6,9}}(?:[/.-]|$))",
            # arabic.cnn.com /2013/middle_east/8/3/
            rf"/{_YEAR}(?:/[^/\d][^/]*){{1,2}}/{_MONTH}/{_DAY}(?=/|$)",
        ),
    )
)
_QUERY = re.compile(rf"(?:^|&)cdate={_DAY2}{_MONTH2}{_YEAR}(?:&|$)")  # shorouknews.com


ARAB_STATES = frozenset("AE BH DZ EG IQ JO KW LB LY MA MR OM PS QA SA SD SY TN YE".split())
"""ISO 3166-1 codes of members of the Arab League, whose domains their own outlets use.

Somalia, Djibouti and the Comoros are left out, and with them every country whose letters are sold as a word
(.tv, .me, .io): a domain there says nothing of a place.
"""


def url_day(url: str, zone: tzinfo, now: datetime) -> datetime | None:
    """The day that an address states for certain, as midnight in the outlet's zone, or None.

    None also before 1995 and more than two days after `now`. Never raises.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    for text, forms in ((parts.path, _FORMS), (parts.query, (_QUERY,))):
        for form in forms:
            match = form.search(text)
            day = _day(match) if match else None
            if day and day.year >= EARLIEST_YEAR and day <= now.date() + FUTURE_ALLOWANCE + timedelta(days=1):
                moment = datetime(day.year, day.month, day.day, tzinfo=zone)
                return moment if moment <= now + FUTURE_ALLOWANCE else None
    return None


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def zone_of(url: str) -> ZoneInfo | None:
    """The zone of an address's country, where its domain ends in an Arab state's and that has one zone."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return None
    return _zones().get(host.rstrip(".").rpartition(".")[2].upper())


@cache
def _zones() -> dict[str, ZoneInfo]:
    """Country → its zone, of the Arab states with exactly one in the IANA's zone.tab."""
    table = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    names: dict[str, list[str]] = {}
    for country, _, zone, *_ in rows:
        names.setdefault(country, []).append(zone)
    return {
        code: ZoneInfo(zones[0]) for code, zones in names.items() if code in ARAB_STATES and len(zones) == 1
    }


_UPDATE_NAME = re.compile(r"modif|updat", re.IGNORECASE)
_PUBLISHED_NAME = re.compile(r"publish|entry-date|post-date|pubdate", re.IGNORECASE)


def says_update(names: str) -> bool:
    """Whether names mean an update; WordPress says "published updated" until there is one."""
    return bool(_UPDATE_NAME.search(names)) and not _PUBLISHED_NAME.search(names)


def context_of(node: Node) -> str:
    """Classes, ids and microdata names of an element and the two around it."""
    return " ".join(
        f"{above.names} {above.get('itemprop')} {'time' if above.tag == 'time' else ''}"
        for above in islice(node.above(), 3)
        if above.tag != "body"
    )


def says_a_moment(names: str) -> bool:
    """Whether names mean a publication or an update."""
    return bool(_PUBLISHED_NAME.search(names) or _UPDATE_NAME.search(names))
