import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from lxml.html import HTMLParser

from newscrawl.extraction.body import by_trafilatura, read_body
from newscrawl.page import read_page

from .test_echo import BRIDGE, BRIDGE_TEXT, LIBRARY, LIBRARY_TEXT, WHEAT, WHEAT_TEXT

A, B, C, D = WHEAT_TEXT
NAV = "<nav><ul><li><a href='/'>الرئيسية</a></li><li><a href='/sport'>رياضة</a></li></ul></nav>"
FOOT = "<footer><p>جميع الحقوق محفوظة</p><a href='/about'>من نحن</a></footer>"
CARDS = "".join(
    f"<div class='card'><h3><a href='/{n}'>{LIBRARY} مرة {n}</a></h3><p>{LIBRARY_TEXT[0][:50]}</p></div>"
    for n in range(4)
)


def ps(lines):
    return "".join(f"<p>{line}</p>" for line in lines)


def page(inside, *, title=WHEAT, deep=False):
    return html.document_fromstring(
        f"<html><head><title>ع</title></head><body>{NAV}<h1>{title}</h1>{inside}{CARDS}{FOOT}</body></html>",
        parser=HTMLParser(huge_tree=deep),
    )


def read(inside, *, title=WHEAT, **more):
    return of_tree(page(inside), title=title, **more)


def of_tree(tree, *, title=WHEAT, stated="", within=(), **more):
    found = read_page(tree)
    found.said.article["articlebody"] = stated
    found.choose_headline(next((block for block in found.blocks if block.text == title), None))
    return read_body(found, title=title, within=within, **more)


def lines(inside, **more):
    body = read(inside, **more).body
    return body.split("\n\n") if body else []


