"""The dates that a page shows its readers: stamps on the lines around its headline, and `<time>` elements.

Looked at is what stands between the headline and the running text, and just above the headline; behind the
text's beginning only what is called a stamp. What is someone else's is left out: other stories' cards,
comments, sidebars, the page's head with its clock, the footer's copyright, and the headline's own date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from itertools import islice

from newscrawl.arabic.dates import MAX_CHARACTERS, Moment, Stamp, Unreadable, read_moment, read_stamp
from newscrawl.arabic.normalise import normalise
from newscrawl.extraction.claims import Claim, Claims, context_of, says_a_moment, says_update
from newscrawl.extraction.headline import Headline, same_title
from newscrawl.page import Block, Node, Page

LONG = 200
"""Characters of a paragraph; a stamp has fewer."""
ENOUGH = 900
"""Characters of paragraphs behind the headline: a standfirst may stand before the stamp, an article not."""
NEAR = 80
"""Lines behind the headline that are looked at."""
ABOVE = 6
"""Lines above the headline that are looked at."""
BESIDE = 3
"""A stamp so many lines from the headline is the headline's own before any other box."""
CARD = 400
"""Characters that another story's card has at most, title and teaser."""
CARD_DEPTH = 8
"""Levels that a date lies inside its card at most."""
TITLE = 25
"""Characters of another story's title, rather than a section's or a name."""
WORDS, CALLED_WORDS = 7, 14
"""Words beside its date in a stamp; more where it is called one, by its own words or its element's class."""
DATE_WORDS = 16
"""Words of the longest date: Hijri and Gregorian with weekday, time and zone."""
LABEL_WORDS = 4
"""Words of a line that is only the label of the next: آخر تحديث."""
TIME_ALONE = 40
"""Characters of a line that may hold the time of the date before it."""
MOST = 6
"""Stamps that are read; a page with more is a list."""

_FOREIGN = frozenset("related comments menu sidebar footer newsletter clock crumbs popup".split())
_HEAD = frozenset({"header", "menu", "clock"})
# Class, id and itemprop names of content systems.
_STAMP_NAME = re.compile(r"date|time|publish|posted|stamp|meta|byline|تاريخ", re.IGNORECASE)
# In normalised form: without one of these a text holds no date.
_TIMELY = re.compile(r"\d|منذ|قبل|امس|الان|hour|yesterday|just now")
_DATED = re.compile(r"\d{4}|\d:\d\d")
_DIGIT = re.compile(r"\d")


def page_stamps(page: Page, headline: Headline, claims: Claims, zone: tzinfo, now: datetime) -> None:
    """Add to a page's claims those of `<time>` elements and of the text around its headline.

    Args:
        page: the page.
        headline: its headline; without a block, the beginning of its text stands for it.
        claims: what is added to.
        zone: the outlet's.
        now: when the page was fetched.
    """
    stamps = _Stamps(page, headline, zone, now)
    stamps.read()
    if not (stamps.published or stamps.modified):
        stamps.read_marked()
    stamps.add_to(claims)


@dataclass(frozen=True, slots=True)
class _Found:
    """A claim and how near the headline it stands."""

    claim: Claim
    distance: int
    called: bool


