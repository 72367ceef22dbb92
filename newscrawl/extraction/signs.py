"""The signs by which a page's kind is told, each read from the page when a rule asks for it."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import islice
from typing import Any

from newscrawl.arabic.charmap import CharacterMap
from newscrawl.arabic.normalise import normalise
from newscrawl.extraction.addresses import Address, is_article_address, read_address
from newscrawl.extraction.listings import Listing
from newscrawl.extraction.topic import Topic
from newscrawl.outlets.model import Outlet
from newscrawl.page import Node, Page
from newscrawl.page.statements import ARTICLE_TYPES, as_list, first, string, types_of

_MICRODATA = re.compile(r"schema\.org/(?:News|Reportage|Opinion|Analysis)?(?:Article|BlogPosting)\s*$", re.I)
_CLOCK = re.compile(r"^\W*(?:الساعة\s+)?[\d٠-٩]{1,2}\s?[:٫.]\s?[\d٠-٩]{2}(?![\d٠-٩])")
_PARTS = re.compile(r"\s+[|\-–—»«•·]+\s+|\s*(?:\||::|»|«)\s*")
_NO_TITLES = frozenset(
    {"untitled document", "untitled", "untitled page", "new page", "new page 1", "home", "home page", "index",
     "document", "page title", "no title", "الرييسيه", "الصفحه الرييسيه", "صفحه جديده"}
)  # fmt: skip
"""What editors of pages write where nobody gives a title, normalised."""
_WORDS_ALONE = CharacterMap(lambda sign: sign if sign.isalnum() else " ")
_WORD = re.compile(r"\w+")
_OUTSIDE = ("aside", "footer", "nav", "header", "script", "style", "template")
_MARGINS = ("a", "aside", "nav", "footer", "header")
_STAMP = 40
_ENTRY = 80
"""Characters of a live blog's entry, its time included."""
_LONGEST_ENTRY = 5000
_CLIMB = 3
_SHORTEST_PHRASE = 8
_LOOKED_AT = 400
"""So many stamps, or pieces of text that may be a wall, are looked at closely: more than any page has."""
_TRUTHS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_WALL_WORDS = ("شترك", "دخول", "مجان", "قراء", "ubscri", "ign in")
"""Every paywall's phrase has one of them: most pieces of text need no closer look."""


