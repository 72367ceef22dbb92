"""Small pages of every kind that is no article, and as many true articles that look like one."""

import json
import time

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.article import Outcome
from newscrawl.extraction.addresses import read_address
from newscrawl.extraction.kinds import not_an_article
from newscrawl.extraction.metadata import read_metadata
from newscrawl.outlets import Outlet
from newscrawl.page import read_page

SITE = "https://www.sahifa.example"
OUTLET = Outlet.model_validate(
    {
        "id": "sahifa",
        "name": "الصحيفة",
        "name_en": "Sahifa",
        "domain": "sahifa.example",
        "homepage": f"{SITE}/",
        "country": "SA",
        "kind": "newspaper",
        "timezone": "Asia/Riyadh",
        "feeds": [f"{SITE}/feed"],
        "article_url": r"https?://(?:www\.)?sahifa\.example/(?:[\w-]+/)*\d{5,}(?:/|$)",
    }
)

SENTENCES = (
    "أعلنت بلدية المدينة أمس بدء أعمال توسعة الطريق الدائري بعد توقف دام ثلاثة أشهر بسبب نقص التمويل.",
    "وقال رئيس البلدية في مؤتمر صحفي إن المرحلة الأولى ستنتهي قبل نهاية العام وتشمل جسرين ونفقا للمشاة.",
    "وأوضح أن الشركة المنفذة تعهدت بالعمل ليلا لتخفيف الازدحام عن السكان الذين اشتكوا من إغلاق المداخل.",
    "وتبلغ كلفة المشروع نحو أربعين مليونا يمول نصفها صندوق التنمية على أن تسدد البلدية الباقي في خمس سنوات.",
    "ورحب تجار السوق القديم بالقرار لكنهم طالبوا بتعويض عن الخسائر التي لحقت بمحالهم طوال فترة الإغلاق.",
    "ومن المقرر أن يعقد المجلس البلدي جلسة مفتوحة الأسبوع المقبل للاستماع إلى ملاحظات الأهالي والمهندسين.",
)
HEADLINES = (
    "البلدية تبدأ توسعة الطريق الدائري بعد توقف",
    "مزارعو الوادي يطالبون بتعويضات عن موسم الجفاف",
    "افتتاح مكتبة عامة جديدة في الحي الشرقي",
    "المنتخب يختتم معسكره استعدادا للتصفيات الآسيوية",
    "ارتفاع أسعار الخضار مع دخول فصل الشتاء",
    "وزارة الصحة تطلق حملة تطعيم في المدارس",
    "توقيع اتفاقية لبناء محطة تحلية على الساحل",
    "معرض للخط العربي يجمع فنانين من سبع دول",
    "إغلاق الميناء القديم تمهيدا لأعمال الترميم",
    "الجامعة تستقبل ثلاثة آلاف طالب هذا العام",
    "سباق الهجن يعود بعد غياب دام عامين",
    "اكتشاف نقوش أثرية قرب القلعة الجنوبية",
)
FULL = "\n\n".join(SENTENCES)
SHORT = "\n\n".join(SENTENCES[:2])
"""A report of some thirty words."""
HALF = "\n\n".join(SENTENCES[:3])
TITLE = HEADLINES[0]


def jsonld(kind, **more):
    value = {"@context": "https://schema.org", "@type": kind, **more}
    return f'<script type="application/ld+json">{json.dumps(value, ensure_ascii=False)}</script>'


def og(kind):
    return f'<meta property="og:type" content="{kind}">'


NEWS = jsonld("NewsArticle", headline=TITLE, datePublished="2026-11-01T10:00:00+03:00")
PUBLISHED = '<meta property="article:published_time" content="2026-11-01T10:00:00+03:00">'


def paragraphs(body):
    return "".join(f"<p>{line}</p>" for line in body.split("\n\n") if line)