BROKEN = "<br><br>".join(WHEAT_TEXT)
LAYOUTS = {
    "paragraphs": f"<article>{ps(WHEAT_TEXT)}</article>",
    "divs": "<div class='text'>" + "".join(f"<div>{line}</div>" for line in WHEAT_TEXT) + "</div>",
    "breaks": f"<div>{BROKEN}</div>",
    "breaks in the body": BROKEN,
    "breaks in a paragraph": f"<div><p>{A}<br>{B}</p><p>{C}<br/>{D}</p></div>",
    "a table": f"<table><tr><td>{NAV}</td><td>{ps(WHEAT_TEXT)}</td></tr></table>",
    "tables in tables": f"<table><tr><td><table><tr><td>{BROKEN}</td></tr></table></td></table>",
    "spans": f"<div>{ps(f'<span><span>{line}</span></span>' for line in WHEAT_TEXT)}</div>",
    "a form": f"<form><input type='hidden'><div>{ps(WHEAT_TEXT)}</div>{'<i> </i>' * 999}</form>",
    "hidden until a click": f"<div>{ps([A])}<div style='display:none'>{ps([B, C, D])}</div></div>",
    "scripts between": f"<div>{ps([A, B])}<script>x</script><style>y</style>{ps([C, D])}</div>",
    "comments between": f"<div><!-- x -->{ps([A, B])}<!-- x --><?y?>{ps([C, D])}</div>",
    "split by a card": f"<div>{ps([A, B])}<div class='related'><a href='/9'>عودة</a></div>{ps([C, D])}</div>",
    "lead above the container": f"<p>{A}</p><div><img></div><div class='body'>{ps([B, C, D])}</div>",
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_text_of_every_layout(layout):
    assert lines(LAYOUTS[layout]) == WHEAT_TEXT


def test_subheadings_and_lists_are_text():
    items = "<ul><li>قمح الشمال</li><li>قمح الجنوب</li></ul>"
    text = f"<div>{ps([A])}<h3>ماذا قال الوزير</h3>{ps([B])}{items}{ps([C, D])}</div>"
    assert lines(text) == [A, "ماذا قال الوزير", B, "قمح الشمال", "قمح الجنوب", C, D]


BESIDE = {
    "a newsletter": "<div><b>نشرة المرفأ</b>اكتب بريدك<input type='email'><button>اشترك</button></div>",
    "a poll": "<form><p>هل تؤيد القرار؟</p><label><input type='radio'>نعم</label></form>",
    "a caption": "<div class='image-caption'>صوامع القمح في الشمال</div>",
    "a figure": "<figure><img><figcaption>صوامع القمح في الشمال</figcaption></figure>",
    "a plain caption": "<p>صوامع القمح في الشمال (رويترز)</p>",
    "a pointer": f"<p>اقرأ أيضا: <a href='/9'>{LIBRARY}</a></p>",
    "a heading with a list": f"<h3>اقرأ أيضا</h3><ul><li><a href='/9'>{LIBRARY}</a></li></ul>",
    "a heading with a link": f"<h3>مواضيع ذات صلة</h3><p><a href='/9'>{LIBRARY}</a></p>",
    "an advertisement": "<p>إعلان</p>",
    "a notice": "<p>تابعونا على تلغرام لتصلكم أخبار المرفأ أولا بأول.</p>",
    "buttons": "<div><span>شارك</span> <span>طباعة</span></div>",
    "a video": "<video>متصفحك لا يدعم الفيديو</video>",
}  # fmt: skip


@pytest.mark.parametrize("beside", BESIDE)
def test_what_stands_in_the_text_and_is_none_of_it(beside):
    assert lines(f"<div class='text'>{ps([A, B])}{BESIDE[beside]}{ps([C, D])}</div>") == WHEAT_TEXT


def test_a_pointer_that_is_no_link_stays_amid_the_text_and_goes_behind_it():
    pointer = f"اقرأ أيضا: {LIBRARY}"
    amid = f"<div class='text'>{ps([A, B, pointer, C, D])}</div>"
    assert lines(amid) == [A, B, pointer, C, D]
    assert lines(f"<div class='text'>{ps([*WHEAT_TEXT, pointer])}</div>") == WHEAT_TEXT


@pytest.mark.parametrize("label", ["تعليقات القراء", "التعليقات", "أضف تعليقا"])
@pytest.mark.parametrize("around", ["<div class='text'>{}</div>", "<article>{}</article>", "<td>{}</td>"])
def test_a_label_of_comments_amid_the_text_costs_none_of_it(label, around):
    text = ps([A, B]) + f"<p>{label}</p>" + ps([C, D])
    assert lines(around.format(text)) == WHEAT_TEXT
    box = ps([A, B]) + f"<ul><li>{label}</li><li><a href='/9'>{LIBRARY}</a></li></ul>" + ps([C, D])
    assert lines(around.format(box)) == WHEAT_TEXT


COMMENT = (
    "مقال ممتاز جدا وشكرا للكاتب على هذه المعلومات القيمة التي لم نكن نعرفها عن القمح وأسعاره في الأسواق."
)


@pytest.mark.parametrize("count", [1, 12])
@pytest.mark.parametrize("heading", ["<h4>التعليقات (3)</h4>", "<p>تعليقات القراء</p>", "<b>أضف تعليقا</b>"])
def test_comments_are_not_the_text_however_long(count, heading):
    comments = "".join(f"<div><p>{COMMENT} {n}</p></div>" for n in range(count))
    assert lines(f"<div>{ps(WHEAT_TEXT)}</div>{heading}<div>{comments}</div>") == WHEAT_TEXT


def test_a_link_to_the_comments_above_the_text_ends_nothing():
    assert lines(f"<div><a href='#c'>التعليقات (3)</a></div><div>{ps(WHEAT_TEXT)}</div>") == WHEAT_TEXT


@pytest.mark.parametrize(
    "second",
    [
        f"<p>اقرأ أيضا: <a href='/9'>{BRIDGE}</a></p>{ps(BRIDGE_TEXT)}",
        f"<h3>اقرأ أيضا</h3><h4><a href='/9'>{BRIDGE}</a></h4>{ps(BRIDGE_TEXT)}",
        f"<p>المصدر: وكالات</p><p>{BRIDGE}</p>{ps(BRIDGE_TEXT)}",
    ],
)
def test_another_article_in_the_same_container(second):
    assert lines(f"<div class='text'>{ps(WHEAT_TEXT)}{second}</div>") == WHEAT_TEXT


def test_another_article_behind_endless_scrolling():
    articles = "".join(
        f"<article><h2>{headline}</h2>{ps(text * 2)}</article>"
        for headline, text in ((BRIDGE, BRIDGE_TEXT), (LIBRARY, LIBRARY_TEXT * 2))
    )
    assert lines(f"<article><h2>{WHEAT}</h2>{ps(WHEAT_TEXT)}</article>{articles}") == WHEAT_TEXT


def test_a_heading_of_the_page_marks_another_article():
    weak = "ازدحام خانق في شوارع العاصمة صباح اليوم قبل العيد"
    inside = "<div>" + ps(WHEAT_TEXT) + "<h2>%s</h2>" + ps(BRIDGE_TEXT) + "</div>"
    for heading in (BRIDGE, weak):  # a news-style sub-heading, in the article's own element
        assert lines(inside % heading) == [*WHEAT_TEXT, heading, *BRIDGE_TEXT]
    apart = f"<article>{ps(WHEAT_TEXT)}</article><article><h2>{BRIDGE}</h2>{ps(BRIDGE_TEXT)}</article>"
    assert lines(apart) == WHEAT_TEXT


def test_credits_are_told():
    text = read(f"<div><p>كتب: سالم الغامدي</p>{ps(WHEAT_TEXT)}<p>المصدر: وكالات</p></div>")
    assert text.body.split("\n\n") == WHEAT_TEXT
    assert sorted(text.credits) == ["المصدر: وكالات", "كتب: سالم الغامدي"]


def test_names_on_lines_of_their_own():
    inside = f"<div>{ps([A, B, 'سالم الغامدي', C, 'المرفأ', D])}</div>"
    assert lines(inside, authors=["سالم الغامدي"], is_site=lambda line: line == "المرفأ") == WHEAT_TEXT


# ---- pages that show no text


def test_a_short_text_is_read():
    assert of_tree(html.document_fromstring(f"<html><body><div>{A}</div></body></html>")).body == A


def test_the_stated_text_stands_in_for_one_that_a_script_fills_in():
    stated = "\n".join([*WHEAT_TEXT[:2], "اقرأ أيضا: عودة العمل", "", *WHEAT_TEXT[2:]])
    assert lines("<div id='root'></div>", stated=stated) == WHEAT_TEXT
    assert lines(f"<div>{ps(WHEAT_TEXT)}</div>", stated=" ".join(BRIDGE_TEXT)) == WHEAT_TEXT


@pytest.mark.parametrize("inside", ["", "<div></div>", "<!-- x -->", "<?x y?>", "<p> </p>"])
def test_pages_without_a_text(inside):
    bare = html.document_fromstring(f"<html><body>{inside}</body></html>")
    text = of_tree(bare)
    assert (text.body, list(text.credits)) == ("", [])


def test_the_element_that_holds_the_text_may_be_given():
    tree = page(f"<div id='own'>{ps(BRIDGE_TEXT[:2])}</div><div>{ps(WHEAT_TEXT)}</div>")
    text = of_tree(tree, title=BRIDGE, within=[tree.get_element_by_id("own")])
    assert text.body.split("\n\n") == BRIDGE_TEXT[:2]


# ---- whatever the page

TAGS = "p div span a b ul li table tr td h1 h2 h3 form article section br input".split()
PARTS = st.sampled_from(
    [
        *(f"<{tag}>" for tag in TAGS),
        *(f"</{tag}>" for tag in TAGS),
        "<!-- x -->", "<?x y?>", "<div class='related'>", "<a href='/9'>", "<p style='display:none'>",
        *WHEAT_TEXT, BRIDGE, *BRIDGE_TEXT, LIBRARY, "اقرأ أيضا:", "المصدر: وكالات", "التعليقات", "(رويترز)",
    ]
)  # fmt: skip


def flat(text):
    return "".join(text.split())


@settings(max_examples=60)
@given(st.lists(PARTS, max_size=30))
def test_every_word_is_of_the_page(parts):
    tree = page("".join(parts))
    there = flat(tree.text_content())
    text = of_tree(tree)
    assert [word for word in text.body.split() if word not in there] == []
    assert [word for line in text.credits for word in line.split() if word not in there] == []


HOSTILE = {
    "deep": "<div>" * 10_000 + A,
    "deep inline": "<span>" * 10_000 + A,
    "deep tables": "<table><tr><td>" * 3_000 + A,
    "siblings": f"<p>{A}</p>" * 3_000,
    "many siblings": "<p>نعم</p>" * 20_000,
    "many pointers": "<div>" + ps([A]) + f"<p>اقرأ أيضا: <a href='/9'>{BRIDGE}</a></p>" * 1_000,
    "comments": "<!-- x --><?y?>كلمة" * 10_000,
    "breaks": f"{A}<br>" * 2_000,
    "fields": "<input>" * 5_000 + ps(WHEAT_TEXT),
}


@pytest.mark.parametrize("inside", HOSTILE.values(), ids=HOSTILE)
def test_time_grows_with_the_page_alone(inside):
    tree = page(inside, deep=True)
    begun = time.process_time()
    of_tree(tree)
    assert time.process_time() - begun < 20


def test_trafilatura_is_given_the_breaks_of_lines_but_neither_empty_elements_nor_lists_of_links():
    more = "<div class='ad'><img src='/1'></div><dl><dd><a href='/2'>أخبار المدن والأرياف</a></dd></dl>"
    found = read_page(page(f"<article>{ps([A, B])}<p>{C}<br>{D}</p>{more}</article>"))
    lines = by_trafilatura(found).split("\n")
    assert (lines[-2:], found.tree.xpath("//dl | //img | //div[@class='ad']")) == ([C, D], [])


def test_a_mark_of_direction_behind_a_full_stop_does_not_hide_it():
    from newscrawl.extraction.features import NAMES, Places, features
    from newscrawl.page import Source, parse, read_page

    source = parse(f"<p>{'كلمة ' * 20}.\u200f</p><p>{'كلمة ' * 20}</p>".encode())
    assert isinstance(source, Source)
    page = read_page(source.tree)
    rows = features(Places(page, [False, False], [False, False]))
    assert list(rows[:, NAMES.index("sentence")]) == [1.0, 0.0]
