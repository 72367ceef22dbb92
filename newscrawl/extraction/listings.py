"""How much of a page's text belongs to other stories: rows of headline and teaser, links, lines of a ticker.

A row is a headline-like line and the few lines under it, and comes again and again. Its headline may be a
link or not; that the lines under it are its teaser shows in an element of their own around both, or in the
words: a teaser repeats its own headline, and the text of an article that of the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from urllib.parse import urlsplit

from newscrawl.extraction.echo import stems, unfinished
from newscrawl.outlets.domains import registered_domain
from newscrawl.page import Block, Node, Page

HEADLINE_WORDS = 4
"""A link of so many words is a headline; menus and "read more" have fewer."""
HEADLINE = range(4, 26)
"""Words of a row's headline that is no link."""
TEASER_WORDS = 8
TEASER_LINES = 3
"""Lines under a row's headline: teaser, day, "read more"."""
ROWS = 3
"""Rows of one form that make a list where an element of its own is around each …"""
PLAIN_ROWS = 4
"""… and where only the order of lines and their words tell."""
LINKED = 0.8
ECHO, MEMORY = 0.3, 0.15
"""Share of a headline's stems in its own teaser, at least, and in the one before, at most: means."""
DIRECTORY = 6
"""Other sites that a directory links to, at least."""
RULES = 3
"""Lines of dashes between the lines of a ticker."""
CAPTION_EXTRAS = 40
"""Characters that stand with a picture besides its caption: the photographer, "3 of 12"."""

_CLIMB = 4
_LONGEST_KEY = 40
"""Letters of a line that is found in the body wherever it stands."""
_RULE = re.compile(r"[\W_]{3,}")


@dataclass(frozen=True, slots=True)
class Row:
    """A line and the lines under it that speak of the same."""

    head: Block
    teaser: tuple[Block, ...]
    linked: bool
    echo: float
    """Share of the head's stems in the teaser."""
    memory: float
    """Share of them in the row before."""

    @property
    def form(self) -> tuple[str, ...]:
        """What rows of one list have in common."""
        first = self.teaser[0].node
        return (self.head.node.tag, self.head.node.names, first.tag, first.names, str(self.linked))


