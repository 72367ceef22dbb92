import pytest

from newscrawl.extraction.headline import title_key, without_site
from newscrawl.outlets import Outlet

from .helpers import article, meta, read
from .test_sitenames import names

TITLE = "المصرف المركزي يخفض سعر الفائدة للمرة الثانية"
SITE = meta(og_site_name="صحيفة المرفأ")
OUTLET = Outlet.model_validate(
    {
        "id": "almarfa", "name": "المرفأ", "name_en": "Al Marfa", "domain": "almarfa.example",
        "homepage": "https://www.almarfa.example/", "country": "YE", "kind": "newspaper",
        "timezone": "Asia/Aden", "feeds": ["https://www.almarfa.example/feed"],
    }
)  # fmt: skip
URL = "https://www.almarfa.example/economy/1"

GLUED = [
    f"{TITLE} - المرفأ",
    f"{TITLE} | المرفأ",
    f"{TITLE} – صحيفة المرفأ",
    f"{TITLE} — موقع المرفأ",
    f"{TITLE} :: المرفأ",
    f"{TITLE} » المرفأ",
    f"{TITLE} « المرفأ",
    f"{TITLE} • المرفأ",
    f"{TITLE}|المرفأ",
    f"{TITLE} - almarfa.example",
    f"{TITLE} - Al Marfa",
    f"{TITLE} | الرئيسية | المرفأ",
    f"{TITLE} - اقتصاد - المرفأ",
    f"المرفأ | {TITLE}",
    f"المرفأ - اقتصاد - {TITLE}",
    f"المرفأ » {TITLE} » المرفأ",
    TITLE,
]


@pytest.mark.parametrize("title", GLUED)
def test_the_sites_name_goes_off_the_title(title):
    head = f"<title>{title}</title>" + meta(article_section="اقتصاد")
    assert read(head=head, url=URL, outlet=OUTLET).title == TITLE


@pytest.mark.parametrize("mark", ["-", "|", "–", "—", "::", ":", "/"])
def test_the_name_may_be_known_from_the_page_alone(mark):
    assert read(head=f"<title>{TITLE} {mark} المرفأ</title>{SITE}").title == TITLE


@pytest.mark.parametrize(
    "title",
    ["مباشر - مصر والسودان", "رئيس الوزراء: لا عودة إلى الوراء", "المرفأ القديم - صور من عدن",
     "«المرفأ».. رواية جديدة",
     "فيديو | لحظة وصول السفينة", "2026/2027: موسم جديد", "طهران تنفي «المفاوضات».. وتلوح بالرد"],
)  # fmt: skip
def test_marks_of_the_title_itself_stay(title):
    assert read(head=f"<title>{title}</title>{SITE}").title == title


def test_the_logo_may_be_all_that_names_the_site():
    logo = "<a href='/'><img src='l.png' alt='منبر الساحل الجنوبي'></a>"
    assert read(head=f"<title>{TITLE} - منبر الساحل الجنوبي</title>", body=logo).title == TITLE
    assert read(head=f"<title>{TITLE} - منبر الساحل الجنوبي</title>").title.endswith("الجنوبي")


def test_a_short_tail_behind_a_bar_is_a_site_that_nobody_named():
    assert read(head=f"<title>{TITLE} | أخبار البلد</title>", url="https://news.example/1").title == TITLE