def document(inside, *, title=TITLE, head="", css=""):
    menu = "<nav><ul><li><a href='/'>الرئيسية</a></li><li><a href='/sport'>رياضة</a></li></ul></nav>"
    return (
        f"<html lang='ar'><head><meta charset='utf-8'><title>{title} - الصحيفة</title>{head}</head>"
        f"<body class='{css}'>{menu}<main>{inside}</main>"
        "<footer><a href='/about'>من نحن</a><p>جميع الحقوق محفوظة</p></footer></body></html>"
    )


def article(body=FULL, *, title=TITLE, head="", inside="", css="", h1=True):
    """A page that holds an article."""
    heading = f"<h1>{title}</h1>" if h1 else ""
    return document(
        f"<article>{heading}<div class='text'>{paragraphs(body)}</div>{inside}</article>",
        title=title,
        head=head,
        css=css,
    )


def cards(count=12, teasers=True):
    """Cards of other articles, and the text that an extractor reads from them."""
    markup, texts = [], []
    for place in range(count):
        headline = HEADLINES[place % len(HEADLINES)]
        teaser = SENTENCES[place % len(SENTENCES)] if teasers else ""
        markup.append(
            f"<div class='card'><a href='/news/{place + 70000}'><img src='/{place}.jpg'></a>"
            f"<h3><a href='/news/{place + 70000}'>{headline}</a></h3>"
            f"<span>12 نوفمبر</span>{f'<p>{teaser}</p>' if teaser else ''}</div>"
        )
        texts += [headline, teaser] if teaser else [headline]
    return "".join(markup), "\n\n".join(filter(None, texts))


CARDS, CARD_TEXT = cards()
LINKED = "".join(f"<li><a href='/news/{n}'>{h}</a></li>" for n, h in enumerate(HEADLINES))
LINK_TEXT = "\n\n".join(HEADLINES)
WHOLE_CARDS = "".join(
    f"<a href='/n/{n}'><h3>{HEADLINES[n]}</h3><p>{SENTENCES[n]}</p></a>" for n in range(len(SENTENCES))
)


def listing(*, title="رياضة", head="", css="", inside=CARDS):
    return document(f"<h1>{title}</h1>{inside}", title=title, head=head, css=css)


def entries(count, kind="entry"):
    return "".join(
        f"<div class='{kind}'><span class='time'>1{n % 10}:{n % 6}0</span>"
        f"<p>{SENTENCES[n % len(SENTENCES)]}</p></div>"
        for n in range(count)
    )


YOUTUBE = "<iframe src='https://www.youtube.com/embed/abc'></iframe>"
GALLERY = "".join(
    f"<figure><img src='/{n}.jpg'><figcaption>{text}</figcaption></figure>"
    for n, text in enumerate(SENTENCES)
)
BALLOT = (
    "<form><label><input type='radio' name='choice' value='1'>نعم</label>"
    "<label><input type='radio' name='choice' value='2'>لا</label><button>صوت</button></form>"
)
ERROR = "عذراً، الصفحة التي تبحث عنها غير موجودة أو ربما تم نقلها إلى عنوان آخر."
LOCKED = jsonld("NewsArticle", headline=TITLE, isAccessibleForFree=False)
WALL = "<div class='wall'>هذا المقال متاح للمشتركين فقط</div>"


def page(name, path, html, body=""):
    return pytest.param(f"{SITE}{path}", html, body, id=name)


