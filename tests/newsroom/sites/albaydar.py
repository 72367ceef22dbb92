"""صحيفة البيدر: windows-1256 declared in every wrong way, RSS 1.0 and 0.91, a section page, false 304s."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from zoneinfo import ZoneInfo

from newscrawl.article import Outcome
from tests.newsroom import listings, traps
from tests.newsroom.calendar_ar import with_half_day
from tests.newsroom.desk import Desk
from tests.newsroom.furniture import SECTIONS, Piece, neighbours, section_path
from tests.newsroom.reply import Answer, Reply, always
from tests.newsroom.site import Link, Site
from tests.newsroom.sites.common import ODD, link, newest_first, odd_pieces, part, trap

FIRST_ID = 123
FIRST_ODD_ID = 823
ARABIC_WINDOWS = "windows-1256"
ARABIC_ISO = "iso-8859-6"
SECRET = "http://127.0.0.1:1/secret"


def build(desk: Desk) -> Site:
    """The whole site. It has no robots.txt."""
    site = Site("albaydar", "albaydar.example", "صحيفة البيدر", ZoneInfo("Africa/Cairo"), desk.edition)
    pieces = [
        Piece(text, site.url(f"/view.php?id={FIRST_ID + place}")) for place, text in enumerate(desk.texts)
    ]
    odd = odd_pieces(desk, lambda place, text: site.url(f"/view.php?id={FIRST_ODD_ID + place}"))
    ways = charset_ways(desk, pieces)
    for place, piece in enumerate(pieces):
        answer = ways[piece.url](partial(_page, site, piece, pieces, place))
        site.put_article(f"/view.php?id={FIRST_ID + place}", piece.text, answer)
    for place, (_, piece) in enumerate(odd):
        html = _page(site, piece, pieces, 1, ARABIC_WINDOWS)
        site.put(f"/view.php?id={FIRST_ODD_ID + place}", _encoded(html, ARABIC_WINDOWS, None))
    _put_listings(site, desk, pieces, [link(desk, piece, ODD[kind]) for kind, piece in odd])
    return site


Render = Callable[[str], str]
"""A page's HTML for the charset that its meta element is to declare ('' for none)."""
Way = Callable[[Render], Answer]
"""How a page is encoded and what it says about it."""


def charset_ways(desk: Desk, pieces: Sequence[Piece]) -> dict[str, Way]:
    """How each page declares its charset: most in the meta or in the header, three in ways of their own."""
    steady = [piece for piece in pieces if piece.text in desk.steady()]
    ways: dict[str, Way] = {
        piece.url: (_in_meta, _in_header)[place % 2] for place, piece in enumerate(pieces)
    }
    ways[steady[2].url] = _lying_header
    ways[steady[3].url] = _undeclared
    plain = next((piece for piece in steady[4:] if _fits(piece, ARABIC_ISO)), steady[4])
    ways[plain.url] = _iso
    return ways


def _in_meta(render: Render) -> Answer:
    return _encoded(render(ARABIC_WINDOWS), ARABIC_WINDOWS, None)


def _in_header(render: Render) -> Answer:
    return _encoded(render(""), ARABIC_WINDOWS, ARABIC_WINDOWS)


def _lying_header(render: Render) -> Answer:
    return _encoded(render(ARABIC_WINDOWS), ARABIC_WINDOWS, "UTF-8")


def _undeclared(render: Render) -> Answer:
    return _encoded(render(""), ARABIC_WINDOWS, None)


def _iso(render: Render) -> Answer:
    return _encoded(render(""), ARABIC_ISO, ARABIC_ISO)


def _encoded(html: str, charset: str, header: str | None) -> Answer:
    content_type = f"text/html; charset={header}" if header else "text/html"
    return always(Reply(html.encode(charset, "xmlcharrefreplace"), content_type=content_type))


