"""Where things stand on an article page, by what its elements call themselves: bylines, tags, crumbs.

Content systems name their parts in classes, and though each has its own names, they are made of the same
few words (post-author, writeBy, aksa-byline). A class is cut into its words; the page is walked once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from lxml import etree
from lxml.html import HtmlElement

from newscrawl.page.statements import clean

MOST = 200
"""So many elements of one role are kept; pages with more were made to hurt."""
_CLIMB = 60
"""So many ancestors are looked at; no page of a newsroom nests deeper."""

ROLES: dict[str, str] = {
    "byline": """author authors auther authorname byline bylines writer writers writername writeby
        writtenby reporter journalist columnist contributor postedby katib kateb كاتب الكاتب""",
    "source": "source sources newssource articlesource agency provider المصدر",
    "section": """category categories kicker rubric catname catlinks catlink cat articlesection postsection
        sectionname sectiontitle sectionlabel newscategory""",
    "crumbs": "breadcrumb breadcrumbs breadcumb breadcrump breadcrum crumb crumbs",
    "tags": "tags taglist taglinks tagslist keywords hashtags newstags posttags articletags",
    "standfirst": """standfirst lead lede summary excerpt subtitle subheadline subhead deck dek intro
        shortdesc brief""",
    "headline": "posttitle entrytitle articletitle newstitle storytitle headline articleheadline maintitle",
    "furniture": """comment comments related sidebar widget menu navbar navigation nav footer popular
        mostread mostviewed trending ticker recommended newsletter carousel slider readalso alsoread morenews
        latest relatednews relatedposts""",
    "own": "entryfooter postfooter articlefooter storyfooter newsfooter singlefooter entrymeta postmeta",
    "current": "active current selected navon currentmenuitem currentpostancestor",
    "photo": "caption figcaption photo image img gallery video credit picture copyright",
}
"""Role → words of classes, one or two run together (post-by, subTitle). Seen on Arabic newsrooms' pages,
on WordPress themes (Jannah, Newspaper, Sahifa), Drupal, Polopoly and Quintype."""

LABELS = (
    "المصدر", "مصدر الخبر", "بقلم", "كتب", "كتبت", "إعداد", "اعداد", "كلمات", "الكلمات", "الوسوم", "وسوم",
    "تاغ", "تاج", "هاشتاغ", "نقلا", "نقلاً", "Tags", "By ", "Source",
)  # fmt: skip
"""How the text of an element begins that carries no class and names its part in words."""

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[a-z]+|[\u0621-\u064a]+")
_BY_WORD = {word: role for role, words in ROLES.items() for word in words.split()}
_BY_ITEMPROP = {
    "author": "byline", "creator": "byline", "headline": "headline", "articlesection": "itemsection",
    "keywords": "tags",
}  # fmt: skip
_COUNTED = frozenset({"h1", "h2", "img", "a"})
_NOWHERE = frozenset({"nav", "footer", "aside", "form", "noscript", "template"})
_LABELLED = frozenset(
    {
        "p",
        "div",
        "span",
        "strong",
        "b",
        "li",
        "h3",
        "h4",
        "h5",
        "h6",
        "td",
        "em",
        "i",
        "small",
        "address",
        "font",
        "center",
        "cite",
        "dd",
    }
)
_MARKED = etree.XPath("//@itemprop/.. | //a/@rel/.. | //@itemtype/.. | //@id[contains(., 'crumb')]/..")
_WALKED = (
    "div", "span", "a", "p", "li", "img", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "section",
    "article", "header", "nav", "main", "aside", "strong", "b", "em", "i", "small", "address", "time", "td",
    "cite", "figure", "font", "center", "dd", "dt", "footer", "br",
)  # fmt: skip
"""The elements that hold text and name their parts; the rest of a page is scripts, drawings and forms."""


@lru_cache(maxsize=8192)
def roles_of(names: str) -> frozenset[str]:
    """The roles that an element's class says it has."""
    words = _WORD.findall(_CAMEL.sub("-", names[:300]).lower())
    pairs = [first + second for first, second in pairwise(words)]
    return frozenset(role for word in (*words, *pairs) if (role := _BY_WORD.get(word)))