class Signs:
    """A page's signs. Reading one never raises on what a page may contain."""

    def __init__(self, page: Page, url: str, body: str, outlet: Outlet | None, title: str = "") -> None:
        self.page = page
        self.said = page.said
        self.body = body
        self.address: Address = read_address(url)
        self.fits_pattern = is_article_address(url, outlet)
        self.listing = Listing(page, body, url)
        self._title = title or (page.headline.text if page.headline else page.said.title)

    @cached_property
    def words(self) -> int:
        """Words of the body."""
        return len(_WORD.findall(self.body))

    @cached_property
    def topic(self) -> Topic:
        """What the lines of the text have of the title."""
        return Topic(self.page, self.listing.kept, self._title)

    @cached_property
    def articles(self) -> list[dict[str, Any]]:
        """The different articles that JSON-LD describes: one on an article's page, several on a listing's."""
        different: dict[str, dict[str, Any]] = {}
        for item in self.said.linked:
            if types_of(item) & ARTICLE_TYPES:
                name = string(item.get("headline")) or string(item.get("name")) or string(item.get("url"))
                different.setdefault(name, item)
        return list(different.values())

    @cached_property
    def microdata(self) -> int:
        """How many articles the page's microdata describes."""
        return sum(1 for node in self.page.having("itemtype") if _MICRODATA.search(node.get("itemtype")))

    @cached_property
    def is_stated(self) -> bool:
        """Whether machines are told of exactly one article, with more than Open Graph's word for it.

        WordPress plugins give archives og:type=article, too.
        """
        if self.articles:
            return len(self.articles) == 1
        if self.archive_class:
            return False
        return "article:published_time" in self.said.meta or self.microdata == 1

    @cached_property
    def types(self) -> set[str]:
        """The schema.org types of the page's JSON-LD."""
        return self.said.types

    @cached_property
    def archive_class(self) -> str:
        """The class by which WordPress or Drupal marks a listing's `body`; empty where it is none."""
        classes = self._body_classes
        if classes & {"single", "single-post", "page-node-type-article", "node-type-article"}:
            return ""
        for kind in ("category", "tag", "author", "date", "tax"):
            if "archive" in classes and any(name == kind or name.startswith(f"{kind}-") for name in classes):
                return f"archive {kind}"
        for sign in ({"search", "search-results"}, {"search", "search-no-results"}, {"home", "blog"}):
            if sign <= classes:
                return " ".join(sorted(sign))
        return next(iter(sorted(classes & {"post-type-archive", "page-taxonomy-term", "path-taxonomy"})), "")

    @cached_property
    def _body_classes(self) -> set[str]:
        bodies = self.page.tagged("body")
        return set(bodies[0].get("class").lower().split()) if bodies else set()

    @property
    def is_error_class(self) -> bool:
        """Whether the `body` has WordPress's class of error pages."""
        return "error404" in self._body_classes

    @cached_property
    def heading(self) -> str:
        """The first `h1` with text, as published."""
        return next(filter(None, (self._text(node) for node in self.page.tagged("h1"))), "")

    @cached_property
    def title_parts(self) -> list[str]:
        """Title and first heading, and their parts between dashes and bars, in the form of `plain`."""
        texts = [self.said.title, self.heading, self.said.meta.get("og:title", "")]
        parts = [part for text in texts for part in (text, *_PARTS.split(text))]
        return list(dict.fromkeys(filter(None, map(plain, parts))))

    @cached_property
    def names_a_page(self) -> bool:
        """Whether the title names a page, a site or nothing, rather than a story."""
        title = plain(self.said.title)
        return not title or title in _NO_TITLES or (self.page.headline is None and len(title.split()) <= 4)

    @cached_property
    def headings(self) -> list[str]:
        """All headings in the form of `plain`."""
        nodes = self.page.tagged("h1", "h2", "h3")
        return [text for node in nodes if (text := plain(self._text(node)[:300]))]

    def _text(self, node: Node) -> str:
        return " ".join(self.page.text_of(node).split())

    @cached_property
    def opening(self) -> list[str]:
        """The body's first two paragraphs in the form of `plain`."""
        lines = [line for line in self.body[:2000].split("\n") if line.strip()]
        return [plain(line) for line in lines[:2]]

    @cached_property
    def live_entries(self) -> int:
        """How many dated entries the page has: JSON-LD's, or texts that stand under a time of day."""
        listed = [item.get("liveblogupdate") for item in self.said.linked]
        stated = max((len(entries) for entries in listed if isinstance(entries, list)), default=0)
        in_body = sum(1 for line in self.body.split("\n") if _CLOCK.match(line[:40]))
        return max(stated, in_body, self._timed_texts())

    def _timed_texts(self) -> int:
        stamps = (block for block in self.page.blocks if _CLOCK.match(block.text[:_STAMP]))
        entries = {
            self._entry_around(block.spans[0].node)
            for block in islice(stamps, _LOOKED_AT)
            if not _within(block.node, _MARGINS) and not block.linked
        }
        return len(entries - {None})

    def _entry_around(self, stamp: Node) -> Node | None:
        """The smallest element around a time of day that has running text, not a link's; None without one."""
        for node in islice(stamp.above(), _CLIMB + 1):
            if node.tag in ("body", "html", "main"):
                return None
            blocks = self.page.blocks_of(node)
            length = sum(len(block.text) for block in blocks)
            if length >= _ENTRY:
                words = sum(block.words for block in blocks)
                running = sum(block.linked for block in blocks) * 2 < words
                return node if running and length <= _LONGEST_ENTRY else None
        return None

    @property
    def has_player(self) -> bool:
        """Whether something on the page may play video or sound."""
        return bool(
            self.page.tagged("video", "audio", "iframe", "embed", "object", "amp-video", "amp-youtube")
        )

    @cached_property
    def access(self) -> set[bool | None]:
        """What the page's objects and their parts say of free access; None for nothing."""
        items = [part for item in self.said.linked for part in (item, *as_list(item.get("haspart"))[:20])]
        return {_truth(item) for item in items if isinstance(item, dict)}

    @property
    def is_locked(self) -> bool:
        """Whether the page says that the article, or a part of it, is not free to read."""
        return False in self.access and True not in self.access

    def wall(self, phrases: tuple[str, ...]) -> str:
        """The first of a wall's phrases (in the form of `plain`) outside menus and margins; empty without."""
        blocks = (block for block in self.page.blocks if _may_be_wall(block.text))
        for block in islice(blocks, _LOOKED_AT):
            told = plain(block.text[:400])
            phrase = next((phrase for phrase in phrases if phrase in told), "")
            if phrase and not _within(block.node, _OUTSIDE):
                return phrase
        return ""


def _truth(item: dict[str, Any]) -> bool | None:
    """What a JSON-LD object says of free access: also as a text ("False") or schema.org's address of one."""
    value = first(item.get("isaccessibleforfree", item.get("isAccessibleForFree")))
    return _TRUTHS.get(str(value).strip().rsplit("/", 1)[-1].lower())


def _may_be_wall(text: str) -> bool:
    return len(text) > _SHORTEST_PHRASE and any(word in text for word in _WALL_WORDS)


def plain(text: str) -> str:
    """Normalised text without punctuation, for comparing phrases."""
    return " ".join(_WORDS_ALONE(normalise(text)).split())


def _within(node: Node, tags: tuple[str, ...]) -> bool:
    return any(above.tag in tags for above in node.above())