REJECTED = [
    # ---- home
    page("home", "/", listing(title="الصحيفة"), CARD_TEXT),
    page("home with article marks", "/", article(head=NEWS), FULL),
    page("home of the Arabic edition", "/ar", listing(), CARD_TEXT),
    page("home, index", "/ar/index.html", listing(), CARD_TEXT),
    page("home, tracked", "/?utm_source=x1&fbclid=Ab12", listing(), CARD_TEXT),
    page("home by class", "/start-here", listing(css="home blog rtl"), CARD_TEXT),
    # ---- sections
    page("section", "/section/economy", listing(), CARD_TEXT),
    page("section of an edition", "/ar/news/category/sport", listing(), CARD_TEXT),
    page("section in Arabic", "/%D9%82%D8%B3%D9%85/%D8%B1%D9%8A%D8%A7%D8%B6%D8%A9", listing(), CARD_TEXT),
    page("section by script", "/category.php?id=3", listing(), CARD_TEXT),
    page("section of WordPress without permalinks", "/?cat=12", listing(), CARD_TEXT),
    page("section that calls itself an article", "/category/sport", listing(head=og("article")), CARD_TEXT),
    page("section, no name in the path", "/sport", listing(head=og("website")), CARD_TEXT),
    page(
        "section of whole-card links", "/economy/local", listing(inside=WHOLE_CARDS), "\n\n".join(SENTENCES)
    ),
    page("section of bare headlines", "/economy", listing(inside=f"<ul>{LINKED}</ul>"), LINK_TEXT),
    page("section by JSON-LD", "/economy", listing(head=jsonld("CollectionPage")), CARD_TEXT),
    page("section by JSON-LD, og article", "/eco", listing(head=jsonld("CollectionPage") + og("article"))),
    page("section of WordPress", "/economy", listing(css="archive category category-eco rtl"), CARD_TEXT),
    page("section of WordPress, one card", "/economy", listing(css="archive category-eco rtl"), HALF),
    page("section of Drupal", "/taxonomy-12", listing(css="path-taxonomy"), CARD_TEXT),
    page(
        "section with every card in JSON-LD",
        "/economy",
        listing(head="".join(jsonld("NewsArticle", headline=h) for h in HEADLINES)),
        CARD_TEXT,
    ),
    page("second page of a section", "/economy/page/2", listing(), CARD_TEXT),
    page("latest news", "/ar/latest-news", listing(), CARD_TEXT),
    page("archive of a month", "/archive/2026/11", listing(), CARD_TEXT),
    # ---- tags, authors, search
    page("tag", "/tag/egypt", article(), FULL),
    page("tag with long teasers", "/tags/%D9%85%D8%B5%D8%B1", listing(), CARD_TEXT),
    page("tag with a long name", "/tag/كأس-الأمم-الأفريقية-للشباب-تحت-20-عاما", listing(), CARD_TEXT),
    page("tag in Arabic", "/وسم/القاهرة", listing(), CARD_TEXT),
    page("tag of WordPress", "/t/egypt", listing(css="archive tag tag-egypt"), CARD_TEXT),
    page("topic", "/topics/c123abc", listing(), CARD_TEXT),
    page("label of Blogger", "/search/label/سياسة", listing(), CARD_TEXT),
    page("author", "/author/ahmad", listing(title="أحمد علي"), CARD_TEXT),
    page("author with a biography", "/writers/77/ahmad", article(HALF, title="أحمد علي"), HALF),
    page("author in Arabic", "/كاتب/أحمد-علي", listing(title="أحمد علي"), CARD_TEXT),
    page("author by Open Graph", "/p/ahmad", listing(head=og("profile")), CARD_TEXT),
    page("author by JSON-LD", "/p/ahmad", listing(head=jsonld("ProfilePage")), CARD_TEXT),
    page("search", "/search?q=x", listing(), CARD_TEXT),
    page("search of WordPress", "/?s=مصر", listing(), CARD_TEXT),
    page("search by class", "/find", listing(css="search search-results"), CARD_TEXT),
    page("search by JSON-LD", "/find/x", listing(head=jsonld("SearchResultsPage")), CARD_TEXT),
    # ---- galleries
    page("gallery", "/photos/12345", document(GALLERY), FULL),
    page("gallery that is stated an article", "/gallery/12345", document(GALLERY, head=NEWS), FULL),
    page("gallery in Arabic", "/صور/مهرجان-الورد", document(GALLERY), ""),
    page("gallery by JSON-LD", "/2026/11/1/roses", document(GALLERY, head=jsonld("ImageGallery")), FULL),
    page("infographic", "/infographic/12345", document("<img src='/1.jpg'>"), ""),
    page("cartoon", "/كاريكاتير/12345", document("<img src='/1.jpg'>", head=og("article")), ""),
    # ---- video and audio
    page("video", "/news/12345", article(SHORT, head=og("video.other")), SHORT),
    page("video by JSON-LD", "/news/12345", article(SHORT, head=jsonld("VideoObject")), SHORT),
    page(
        "video by its path", "/videos/2026/11/1/x", article(SHORT, head=og("article"), inside=YOUTUBE), SHORT
    ),
    page(
        "video, stated an article", "/video/12345", article(SHORT, head=NEWS, inside="<video></video>"), SHORT
    ),
    page("episode", "/programs/panorama/12345", article(SHORT, inside=YOUTUBE), SHORT),
    page("podcast", "/podcast/12345", article(SHORT, inside="<audio src='/1.mp3'></audio>"), SHORT),
    page("podcast by JSON-LD", "/n/12345", article(SHORT, head=jsonld("PodcastEpisode")), SHORT),
    page("live stream", "/live", document("<video></video>"), ""),
    # ---- live blogs
    page(
        "live blog by JSON-LD", "/news/12345", article(head=jsonld("LiveBlogPosting", headline=TITLE)), FULL
    ),
    page("live blog by its path", "/news/liveblog/2026/11/1/x", article(), FULL),
    page(
        "live blog beside a NewsArticle",
        "/news/12345",
        article(
            head=NEWS + jsonld("LiveBlogPosting", headline="تحديثات", liveBlogUpdate=[{"headline": "1"}] * 5)
        ),
        FULL,
    ),
    page(
        "live blog by its title",
        "/n/12345",
        article(title="تغطية مباشرة لزيارة الرئيس", inside=entries(5)),
        FULL,
    ),
    page("moment by moment", "/n/12345", article(title="لحظة بلحظة.. جلسة المجلس", inside=entries(4)), FULL),
    # ---- errors
    page("404", "/n/12345", article("", title="404"), ""),
    page("404 in Arabic", "/n/12345", article("", title="الصفحة غير موجودة"), ""),
    page("404 with a text", "/n/12345", article(ERROR, title="خطأ"), ERROR),
    page("404 under the site's name", "/n/12345", article(ERROR, title="الصحيفة", h1=False), ERROR),
    page("404 in a heading", "/n/12345", document(f"<h2>{ERROR}</h2>{CARDS}", title="الصحيفة"), ""),
    page(
        "404 that calls itself an article", "/n/12345", article(ERROR, title="404", head=og("article")), ERROR
    ),
    page(
        "404 with teasers",
        "/n/12345",
        document(f"<h1>الصفحة غير موجودة</h1>{CARDS}", title="خطأ"),
        CARD_TEXT[:200],
    ),
    page("404 of WordPress", "/n/12345", document(CARDS, css="error404 rtl", title="الصحيفة"), ""),
    page("nothing found", "/n/12345", article("", title="لم يتم العثور على نتائج"), ""),
    page(
        "withdrawn",
        "/n/12345",
        article("تم حذف هذا الخبر من قبل إدارة التحرير", title="الصحيفة"),
        "تم حذف هذا الخبر من قبل إدارة التحرير",
    ),
    page("forbidden", "/n/12345", article("", title="403 Forbidden"), ""),
    page("server error", "/n/12345", article("", title="Error establishing a database connection"), ""),
    page("maintenance", "/n/12345", article("نعود قريبا", title="الموقع تحت الصيانة"), "نعود قريبا"),
    page("redirect", "/n/12345", article("", title="جاري التحويل..."), ""),
    # ---- paywalls
    page("stub by JSON-LD", "/n/12345", article(SHORT, head=LOCKED), SHORT),
    page(
        "stub by JSON-LD's text",
        "/n/12345",
        article(SHORT, head=jsonld("NewsArticle", headline=TITLE, isAccessibleForFree="False")),
        SHORT,
    ),
    page(
        "stub by its part",
        "/n/12345",
        article(
            SHORT,
            head=jsonld(
                "NewsArticle",
                headline=TITLE,
                hasPart={"@type": "WebPageElement", "isAccessibleForFree": False},
            ),
        ),
        SHORT,
    ),
    page("stub before a wall", "/n/12345", article(HALF, head=NEWS, inside=WALL), HALF),
    page(
        "stub before a sign-in", "/n/12345", article(SHORT, inside="<p>سجّل الدخول لمتابعة القراءة</p>"), SHORT
    ),
    page("long stub, locked and walled", "/n/12345", article(head=LOCKED, inside=WALL), FULL),
    # ---- the house's own pages, and services
    page("about", "/about-us", article(), FULL),
    page("about in Arabic", "/من-نحن", article(title="من نحن", head=og("article")), FULL),
    page("privacy by its title", "/p/3", article(title="سياسة الخصوصية"), FULL),
    page("contact by JSON-LD", "/p/4", article(head=jsonld("ContactPage")), FULL),
    page("sign in", "/user/x", article("", title="تسجيل الدخول"), ""),
]

