"""The one table of an article's fields: type, meaning, where kept, how searched, exported and shown.

Made from it: the columns of `articles` (store/schema.py), the Elasticsearch mapping and the table in
docs/elasticsearch.md (search/elastic/mapping.py), the Parquet columns and the table in docs/export.md
(outputs/export/schema.py), and the record's JSON (`Article.to_json`).

To add a field:

1. an attribute of `Article`, with a default, and an entry at the end of FIELDS (other people's files and
   archives have the older columns in this order);
2. a migration in store/migrations/versions/ that adds the column as it is then: migrations never read this
   table, so that an old one still does in ten years what it does today. tests/store/test_schema.py fails
   until the migration makes what the table says. `default` fills the rows that are there;
3. a higher MAPPING_VERSION in search/elastic/mapping.py, if it is searched;
4. the golden lists of tests/outputs/export and tests/search/elastic, and the two pages: their tests say how.
"""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from enum import Enum
from typing import Literal


class Type(Enum):
    """What a field's value is; SQL, Elasticsearch and Parquet each have their own word for it."""

    TEXT = "text"
    WORDS = "words"
    """A list of texts."""
    TIME = "time"
    """An instant, kept in UTC."""
    STATED_TIME = "stated time"
    """A time as an outlet stated it, kept with its offset."""
    SHORT = "short"
    """A whole number of 16 bits; the next of 32, then of 64."""
    INTEGER = "integer"
    LONG = "long"
    REAL = "real"
    OBJECT = "object"
    """Named `parts`."""
    OBJECTS = "objects"
    """A list of objects that have `parts`."""


TEXT, WORDS, TIME, STATED_TIME = Type.TEXT, Type.WORDS, Type.TIME, Type.STATED_TIME
SHORT, INTEGER, LONG, REAL = Type.SHORT, Type.INTEGER, Type.LONG, Type.REAL
OBJECT, OBJECTS = Type.OBJECT, Type.OBJECTS

Origin = Literal["record", "derived", "store"]
"""An attribute of `Article`, a property that follows from others, or what only the store knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """How Elasticsearch indexes a text: as a keyword, if nothing else is said. Not for numbers and times."""

    longest: int = 256
    """A keyword of more characters is kept but not indexed."""
    analysed: bool = False
    """Full text, found by its words; otherwise a keyword, found as a whole and counted."""
    also: tuple[str, ...] = ()
    """Multi-fields: `exact` (words with their proclitics), `text` (a keyword's words), `norm` (a keyword
    in any spelling), `raw` (a text as a keyword)."""
    copy_to: str = ""
    """The field that gathers this one's values too."""
    weight: int = 0
    """How much its words count where Kibana looks for a bare word, in the field `text`; 0: they do not."""
    indexed: bool = True


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an article."""

    name: str
    type: Type
    meaning: str
    """One sentence for the documentation and the exported column."""
    search: Search | None = Search()
    """None: Elasticsearch does not get it."""
    _: KW_ONLY
    origin: Origin = "record"
    nullable: bool = False
    """Null where unknown; a field that is not nullable is empty then."""
    absent: str = ""
    """When it is empty or null, to follow the meaning: "where the outlet gave none"."""
    stored: bool = True
    """A column of `articles`."""
    length: int | None = None
    """Characters of that column; None: any number."""
    default: str | None = None
    """What SQL gives to rows that are older than the column."""
    exported: bool = True
    """A column of the Parquet export. JSON Lines have what `shown` says."""
    exported_meaning: str = ""
    """The column's own description, where `meaning` does not fit."""
    exported_before: str = ""
    """The column it stands before, where exports promised another order than this table's."""
    shown: bool = True
    """Part of the record's JSON: the command line, JSON Lines, documents."""
    parts: tuple[Field, ...] = ()

    def described(self, empty: str) -> str:
        """The meaning, and when the field is empty ("empty", "null" or "absent")."""
        return f"{self.meaning.removesuffix('.')}; {empty} {self.absent}." if self.absent else self.meaning


NAME = Search(also=("norm",), copy_to="entities.all")
OFFSET = "Minutes east of UTC of the offset that `{}` was stated with (+03:00 is 180)."

