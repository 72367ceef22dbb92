"""A section page → the links on it that look like articles."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote, urlsplit

import lxml.html
from lxml import etree

from newscrawl.discovery.links import clean_title, tidy_url
from newscrawl.discovery.listing import Candidate, Listing, Place
from newscrawl.outlets.domains import registered_domain

_MAX_TITLE = 300
"""A link's text longer than this is a whole card, not a headline."""

_MENU_ROLES = frozenset({"navigation", "menu", "menubar"})
_MENU_NAME = re.compile(r"(?:^|[\s_-])(?:menu|navbar|nav|navigation)(?=$|[\s_-])", re.I)
_FOLDERS = 10
"""How many slashes of an address are looked at."""
_MENU_DEPTH = 12
"""How far above a link its menu is looked for: pages nest thousands deep."""

# Files that are not pages; `.aspx`, `.php`, `.htm(l)` are.
_FILE = re.compile(
    r"\.(?:jpe?g|jfif|png|gif|webp|avif|svg|ico|pdf|docx?|xlsx?|pptx?|zip|rar|gz|mp[34]|m4[av]|mov|webm|m3u8|"
    r"css|js|json|xml|rss|atom|txt|apk|exe|woff2?|ttf)$",
    re.I,
)

# Path segments that name a listing, a person, an account or the house itself, never an article.
# Common names, English and Arabic, put together by hand: add what a site shows to be missing.
# fmt: off
_NOT_ARTICLES = frozenset({
    "tag", "tags", "topic", "topics", "keyword", "keywords", "label", "author", "authors", "writer",
    "writers", "columnist", "columnists", "category", "categories", "cat", "page", "archive",
    "archives", "search", "find", "login", "log-in", "signin", "sign-in", "signup", "sign-up",
    "register", "registration", "logout", "account", "accounts", "profile", "user", "users",
    "member", "members", "subscribe", "subscription", "newsletter", "newsletters", "rss",
    "rss-feeds", "feed", "feeds", "sitemap", "sitemaps", "about", "about-us", "aboutus", "contact",
    "contact-us", "contactus", "privacy", "privacy-policy", "terms", "terms-of-use",
    "terms-and-conditions", "cookies", "cookie-policy", "advertise", "advertise-with-us", "careers",
    "jobs", "faq", "help", "live-stream", "livestream", "frequencies", "weather", "prayer-times",
    "currency", "print", "share", "email", "cart", "checkout", "wp-admin", "wp-content",
    "wp-includes", "wp-json", "wp-login.php", "cdn-cgi", "xmlrpc.php", "وسم", "وسوم", "تصنيف",
    "كاتب", "كتاب-الرأي", "من-نحن", "اتصل-بنا", "تواصل-معنا", "سياسة-الخصوصية", "شروط-الاستخدام",
})
# fmt: on

_ID = re.compile(r"\d{5,}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{24,}", re.I)
_DATED_PATH = re.compile(
    r"/(?:19|20)\d{2}[/-]?\d{1,2}[/-]?\d{1,2}/|/\d{1,2}/\d{1,2}/20\d{2}/|/(?:19|20)\d{2}/\d{1,2}/"
)
_ARTICLE_SEGMENT = re.compile(
    r"^(?:articles?|story|stories|news|details?|post|node|show|show-news|view|permalink|newdetails|content)$",
    re.I,
)
# SPIP's addresses: `spip.php?article12`, `?breve7`, `article12.html`; `rubrique3` and `mot5` are listings.
_NAMED_NUMBER = re.compile(r"(?:article|breve|brève|story|post|item)[-_]?\d+", re.I)
_ITS_NUMBER = re.compile(
    r"id[-_]?(?:article|breve|news|story|post|item)|(?:article|news|story|post)_?id", re.I
)
# What says of itself that it is one article, so that any number after it will do.
_ONE = re.compile(
    r"article|story|post|node|details?|permalink|(?:news|article|story)[-_]?(?:details?|item|view)|"
    r"(?:show|view|read)[-_]?(?:news|article|story|details?)|خبر|مقال|مقالة|تقرير|تفاصيل",
    re.I,
)
_EXTENSION = re.compile(r"\.(?:html?|aspx?|php|jsp)$")
_FULL_DAY = re.compile(
    r"/(?:(?:19|20)\d{2}([/-])\d{1,2}\1\d{1,2}|\d{1,2}([/-])\d{1,2}\2(?:19|20)\d{2}|20\d{2}[01]\d[0-3]\d)"
    r"/[^/]*[^\W\d_]{2}"
)
_CODE = re.compile(r"^(?=\D*\d)[\w.-]{3,}$|^\d{3,}$")
_ID_PARAMETER = re.compile(
    r"(?:article|news|story|post|item|n|a)?_?id|nid|aid|sid|p|ref_?no|story|article|idnews", re.I
)