SLUG = "البلدية-تبدأ-توسعة-الطريق-الدائري-بعد-توقف"
RELATED = f"<section class='related'><h3>اقرأ أيضا</h3><ul>{LINKED}</ul></section>"
ACCEPTED = [
    page("plain", "/n/12345", article(), FULL),
    page("stated", "/n/12345", article(head=NEWS), FULL),
    page("no marks and no heading", "/n/12345", article(h1=False), FULL),
    page("short report", "/n/12345", article(HALF), HALF),
    page("short report, stated", "/n/12345", article(SHORT, head=NEWS), SHORT),
    page("short report of one paragraph", "/n/1", article(SENTENCES[0], inside=RELATED), SENTENCES[0]),
    page(
        "short report under a short title",
        "/n/1",
        article(SHORT, title="حريق في سوق", head=og("article")),
        SHORT,
    ),
    page("many related links", "/n/12345", article(inside=RELATED + CARDS), FULL),
    page("many related cards, unmarked and short", "/n/12345", article(HALF, inside=CARDS), HALF),
    page(
        "a sentence and a link in every paragraph",
        "/n/1",
        article(inside=f"<p><a href='/n/2'>{TITLE}</a></p>"),
        FULL,
    ),
    page("og website with NewsArticle", "/n/12345", article(head=og("website") + NEWS), FULL),
    page("og website, nothing else", "/n/12345", article(head=og("website")), FULL),
    page("a front page of WordPress's numbers", "/?p=12345", article(), FULL),
    page("Joomla's numbers", "/index.php?option=com_content&id=55", article(), FULL),
    page("an old script", "/index.php?page=news&id=9120", article(), FULL),
    page("archives of WordPress", "/archives/12345", article(), FULL),
    page("archive with day and slug", "/archive/2026/11/1/some-slug", article(), FULL),
    page("page in the path", "/page/about-the-city", article(), FULL),
    page("slug with /tag/", f"/tag/news/{SLUG}", article(), FULL),
    page("slug right after /tag/", f"/tag/{SLUG}", article(), FULL),
    page("one word of the path", "/news/topic", article(), FULL),
    page("category in the permalink", f"/category/sport/{SLUG}", article(), FULL),
    page("category and id", "/section/politics/1234567", article(), FULL),
    page("category, dated", "/category/2026/11/01/slug", article(), FULL),
    page("category, JSON-LD", "/category/short", article(head=NEWS), FULL),
    page("op-ed under its author", f"/author/ahmad/{SLUG}", article(), FULL),
    page("op-ed under its author, JSON-LD", "/writers/ahmad", article(head=NEWS), FULL),
    page("op-ed in Arabic", f"/كاتب/أحمد-علي/{SLUG}", article(), FULL),
    page(
        "title begins with search", "/n/بحث-جديد-يكشف-سر-النوم", article(title="بحث جديد يكشف سر النوم"), FULL
    ),
    page("about searching", "/n/12345", article(title="نتائج البحث عن ناجين"), FULL),
    page("about 404", "/n/12345", article(title="404: قصة الخطأ الأشهر على الإنترنت"), FULL),
    page("named 404", "/n/12345", article(title="404", head=NEWS), FULL),
    page("about a page that is missing", "/n/1", article(title="الصفحة غير موجودة", head=NEWS), FULL),
    page("begins with an apology", "/n/1", article(title="عذرا الصفحة طويت", head=NEWS), FULL),
    page("about errors", "/n/1", article(title="خطأ طبي يودي بحياة مريض"), FULL),
    page(
        "about captchas",
        "/n/1",
        article(title="لماذا يسألك الموقع إن كنت روبوتا", inside="<div class='g-recaptcha'></div>"),
        FULL,
    ),
    page(
        "about maintenance", "/n/1", article(title="الجسر تحت الصيانة حتى الجمعة", head=og("article")), SHORT
    ),
    page("video path with its full text", "/video/12345", article(inside=YOUTUBE), FULL),
    page("og video with its full text", "/n/12345", article(head=og("video.other"), inside=YOUTUBE), FULL),
    page("VideoObject with its full text", "/n/12345", article(head=jsonld("VideoObject")), FULL),
    page("short report with a player", "/n/12345", article(SHORT, head=og("article"), inside=YOUTUBE), SHORT),
    page(
        "short report, VideoObject beside it",
        "/n/1",
        article(SHORT, head=NEWS + jsonld("VideoObject")),
        SHORT,
    ),
    page("title with video", "/n/12345", article(SHORT, title="بالفيديو.. لحظة انهيار الجسر"), SHORT),
    page("video path, no player", "/video/12345", article(SHORT, head=NEWS), SHORT),
    page("about a podcast", "/n/podcast-new", article(title="بودكاست جديد عن المدينة"), FULL),
    page("program path, full text", "/programs/panorama/12345", article(inside=YOUTUBE), FULL),
    page("gallery inside", "/n/12345", article(inside=GALLERY), FULL),
    page(
        "gallery inside, JSON-LD",
        "/n/12345",
        article(inside=GALLERY, head=NEWS + jsonld("ImageGallery")),
        FULL,
    ),
    page("gallery path with its full text", "/photos/12345", article(inside="<img src='/1.jpg'>" * 4), FULL),
    page("sports report", "/n/12345", article(title="مباشر.. المنتخب يفوز في الوقت الضائع"), FULL),
    page("report told by the clock", "/n/1", article(inside=entries(4), title="كيف مر يوم الانتخابات"), FULL),
    page("live words without entries", "/n/1", article(title="تغطية مباشرة أم دعاية؟ الإعلام والحرب"), FULL),
    page(
        "live words beside a ticker",
        "/n/1",
        article(
            title="لحظة بلحظة: كيف بدأت توسعة الطريق",
            inside="<ul>"
            + "".join(f"<li><span>1{n}:00</span><a href='/{n}'>{HEADLINES[n]}</a></li>" for n in range(9))
            + "</ul>",
        ),
        FULL,
    ),
    page("live in the slug", "/n/live-broadcast-starts", article(), FULL),
    page("under live, stated", "/live/12345", article(head=NEWS), FULL),
    page("locked but whole", "/n/12345", article(head=LOCKED), FULL),
    page(
        "free, and a wall for others",
        "/n/1",
        article(SHORT, head=jsonld("NewsArticle", headline=TITLE, isAccessibleForFree=True), inside=WALL),
        SHORT,
    ),
    page(
        "asks to subscribe to a newsletter",
        "/n/1",
        article(SHORT, inside="<p>اشترك في نشرتنا البريدية</p>"),
        SHORT,
    ),
    page("a wall in the side bar", "/n/1", article(HALF, inside=f"<aside>{WALL}</aside>"), HALF),
    page("about subscribers", "/n/1", article(title="عدد المشتركين في الخدمة يتضاعف"), FULL),
    page("poll article", "/n/1", article(title="استطلاع: نصف السكان يؤيدون المشروع", inside=BALLOT), FULL),
    page("poll article, short", "/n/1", article(SHORT, title="استطلاع: نصف السكان يؤيدون المشروع"), SHORT),
    page("a ballot in the side bar", "/n/1", article(SHORT, inside=f"<aside>{BALLOT}</aside>"), SHORT),
    page("op-ed named who we are", "/n/1", article(title="من نحن", head=NEWS), FULL),
    page("about privacy", "/n/1", article(title="سياسة الخصوصية الجديدة تثير جدلا"), FULL),
    page("about weather", "/n/weather", article(title="حالة الطقس غدا", head=NEWS), SHORT),
    page("a product's review", "/n/1", article(head=NEWS + jsonld("Product", name="هاتف")), FULL),
    page("Yoast's single post", "/economy/slug", article(head=og("article"), css="single single-post"), FULL),
    page("class archive of a theme", "/economy/slug", article(css="archive-layout category-2 single"), FULL),
    page("CollectionPage by mistake", "/n/1", article(head=PUBLISHED + jsonld("CollectionPage")), FULL),
    page(
        "ItemList of related news", "/n/1", article(head=jsonld("ItemList", itemListElement=[{}] * 9)), FULL
    ),
    page(
        "link to itself in its heading",
        "/n/1",
        article(h1=False, inside="").replace("<article>", f"<article><h1><a href='/n/1'>{TITLE}</a></h1>"),
        FULL,
    ),
    page("FAQ schema in an explainer", "/n/1", article(head=jsonld("FAQPage", mainEntity=[])), FULL),
    page("rating schema in a review", "/n/1", article(head=og("article") + jsonld("Product")), FULL),
    page(
        "a search box without results",
        "/n/1",
        article(SHORT, head=og("article"), inside="<h3>لا توجد نتائج</h3>"),
        SHORT,
    ),
    page(
        "short, short title, many cards",
        "/n/1",
        article(SHORT, title="توسعة طريق المدينة", inside=CARDS),
        SHORT,
    ),
    page("entry of a reference work", "/topic/suez-canal", article(), FULL),
    page("guide in a folder of topics", "/topics/health/sleep", article(), FULL),
    page("print version", "/print/12345", article(), FULL),
    page("bilingual address", "/ar/uk/12345", article(), FULL),
]