@dataclass(slots=True)
class Landmarks:
    """The elements of a page by role, each list in the page's order."""

    found: dict[str, list[tuple[int, HtmlElement]]] = field(default_factory=dict)
    """Role → (position on the page, element). Roles: those of `ROLES`, and h1, h2, img, a, itemsection,
    label, taglink."""
    headline: HtmlElement | None = None
    """The element that holds the article's headline, once it is known."""
    position: int = 0
    """The headline's: how many elements stand before it."""
    _outside: dict[HtmlElement, bool] = field(default_factory=dict)

    def add(self, role: str, position: int, element: HtmlElement) -> None:
        """Note an element, unless there are too many of its kind."""
        elements = self.found.setdefault(role, [])
        if len(elements) < MOST:
            elements.append((position, element))

    def choose(self, headline: HtmlElement) -> None:
        """Say which element holds the headline: what stands around it is the article's."""
        self.headline = headline
        self.position = next((at for places in self.found.values() for at, e in places if e is headline), 0)
        self._outside = dict.fromkeys(headline.iterancestors(), False)

    def after(self, role: str, within: int | None = None) -> Iterator[HtmlElement]:
        """The article's elements of a role: those behind the headline, at most `within` elements from it."""
        for position, element in self.found.get(role, ()):
            if within is not None and position > self.position + within:
                return
            if position >= self.position and not self.outside(element):
                yield element

    def before(self, role: str) -> Iterator[HtmlElement]:
        """The article's elements of a role that stand above the headline, the nearest first."""
        for position, element in reversed(self.found.get(role, [])):
            if position < self.position and not self.outside(element):
                yield element

    def outside(self, element: HtmlElement) -> bool:
        """Whether an element belongs to a menu, sidebar, footer, list of comments or other furniture."""
        path: list[HtmlElement] = []
        answer = False
        for above in (element, *ancestors_of(element, _CLIMB)):
            known = self._outside.get(above)
            if known is not None:
                answer = known
                break
            path.append(above)
            if _is_furniture(above):
                answer = True
                break
        self._outside.update(dict.fromkeys(path, answer))
        return answer


def _is_furniture(element: HtmlElement) -> bool:
    """Whether an element is a part of the site, not of the article; an article's own footer is its own."""
    tag = element.tag
    if tag in ("body", "html"):
        return False
    roles = roles_of(f"{element.get('class') or ''} {element.get('id') or ''}")
    if roles & {"own", "byline"}:
        return False
    if tag == "footer":
        above = element.getparent()
        return above is None or above.tag != "article"
    return tag in _NOWHERE or "furniture" in roles


def find_landmarks(tree: HtmlElement) -> Landmarks:
    """Walk a page once and note its elements by role. Never raises on what a page may contain."""
    marks = Landmarks()
    add = marks.add
    marked = set(_MARKED(tree))  # the few that carry more than a class, found without asking each element
    for position, element in enumerate(tree.iter(*_WALKED)):
        tag = element.tag
        if tag in _COUNTED:
            add(tag, position, element)
        names = element.get("class")
        if names:
            for role in roles_of(names):
                add(role, position, element)
        if element in marked and (role := _other_role(element)):
            add(role, position, element)
        text = element.tail if tag == "br" else element.text if tag in _LABELLED else None
        if text and text.lstrip().startswith(LABELS):
            add("label", position, element)
    return marks


def _other_role(element: HtmlElement) -> str:
    """The role that an element's `itemprop`, `rel`, `itemtype` or id gives it, if any."""
    role = _BY_ITEMPROP.get((element.get("itemprop") or "").strip().lower(), "")
    if role:
        return role
    rel = (element.get("rel") or "").lower().split()
    if "author" in rel:
        return "byline"
    if "tag" in rel:
        return "section" if "category" in rel else "taglink"
    crumbs = (
        "BreadcrumbList" in (element.get("itemtype") or "") or "crumb" in (element.get("id") or "").lower()
    )
    return "crumbs" if crumbs else ""


def text_of_label(element: HtmlElement, limit: int) -> str:
    """The clean text of an element of the role `label`: of a line break, the line behind it."""
    if element.tag == "br":
        return clean((element.tail or "")[:limit])
    return clean(element.text_content()[:limit])


def following(element: HtmlElement) -> Iterator[HtmlElement]:
    """The elements behind one, in the page's order, without end but the page's."""
    for holder in (element, *ancestors_of(element, _CLIMB)):
        for sibling in holder.itersiblings():
            yield from sibling.iter(*_WALKED)


def text_with_spaces(element: HtmlElement, limit: int = 2000) -> str:
    """An element's text, clean, with a space where a child begins or ends: the items of lists stay apart."""
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece.strip())
        if length > limit:
            break
    return clean(" ".join(pieces))


def ancestors_of(element: HtmlElement, count: int) -> Iterator[HtmlElement]:
    """An element's nearest ancestors."""
    for number, above in enumerate(element.iterancestors()):
        if number == count:
            return
        yield above
