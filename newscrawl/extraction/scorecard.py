"""How well saved pages of an outlet are read: what was found on each, what is wrong, and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import trafilatura
from lxml import etree
from lxml.html import HtmlElement

from newscrawl.article import Article, Rejected
from newscrawl.extraction.overrides import apply_layouts, layouts_passed_over
from newscrawl.extraction.page import extract
from newscrawl.extraction.phrases import leaks
from newscrawl.outlets.domains import host_of
from newscrawl.outlets.model import Outlet
from newscrawl.page.parse import decode
from newscrawl.page.statements import read_statements

FIELDS: dict[str, Callable[[Article], object]] = {
    "title": lambda article: article.title,
    "body": lambda article: article.body,
    "published_at": lambda article: article.published_at,
    "authors": lambda article: article.authors,
    "section": lambda article: article.section,
    "tags": lambda article: article.tags,
    "image": lambda article: article.image,
    "summary": lambda article: article.summary,
    "agency": lambda article: article.agency,
}
"""The fields whose presence is counted, in the order of the scorecard."""

_SHOWN = 5
_LINE = 60
"""So many leaking lines, and characters of each, are shown in a fault."""


@dataclass(slots=True)
class PageCard:
    """One page: what was read from it."""

    file: str
    url: str = ""
    article: Article | None = None
    rejection: Rejected | None = None
    leaks: list[str] = field(default_factory=list)
    """Lines of the body that are the site's furniture."""
    layout: str = ""
    """The layout of the outlet's file that applied: its place from 1, and its name."""
    notes: list[str] = field(default_factory=list)
    """What does not make a page bad, such as a layout's selector that found nothing."""
    faults: list[str] = field(default_factory=list)
    """What does, each with its mend."""

    def to_json(self) -> dict[str, Any]:
        """The card as JSON values; of the body its number of words."""
        values: dict[str, Any] = {"file": self.file, "url": self.url}
        if self.rejection:
            values |= {"outcome": self.rejection.outcome.value, "reason": self.rejection.reason}
        if self.article:
            article = self.article.to_json()
            values |= {"outcome": "article", "words": article["word_count"]}
            values |= {name: article[name] for name in FIELDS if name != "body"}
            values |= {"published_source": article["published_source"], "guarded": self.article.guarded}
        return values | {
            "leaks": self.leaks,
            "layout": self.layout,
            "notes": self.notes,
            "faults": self.faults,
        }


@dataclass(slots=True)
class Summary:
    """All pages of a check together."""

    pages: int = 0
    articles: int = 0
    words: int = 0
    """Of all bodies."""
    fields: dict[str, int] = field(default_factory=dict)
    """How many articles had it."""
    leaks: int = 0
    guarded: int = 0
    """Articles whose text is trafilatura's reading, or has it added."""
    sound: int = 0
    """Pages without a fault."""

    def to_json(self) -> dict[str, Any]:
        """The numbers as JSON values; `fields` as shares of the articles."""
        return {
            "pages": self.pages,
            "articles": self.articles,
            "sound": self.sound,
            "words": self.words,
            "leaks": self.leaks,
            "guarded": self.guarded,
            "fields": {
                name: round(number / self.articles, 3) if self.articles else 0.0
                for name, number in self.fields.items()
            },
        }


def score_page(
    file: str, html: bytes, outlet: Outlet, *, url: str = "", fetched_at: datetime | None = None
) -> PageCard:
    """Read a saved page as a crawl would.

    Args:
        file: what to call it.
        html: its bytes.
        outlet: whose page it is.
        url: where it came from. Empty: what its canonical link or `og:url` says.
        fetched_at: when it was fetched (aware), which decides on the layouts. Default: now.
    """
    now = fetched_at or datetime.now(UTC)
    card = PageCard(file)
    tree = _tree(html)
    card.url = url or _stated_address(tree, outlet)
    if not card.url:
        card.faults.append("no canonical link and no og:url; check it alone and give its address with --url")
        return card
    if tree is not None:
        _note_layout(card, tree, outlet, now)
    if not outlet.covers_host(host_of(card.url)):
        card.notes.append(f"its address, {card.url}, is not one of {outlet.id}'s")
    try:
        read = extract(html, card.url, outlet=outlet, fetched_at=now)
    except ValueError as error:
        card.faults.append(f"its address cannot be used ({error}); give it with --url")
        return card
    if isinstance(read, Rejected):
        card.rejection = read
        card.faults.append(
            f"not an article: {read.outcome.value}, {read.reason}; if it is one, name its place with body "
            "in [[layouts]]"
        )
    else:
        card.article = read
        card.leaks = leaks(read.body)
        if read.guarded:
            card.notes.append(f"the guard was used: {read.guarded}")
        card.faults += _faults(read, card.leaks)
    return card


def summarise(cards: Sequence[PageCard]) -> Summary:
    """Add up the cards of a check."""
    articles = [card.article for card in cards if card.article]
    return Summary(
        pages=len(cards),
        articles=len(articles),
        words=sum(article.word_count for article in articles),
        fields={name: sum(bool(get(article)) for article in articles) for name, get in FIELDS.items()},
        leaks=sum(len(card.leaks) for card in cards),
        guarded=sum(bool(article.guarded) for article in articles),
        sound=sum(not card.faults for card in cards),
    )


def _faults(article: Article, leaking: list[str]) -> list[str]:
    faults = []
    if article.published_at is None:
        faults.append("no date; name its place with published in [[layouts]]")
    if leaking:
        shown = "، ".join(f"«{_short(line)}»" for line in leaking[:_SHOWN])
        shown += f" and {len(leaking) - _SHOWN} more" if len(leaking) > _SHOWN else ""
        faults.append(f"in the body: {shown}; name their elements in remove of [[layouts]]")
    return faults


def _short(line: str) -> str:
    return line if len(line) <= _LINE else f"{line[: _LINE - 1]}…"


def _note_layout(card: PageCard, tree: HtmlElement, outlet: Outlet, now: datetime) -> None:
    card.notes += layouts_passed_over(tree, outlet, now)
    reading = apply_layouts(tree, outlet, now)
    if reading:
        card.layout = f"{reading.layout} {reading.name}".strip()
        card.notes += [f"layout {reading.layout}: {note}" for note in reading.notes]


def _tree(html: bytes) -> HtmlElement | None:
    """The page's tree; None where there is none, of which `extract` says more."""
    try:
        tree = trafilatura.load_html(decode(html).replace("\x00", ""))
    except (etree.LxmlError, ValueError, RecursionError):
        return None
    return tree if isinstance(tree, HtmlElement) else None


def _stated_address(tree: HtmlElement | None, outlet: Outlet) -> str:
    """The absolute address that a page gives as its own, or nothing."""
    if tree is None:
        return ""
    links = (
        link.get("href", "") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"
    )
    for stated in (*links, read_statements(tree).meta.get("og:url", "")):
        try:
            address = urljoin(outlet.homepage, stated.strip()) if stated.strip() else ""
            if urlsplit(address).scheme in ("http", "https"):
                return address
        except ValueError:
            continue
    return ""
