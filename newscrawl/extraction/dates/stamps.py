"""The dates that a page shows its readers around the headline, and its `<time>` and microdata elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from lxml.html import HtmlElement

from newscrawl.arabic.dates import Moment, Stamp, Unreadable, read_moment, read_stamp
from newscrawl.arabic.normalise import normalise
from newscrawl.extraction.dates.claims import Claim, Claims
from newscrawl.extraction.dates.places import (
    LONG,
    NEAR,
    Block,
    Cards,
    above,
    behind,
    headlines,
    is_foreign,
    names_of,
)
from newscrawl.page.statements import Statements

WORDS, CALLED_WORDS = 7, 14
"""Words beside its date in a stamp; more where it is called one, by its own words or its element's class."""
DATE_WORDS = 16
"""Words of the longest date: Hijri and Gregorian with weekday, time and zone."""
TIME_ALONE = 40
"""Characters of a block that may hold the time of the date before it."""
MOST = 6
"""Stamps that are read; a page with more is a list."""

# Class, id and itemprop names of content systems.
_STAMP_NAME = re.compile(r"date|time|publish|posted|stamp|meta|byline|تاريخ", re.IGNORECASE)
_UPDATE_NAME = re.compile(r"modif|updat", re.IGNORECASE)
_PUBLISHED_NAME = re.compile(r"publish|entry-date|post-date|pubdate", re.IGNORECASE)
# In normalised form: without one of these a text holds no date.
_TIMELY = re.compile(r"\d|منذ|قبل|امس|الان|hour|yesterday|just now")


def page_stamps(
    tree: HtmlElement,
    said: Statements,
    claims: Claims,
    zone: tzinfo,
    now: datetime,
    near: HtmlElement | None = None,
) -> None:
    """Add to a page's claims those of `<time>` elements and of the text around its headline.

    Args:
        tree: the page.
        said: its statements, for its title.
        claims: what is added to.
        zone: the outlet's.
        now: when the page was fetched.
        near: the headline, where the caller knows it; else it is found by the page's title.
    """
    found = headlines(tree, said) if near is None else [near]
    for heading in found:
        stamps = _Stamps(zone, now, Cards.beside(heading))
        stamps.read(behind(heading), over=False)
        if not stamps.published:
            stamps.read(above(heading), over=True)
        if stamps.published or stamps.modified:
            stamps.add_to(claims)
            return
    elsewhere = _Stamps(zone, now, Cards.beside(found[0]) if found else Cards())
    elsewhere.read_marked(tree)
    claims.published += elsewhere.published[:1]
    claims.modified += elsewhere.modified[:1]


_MARKED = (
    "//time[@datetime] | //*[contains(@itemprop,'date') and (@content or @datetime)] | //abbr[@title and"
    " (contains(@itemprop,'date') or contains(@class,'published') or contains(@class,'updated'))]"
)