def looks_like_article(url: str) -> bool:
    """Tell whether an address looks like one article's, for sites whose pattern we do not know.

    No: home pages, files, and paths with a segment such as `tag`, `author`, `category`, `page`,
    `login`, `search`. Yes: an id of five digits or more, a UUID or a hash in the path; a last
    segment of four words or more (two under a month, one under a day), or an earlier one of
    five; a number right after the word `article` (`article12.html`, `/article/12`, `?id_article=12`,
    `details.php?id=12`); a code with a digit after `articles`, `news`, `stories`…; a query such as
    `id=1234`. Everything else: no.

    >>> looks_like_article("https://news.example/politics/1554624")
    True
    >>> looks_like_article("https://news.example/رئيس-الدولة-يستقبل-رئيسة-ديوان/")
    True
    >>> looks_like_article("https://news.example/ar/article/c2ghj1f-جري")
    True
    >>> looks_like_article("https://news.example/view.aspx?cdate=17032020&id=1234")
    True
    >>> looks_like_article("https://news.example/2020/03/20/غلق-سوق-السيارات")
    True
    >>> any(map(looks_like_article, (
    ...     "https://news.example/", "https://news.example/sport", "https://news.example/tag/a-b-c-d-e",
    ...     "https://news.example/author/12345", "https://news.example/category/news/page/100000",
    ...     "https://news.example/img/1554624.jpg", "https://news.example/login?id=12345")))
    False
    """
    parts = urlsplit(url)
    path = unquote(parts.path).lower()
    segments = [segment for segment in path.split("/") if segment]
    if not segments and not parts.query:
        return False
    script = _EXTENSION.sub("", segments[-1]) if segments else ""
    if _FILE.search(path) or not _NOT_ARTICLES.isdisjoint([*segments, script]):
        return False
    return _path_names_one(path, segments) or _query_names_one(parts.query, script)


def _query_names_one(query: str, script: str) -> bool:
    """A parameter that is named after articles needs one digit; `id`, `p` and the like need a longer code.

    `id` needs one digit, too, where the script or another parameter says that one article is shown.
    """
    parameters = parse_qsl(query, keep_blank_values=True)
    one = any(_ONE.fullmatch(word) for word in (script, *(value for _, value in parameters)))
    return any(
        (_ITS_NUMBER.fullmatch(name) and value.isdigit())
        or (one and _ID_PARAMETER.fullmatch(name) and re.match(r"\d+(?::|$)", value))
        or (_ID_PARAMETER.fullmatch(name) and _CODE.fullmatch(value))
        or _NAMED_NUMBER.fullmatch(value if name == "page" else "" if value else name)
        for name, value in parameters
    )


def _path_names_one(path: str, segments: list[str]) -> bool:
    if not segments:
        return False
    last = _EXTENSION.sub("", segments[-1])
    # Eight digits alone can be an id or a day (/2020/20200221/): a day names no article by itself.
    if any(_ID.search(segment) for segment in (*segments[:-1], last) if not _is_day(segment)):
        return True
    # Nothing but articles stands under a day, however short their slugs are.
    if _FULL_DAY.search(path) or _NAMED_NUMBER.fullmatch(last):
        return True
    dated = bool(_DATED_PATH.search(path))
    # A slug need not come last (/slug/105/7493), but a section's name has four words at most.
    if _words_in(last) >= (2 if dated else 4) or any(_words_in(segment) >= 5 for segment in segments[:-1]):
        return True
    before = segments[-2] if len(segments) >= 2 else ""
    if (_ARTICLE_SEGMENT.match(before) and _CODE.match(last)) or (_ONE.fullmatch(before) and last.isdigit()):
        return True
    return dated and bool(_CODE.match(last)) and not re.fullmatch(r"\d{1,2}", last)


def _words_in(segment: str) -> int:
    return sum(1 for word in re.split(r"[-_+ .،؟!:]+", segment) if word)


def _is_day(segment: str) -> bool:
    return bool(re.fullmatch(r"20\d{2}[01]\d[0-3]\d", segment))


