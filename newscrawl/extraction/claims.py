"""What a page tells machines of its dates in JSON-LD and meta tags, and the form of every such claim."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from newscrawl.arabic.dates import Moment, Unreadable, read_moment
from newscrawl.article import PublishedSource
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