@dataclass(slots=True)
class _Stamps:
    """What the blocks around one headline say."""

    zone: tzinfo
    now: datetime
    cards: Cards
    published: list[Claim] = field(default_factory=list)
    modified: list[Claim] = field(default_factory=list)

    def read(self, blocks: Iterator[Block], *, over: bool) -> None:
        """Read blocks in order, behind the headline or over it.

        The time of a date may stand in the block behind it. Behind the first paragraph only what is called
        a stamp is one, and only where there was none before.
        """
        day = ""
        in_text = False
        for block in blocks:
            text = block.text
            in_text = in_text or len(text) > LONG
            if len(self.published) >= MOST or (in_text and self.published):
                return
            if day and len(text) <= TIME_ALONE:
                self._complete(day, text)
            day = ""
            short = len(text) <= LONG and len(text.split()) <= WORDS + DATE_WORDS
            timely = short and bool(_TIMELY.search(normalise(text)))
            if not (timely or block.machine) or self.cards.hold(block.element):
                continue
            for element in block.machine:
                self._read_element(element)
            stamp = read_stamp(text, self.zone, self.now) if timely else Unreadable("")
            if isinstance(stamp, Stamp) and self._keep(stamp, block, over=over, in_text=in_text):
                day = text if stamp.published and stamp.published.precision == "day" else ""

    def read_marked(self, tree: HtmlElement) -> None:
        """Read `<time>` and microdata elements anywhere that call themselves publication or update."""
        marked = tree.xpath(_MARKED)
        for element in marked[:NEAR]:
            names = f"{_context(element)} {'pubdate' if element.get('pubdate') is not None else ''}"
            if not (_PUBLISHED_NAME.search(names) or _UPDATE_NAME.search(names)) or self.cards.hold(element):
                continue
            if any(is_foreign(node) for node in element.iterancestors() if node not in self.cards.ancestors):
                continue
            self._read_element(element)

    def _complete(self, day: str, text: str) -> None:
        """Put the time behind a date to it, where the text has no date of its own."""
        if isinstance(read_moment(text, self.zone, self.now), Moment):
            return
        stamp = read_stamp(f"{day} {text}", self.zone, self.now)
        if isinstance(stamp, Stamp) and stamp.published and stamp.published.precision != "day":
            self.published[-1] = Claim("visible-text", stamp.published, self.published[-1].labelled)

    def _keep(self, stamp: Stamp, block: Block, *, over: bool, in_text: bool) -> bool:
        """Keep what a block says; whether it says a publication."""
        names = _context(block.element)
        called = stamp.labelled or stamp.updated is not None or bool(_STAMP_NAME.search(names))
        if stamp.words > (CALLED_WORDS if called else WORDS) or (in_text and not called):
            return False
        published, updated = stamp.published, stamp.updated
        if not updated and not stamp.labelled and _says_update(names):
            published, updated = None, published
        # The clock of the page's head shows the day of the fetch, and stands over the headline.
        if published and over and not called and self._is_today(published):
            return False
        if published:
            self.published.append(Claim("visible-text", published, stamp.labelled))
        if updated:
            self.modified.append(Claim("visible-text", updated, labelled=True))
        return bool(published)

    def _is_today(self, moment: Moment) -> bool:
        return moment.precision == "day" and moment.at.date() == self.now.astimezone(self.zone).date()

    def _read_element(self, element: HtmlElement) -> None:
        """Read what a `<time>` or microdata element says to machines."""
        item = (element.get("itemprop") or "").lower()
        # The oldest form is hAtom's: `<abbr class="published" title="2018-09-14T19:12:00+02:00">`.
        title = element.get("title") if element.tag == "abbr" else None
        text = (element.get("datetime") or element.get("content") or title or "").strip()
        if not text or not (element.tag in ("time", "abbr") or "date" in item):
            return
        moment = read_moment(text, self.zone, self.now)
        if isinstance(moment, Moment):
            updated = _says_update(f"{item} {names_of(element)}")
            (self.modified if updated else self.published).append(Claim("time-element", moment))

    def add_to(self, claims: Claims) -> None:
        """Put what was found behind the claims that are trusted more, named stamps before the others."""
        for found, into in ((self.published, claims.published), (self.modified, claims.modified)):
            into.extend(claim for claim in found if claim.source == "time-element")
            shown = [claim for claim in found if claim.source == "visible-text"]
            into.extend(sorted(shown, key=lambda claim: not claim.labelled))


def _says_update(names: str) -> bool:
    """Whether names mean an update; WordPress says "published updated" until there is one."""
    return bool(_UPDATE_NAME.search(names)) and not _PUBLISHED_NAME.search(names)


def _context(element: HtmlElement) -> str:
    """Classes, ids and microdata names of an element and the two around it."""
    names = []
    node: HtmlElement | None = element
    for _ in range(3):
        if node is None or node.tag == "body":
            break
        names.append(f"{names_of(node)} {node.get('itemprop') or ''} {'time' if node.tag == 'time' else ''}")
        node = node.getparent()
    return " ".join(names)
