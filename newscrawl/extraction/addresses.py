"""What the address of a page says of the page's kind, on sites whose own patterns nobody has written down."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from newscrawl.outlets.model import Outlet


@dataclass(frozen=True, slots=True)
class Address:
    """A page's kind by its address."""

    kind: str = ""
    """home, section, tag, author, search, archive, page (of a listing), live blog, live stream, video, audio,
    gallery, house; "" where the address does not say."""
    evidence: str = ""
    """The part of the address that says so, readable."""
    may_be_article: bool = False
    """What follows that part looks like an article's day, id or slug, so the page itself must decide."""


LISTINGS = frozenset({"home", "section", "tag", "author", "search", "archive", "page"})
"""The kinds that list articles."""

# Path segments, English and Arabic, as seen in the addresses of Arabic sites and in the default
# addresses of WordPress, Drupal, Blogger and Joomla; add what a site shows to be missing.
_SEGMENTS = {
    "section": "section sections category categories cat تصنيف تصنيفات قسم اقسام أقسام الاقسام الأقسام",
    "tag": "tag tags topic topics keyword keywords label labels taxonomy وسم وسوم الوسوم كلمات-مفتاحية",
    "author": "author authors writer writers columnist columnists كاتب الكاتب كتاب-الرأي "
    "كتاب-المقالات المؤلف",
    "search": "search searchresults search-results بحث البحث نتائج-البحث",
    "archive": "archive archives أرشيف ارشيف الأرشيف الارشيف",
    "live blog": "liveblog liveblogs live-blog live-blogs live-updates liveupdates live-coverage "
    "livecoverage تغطية-مباشرة تغطية-حية",
    "video": "video videos vod watch videogallery video-gallery reels shorts فيديو الفيديو فيديوهات مرئيات "
    "episode episodes shows program programs programme programmes برامج البرامج حلقات",
    "audio": "podcast podcasts audio audios radio بودكاست صوتيات راديو",
    "gallery": "gallery galleries photo photos photogallery photo-gallery photo-galleries album albums "
    "slideshow slideshows images pictures in-pictures imagegallery صور الصور "
    "ألبوم البوم ألبومات معرض-الصور بالصور "
    "infographic infographics infograph caricature caricatures cartoon cartoons كاريكاتير "
    "كاريكاتور انفوجرافيك إنفوجرافيك انفوغرافيك إنفوغرافيك انفوغراف إنفوغراف",
}
_LAST_SEGMENTS = {
    "live stream": "live livestream live-stream live-tv livetv بث-مباشر البث-المباشر البث-الحي مباشر",
    "house": "about about-us aboutus who-we-are contact contact-us contactus privacy privacy-policy "
    "terms terms-of-use terms-and-conditions cookies cookie-policy advertise advertise-with-us careers jobs "
    "faq help sitemap site-map "
    "login log-in signin sign-in signup sign-up register account "
    "subscribe subscription subscriptions newsletter newsletters من-نحن اتصل-بنا تواصل-معنا أعلن-معنا "
    "اعلن-معنا سياسة-الخصوصية شروط-الاستخدام الشروط-والأحكام تسجيل-الدخول هيئة-التحرير",
    # A column of the whole edition's articles, under its own name.
    "section": "latest latest-news last-news آخر-الأخبار اخر-الاخبار أحدث-الأخبار most-read الأكثر-قراءة",
}
_HOMES = frozenset("index home default main homepage ar arabic ara الرئيسية".split())
_PARAMETERS = {
    "s": "search",
    "q": "search",
    "query": "search",
    "search": "search",
    "keyword": "search",
    "cat": "section",
    "category": "section",
    "tag": "tag",
    "author": "author",
    "paged": "page",
    "page": "page",
}
_SUBJECTS = frozenset({"topic", "topics"})
"""A tag's name on news sites, the folder of articles in reference works: the page itself decides."""
_TRACKING = re.compile(r"utm_\w+|[fg]clid|ref|src|v|ver|_")


def _kinds(table: dict[str, str]) -> dict[str, str]:
    return {segment: kind for kind, segments in table.items() for segment in segments.split()}


