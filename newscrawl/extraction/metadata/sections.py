"""The section that the article stands in, as the page names it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from newscrawl.extraction.metadata.landmarks import Landmarks, ancestors_of, text_with_spaces
from newscrawl.extraction.metadata.sitenames import SiteNames
from newscrawl.extraction.metadata.titles import HOME, title_key
from newscrawl.page.statements import Statements, clean, string, types_of

LONGEST = 50
"""Characters; the longest section names have some forty."""
_MOST_WORDS = 6
_ARABIC = re.compile("[\u0620-\u064a]")
_CRUMB = re.compile(r"\s*(?:[»«›‹>|\\]|/|::|←|→)\s*")
_NEWS = frozenset({"اخبار", "الاخبار", "news"})
"""Sections only where no other is named; as keys."""
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
        values += [string(item) for item in (value if isinstance(value, list) else [value])[:20]]
    values += [clean(said.meta.get(name, "")) for name in ("article:section", "articlesection", "section")]
    return list(dict.fromkeys(clean(value) for value in values if value))


def read_section(said: Statements, marks: Landmarks, site: SiteNames, title: str, url: str) -> str:
    """The article's section, as published; empty where the page names none.

    In order: what it states, its breadcrumbs, the label at its headline, the menu's link to the folder
    that it lies in, the menu's highlighted item. An Arabic name goes before a folder's name in Latin
    letters. Of several stated sections, the one that the crumbs end in, else the first.
    """
    stated = stated_sections(said)
    crumbs = _crumbs(said, marks)
    ends = [crumb for crumb in reversed(crumbs) if crumb in stated]
    named = chain(
        ends,
        stated,
        reversed(crumbs or _plain_trail(marks)),
        _labels(marks),
        _above(marks),
        _of_folder(marks, url),
        _highlighted(marks),
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


def _crumbs(said: Statements, marks: Landmarks) -> list[str]:
    """The names of the crumbs from the home page to the article."""
    for item in said.linked:
        if "BreadcrumbList" in types_of(item):
            names = list(_listed(item.get("itemlistelement")))
            if len(names) > 1:
                return names
    for element in [*marks.before("crumbs"), *marks.after("crumbs")]:
        names = list(_shown_crumbs(element))
        if names:
            return names
    for _, element in marks.found.get("crumbs", [])[:5]:  # a trail may stand in <nav> or in the site's header
        names = list(_shown_crumbs(element))
        if names:
            return names
    return []


def _plain_trail(marks: Landmarks) -> list[str]:
    """A trail of links without a name: الرئيسية » اقتصاد » مصارف. A bar would make it a menu."""
    for position, link in marks.found.get("a", ()):
        if position > marks.position:
            break
        if (link.tail or "").strip() in _TRAIL_MARKS and title_key(link.text_content()[:LONGEST]) in HOME:
            return _links_behind(link)
    return []


def _links_behind(link: HtmlElement) -> list[str]:
    names: list[str] = []
    for other in islice(link.itersiblings(), 8):
        if other.tag != "a":
            break
        names.append(clean(other.text_content()[: 4 * LONGEST]))
        if (other.tail or "").strip() not in _TRAIL_MARKS:
            break
    return names


def _listed(value: Any) -> Iterator[str]:
    for entry in (value if isinstance(value, list) else [value])[:12]:
        if isinstance(entry, dict):
            item = entry.get("item")
            name = string(entry.get("name")) or (string(item.get("name")) if isinstance(item, dict) else "")
            if name:
                yield clean(name)


def _shown_crumbs(element: HtmlElement) -> Iterator[str]:
    links = [link for link in element.iter("a") if (link.text_content() or "").strip()][:12]
    if links:
        yield from (clean(link.text_content()[: 4 * LONGEST]) for link in links)
        items = [item for item in element.iter("li") if item.find(".//a") is None]
        yield from (clean(item.text_content()[: 4 * LONGEST]) for item in items[-1:])
    else:
        yield from (piece for piece in _CRUMB.split(text_with_spaces(element, 300)) if piece)


def _labels(marks: Landmarks) -> Iterator[str]:
    """Sections named in microdata, and the label at the headline."""
    for role in ("itemsection", "section"):
        near = [*marks.after(role)][:3] + [*marks.before(role)][:3]
        for element in near:
            text = element.get("content") or element.text_content()[: 4 * LONGEST]
            if text.strip():
                yield clean(text)
                break


def _above(marks: Landmarks) -> Iterator[str]:
    """The label right above the headline: a few words, or a trail of few links, in a block of their own."""
    if marks.headline is None:
        return
    for holder in (marks.headline, *ancestors_of(marks.headline, 3)):
        for block in islice(holder.itersiblings(preceding=True), 3):
            text = clean(block.text_content()[: 20 * LONGEST]) if isinstance(block.tag, str) else ""
            if text:
                if len(text) <= 2 * LONGEST and not any(character.isdigit() for character in text):
                    yield _label_of(block, text)
                return


def _label_of(block: HtmlElement, text: str) -> str:
    """The name that a block shows alone, or its trail's last; nothing of a menu."""
    names = [clean(link.text_content()) for link in islice(block.iter("a"), 6)]
    if len(names) > 1:
        return names[-1] if len(names) < 5 and title_key(names[0]) in HOME else ""
    before = block.getprevious()
    in_a_row = block.tag == "a" and before is not None and before.tag == "a"
    return "" if in_a_row or block.tag in ("nav", "ul", "header") else (names or [text])[0]


def _of_folder(marks: Landmarks, url: str) -> Iterator[str]:
    """The text of the menu's link to the deepest folder that holds the article."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return
    names = [name for name in unquote(parts.path).split("/") if name][:-1]
    folders = ["/".join(names[:depth]) for depth in range(min(len(names), 4), 0, -1)]
    links: dict[str, str] = {}
    for _, link in marks.found.get("a", ()):
        path = _path_of(link.get("href") or "", parts.netloc)
        if path in folders:
            links.setdefault(path, clean(link.text_content()[: 4 * LONGEST]))
    yield from (links[folder] for folder in folders if folder in links)


def _path_of(href: str, host: str) -> str:
    """A link's path without slashes at its ends, if it stays on the host; else nothing."""
    try:
        parts = urlsplit(href.strip()[:300])
    except ValueError:
        return ""
    same = not parts.netloc or parts.netloc.removeprefix("www.") == host.removeprefix("www.")
    return unquote(parts.path).strip("/") if same and not parts.query else ""


def _highlighted(marks: Landmarks) -> Iterator[str]:
    """The items of the menu above the headline that are marked as current, the deepest first."""
    for position, element in reversed(marks.found.get("current", [])):
        if position < marks.position and _in_menu(element):
            link = element if element.tag == "a" else element.find(".//a")
            if link is not None:
                yield clean(link.text or "") or clean(link.text_content()[: 4 * LONGEST])


def _in_menu(element: HtmlElement) -> bool:
    names = [
        f"{above.get('class') or ''} {above.get('id') or ''}"[:300]
        for above in (element, *ancestors_of(element, 8))
    ]
    said = " ".join(names).lower()
    tags = {above.tag for above in ancestors_of(element, 8)}
    return ("nav" in tags or "menu" in said or "nav" in said) and "tab" not in said
