"""مجمع العناوين: copies of an agency and a paper, a second article in the same container, advertisements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from html import escape
from zoneinfo import ZoneInfo

from newscrawl.article import Outcome
from tests.newsroom import furniture, listings, metadata, traps
from tests.newsroom.calendar_ar import saudi
from tests.newsroom.desk import Desk, Text
from tests.newsroom.furniture import Piece
from tests.newsroom.reply import HTML, Reply, always, page
from tests.newsroom.site import Link, Site
from tests.newsroom.sites.common import LANGUAGES, ODD, link, newest_first, odd_pieces, put_front_pages, trap

FIRST_ID = 730100
FIRST_COPY_ID = 730500
FIRST_ODD_ID = 730800
COPIES = 3
OWN_PARAGRAPH = (
    "وسأل «مجمع العناوين» قراءه في عكار عن أحوالهم، فكتب أبو نادر من بلدة العريضة أن جيرانه ما زالوا ينشلون "
    "الأثاث من الطين، وأن أحدا لم يحص بعد ما ضاع من مؤونة الشتاء."
)
"""What the aggregator adds to the paper's article."""
METADATA_SERVICE = "http://169.254.169.254/latest/"
ADVERTISEMENT = "http://ads.other-site.example/click?campaign=77&place=rss"


@dataclass(frozen=True)
class Story:
    """A piece with what the aggregator adds to it."""

    piece: Piece
    source: str = ""
    second: Piece | None = None
    """Another whole article under the first one."""


def build(desk: Desk, agency: Desk, agency_site: Site, paper: Desk) -> Site:
    """The whole site; its copies are of the agency's articles, and one of a paper's first edition."""
    site = Site("majma", "majma.example", "مجمع العناوين", ZoneInfo("Asia/Riyadh"), desk.edition)

    own = [Piece(text, _address(site, FIRST_ID + place * 3, text)) for place, text in enumerate(desk.texts)]
    copies = [
        Piece(text, _address(site, FIRST_COPY_ID + place, text))
        for place, text in enumerate([*copied(agency), extended(paper)])
    ]
    odd = odd_pieces(desk, lambda place, text: _address(site, FIRST_ODD_ID + place, text))
    pieces = [*own, *copies]
    stories = [
        *_own_stories(desk, own, site),
        *(Story(piece, piece.text.agency) for piece in copies),
    ]
    for story in stories:
        target = story.piece.url.removeprefix(site.url(""))
        site.put_article(target, story.piece.text, page(render(site, story, pieces)))
    for _, piece in odd:
        site.put(piece.url.removeprefix(site.url("")), page(render(site, Story(piece), pieces)))
    put_front_pages(site, pieces)
    site.put_robots("User-agent: *\nDisallow: /search\nDisallow: /wp-admin/\n")
    odd_links = [
        replace(link(desk, piece, ODD[kind]), language=LANGUAGES.get(kind, "ar")) for kind, piece in odd
    ]
    _put_listings(site, desk, pieces, odd_links, next(iter(agency_site.articles)))
    return site


def _address(site: Site, number: int, text: Text) -> str:
    return site.url(f"/{text.published.astimezone(site.zone):%Y/%m/%d}/news-{number}.html")


def copied(agency: Desk) -> list[Text]:
    """Exact copies of the agency's first steady articles: one under the same title, the others retitled."""
    return [
        replace(
            text,
            title=text.title if place == 0 else f"{text.section}: {text.title}",
            published=text.published + timedelta(minutes=25 + 10 * place),
            author="",
            agency="وكالة الساحل",
        )
        for place, text in enumerate(agency.steady()[:COPIES])
    ]


def extended(paper: Desk) -> Text:
    """The article that the paper is going to correct, as it first stood, and a paragraph of our own."""
    text = next(text for text in paper.texts if text.slug in paper.corrected)
    return replace(
        text,
        title=f"{text.section}: {text.title}",
        published=text.published + timedelta(minutes=50),
        body=(*text.body[:3], OWN_PARAGRAPH, *text.body[3:]),
        author="",
        agency="جريدة المرفأ",
    )