def read_section(content: bytes, place: Place, article_pattern: re.Pattern[str] | None = None) -> Listing:
    """Read the article links of an HTML page, once each, in the page's order. `content` is UTF-8.

    With `article_pattern` (an outlet's `article_url`), the links that match it; without, the links
    within the page's own site for which `looks_like_article` holds and that the page does not use
    as sections (`_listings`). A link's title is its headline
    text, the longest where several links lead to one article (picture, headline, “read more”).
    """
    found: dict[str, str] = {}
    links = list(page_links(content, place.url))
    own_site = registered_domain(place.url)
    page = tidy_url(place.url)
    listings = frozenset() if article_pattern else _listings(links)
    for url, text, _ in links:
        if url == page or url in listings:
            continue
        if article_pattern:
            accepted = matches(article_pattern, url)
        else:
            accepted = registered_domain(url) == own_site and looks_like_article(url)
        if accepted:
            found[url] = max(found.get(url, ""), text, key=len)
    limit = place.limits.max_candidates
    candidates = [Candidate(url, "section", place.url, title) for url, title in found.items()][:limit]
    problems = []
    if not candidates:
        why = "matches the outlet's article_url" if article_pattern else "looks like an article"
        problems.append(
            f"{place.url}: none of the {len(links)} links on the page {why}. Open it in a browser: if the "
            "articles appear only there, JavaScript draws the page and the outlet needs a feed or sitemap."
        )
    if len(found) > limit:
        problems.append(f"{place.url}: {len(found):,} links, of which the first {limit:,} are read.")
    return Listing("html", candidates, problems=problems)


def matches(pattern: re.Pattern[str], url: str) -> bool:
    """Tell whether an article pattern fits a URL, in the escaped spelling or the readable one.

    >>> matches(re.compile("https://news.example/أخبار/"), "https://news.example/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/7")
    True
    """
    return bool(pattern.match(url) or ("%" in url and pattern.match(unquote(url))))


def _listings(links: list[tuple[str, str, bool]]) -> frozenset[str]:
    """The addresses that a page uses as sections, however many words their names have.

    Other links of the page lie below a section, or its navigation names it; an article's own number or day
    outweighs both.
    """
    folders = {folder for url in {url for url, _, _ in links} for folder in _folders(url)}
    return frozenset(
        url
        for url, _, in_menu in links
        if (in_menu or url.rstrip("/") in folders) and not re.search(r"\d", unquote(urlsplit(url).path))
    )


def _folders(url: str) -> list[str]:
    """The folders above an address whose last part alone could be an article (`/…/amp` could not)."""
    parts = url.rstrip("/").split("/", _FOLDERS)
    if not looks_like_article("/".join([*parts[:3], parts[-1]])):
        return []
    return ["/".join(parts[:end]) for end in range(4, len(parts))]


def page_links(content: bytes, url: str) -> Iterator[tuple[str, str, bool]]:
    """Yield every `<a href>` of a page, honouring `<base>`. Never raises.

    As (tidied absolute URL, text, whether it stands in the site's navigation).
    """
    document = parse_html(content)
    if document is None:
        return
    base = document_base(document, url)
    for anchor in document.iter("a"):
        link = tidy_url(anchor.get("href") or "", base)
        if link:
            yield link, _headline(anchor), _in_menu(anchor)


def parse_html(content: bytes) -> lxml.html.HtmlElement | None:
    """Return the page's tree, None when there is no element in it. `content` is UTF-8; never raises."""
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True)
    try:
        content = content.replace(b"\x00", b"")
        if (tag := content.rfind(b"<")) > content.rfind(b">"):
            content = content[:tag]  # cut off in a tag, maybe in its link
        return lxml.html.document_fromstring(content, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def document_base(document: lxml.html.HtmlElement, url: str) -> str:
    """Return what a page's relative links are relative to."""
    for element in document.iter("base"):
        return tidy_url(element.get("href") or "", url) or url
    return url


def _in_menu(anchor: lxml.html.HtmlElement) -> bool:
    """Tell whether a link is an entry of a menu; one with a picture or a heading is a teaser in it."""
    if any(True for _ in anchor.iter("img", "h1", "h2", "h3", "h4", "h5", "h6")):
        return False
    for element in itertools.islice(anchor.iterancestors(), _MENU_DEPTH):
        if element.tag == "article":
            return False
        if element.tag == "nav" or (element.get("role") or "").lower() in _MENU_ROLES:
            return True
        if element.tag in ("ul", "ol", "div") and _MENU_NAME.search(
            f"{element.get('class') or ''} {element.get('id') or ''}"
        ):
            return True
    return False


def _headline(anchor: lxml.html.HtmlElement) -> str:
    """Return what the link says: a heading in it, else its text, else its title or its picture's."""
    for heading in anchor.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        if text := clean_title(_words(heading)):
            return text
    text = clean_title(_words(anchor))
    if text and len(text) <= _MAX_TITLE:
        return text
    for value in (
        anchor.get("title"),
        anchor.get("aria-label"),
        *(image.get("alt") for image in anchor.iter("img")),
    ):
        if value and value.strip():
            return clean_title(value)[:_MAX_TITLE]
    return ""


def _words(element: lxml.html.HtmlElement) -> str:
    return " ".join(str(piece) for piece in element.itertext())