PAGES = [
    # (what the page says to machines, what it shows, the headline)
    (f"<title>{TITLE} - المرفأ</title>", f"<h1>المرفأ</h1><h1>{TITLE}</h1>", TITLE),
    (f"<title>{TITLE}</title>", f"<h1><a href='/'><img alt='x'></a></h1><h1>{TITLE}</h1>", TITLE),
    (f"<title>{TITLE}</title>", f"<h1>اقتصاد</h1><h1>{TITLE}</h1>", TITLE),
    (meta(og_title="المصرف المركزي يخفض سعر..."), f"<h1>{TITLE}</h1>", TITLE),
    (meta(og_title="المصرف المركزي يخفض سعر…"), f"<h1>{TITLE}</h1>", TITLE),
    (meta(og_title=TITLE), "<h1>المصرف المركزي يخفض سعر الفائدة...</h1>", TITLE),
    (meta(og_title="المصرف المركزي يخفض سعر الفائ"), f"<h1>{TITLE}</h1>", TITLE),
    (meta(og_title="قال الوزير لن نعود"), '<h1>قال الوزير: "لن نعود"</h1>', 'قال الوزير: "لن نعود"'),
    (meta(og_title='قال الوزير: "لن نعود"'), "<h1>قال الوزير: “لن نعود”</h1>", "قال الوزير: “لن نعود”"),
    (meta(og_title="المركزي يخفض الفائدة: عنوان لمحركات البحث"), f"<h1>{TITLE}</h1>", TITLE),
    (meta(og_title="عنوان آخر تماما لا صلة له"), f"<h1>{TITLE}</h1>", TITLE),
    (meta(og_title=TITLE), "<h1>موقع المرفأ</h1>", TITLE),
    (meta(og_title=TITLE), "<h1>الرئيسية</h1>", TITLE),
    (meta(og_title=TITLE), "<h1>آخر الأخبار</h1>", TITLE),
    (meta(og_title=TITLE), "<header class='logo'><h1>منبر الناس في كل مكان</h1></header>", TITLE),
    (meta(og_title=TITLE), f"<h1><span>تقرير</span>{TITLE}</h1>", TITLE),
    (meta(og_title=TITLE), f"<h1><span class='kicker'>خاص المرفأ</span> {TITLE}</h1>", TITLE),
    (f"<title>x</title>{SITE}", f"<h1><small class='category'>اقتصاد</small>{TITLE}</h1>", TITLE),
    (meta(og_title=TITLE), f"<h1>{TITLE}<small>3 مايو 2026</small></h1>", TITLE),
    (meta(og_title=TITLE), f"<h1>{TITLE} - المرفأ</h1>", TITLE),
    (meta(og_title=TITLE), f"<h1>{TITLE}</h1><article><h1>خبر آخر لا صلة له بالأول</h1></article>", TITLE),
    (meta(og_title=TITLE), f"<div class='post-title'>{TITLE}</div>", TITLE),
    (
        meta(og_title="المركزي اليمني يخفض الفائدة"),
        f"<h1>المرفأ</h1><h2>{TITLE}</h2>",
        "المركزي اليمني يخفض الفائدة",
    ),
    (meta(article_section="زراعة"), "<h1>زراعة: بدء موسم الزيتون</h1>", "زراعة: بدء موسم الزيتون"),
    ("<title>زراعة: بدء موسم الزيتون - المرفأ</title>", "", "زراعة: بدء موسم الزيتون"),
    ("", f"<h1>{TITLE}</h1>", TITLE),
    (f"<title>جريدة الساحل : {TITLE}</title>", f"<table><tr><td><b>{TITLE}</b></td></tr></table>", TITLE),
    ("", f"<div itemprop='headline'>{TITLE}</div>", ""),
    (meta(og_title="قال &amp;quot;لن نعود&amp;quot; أبدا"), "", 'قال "لن نعود" أبدا'),
    (meta(og_title="  سطر\n آخر  هنا "), "", "سطر آخر هنا"),
    ("<svg><title>أيقونة</title></svg>", f"<h1>{TITLE}</h1>", TITLE),
    ("", "", ""),
]


@pytest.mark.parametrize(("head", "body", "title"), PAGES)
def test_the_words_that_the_page_shows_win(head, body, title):
    assert read(head=head + SITE, body=body).title == title


def test_the_headline_of_json_ld_with_references():
    linked = article(headline="&quot;لن نعود&quot; يقول الوزير")
    assert read(linked=linked).title == '"لن نعود" يقول الوزير'
    assert read(linked=linked, body='<h1>"لن نعود" يقول الوزير</h1>').title == '"لن نعود" يقول الوزير'


def test_a_headline_cut_at_a_limit_gives_way_to_the_whole_one():
    whole = " ".join(["كلمة طويلة"] * 14)
    assert read(head=meta(og_title=whole), linked=article(headline=whole[:110])).title == whole


def test_the_element_that_shows_it_is_told():
    page = read(head=meta(og_title=TITLE), body=f"<h1>المرفأ</h1><h1 id='x'>{TITLE}</h1>")
    assert page.headline.node.get("id") == "x"
    assert read(head=meta(og_title=TITLE)).headline.node is None


@pytest.mark.parametrize("title", ["", "-", "المرفأ", " - ", "المرفأ - المرفأ", "a" * 3000])
def test_strange_titles_come_back(title):
    assert without_site(title, names("المرفأ"), []) in (title, title.strip(), "المرفأ")


def test_keys_forget_spelling():
    assert title_key("«إسلام» أون-لاين ٢") == title_key("اسلام اون لاين 2")


@pytest.mark.parametrize("mark", [" - ", " | ", " :: ", " » ", " – "])
@pytest.mark.parametrize("name", ["صحيفة السهل", "السهل", "أخبار السهل نت"])
def test_a_name_that_nothing_states_goes_off_a_title_that_only_the_head_has(mark, name):
    text = "خفض المصرف المركزي سعر الفائدة للمرة الثانية هذا العام بعد تراجع الأسعار في الأسواق المحلية."
    more = "وقال المصرف في بيان إن سعر الفائدة سيبقى تحت المراجعة حتى نهاية الربع المقبل من السنة."
    page = read(head=f"<title>{TITLE}{mark}{name}</title>", body=f"<div>{text}<br>{more}</div>")
    assert page.title == TITLE


@pytest.mark.parametrize("end", ["لجنة السوق", "الفائدة أولا", "في تقرير مفصل عن الأسواق"])
def test_an_end_that_the_text_speaks_of_or_that_is_long_stays(end):
    text = "خفض المصرف المركزي سعر الفائدة للمرة الثانية هذا العام بعد اجتماع لجنة السوق المفتوحة أمس."
    page = read(head=f"<title>{TITLE} - {end}</title>", body=f"<div>{text}</div>")
    assert page.title == f"{TITLE} - {end}"