def _own_stories(desk: Desk, own: list[Piece], site: Site) -> list[Story]:
    """The site's own articles; the first steady one carries the second article."""
    seconds = [
        Piece(text, _address(site, FIRST_ID - 50 - place, text))
        for place, text in enumerate(desk.specials.get("second_article", ()))
    ]
    steady = [piece for piece in own if piece.text in desk.steady()]
    hosts = {host.url: second for host, second in zip(steady, seconds, strict=False)}
    return [Story(piece, piece.text.agency, hosts.get(piece.url)) for piece in own]


def _put_listings(site: Site, desk: Desk, pieces: Sequence[Piece], odd: list[Link], agency_url: str) -> None:
    near = pieces[0]
    inward = trap(
        site.put("/2026/11/07/news-730901.html", traps.redirect(METADATA_SERVICE)),
        "تنبيه للمشتركين",
        near,
        Outcome.FORBIDDEN_ADDRESS,
    )
    feed = [link(desk, piece) for piece in pieces]
    # One entry is wrapped in blanks and carries a fragment.
    feed[1] = replace(feed[1], url=f"\n    {feed[1].url}#top\n  ")
    feed = newest_first(feed)
    feed.insert(2, trap(ADVERTISEMENT, "إعلان: عروض نهاية الأسبوع", near, Outcome.OFF_SITE))
    feed.insert(5, trap(agency_url, "من وكالة الساحل مباشرة", near, Outcome.OFF_SITE))
    feed += [*odd, inward]
    site.put_listing("/rss", listings.RSS, listings.rss2(site.name, site.url("/"), feed), feed)
    moved = (
        '<!DOCTYPE html>\n<html lang="ar" dir="rtl"><head><meta charset="utf-8">'
        f"<title>{site.name}</title></head><body><h1>انتقلت خدمة الخلاصات</h1>"
        '<p>لم تعد هذه الخلاصة متاحة. عد إلى <a href="/">الصفحة الرئيسية</a>.</p></body></html>\n'
    )
    site.put("/feeds/latest", always(Reply(moved.encode(), content_type=HTML)))


def render(site: Site, story: Story, pieces: Sequence[Piece]) -> str:
    """An article's page, with all that the aggregator puts into the same container."""
    piece, text = story.piece, story.piece.text
    paragraphs = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in text.body)
    source = f"<p>المصدر: {escape(story.source)}</p>" if story.source else ""
    words = " ".join(f'<a href="/tag/{escape(tag)}">{escape(tag)}</a>' for tag in text.tags)
    others = "".join(
        f'<li><a href="{other.url}">{escape(other.text.title)}</a></li>'
        for other in furniture.neighbours(pieces, piece, 8)
    )
    return f"""<!DOCTYPE html>
<html lang="ar" dir="rtl">
{metadata.head(site, piece)}
<body class="rtl single-post">
<header id="header"><a class="logo" href="/">{site.name}</a>{furniture.nav()}</header>
<div class="container row"><div class="col-md-8">
<div class="crumbs"><a href="/">الرئيسية</a> »
<a href="{furniture.section_path(text.section)}">{escape(text.section)}</a></div>
<h1 class="post-title">{escape(text.title)}</h1>
<div class="post-meta">
<time datetime="{text.published.isoformat()}">{saudi(text.published, site.zone)}</time></div>
<figure class="post-image"><img src="{metadata.image(site, piece)}" alt=""></figure>
<div class="share-buttons">انشر الخبر على فيسبوك وواتساب وتلغرام</div>
<div class="post-content" id="content">
{paragraphs}
{source}
<p>كلمات دلالية: {words}</p>
{_second(story.second)}
<h3>مقالات مشابهة</h3>
<ul>{others}</ul>
</div>
<div class="telegram-box">تابع قناتنا على تلغرام لتصلك العناوين أولا بأول</div>
</div>
{furniture.sidebar(furniture.neighbours(pieces, piece, 4, 3))}
</div>
{furniture.footer(site.name)}
</body>
</html>
"""


def _second(second: Piece | None) -> str:
    if second is None:
        return ""
    paragraphs = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in second.text.body)
    return (
        f'<h3>إقرأ أيضاً:</h3>\n<h2><a href="{second.url}">{escape(second.text.title)}</a></h2>\n{paragraphs}'
    )