def judge(url, html, body, outlet=None):
    page = read_page(lxml.html.document_fromstring(html))
    read_metadata(page, url, outlet)
    return not_an_article(page, url, body, outlet)


@pytest.mark.parametrize(("url", "html", "body"), REJECTED)
def test_what_is_no_article_is_told(url, html, body):
    rejected = judge(url, html, body)
    assert rejected is not None
    assert rejected.outcome is Outcome.NOT_ARTICLE


@pytest.mark.parametrize(("url", "html", "body"), ACCEPTED)
def test_true_articles_pass(url, html, body):
    assert judge(url, html, body) is None


def test_both_tables_are_long():
    assert len(REJECTED) >= 60
    assert len(ACCEPTED) >= 60


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("tag", "tag page: its address has /tag/"),
        ("section, no name in the path", "listing: 24 teasers make 100% of its text"),
        ("404 in Arabic", "error page: its title is “الصفحه غير موجوده”"),
        ("video by its path", "video: /videos/ in its address, a player, 34 words of text"),
        ("gallery", "gallery: /photos/ in its address, 0 words beside captions"),
        ("live blog by its title", "live blog: “تغطيه مباشره” in its title, 5 dated entries"),
        ("stub by JSON-LD", "paywalled stub: not free to read, 34 words"),
        ("stub before a wall", "paywalled stub: 50 words before “هذا المقال متاح للمشتركين”"),
    ],
)
def test_the_reason_names_the_kind_and_the_evidence(name, reason):
    url, html, body = next(row.values for row in REJECTED if row.id == name)
    assert judge(url, html, body).reason == reason


