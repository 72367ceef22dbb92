import pytest

from .helpers import article, meta, read

TITLE = "<h1>المصرف المركزي يخفض سعر الفائدة</h1>"
SITE = meta(og_site_name="المرفأ")


def crumbs(*names):
    items = [{"@type": "ListItem", "position": at, "name": name} for at, name in enumerate(names, 1)]
    return {"@type": "BreadcrumbList", "itemListElement": items}


STATED = [
    (article(articleSection="اقتصاد"), "اقتصاد"),
    (article(articleSection=["اقتصاد", "مال"]), "اقتصاد"),
    ([article(articleSection=["مال", "بنوك"]), crumbs("الرئيسية", "مال", "بنوك")], "بنوك"),
    (crumbs("الرئيسية", "اقتصاد", "المصرف المركزي يخفض سعر الفائدة"), "اقتصاد"),
    (crumbs("Home", "اقتصاد", "المصرف المركزي يخفض…"), "اقتصاد"),
    (crumbs("المرفأ", "اقتصاد"), "اقتصاد"),
    (crumbs("الرئيسية"), ""),
    ({"@type": "BreadcrumbList", "itemListElement": [{"item": {"name": "الأولى"}},
     {"item": {"name": "اقتصاد"}}]},
     "اقتصاد"),
    ([article(articleSection="economy"), crumbs("الرئيسية", "اقتصاد")], "اقتصاد"),
    (article(articleSection="economy"), "economy"),
    (article(articleSection="Uncategorized"), ""),
    (article(articleSection="غير مصنف"), ""),
    (article(articleSection="12"), ""),
    (article(articleSection="المرفأ"), ""),
    (article(articleSection="كلام طويل لا يكون اسم قسم في صحيفة لأنه جملة كاملة"), ""),
]  # fmt: skip


@pytest.mark.parametrize(("linked", "section"), STATED)
def test_json_ld(linked, section):
    assert read(head=SITE, body=TITLE, linked=linked).section == section


SHOWN = [
    ("<div class='breadcrumb'><a href='/'>الرئيسية</a> » <a href='/c/2'>عربي ودولي</a></div>",
     "عربي ودولي"),
    ("<ol id='bread-crumbs'><li><a>الرئيسية</a></li><li><a>محليات</a></li><li>المصرف المركزي يخفض</li></ol>",
     "محليات"),
    ("<nav class='breadcrumbs'><a>الرئيسية</a><a>محليات</a></nav>", "محليات"),
    ("<ul itemtype='https://schema.org/BreadcrumbList'><li><a>الرئيسية</a><li><a>محليات</a></ul>", "محليات"),
    ("<div class='breadcrumb'>الرئيسية / محليات / المصرف المركزي يخفض</div>", "محليات"),
    ("<a href='/'>الرئيسية</a> &raquo; <a>اقتصاد</a> &raquo; <a>مصارف</a><br>", "مصارف"),
    ("<a href='/'>الرئيسية</a> | <a>سياسة</a> | <a>رياضة</a>", ""),
    ("<div class='badge'>محليات</div>", "محليات"),
    ("<div><a href='/l'>محليات</a></div>", "محليات"),
    ("<nav class='bcr'><a href='/'>الرئيسية</a><a href='/l'>محليات</a></nav>", "محليات"),
    ("<div>الثلاثاء 24 نوفمبر 2026</div>", ""),
    ("<div>" + "<a>قسم</a>" * 8 + "</div>", ""),
    ("<div class='section-name'>أخبار</div>", "أخبار"),
    ("<div class='breadcumb'><a>تقارير مصرية</a></div>", "تقارير مصرية"),
    ("<a class='post-category'>محليات</a>", "محليات"),
    ("<a rel='category tag'>محليات</a>", "محليات"),
    ("<ul id='menu'><li class='current-menu-item'><a href='/x'>محليات</a></li></ul>", "محليات"),
    ("<ul id='intl-menu'><li><a class='nav-on' href='/x'>الشرق الأوسط</a></ul>", "الشرق الأوسط"),
    ("<nav><a class='active' href='/'>الرئيسية</a></nav>", ""),
    ("<ul class='nav-tabs'><li class='active'><a>الأكثر قراءة</a></ul>", ""),
    ("<div><a class='active'>محليات</a> <a>رياضة</a></div>", ""),
    ("<nav><a href='/economy'>اقتصاد</a><a href='/sport'>رياضة</a></nav>", "اقتصاد"),
    ("<nav><a href='https://sahifa.example/economy/'>اقتصاد</a></nav>", "اقتصاد"),
    ("<nav><a href='https://other.example/economy'>اقتصاد</a></nav>", ""),
    ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("above", "section"), SHOWN)
def test_what_the_page_shows(above, section):
    page = read(head=SITE, body=above + TITLE, url="https://www.sahifa.example/economy/2026/1")
    assert page.section == section


BELOW = [
    ("<div itemprop='articleSection'>منوعات</div><div itemprop='articleSection'>وسم</div>", "منوعات"),
    ("<span class='category'>محليات</span>", "محليات"),
    ("<aside><span class='category'>محليات</span></aside>", ""),
    ("<div class='related'><span class='category'>محليات</span></div>", ""),
]


@pytest.mark.parametrize(("below", "section"), BELOW)
def test_labels_below_the_headline(below, section):
    assert read(head=SITE, body=f"<article>{TITLE}{below}</article>").section == section


def test_a_meta_tag_goes_before_crumbs():
    body = f"<div class='breadcrumb'><a>الرئيسية</a><a>أخبار العالم</a></div>{TITLE}"
    assert read(head=meta(article_section="القارات السبع"), body=body).section == "القارات السبع"


@pytest.mark.parametrize(
    "mark",
    [
        "<span>»</span>",
        "<i class='icon'></i>",
        "<span class='sep'></span>",
        "<li>›</li>",
        "<svg></svg>",
        "<b>/</b>",
    ],
)
@pytest.mark.parametrize("home", ["الرئيسية", "الاستقبال", "الصفحة الرئيسية", "Home"])
def test_trails_whose_marks_are_elements(mark, home):
    links = [f"<a href='/'>{home}</a>", "<a href='/e'>اقتصاد</a>", "<a href='/e/b'>مصارف</a>"]
    trail = (
        f"<ul>{mark.join(f'<li>{link}</li>' for link in links)}</ul>"
        if "<li>" in mark
        else (f"<div>{mark.join(links)}</div>")
    )
    assert read(head=SITE, body=f"{trail}{TITLE}").section == "مصارف"