_KINDS = _kinds(_SEGMENTS)
_LAST_KINDS = _kinds(_LAST_SEGMENTS)
_EXTENSION = re.compile(r"\.(?:html?|aspx?|php\d?|jsp|cfm)$")
_NUMBER = re.compile(r"\d{1,4}")
_ANY_DIGIT = re.compile(r"\d")
_ID = re.compile(r"\d{5,}|[0-9a-f]{8}-[0-9a-f]{4}-|[0-9a-f]{24}")
_DATED = re.compile(r"(?:^|/)(?:19|20)\d\d[/-]\d{1,2}(?:[/-]\d{1,2})?/[^/]*[^\d/]")
_LANGUAGE = re.compile(r"[a-z]{2}(?:-[a-z]{2})?|arabic")
_BREAKS = re.compile(r"[-_+ .،]+")
SLUG_WORDS = 4
"""A section's name has three words at most, a headline four and more."""
LONG_SLUG_WORDS = 6
"""Right after `/tag/` even a name can have four words (كأس-العالم-للأندية-2025)."""


def read_address(url: str) -> Address:
    """The kind of page that an address names; an empty one where it says nothing. Never raises."""
    try:
        parts = urlsplit(url)
        query = parse_qsl(parts.query)
    except ValueError:
        return Address()
    segments = [segment.strip() for segment in unquote(parts.path).lower().split("/") if segment.strip()]
    if segments:
        segments[-1] = _EXTENSION.sub("", segments[-1])
    if all(segment in _HOMES or _LANGUAGE.fullmatch(segment) for segment in segments):
        return _root(query, segments)
    return _paged(segments) or _last(segments) or _within(segments, bool(query)) or Address()


def is_article_address(url: str, outlet: Outlet | None) -> bool:
    """Whether the outlet's own `article_url` pattern fits, in the escaped spelling or the readable one."""
    pattern = outlet.article_pattern if outlet else None
    return bool(pattern and (pattern.match(url) or ("%" in url and pattern.match(unquote(url)))))


def _root(query: list[tuple[str, str]], segments: list[str]) -> Address:
    """The home page, unless the query says more (`/?p=123` is an article of WordPress)."""
    for name, value in query:
        kind = _PARAMETERS.get(name.lower())
        if kind and value and (kind != "page" or _NUMBER.fullmatch(value)):
            return Address(kind, f"?{name}=")
    if any(_ANY_DIGIT.search(value) and not _TRACKING.fullmatch(name.lower()) for name, value in query):
        return Address()
    if any(_LANGUAGE.fullmatch(segment) and segment not in _HOMES for segment in segments[1:]):
        return Address()  # /ar/uk is a section
    return Address("home", "/" + "/".join(segments))


def _paged(segments: list[str]) -> Address | None:
    if len(segments) >= 2 and segments[-2] in ("page", "صفحة") and _NUMBER.fullmatch(segments[-1]):
        return Address("page", f"/{segments[-2]}/{segments[-1]}")
    return None


def _last(segments: list[str]) -> Address | None:
    kind = _LAST_KINDS.get(segments[-1])
    return Address(kind, f"/{segments[-1]}") if kind else None


def _within(segments: list[str], query: bool) -> Address | None:
    for place, segment in enumerate(segments):
        kind = _KINDS.get(segment)
        if not kind:
            continue
        rest = segments[place + 1 :]
        if kind == "archive" and not all(_NUMBER.fullmatch(part) for part in rest):
            continue  # /archives/12345 and /archive/2020/1/2/slug are articles
        if kind in ("section", "tag", "author") and not rest and not query and place:
            continue  # /news/topic: a slug of one word
        return Address(kind, f"/{segment}/", segment in _SUBJECTS or _reads_like_article(rest))
    return None


def _reads_like_article(rest: list[str]) -> bool:
    """Whether what follows `/tag/`, `/category/` or `/author/` is more than a name and its number."""
    if _DATED.search("/".join(rest)):
        return True
    if rest and _words(rest[0]) >= LONG_SLUG_WORDS:
        return True
    return any(_ID.search(part) or _words(part) >= SLUG_WORDS for part in rest[1:])


def _words(segment: str) -> int:
    return sum(1 for word in _BREAKS.split(segment) if word)