@pytest.mark.parametrize("path", ["/tag/egypt/1234567", "/category/sport/1234567/x"])
def test_the_outlets_own_pattern_outweighs_the_path(path):
    html = article(HALF)
    assert judge(SITE + path, html, HALF) is not None
    assert judge(SITE + path, html, HALF, OUTLET) is None


@pytest.mark.parametrize("name", ["404", "gallery", "stub by JSON-LD", "video, stated an article"])
def test_but_it_does_not_make_an_article_of_other_pages(name):
    url, html, body = next(row.values for row in REJECTED if row.id == name)
    assert judge(url.replace("/n/12345", "/n/12345678"), html, body, OUTLET) is not None


def test_a_pattern_fits_the_readable_spelling_too():
    outlet = Outlet.model_validate({**OUTLET.model_dump(), "article_url": "https://www.sahifa.example/وسم/"})
    html = article(HALF)
    assert judge(f"{SITE}/%D9%88%D8%B3%D9%85/x", html, HALF, outlet) is None


@pytest.mark.parametrize(
    ("path", "kind", "may_be_article"),
    [
        ("", "home", False),
        ("/arabic", "home", False),
        ("/ar/uk", "", False),
        ("/?lang=ar", "home", False),
        ("/?p=5", "", False),
        ("/default.aspx", "home", False),
        ("/tag/a", "tag", False),
        ("/TAG/a/", "tag", False),
        ("/author/a-b-c-d/", "author", False),
        ("/section/x/page/3", "page", False),
        ("/section/x/2026/1/2/slug", "section", True),
        ("/news/2026/1/2/slug", "", False),
        ("/photos/1", "gallery", False),
        ("/a/b/contact-us.html", "house", False),
    ],
)
def test_what_an_address_says(path, kind, may_be_article):
    address = read_address(SITE + path)
    assert (address.kind, address.may_be_article) == (kind, may_be_article)