@dataclass(slots=True)
class _Stamps:
    """What the lines around a headline say."""

    page: Page
    headline: Headline
    zone: tzinfo
    now: datetime
    published: list[_Found] = field(default_factory=list)
    modified: list[_Found] = field(default_factory=list)
    _title: str = ""
    _start: int = 0
    _stop: int = 0
    _cards: dict[Node, bool | None] = field(default_factory=dict)
    _marked: dict[int, list[Node]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._title = _plain(self.headline.text)
        block, node = self.headline.block, self.headline.node
        self._start = block.index if block else self.page.run.start
        self._stop = max(block.index + 1, node.end if node is not None else 0) if block else self._start
        for one in self.page.nodes:
            if one.tag in ("time", "abbr") or ("itemprop" in one.attributes and one.get("itemprop")):
                self._marked.setdefault(one.start, []).append(one)

    def read(self) -> None:
        """Read the lines behind the headline in order, then those above it.

        Behind the first paragraph only what is called a stamp is one, and only where there was none before.
        """
        length, in_text, day = 0, False, self._line(rest, "", in_text=False) if (rest := self._rest()) else ""
        for block in islice(self.page.blocks, self._stop, self._stop + NEAR):
            in_text = in_text or len(block.text) > LONG
            if len(self.published) >= MOST or length > ENOUGH or (in_text and self.published):
                break
            length += len(block.text) if len(block.text) >= LONG // 2 else 0
            day = self._line(block, day, in_text=in_text)
        above = self.page.blocks[max(0, self._start - ABOVE) : self._start]
        if not any(found.distance <= BESIDE for found in self.published):
            for block in reversed(above):
                if not self.page.roles(block) & _HEAD:
                    self._line(block, "", in_text=False)

    def _rest(self) -> Block | None:
        """What stands behind the headline in its own line."""
        block, node = self.headline.block, self.headline.node
        if block is None or node is None or node.end - node.start > 1:
            return None
        spans = [span for span in block.spans if not span.node.inside(node)]
        words = " ".join(span.text for span in spans).split()
        return Block(block.index, " ".join(words), spans, block.node, len(words), 0) if words else None

    def _line(self, block: Block, day: str, *, in_text: bool) -> str:
        """Read a line; returns its text where it is a day whose time may stand on the next line."""
        text = block.text
        machine = self._marked.get(block.index, [])
        short = len(text) <= LONG and block.words <= WORDS + DATE_WORDS
        if not (short or machine or day):
            return ""
        plain = _plain(text)
        timely = short and bool(_TIMELY.search(plain))
        if not (timely or machine or day) or self._is_foreign(block, plain):
            return ""
        if day and len(text) <= TIME_ALONE:
            self._complete(day, text)
        if not (timely or machine) or self._in_card(block.node):
            return ""
        for node in machine:
            self._read_node(node, block)
        stamp = read_stamp(text, self.zone, self.now) if timely else Unreadable("")
        labelled = read_stamp(f"{self._label(block)} {text}", self.zone, self.now) if timely else stamp
        if isinstance(labelled, Stamp) and (labelled.labelled or not labelled.published):
            stamp = labelled
        if isinstance(stamp, Stamp) and self._keep(stamp, block, in_text=in_text):
            return text if stamp.published and stamp.published.precision == "day" else ""
        return ""

    def _is_foreign(self, block: Block, plain: str) -> bool:
        """Whether a line is not the article's, or is a copy of its headline."""
        if same_title(plain, self._title):
            return True
        return bool(self.page.roles(block) & _FOREIGN) and not any(
            "own" in node.roles for node in islice(block.node.above(), CARD_DEPTH)
        )

    def _label(self, block: Block) -> str:
        """The line before, where it is only a label."""
        at = block.index - 1
        before = self.page.blocks[at] if at >= 0 and not self._start <= at < self._stop else None
        return (
            before.text if before and before.words <= LABEL_WORDS and not _DIGIT.search(before.text) else ""
        )

    def _complete(self, day: str, text: str) -> None:
        """Put the time behind a date to it, where the text has no date of its own."""
        if isinstance(read_moment(text, self.zone, self.now), Moment) or not self.published:
            return
        stamp = read_stamp(f"{day} {text}", self.zone, self.now)
        if isinstance(stamp, Stamp) and stamp.published and stamp.published.precision != "day":
            last = self.published[-1]
            claim = Claim("visible-text", stamp.published, last.claim.labelled)
            self.published[-1] = _Found(claim, last.distance, last.called)

    def _keep(self, stamp: Stamp, block: Block, *, in_text: bool) -> bool:
        """Keep what a line says; whether it says a publication."""
        names = context_of(block.spans[0].node)
        called = stamp.labelled or stamp.updated is not None or bool(_STAMP_NAME.search(names))
        if stamp.words > (CALLED_WORDS if called else WORDS) or (in_text and not called):
            return False
        published, updated = stamp.published, stamp.updated
        if not updated and not stamp.labelled and says_update(names):
            published, updated = None, published
        # The clock of the page's head shows the day of the fetch, and stands over the headline.
        if published and block.index < self._start and not called and self._is_today(published):
            return False
        if published:
            claim = Claim("visible-text", published, stamp.labelled)
            self.published.append(_Found(claim, self._distance(block.index), called))
        if updated:
            self._add_update(Claim("visible-text", updated, labelled=True), block.index)
        return bool(published)

    def _is_today(self, moment: Moment) -> bool:
        return moment.precision == "day" and moment.at.date() == self.now.astimezone(self.zone).date()

    def _add_update(self, claim: Claim, at: int) -> None:
        self.modified.append(_Found(claim, self._distance(at), called=True))

    def _distance(self, at: int) -> int:
        return self._start - at if at < self._start else at - self._stop + 1

    def read_marked(self) -> None:
        """Read `<time>` and microdata elements anywhere that call themselves publication or update."""
        marked = (node for nodes in self._marked.values() for node in nodes)
        for node in islice(marked, NEAR):
            pubdate = "pubdate" if "pubdate" in node.attributes else ""
            names = f"{context_of(node)} {pubdate}"
            if not says_a_moment(names) or self._in_card(node):
                continue
            around = (above for above in node.above() if above.roles & _FOREIGN)
            if all(self.page.holds_article(above) for above in around):
                self._read_node(node, next(iter(self.page.blocks_of(node)), None))
        del self.published[1:], self.modified[1:]

    def _read_node(self, node: Node, block: Block | None) -> None:
        """Read what a `<time>` or microdata element says to machines, by the words before it too."""
        item = node.get("itemprop").lower()
        # The oldest form is hAtom's: `<abbr class="published" title="2018-09-14T19:12:00+02:00">`.
        title = node.get("title") if node.tag == "abbr" else ""
        text = node.get("datetime") or node.get("content") or title
        moment = read_moment(text, self.zone, self.now) if text else None
        if not isinstance(moment, Moment) or not (node.tag in ("time", "abbr") or "date" in item):
            return
        names = f"{item} {node.names}"
        if says_update(names) or self._called_update(node, block, text):
            self._add_update(Claim("time-element", moment), node.start)
        else:
            called = bool(_STAMP_NAME.search(names))
            self.published.append(_Found(Claim("time-element", moment), self._distance(node.start), called))

    def _called_update(self, node: Node, block: Block | None, text: str) -> bool:
        """Whether the words before an element, in its line or on the line before, call it an update."""
        if block is None:
            return False
        before = [self._label(block)]
        others = [other for other in self._marked.get(block.index, []) if other is not node]
        for span in block.spans:
            if span.node.inside(node):
                break
            if any(span.node.inside(other) for other in others):
                before = []
            else:
                before.append(span.text)
        stamp = read_stamp(f"{' '.join(before)[-TIME_ALONE:]} {text}", self.zone, self.now)
        return isinstance(stamp, Stamp) and stamp.published is None

    def _in_card(self, node: Node) -> bool:
        """Whether a node stands in another story's card: a small element with another title in it."""
        for above in islice(node.above(), CARD_DEPTH):
            if above.tag == "body" or self.page.holds_article(above):
                return False
            if above not in self._cards:
                self._cards[above] = self._is_card(above)
            if self._cards[above] is not False:
                return bool(self._cards[above])
        return False

    def _is_card(self, node: Node) -> bool | None:
        """None: too large for a card, and so is all that holds it."""
        blocks = self.page.blocks_of(node)
        if sum(len(block.text) for block in blocks) > CARD:
            return None
        return any(self._is_other(block) for block in blocks if block.level or block.linked)

    def _is_other(self, block: Block) -> bool:
        """Whether a heading or a link is another story's title; some link the date itself."""
        text = block.text
        if not block.level:
            text = max(block.linked_texts(), key=len, default="")
        words = _plain(text)
        if len(words) < TITLE or same_title(words, self._title):
            return False
        return not (_DATED.search(words) and len(words) < 2 * TITLE)

    def add_to(self, claims: Claims) -> None:
        """Put what was found behind the claims that are trusted more, the surest first."""
        for found, into in ((self.published, claims.published), (self.modified, claims.modified)):
            elements = [one.claim for one in found if one.claim.source == "time-element"]
            shown = sorted((one for one in found if one.claim.source == "visible-text"), key=_rank)
            into.extend([*elements, *(one.claim for one in shown)])


def _rank(found: _Found) -> tuple[bool, bool, bool, int]:
    """What is named goes first, then what stands at the headline, a time before a bare day."""
    bare = found.claim.moment.precision == "day"
    far = found.distance > BESIDE
    return not found.claim.labelled, far and (bare or not found.called), bare, found.distance


def _plain(text: str) -> str:
    """The beginning of a text in normalised form."""
    return normalise(text[:MAX_CHARACTERS])