# fmt: off
FIELDS: tuple[Field, ...] = (
    Field("id", TEXT, "The article's identity: sha256 of `canonical_url`, first 32 hex digits.",
          Search(longest=32), origin="derived", length=32),
    Field("url", TEXT, "Where it was read.", Search(longest=2048)),
    Field("canonical_url", TEXT, "The one address it is known by.", Search(longest=2048)),
    Field("outlet", TEXT, "The outlet's id, as `newscrawl outlets` lists it.",
          Search(longest=64), length=64),
    Field("outlet_name", TEXT, "The outlet's own name."),
    Field("domain", TEXT, "The site's registered domain."),
    Field("country", TEXT, "The outlet's country, ISO 3166-1 (EG), or pan.",
          Search(longest=8), length=3, absent="where unknown"),
    Field("title", TEXT, "The headline, as published.",
          Search(analysed=True, also=("exact", "raw"), weight=4)),
    Field("summary", TEXT, "The outlet's own summary.",
          Search(analysed=True, also=("exact",), weight=2), absent="where it gave none"),
    Field("body", TEXT, "The text, as published; paragraphs separated by a blank line.",
          Search(analysed=True, also=("exact",), weight=1)),
    Field("authors", WORDS, "Who is named as author.", Search(also=("text",))),
    Field("section", TEXT, "The section, as the outlet names it."),
    Field("tags", WORDS, "The outlet's own keywords.", Search(also=("norm",))),
    Field("image", TEXT, "Address of the lead image.", Search(indexed=False)),
    Field("published_at", STATED_TIME, "When it was published.",
          nullable=True, absent="where not stated"),
    Field("published_offset_minutes", SHORT, OFFSET.format("published_at"), None,
          origin="derived", nullable=True, stored=False, shown=False),
    Field("published_source", TEXT,
          "Where `published_at` was read: json-ld, meta, time-element, visible-text, url or feed.",
          Search(longest=32), nullable=True, length=20),
    Field("modified_at", STATED_TIME, "When the outlet says it changed the text.", nullable=True),
    Field("modified_offset_minutes", SHORT, OFFSET.format("modified_at"), None,
          origin="derived", nullable=True, stored=False, shown=False),
    Field("fetched_at", TIME, "When this text was fetched."),
    Field("event_time", TIME, "`published_at`, or else `fetched_at`: the field to sort and filter by.",
          origin="derived",
          exported_meaning="`published_at`, or else `fetched_at`; the folder's day is of this."),
    Field("language", TEXT, "ISO 639 code.", Search(longest=16), length=16),
    Field("agency", TEXT, "The news agency it credits."),
    Field("dateline", TEXT, "The place the report is from, as written at its head."),
    Field("word_count", INTEGER, "Words in the body."),
    Field("content_hash", TEXT, "Hash of title and body; equal texts have equal hashes.",
          Search(longest=64), length=64),
    Field("revision", INTEGER, "1 for the first text stored, one more for every changed text."),
    Field("first_seen_at", TIME, "When the article first came into the archive.",
          exported_before="event_time"),
    Field("last_seen_at", TIME, "When the article was last fetched, changed or not.", None,
          origin="store", exported=False, shown=False),
    Field("lag_seconds", INTEGER,
          "From publication to `first_seen_at`; negative where an outlet's clock runs ahead.",
          origin="derived", nullable=True, stored=False, exported=False, shown=False),
    Field("cluster_id", TEXT, "Articles that tell the same text share it.",
          Search(longest=64), length=32),
    Field("cluster_size", INTEGER, "How many articles share it; 1 for a text of its own."),
    Field("copy_of", TEXT, "`id` of the article that this one copies.",
          Search(longest=64), length=32, absent="for an original"),
    Field("similarity", REAL, "Likeness to the article it copies, 0 to 1.", nullable=True),
    Field("entities", OBJECT, "Canonical names, the most mentioned first.", parts=(
        Field("person", WORDS, "People named, by their canonical names, the most mentioned first.", NAME),
        Field("organization", WORDS, "Organisations named.", NAME),
        Field("location", WORDS, "Places named.", NAME),
        Field("misc", WORDS, "Other names: events, works, products.", NAME),
        Field("all", WORDS, "Any of the four; made by the index, not in `_source`.",
              origin="derived", exported=False),
    )),
    Field("mentions", OBJECTS, "Names where they stand, counted in title, line break, body.",
          Search(indexed=False), parts=(
        Field("text", TEXT, "As written there."),
        Field("label", TEXT, "PERSON, ORGANIZATION, LOCATION or MISC."),
        Field("start", INTEGER, "Its first character."),
        Field("end", INTEGER, "The character after its last."),
        Field("name", TEXT, "The canonical name that it stands for."),
    )),
    Field("tagger", TEXT, "What found the names.", Search(longest=64), absent="where nobody has looked yet"),
    Field("schema_version", SHORT, "Version of the record, as in the JSON."),
    Field("version", LONG,
          "Orders all changes of the archive: what is greater than your cursor changed since.",
          None, origin="store", default="0", shown=False),
    Field("rules", SHORT,
          "Version of the extraction rules that read this text; 0 where none did (a corpus' row).",
          default="0"),
    Field("cause", TEXT, "Why this revision is there: `outlet` (it changed the text), `rules` (only our "
          "extraction reads the page otherwise), or `page` (it was read from the print or AMP page before).",
          Search(longest=8), default="", length=8, absent="for a first text"),
)
# fmt: on
"""Every field. In this order they are columns, mapped, documented; new ones are put at the end."""