ODD_STATEMENTS = [
    jsonld(["NewsArticle", None, 3], headline=["a", 1]),
    jsonld(
        "NewsArticle", wordCount="many", isAccessibleForFree=["x"], hasPart=[1, {"isAccessibleForFree": {}}]
    ),
    jsonld("LiveBlogPosting", liveBlogUpdate={"a": 1}),
    jsonld("Product", name=[]),
    jsonld(None),
    "<script type='application/ld+json'>[[[1]]]</script>",
]


@pytest.mark.parametrize("head", ODD_STATEMENTS)
def test_odd_statements_do_no_harm(head):
    judge(f"{SITE}/n/1", article(SHORT, head=head), SHORT)


PIECES = (
    "<div class='live-blog'> <article> <a href='/n/1'> <p> </p> </div> </a> <h1> <br> <img src=x> <video> "
    "<!--x--> <?php?> <li> 10:30 404 "
    "<input type=radio> <iframe src='/embed/'> <time>12:00</time> </body> &#x202e;"
).split(" ")
TAGS = st.sampled_from([*PIECES, SENTENCES[0], HEADLINES[1], "للمشتركين فقط"])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(TAGS, max_size=40),
    st.sampled_from(["", SHORT, FULL, CARD_TEXT, "\n", "10:30\n10:31"]),
    st.text(),
)
def test_whatever_the_page_there_is_an_answer(pieces, body, path):
    html = "<html><body>" + "".join(pieces) + "</body></html>"
    rejected = judge(f"{SITE}/{path}", html, body)
    assert rejected is None or (rejected.outcome is Outcome.NOT_ARTICLE and rejected.reason)


@pytest.mark.parametrize("url", ["", "http://[bad", "::", "https://x.example/%ff%00/%D8"])
def test_an_address_that_is_none_says_nothing(url):
    assert read_address(url).kind in ("", "home")


@pytest.mark.parametrize(
    "inside",
    [
        "<div>" * 3000 + "نص" + "</div>" * 3000,
        "<div><span>10:30</span>" * 3000,
        f"<p>{'<b>' * 200}{SENTENCES[0]}</p>" * 40,
        f"<div class='live-entry'><a href='/1'>{TITLE}</a><p>{SENTENCES[0]}</p></div>" * 3000,
        f"<p>{SENTENCES[0]}</p>" * 5000,
    ],
    ids=["deep", "clocks", "bold", "cards", "long"],
)
def test_large_and_deep_pages_cost_little(inside):
    html = document(inside)
    tree = lxml.html.document_fromstring(html, parser=lxml.html.HTMLParser(huge_tree=True))
    page = read_page(tree)
    started = time.process_time()
    not_an_article(page, f"{SITE}/n/1", "\n".join([SENTENCES[0]] * 500))
    assert time.process_time() - started < 20
