"""The Article record, its JSON form, and Outcome: the one list of ways a URL can end.

Every stage fills in its own fields of an Article and changes no other stage's. The Elasticsearch
document, the exports and the command line's JSON are this same record.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Literal

from newscrawl.fields import FIELDS, STATED_TIME, TIME, Field

SCHEMA_VERSION = 1

PublishedSource = Literal["json-ld", "meta", "time-element", "visible-text", "url", "feed"]
Cause = Literal["", "outlet", "rules", "page"]
"""Why an article has another text than before: its outlet changed it, only our rules read it otherwise, or it
was read from another page (print, AMP, mobile) before."""
EntityLabel = Literal["PERSON", "ORGANIZATION", "LOCATION", "MISC"]


class Outcome(StrEnum):
    """How a candidate URL (or a row of one's own corpus) ended. Each ends in exactly one.

    The order is the order of the columns in the run's table.
    """

    STORED = "stored"
    """A new article is in the archive."""
    UPDATED = "updated"
    """A stored article had changed; a new revision is in the archive."""
    UNCHANGED = "unchanged"
    """A stored article was fetched again and reads the same."""
    KNOWN = "known"
    """Stored or rejected before and not due for another visit, so not fetched."""
    DUPLICATE = "duplicate"
    """The same article under another URL: same canonical URL, or same text at the same outlet."""
    OUT_OF_RANGE = "out_of_range"
    """Dated outside since/until."""
    OVER_LIMIT = "over_limit"
    """Older than the newest `limit` candidates."""
    NOT_ARTICLE = "not_article"
    """A section, video, gallery, search or home page, or no article text found."""
    NOT_ARABIC = "not_arabic"
    """The text is not Arabic."""
    TOO_SHORT = "too_short"
    """Fewer words than an article has."""
    ROBOTS = "robots"
    """robots.txt forbids it."""
    OFF_SITE = "off_site"
    """The link, or a redirect, leads to another site; or an ingested page is of no outlet."""
    FORBIDDEN_ADDRESS = "forbidden_address"
    """The link, or a redirect, leads into a private network or to another scheme."""
    REDIRECT_LOOP = "redirect_loop"
    """More redirects than allowed."""
    HTTP_ERROR = "http_error"
    """The server answered with an error status, after retries."""
    TIMEOUT = "timeout"
    """No whole answer in time, after retries."""
    NETWORK_ERROR = "network_error"
    """No connection, no such host, or a broken answer, after retries."""
    TOO_LARGE = "too_large"
    """A page larger than the size limit."""
    EXTRACT_ERROR = "extract_error"
    """Our extraction failed or ran out of time; the log has the traceback."""
    QUARANTINED = "quarantined"
    """It was under way when two runs were killed; it rests, or is left out, for a time."""
    POSTPONED = "postponed"
    """Its host failed too often or asked for rest, so it was not asked; a later run does."""
    NO_PAGE = "no_page"
    """A record of an ingested WARC file that is there for other things: a request, metadata, a look-up."""
    BAD_ROW = "bad_row"
    """A row or record of an ingested file that cannot be read."""
    INTERRUPTED = "interrupted"
    """The run was stopped before this URL's turn."""


@dataclass(slots=True)
class Mention:
    """A named entity where it stands in the text.

    `start` and `end` are character offsets into the text given to the tagger; for an article that is its
    title, a line break, and its body. `name` is the canonical name that `text` stands for.
    """

    text: str
    label: EntityLabel
    start: int
    end: int
    name: str


@dataclass(slots=True)
class Article:
    """One news article. Text fields hold the words exactly as published; times carry an offset."""

    url: str
    canonical_url: str
    outlet: str
    outlet_name: str
    domain: str
    title: str
    body: str
    """Paragraphs separated by a blank line."""
    fetched_at: datetime
    country: str = ""
    summary: str = ""
    authors: list[str] = field(default_factory=list)
    section: str = ""
    tags: list[str] = field(default_factory=list)
    image: str = ""
    published_at: datetime | None = None
    published_source: PublishedSource | None = None
    modified_at: datetime | None = None
    language: str = "ar"
    agency: str = ""
    dateline: str = ""
    word_count: int = 0
    content_hash: str = ""
    revision: int = 0
    """1 for the first text stored, one more for every changed text; 0 before it is stored."""
    first_seen_at: datetime | None = None
    cluster_id: str = ""
    cluster_size: int = 0
    copy_of: str = ""
    similarity: float | None = None
    entities: dict[str, list[str]] = field(default_factory=dict)
    """Canonical names by kind (person, organization, location, misc), the most mentioned first."""
    mentions: list[Mention] = field(default_factory=list)
    """In the order of the text, which is title, line break, body."""
    tagger: str = ""
    """What found the names, and its version; empty where nobody has looked yet."""
    schema_version: int = SCHEMA_VERSION
    rules: int = 0
    """Version of the rules that read this text from its page (`newscrawl.extraction.RULES`); 0 for a row of a
    corpus, and where nobody noted it."""
    cause: Cause = ""
    """Why this revision is there; the store says it."""
    guarded: str = field(default="", compare=False, metadata={"recorded": False})
    """Why the text is trafilatura's reading, or has it added; empty where our own stands.

    It goes with a page from its reading to the count of its run (`newscrawl.store.health`), no further: it is
    no part of the record."""

    read_at: str = field(default="", compare=False, metadata={"recorded": False})
    """The canonical form of the address it was read from, from which `canonical_url` differs where the page
    claims another one; empty where nobody knows. The store reads it (`newscrawl.store.claims`)."""

    @property
    def id(self) -> str:
        """The article's identity, everywhere: see `article_id`."""
        return article_id(self.canonical_url)

    @property
    def event_time(self) -> datetime:
        """When it happened for a reader: published, or else fetched."""
        return self.published_at or self.fetched_at

    @property
    def lag_seconds(self) -> int | None:
        """Seconds from publication to our first sight of it; None where either is unknown.

        Negative where an outlet's clock runs ahead of ours.
        """
        if self.published_at is None or self.first_seen_at is None:
            return None
        return round((self.first_seen_at - self.published_at).total_seconds())

    @property
    def published_offset_minutes(self) -> int | None:
        """Minutes east of UTC of the offset that `published_at` was stated with."""
        return offset_minutes(self.published_at)

    @property
    def modified_offset_minutes(self) -> int | None:
        """Minutes east of UTC of the offset that `modified_at` was stated with."""
        return offset_minutes(self.modified_at)

    def to_json(self, names: Sequence[str] | None = None) -> dict[str, Any]:
        """The record as JSON values; times as ISO 8601 with offset.

        Lists are the article's own: to be written out, not to be changed.

        Args:
            names: of the values wanted; None: what the table of fields shows (`json_names`).
        """
        # Not dataclasses.asdict: its deep copies take five times as long, and every article delivered waits.
        values = {name: getattr(self, name) for name in names or _SHOWN}
        if "mentions" in values:
            values["mentions"] = [dataclasses.asdict(mention) for mention in self.mentions]
        return {
            key: value.isoformat() if isinstance(value, datetime) else value for key, value in values.items()
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Article:
        """The record back from `to_json`'s form.

        Raises:
            KeyError: a field without a default is missing.
            ValueError: a time is not ISO 8601.
        """
        known = {name: values[name] for name in RECORD if name in values}
        for name in _TIMES & known.keys():
            if isinstance(known[name], str):
                known[name] = datetime.fromisoformat(known[name])
        known["mentions"] = [Mention(**mention) for mention in known.get("mentions", [])]
        return cls(**known)


def json_names(fields: Sequence[Field] = FIELDS) -> list[str]:
    """The keys of an article's JSON: its id, the record's own fields in its order, then what follows."""
    order = {"id": -1} | {name: place for place, name in enumerate(RECORD)}
    shown = [field.name for field in fields if field.shown]
    return sorted(shown, key=lambda name: order.get(name, len(order)))


RECORD = [one.name for one in dataclasses.fields(Article) if one.metadata.get("recorded", True)]
"""The attributes of an Article that are kept, exported and shown."""
_SHOWN = json_names()
_TIMES = {field.name for field in FIELDS if field.origin == "record" and field.type in (TIME, STATED_TIME)}


def offset_minutes(moment: datetime | None) -> int | None:
    """Minutes east of UTC of the offset that a time was stated with."""
    offset = None if moment is None else moment.utcoffset()
    return None if offset is None else offset // timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A page or row that did not become an Article, and why, in words for a person."""

    outcome: Outcome
    reason: str


def article_id(canonical_url: str) -> str:
    """The id of the article at a canonical URL: the first 32 hex digits of its sha256."""
    return hashlib.sha256(canonical_url.encode("utf-8")).hexdigest()[:32]