class Listing:
    """The lines of a body seen in their page. Each part is worked out when asked for, once."""

    def __init__(self, page: Page, body: str, url: str) -> None:
        self.page = page
        self._body = body
        self._url = url

    @cached_property
    def kept(self) -> list[Block]:
        """The page's lines that the body holds; of several alike, the first ones."""
        left = Counter(_key(line) for line in self._body.split("\n"))
        whole = "\n".join(left)
        found = []
        for block in self.page.blocks:
            key = _key(block.text)
            known = key in left
            if left[key] > 0 or (not known and len(key) > _LONGEST_KEY and key in whole):
                left[key] -= 1
                found.append(block)
        return found

    @cached_property
    def rows(self) -> list[Row]:
        """The page's rows, those of lists only."""
        found = list(_rows(self.page.blocks))
        forms: dict[tuple[str, ...], list[Row]] = {}
        for row in found:
            forms.setdefault(row.form, []).append(row)
        lists = [row for rows in forms.values() if self._is_list(rows) for row in rows]
        return sorted(lists, key=lambda row: row.head.index)

    def _is_list(self, rows: Sequence[Row]) -> bool:
        """Whether rows of one form are a list of stories, and no article with its sub-headings."""
        own = sum(row.linked and self._stands_alone(row) for row in rows)
        if own >= ROWS and own * 2 > len(rows):
            return True
        if len(rows) < PLAIN_ROWS:
            return False
        echo = sum(row.echo for row in rows) / len(rows)
        memory = sum(row.memory for row in rows[1:]) / max(1, len(rows) - 1)
        return echo >= ECHO and memory <= MEMORY

    def _stands_alone(self, row: Row) -> bool:
        """Whether an element of its own holds a row, and little besides."""
        last = row.teaser[-1].index
        for node in islice(row.head.node.above(), _CLIMB):
            if node.end > last:
                return node.end - node.start <= TEASER_LINES + 2 and node.tag not in ("body", "html")
        return False

    @cached_property
    def foreign(self) -> list[Block]:
        """The body's lines that are links or stand in rows."""
        in_rows = {block.index for row in self.rows for block in (row.head, *row.teaser)}
        return [one for one in self.kept if one.index in in_rows or _is_linked(one) or _is_row(one)]

    @property
    def share(self) -> float:
        """The share of the body's words that stand in such lines: 0.0 … 1.0; 0.0 without a body."""
        words = sum(block.words for block in self.kept)
        return sum(block.words for block in self.foreign) / words if words else 0.0

    @cached_property
    def linked_rows(self) -> int:
        """How many rows have a link as headline."""
        return sum(row.linked for row in self.rows)

    @cached_property
    def first_is_a_row(self) -> bool:
        """Whether the page's headline is that of a row like the others, or there is none above the rows."""
        headline = self.page.headline
        if headline is None or any(row.head is headline for row in self.rows):
            return True
        return headline not in self._above

    @cached_property
    def _above(self) -> list[Block]:
        """The lines above the first row."""
        first = self.rows[0].head.index if self.rows else len(self.page.blocks)
        return self.page.blocks[:first]

    @cached_property
    def sites(self) -> int:
        """How many other sites the lines of the text, and those between them, lead to: a site a line."""
        if not self.kept:
            return 0
        inside = self.page.blocks[self.kept[0].index : self.kept[-1].index + 1]
        return len({site for block in inside for site in self._away(block)})

    def leads_away(self, block: Block) -> bool:
        """Whether a line is foreign, or tells of one other site that it links to."""
        return self.is_foreign(block) or bool(self._away(block))

    def is_foreign(self, block: Block) -> bool:
        """Whether a line of the body is a link or stands in a row."""
        return block.index in self._foreign_places

    @cached_property
    def _foreign_places(self) -> frozenset[int]:
        return frozenset(block.index for block in self.foreign)

    def _away(self, block: Block) -> set[str]:
        """The one other site that a line links to, if it does."""
        links = {span.node.link for span in block.spans if span.node.link is not None}
        sites = {site for link in links if (site := _site(link))} - {self._here}
        return sites if len(sites) == 1 else set()

    @cached_property
    def _here(self) -> str:
        return registered_domain(urlsplit(self._url).hostname or "")

    @cached_property
    def links(self) -> int:
        """How many lines are links."""
        return sum(map(_is_linked, self.page.blocks))

    @cached_property
    def rules(self) -> int:
        """How many lines of dashes stand in the body's place, each between two single lines."""
        blocks = self.page.blocks
        inner = range(1, len(blocks) - 1)
        return sum(
            bool(_RULE.fullmatch(blocks[at].text))
            and not _RULE.fullmatch(blocks[at - 1].text)
            and (at + 2 >= len(blocks) or bool(_RULE.fullmatch(blocks[at + 2].text)))
            for at in inner
        )

    @cached_property
    def captions(self) -> list[Block]:
        """The body's lines that stand alone with a picture."""
        return [block for block in self.kept if self._is_caption(block)]

    def _is_caption(self, block: Block) -> bool:
        for node in islice(block.node.above(), _CLIMB + 1):
            if len(self.page.text_of(node)) > len(block.text) + CAPTION_EXTRAS:
                return False
            if node.tag == "figcaption" or node in self._around_pictures:
                return True
        return False

    @cached_property
    def _around_pictures(self) -> set[Node]:
        """The elements that hold a picture."""
        found: set[Node] = set()
        for picture in self.page.tagged("img")[:400]:
            for node in picture.above():
                if node in found:
                    break
                found.add(node)
        return found


def _rows(blocks: Sequence[Block]) -> Iterator[Row]:
    """Every line that may be a headline, with the lines up to the next such."""
    before: set[str] = set()
    at = 0
    while at < len(blocks) - 1:
        head = blocks[at]
        linked = _is_linked(head) and not head.node.roles & {"menu", "crumbs", "tags"}
        teaser = list(islice(_teaser(blocks, at + 1), TEASER_LINES + 1))
        at += 1
        plain = head.words in HEADLINE and not head.linked and unfinished(head.text)
        if not (linked or plain) or not 0 < len(teaser) <= TEASER_LINES:
            before = set()
            continue
        words = {stem for block in teaser for stem in stems(block.text)}
        own = set(stems(head.text))
        share = 1 / len(own) if own else 0.0
        yield Row(head, tuple(teaser), linked, len(own & words) * share, len(own & before) * share)
        before = words
        at += len(teaser) - 1


def _teaser(blocks: Sequence[Block], start: int) -> Iterator[Block]:
    """The unlinked lines from a place on, the first longer than a headline, up to the next headline."""
    for at in range(start, len(blocks)):
        block = blocks[at]
        if _is_linked(block):
            return
        if at == start:
            if block.words < TEASER_WORDS and not blocks[at - 1].linked:
                return
        elif block.words in HEADLINE and unfinished(block.text) and _longer_follows(blocks, at):
            return
        yield block


def _longer_follows(blocks: Sequence[Block], at: int) -> bool:
    return at + 1 < len(blocks) and blocks[at + 1].words > blocks[at].words


def _is_linked(block: Block) -> bool:
    return block.linked_share >= LINKED


def _is_row(block: Block) -> bool:
    """Whether a line is a headline with its teaser on one line: a link first, then words without one."""
    first = block.spans[0].node.link
    return (
        first is not None and block.linked >= HEADLINE_WORDS and block.words - block.linked >= HEADLINE_WORDS
    )


def _site(link: Node) -> str:
    try:
        return registered_domain(urlsplit(link.href).hostname or "")
    except ValueError:
        return ""


def _key(text: str) -> str:
    return "".join(text.split())
