import pytest

from .helpers import article, meta, read

TITLE = "<h1>المصرف المركزي يخفض سعر الفائدة</h1>"
SUMMARY = "القرار يسري من مطلع الأسبوع المقبل ويشمل الودائع كلها"
DESCRIPTION = "خفض المصرف المركزي سعر الفائدة اليوم بعد اجتماع طويل"
SITE = meta(og_site_name="المرفأ")

SHOWN = [
    f"<p class='standfirst'>{SUMMARY}</p>",
    f"<div class='article-lead'>{SUMMARY}</div>",
    f"<div class='subTitle'>{SUMMARY}</div>",
    f"<p class='post-excerpt'>{SUMMARY}</p>",
    f"<h2>{SUMMARY}</h2>",
]


@pytest.mark.parametrize("below", SHOWN)
def test_the_lines_under_the_headline(below):
    head = SITE + meta(og_description=DESCRIPTION)
    assert read(head=head, body=f"<div>{TITLE}{below}<p>نص</p></div>").summary == SUMMARY


@pytest.mark.parametrize(
    "below",
    [
        "<h2>مقالات ذات صلة</h2>",
        f"<aside><p class='summary'>{SUMMARY}</p></aside>",
        "<p class='summary'>المصرف المركزي يخفض سعر الفائدة</p>",
        "<span></span>" * 100 + f"<p class='summary'>{SUMMARY}</p>",
    ],
)
def test_else_the_description(below):
    head = SITE + meta(og_description=DESCRIPTION)
    assert read(head=head, body=f"<div>{TITLE}{below}<p>نص</p></div>").summary == DESCRIPTION


@pytest.mark.parametrize(
    ("description", "summary"),
    [
        (DESCRIPTION, DESCRIPTION),
        ("قال الوزير &amp;quot;لن نعود&amp;quot; إلى ما كان", 'قال الوزير "لن نعود" إلى ما كان'),
        ("موقع إخباري يتناول الشؤون العربية والدولية على مدار الساعة", ""),
        ("آخر الأخبار العاجلة من صحيفة المرفأ لحظة بلحظة", ""),
        ("| أخبار المرفأ", ""),
        ("المصرف المركزي يخفض سعر الفائدة", ""),
        ("", ""),
    ],
)
def test_a_description_of_the_site_is_none(description, summary):
    assert read(head=SITE + meta(og_description=description), body=TITLE).summary == summary


def test_the_next_description_where_the_first_is_the_sites():
    head = SITE + f'<meta name="description" content="{DESCRIPTION}">'
    linked = article(description="موقع إخباري يتناول الشؤون العربية والدولية")
    assert read(head=head, body=TITLE, linked=linked).summary == DESCRIPTION