def _fits(piece: Piece, charset: str) -> bool:
    try:
        "".join([piece.text.title, *piece.text.body]).encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def _put_listings(site: Site, desk: Desk, pieces: list[Piece], odd: list[Link]) -> None:
    near, home = pieces[0], site.url("/")
    gone = trap(site.put("/view.php?id=901", traps.error(410)), "خبر محذوف", near, Outcome.HTTP_ERROR)
    huge = trap(site.put("/view.php?id=902", traps.huge), "ملف كامل", near, Outcome.TOO_LARGE)
    document = trap(site.put("/view.php?id=903", traps.pdf), "نص القانون", near, Outcome.NOT_ARTICLE)
    inward = trap(
        site.put("/view.php?id=904", traps.redirect(SECRET)), "لوحة التحكم", near, Outcome.FORBIDDEN_ADDRESS
    )
    steady = [piece for piece in pieces if piece.text in desk.steady()]
    economy = [piece for piece in steady if section_path(piece.text.section) == "/section/economy"]
    economy = economy or steady[-3:]
    # Economy is found on its section page only, but for one article that the feed has as well.
    others = [piece for piece in pieces if piece not in economy[1:]]

    feed = newest_first([link(desk, piece) for piece in part(desk, others, 0, 0.6)] + [gone, huge]) + odd
    body = listings.rss1(site.name, home, feed)
    site.put_listing("/rdf.php", "application/rdf+xml; charset=utf-8", body, feed, lying=True)

    old = [link(desk, piece) for piece in part(desk, others, 0.5, 1)] + [document]
    site.put_listing("/rss091.php", "text/xml", listings.rss091(site.name, home, old), old)
    site.put("/feeds/down.php", traps.error(500))

    for key, name in SECTIONS:
        own = [piece for piece in pieces if section_path(piece.text.section) == f"/section/{key}"]
        if key != "economy":
            site.put(f"/section/{key}", _encoded(_list_page(site, name, own), ARABIC_WINDOWS, None))
    rows = [link(desk, piece) for piece in economy] + [inward]
    shown = [*economy, Piece(near.text, inward.url)]
    html = _list_page(site, "اقتصاد", shown).encode(ARABIC_WINDOWS, "xmlcharrefreplace")
    site.put_listing("/section/economy", f"text/html; charset={ARABIC_WINDOWS}", html, rows)
    site.put("/", _encoded(_list_page(site, "الصفحة الأولى", pieces), ARABIC_WINDOWS, None))


def _menu() -> str:
    return " | ".join(f'<a href="/section/{key}">{name}</a>' for key, name in SECTIONS)


def _shell(site: Site, title: str, head: str, content: str, side: str) -> str:
    """The layout of every page: tables in tables."""
    return f"""<html dir="rtl">
<head>{head}
<title>{escape(title)}</title>
</head>
<body bgcolor="#ffffff" topmargin="0">
<table width="980" align="center" border="0">
<tr><td colspan="2"><font size="6"><a href="/">{site.name}</a></font></td></tr>
<tr><td colspan="2" bgcolor="#dddddd">{_menu()}</td></tr>
<tr>
<td width="700" valign="top">
{content}
</td>
<td width="280" valign="top" bgcolor="#f5f5f5">
{side}
</td>
</tr>
<tr><td colspan="2" align="center"><font size="1">جميع الحقوق محفوظة {site.name} &copy; 2026
 - <a href="/contact.php">اتصل بنا</a>
 - <a href="javascript:void(0)">اجعلنا صفحتك الرئيسية</a></font></td></tr>
</table>
</body>
</html>
"""


def _list_page(site: Site, heading: str, pieces: Sequence[Piece]) -> str:
    rows = "\n".join(
        f'<a href="{_relative(site, piece)}"><img src="/thumb/{place}.gif" border="0"></a> '
        f'<a href="{_relative(site, piece)}"><b>{escape(piece.text.title)}</b></a><br>'
        f"{escape(piece.text.summary)}<br><br>"
        for place, piece in enumerate(pieces)
    )
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={ARABIC_WINDOWS}">'
    side = '<a href="?page=2">الصفحة التالية</a><br><a href="mailto:desk@albaydar.example">راسلنا</a>'
    return _shell(site, f"{heading} - {site.name}", meta, f"<h2>{heading}</h2>\n{rows}", side)


def _relative(site: Site, piece: Piece) -> str:
    return escape(piece.url.removeprefix(site.url("")))


def _page(site: Site, piece: Piece, pieces: Sequence[Piece], place: int, charset: str) -> str:
    """An article: broken into lines by <br>, dated by a visible line and, but for every fourth, a meta."""
    text = piece.text
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">\n' if charset else ""
    head += f'<meta name="description" content="{escape(text.summary)}">'
    if place % 4:
        head += f'\n<meta property="article:published_time" content="{text.published.isoformat()}">'
    if text.modified:
        head += f'\n<meta property="article:modified_time" content="{text.modified.isoformat()}">'
    byline = f"<font color='#666666'>كتب: {escape(text.author)}</font><br>\n" if text.author else ""
    lines = "\n<br><br>\n".join(escape(paragraph) for paragraph in text.body)
    side = "<b>الأكثر قراءة</b><br>\n" + "<br>\n".join(
        f'&#8226; <a href="{_relative(site, other)}">{escape(other.text.title)}</a>'
        for other in neighbours(pieces, piece, 5, 2)
    )
    content = f"""<a href="/">الرئيسية</a> &raquo;
<a href="{section_path(text.section)}">{escape(text.section)}</a><br>
<h1><font color="#003366">{escape(text.title)}</font></h1>
<font size="2" color="#999999">{with_half_day(text.published, site.zone)}</font><br>
{byline}<table align="left" width="300"><tr><td><img src="/photo/{text.slug}.jpg" width="300"></td></tr>
<tr><td align="center"><font size="1">صورة أرشيفية</font></td></tr></table>
<div id="news_text">
{lines}
</div>
<br><a href="print.php">طباعة</a> | <a href="send.php">أرسل لصديق</a> | <a href="#">أضف تعليقا</a>"""
    return _shell(site, f"{site.name} - {text.title}", head, content, side)
