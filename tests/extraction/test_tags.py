import pytest

from .helpers import article, meta, read

TITLE = "المصرف المركزي في عدن يخفض سعر الفائدة"
BODY = f"<h1>{TITLE}</h1>"
SITE = meta(og_site_name="المرفأ", og_description="خفض المصرف المركزي سعر الفائدة على الودائع في عدن")


def keywords(text):
    return f'<meta name="keywords" content="{text}">'


STATED = [
    (keywords("المصرف المركزي,سعر الفائدة,عدن"), ["المصرف المركزي", "سعر الفائدة", "عدن"]),
    (keywords("المصرف المركزي، سعر الفائدة؛ عدن"), ["المصرف المركزي", "سعر الفائدة", "عدن"]),
    (keywords("عدن, المصرف المركزي, المرفأ"), ["عدن", "المصرف المركزي"]),
    (keywords("#عدن, سعر الفائدة"), ["عدن", "سعر الفائدة"]),
    (keywords("عدن, سعر الفائدة, عَدَن, سعر الفائده"), ["عدن", "سعر الفائدة"]),
    (keywords("عدن, 2026, اليمن"), ["عدن", "اليمن"]),
    # the headline cut into words
    (keywords("المصرف,المركزي,في,عدن,يخفض,سعر,الفائدة"), []),
    (keywords(TITLE), []),
    # the same on every page
    (keywords("news , المرفأ , أخبار"), []),
    (keywords("صحيفة, أخبار عاجلة, سياسة, رياضة, ثقافة, محليات, تحقيقات, صور"), []),
    (keywords(""), []),
    (meta(article_tag="عدن") + meta(article_tag="اليمن"), ["عدن", "اليمن"]),
    (meta(article_tag="كأس العالم"), ["كأس العالم"]),
    ('<meta name="news_keywords" content="عدن, اليمن">' + keywords("a, b"), ["عدن", "اليمن"]),
]


@pytest.mark.parametrize(("head", "tags"), STATED)
def test_meta_tags(head, tags):
    assert read(head=SITE + head, body=BODY).tags == tags


@pytest.mark.parametrize(
    ("value", "tags"),
    [
        ("عدن، السودان,عدن", ["عدن", "السودان"]),
        (["عدن", "سعر الفائدة"], ["عدن", "سعر الفائدة"]),
        ([{"@type": "DefinedTerm", "name": "عدن"}], ["عدن"]),
        ([None, 5, [], "عدن"], ["عدن"]),
        (5, []),
    ],
)
def test_json_ld(value, tags):
    assert read(head=SITE, body=BODY, linked=article(keywords=value)).tags == tags


SHOWN = [
    ("<div class='tags'><a>عدن</a> <a>النفط</a></div>", ["عدن", "النفط"]),
    ("<ul class='tagList'><li><a>#عدن</a><li><a>#النفط</a></ul>", ["عدن", "النفط"]),
    ("<div class='post-tags'><span>الوسوم:</span><a>عدن</a><a>عدن</a></div>", ["عدن"]),
    ("<div class='article_tags'><h3><a></a>عدن</h3><h3><a></a>نفط</h3></div>", ["عدن", "نفط"]),
    ("<p class='tags'>كلمات دلالية: عدن، نفط، سفن</p>", ["عدن", "نفط", "سفن"]),
    ("<p>كلمات دلالية: <a href='/tag/1'>عدن</a></p>", ["عدن"]),
    ("<p><b>الوسوم:</b> <a href='/tag/1'>عدن</a> <a href='/tag/2'>نفط</a></p>", ["عدن", "نفط"]),
    ("<a rel='tag' href='/tag/1'>عدن</a><a rel='tag' href='/tag/2'>نفط</a>", ["عدن", "نفط"]),
    ("<a rel='category tag' href='/c'>اقتصاد</a>", []),
    ("<div class='tags'><a>المصرف</a><a>المركزي</a><a>عدن</a></div>", ["المصرف", "المركزي", "عدن"]),
    ("<aside><div class='tags'><a>عدن</a></div></aside>", []),
    ("<div class='sidebar-widget'><div class='tags'><a>عدن</a></div></div>", []),
    ("<footer class='entry-footer'>Tags: <a rel='tag'>عدن</a></footer>", ["عدن"]),
    ("<div><footer><div class='tags'><a>عدن</a></div></footer></div>", []),
    ("<p>كلمات مفتاحية: لقاح - نفط</p>", ["لقاح", "نفط"]),
    ("<div>آخر سطر<br>كلمات دلالية: لقاح، نفط<br>تابعونا</div>", ["لقاح", "نفط"]),
    ("<div><p>الوسوم:</p>" + "<p>فقرة طويلة من النص</p>" * 40 + "<a>رابط</a></div>", []),
    ("<div class='tags'></div><div class='tags'><a>عدن</a></div>", ["عدن"]),
]


@pytest.mark.parametrize(("body", "tags"), SHOWN)
def test_what_the_page_shows(body, tags):
    assert read(head=SITE, body=f"<article>{BODY}<p>نص</p>{body}</article>").tags == tags


def test_the_list_that_readers_see_goes_first():
    head = SITE + keywords("عدن, سعر الفائدة") + meta(article_tag="عدن")
    assert read(head=head, body=f"{BODY}<div class='tags'><a>النفط</a></div>").tags == ["النفط"]


def test_a_section_with_a_link_of_its_own_kind_is_none_of_the_tags():
    head = SITE + meta(article_section="منوعات")
    tags = "<a href='/tag/1'>عدن</a><a href='/tag/2'>نفط</a></div>"
    apart = f"{BODY}<div class='tags'><a href='/category/9'>منوعات</a>{tags}"
    assert read(head=head, body=apart).tags == ["عدن", "نفط"]
    alike = f"{BODY}<div class='tags'><a href='/tag/9'>منوعات</a>{tags}"
    assert read(head=head, body=alike).tags == ["منوعات", "عدن", "نفط"]


def test_never_more_than_fifty_and_none_too_long():
    links = "".join(f"<a>وسم رقم {number} هنا</a>" for number in range(80))
    assert len(read(body=f"{BODY}<div class='tags'>{links}</div>").tags) == 50
    assert read(body=f"{BODY}<div class='tags'><a>{'وسم ' * 20}</a></div>").tags == []
