"""The section that the article stands in, as the page names it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Any
from urllib.parse import unquote, urlsplit

from newscrawl.extraction.sitenames import HOME, SiteNames, title_key
from newscrawl.extraction.surroundings import MOST, Surroundings
from newscrawl.page import Block, Node, Page
from newscrawl.page.statements import Statements, as_list, clean, string, types_of

LONGEST = 50
"""Characters; the longest section names have some forty."""
_MOST_WORDS = 6
_MOST_CRUMBS = 6
_ABOVE = 8
"""Lines above the headline where a trail without a name may stand."""
_ARABIC = re.compile("[\u0620-\u064a]")
_CRUMB = re.compile(r"\s*(?:[»«›‹>|\\]|/|::|←|→)\s*")
_NEWS = frozenset({"اخبار", "الاخبار", "news"})
"""Sections only where no other is named; as keys."""
_TRAIL = re.compile(r"\s*(?:>>|»»|::|[»«›‹>\\←/])\s*")
_TRAIL_MARKS = frozenset({"»", "«", "›", "‹", ">", ">>", "/", "\\", "::", "←", "»»"})
_NONE = frozenset(
    {
        "uncategorized", "uncategorised", "غيرمصنف", "غيرمصنفه", "بدونتصنيف", "بلاتصنيف", "عام", "article",
        "articles", "null", "none", "undefined", "مقالاتمشابهه", "المزيد", "more", "الخبر", "تفاصيل",
        "التفاصيل", "تفاصيلالخبر",
    }
)  # fmt: skip
"""Names that name no section: content systems' defaults, and the page's own kind; as keys."""


def stated_sections(said: Statements) -> list[str]:
    """What JSON-LD and the meta tags call the article's sections, the page's order."""
    values: list[str] = []
    for value in (said.article.get("articlesection"), said.article.get("genre")):
        values += [string(item) for item in as_list(value)[:20]]
    values += [clean(said.meta.get(name, "")) for name in ("article:section", "articlesection", "section")]
    return list(dict.fromkeys(clean(value) for value in values if value))


def read_section(around: Surroundings, site: SiteNames, title: str, url: str) -> str:
    """The article's section, as published; empty where the page names none.

    In order: what it states, its breadcrumbs, the label at its headline, the menu's link to the folder
    that it lies in, the menu's highlighted item. An Arabic name goes before a folder's name in Latin
    letters. Of several stated sections, the one that the crumbs end in, else the first.
    """
    stated = stated_sections(around.page.said)
    crumbs = _crumbs(around)
    ends = [crumb for crumb in reversed(crumbs) if crumb in stated]
    named = chain(
        ends,
        stated,
        reversed(crumbs or _plain_trail(around)),
        _labels(around),
        _above(around),
        _of_folder(around, url),
        _highlighted(around),
    )
    second = ""
    for name in named:
        if _is_section(name, site, title):
            if _ARABIC.search(name) and title_key(name) not in _NEWS:
                return name
            second = second or name
    return second


def _is_section(name: str, site: SiteNames, title: str) -> bool:
    key = title_key(name)
    if not key or key in HOME or key in _NONE or key.isdigit() or len(name) > LONGEST:
        return False
    if len(name.split()) > _MOST_WORDS or site.names(name):
        return False
    uncut = title_key(name.rstrip(".… "))
    return not (len(uncut) > 8 and title_key(title).startswith(uncut))


def _crumbs(around: Surroundings) -> list[str]:
    """The names of the crumbs from the home page to the article; their trail may stand in the menu."""
    for item in around.page.said.linked:
        if "BreadcrumbList" in types_of(item):
            names = list(_listed(item.get("itemlistelement")))
            if len(names) > 1:
                return names
    for node in [*around.before("crumbs"), *around.after("crumbs"), *around.all("crumbs")[:5]]:
        names = _shown_crumbs(around, node)
        if names:
            return names
    return []


def _shown_crumbs(around: Surroundings, node: Node) -> list[str]:
    """The names of a trail: of its links, and of a last item without one; else of its pieces."""
    page = around.page
    links = around.links(node)[:12]
    if not links:
        return [piece for piece in _CRUMB.split(around.spaced(node, 300)) if piece]
    names = [clean(page.text_of(link)) for link in links]
    items = [item for item in page.tagged("li") if item.inside(node)]
    alone = [item for item in items if not any(link.inside(item) for link in links)]
    return names + [text for item in alone[-1:] if (text := page.text_of(item)) not in _TRAIL_MARKS | {""}]


def _plain_trail(around: Surroundings) -> list[str]:
    """A trail without a name above the headline: الرئيسية » اقتصاد » مصارف. A bar would make it a menu.

    What parts its names may be text or an element of its own, with or without text.
    """
    page, block = around.page, around.headline.block
    for link in page.tagged("a") if block else ():
        if link.at > around.at or block is None:
            break
        if link.start < block.index - _ABOVE or title_key(page.text_of(link)[:LONGEST]) not in HOME:
            continue
        own = page.blocks_of(link)
        holder = next((node for node in link.above() if node.end - node.start > 1), None)
        if (len(own) == 1 and own[0].linked_share < 1) or (len(own) == 1 and len(_links_in(own[0])) > 1):
            names, marks = _pieces(page, link.parent or link, own)
        elif holder is not None and not page.holds_article(holder):
            names, marks = _pieces(page, holder, page.blocks_of(holder))
        else:
            continue
        if marks and 1 < len(names) <= _MOST_CRUMBS and title_key(names[0]) in HOME:
            return names[1:]
    return []


def _links_in(block: Block) -> set[Node]:
    return {span.node.link for span in block.spans if span.node.link is not None}


def _pieces(page: Page, holder: Node, blocks: Sequence[Block]) -> tuple[list[str], int]:
    """The names in a trail, and how many marks or empty elements stand between them."""
    names: list[str] = []
    marks = 0
    for block in blocks:
        for span in block.spans:
            text = clean(span.text)
            pieces = [text] if span.node.link else [piece for piece in _TRAIL.split(text) if piece.strip()]
            marks += bool(_TRAIL.search(text)) and not span.node.link
            names += [piece.strip() for piece in pieces if piece.strip() not in _TRAIL_MARKS | {""}]
    empty = (
        node for node in page.nodes[holder.at : holder.at + 30] if node.tag in ("i", "svg", "span", "img")
    )
    return names, marks + sum(node.inside(holder) and not page.text_of(node) for node in empty)


def _listed(value: Any) -> Iterator[str]:
    for entry in as_list(value)[:12]:
        if isinstance(entry, dict):
            item = entry.get("item")
            name = string(entry.get("name")) or (string(item.get("name")) if isinstance(item, dict) else "")
            if name:
                yield clean(name)


def _labels(around: Surroundings) -> Iterator[str]:
    """Sections named in microdata, and the label at the headline."""
    for node in [*islice(around.after("section"), 3), *islice(around.before("section"), 3)]:
        text = node.get("content") or around.text(node)
        if text:
            yield clean(text[: 4 * LONGEST])


def _above(around: Surroundings) -> Iterator[str]:
    """The label right above the headline: a few words, or a trail of few links, on a line of their own."""
    page, block = around.page, around.headline.block
    if block is None or not block.index:
        return
    before = page.blocks[block.index - 1]
    short = len(before.text) <= 2 * LONGEST and not any(character.isdigit() for character in before.text)
    if not short or page.holds_article(before.node):
        return
    in_menu = any(node.tag in ("nav", "ul", "header") or "menu" in node.roles for node in before.node.above())
    row = page.blocks[max(0, block.index - 2) : block.index]
    in_row = len(row) > 1 and all(one.linked_share == 1 for one in row) and _side_by_side(*row)
    in_menu = in_menu or in_row
    names = [clean(page.text_of(link)) for link in around.links(before.node)]
    if len(names) < 2 and not in_menu:
        yield (names or [before.text])[0]
    elif 1 < len(names) < 5 and title_key(names[0]) in HOME:
        yield names[-1]


def _side_by_side(one: Block, other: Block) -> bool:
    """Whether two lines are items of one list, whatever its elements."""
    parents = (one.node.parent, other.node.parent)
    return parents[0] is parents[1] or all(parent and parent.tag in ("tr", "ul") for parent in parents)


def _of_folder(around: Surroundings, url: str) -> Iterator[str]:
    """The text of the menu's link to the deepest folder that holds the article."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return
    names = [name for name in unquote(parts.path).split("/") if name][:-1]
    folders = ["/".join(names[:depth]) for depth in range(min(len(names), 4), 0, -1)]
    links: dict[str, str] = {}
    for link in around.page.tagged("a")[:MOST] if folders else ():
        href = link.href
        path = _path_of(href, parts.netloc) if names[0] in href or "%" in href else ""
        if path in folders and (text := around.text(link)):
            links.setdefault(path, text)
    yield from (links[folder] for folder in folders if folder in links)


def _path_of(href: str, host: str) -> str:
    """A link's path without slashes at its ends, if it stays on the host; else nothing."""
    try:
        parts = urlsplit(href.strip()[:300])
    except ValueError:
        return ""
    same = not parts.netloc or parts.netloc.removeprefix("www.") == host.removeprefix("www.")
    return unquote(parts.path).strip("/") if same and not parts.query else ""


def _highlighted(around: Surroundings) -> Iterator[str]:
    """The items of the menu above the headline that are marked as current, the deepest first."""
    for node in reversed(around.all("current")):
        if node.at < around.at and _in_menu(node):
            link = node if node.tag == "a" else next(iter(around.links(node)), None)
            if link is not None:
                yield around.text(link)


def _in_menu(node: Node) -> bool:
    above = list(islice(node.above(), 9))
    said = " ".join(one.names[:300] for one in above).lower()
    in_nav = any(one.tag == "nav" for one in above[1:])
    return (in_nav or "menu" in said or "nav" in said) and "tab" not in said
