import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from newscrawl.extraction.metadata import read_credit

from .helpers import article, meta, page_of, read


def test_an_article_in_a_graph():
    graph = {
        "@graph": [
            {"@type": "WebSite", "name": "الصحيفة"},
            article(datePublished="2026-11-01T10:00:00+03:00", articleSection=["اقتصاد", "مال"]),
        ]
    }
    page = read(linked=graph)
    assert (page.title, page.section) == ("العنوان", "اقتصاد")


@pytest.mark.parametrize("kind", ["https://schema.org/NewsArticle", ["Thing", "NewsArticle"], "BlogPosting"])
def test_ways_to_write_the_type(kind):
    assert page_of(linked=article() | {"@type": kind}).said.calls_itself_article


@pytest.mark.parametrize(
    "text",
    [
        "{", "", "null", "[]", '"text"', "12", '{"@type": ', "[" * 5000,
        '{"@type": {"a": 1}}', '{"@graph": "x"}', '{"@type": "NewsArticle", "headline": 5, "image": [[]]}',
    ],
)  # fmt: skip
def test_broken_json_costs_only_itself(text):
    page = read(head='<meta property="og:title" content="من الوسوم">', linked=text)
    assert page.title == "من الوسوم"


def test_raw_line_breaks_and_a_trailing_semicolon():
    assert read(linked='{"@type": "NewsArticle", "headline": "سطر\nآخر"};').title == "سطر آخر"


def test_every_part_of_a_plain_page():
    head = '<link rel="Canonical" href="/news/1?"><link rel="canonical" href="/news/2">'
    head += meta(og_image="/i.jpg", og_site_name="الصحيفة", og_type="article")
    body = (
        "<div class='breadcrumb'><a href='/'>الرئيسية</a> / <a href='/eco'>اقتصاد</a></div>"
        "<h1>المصرف المركزي يخفض سعر الفائدة</h1><h2>القرار يسري من مطلع الأسبوع المقبل كما أعلن</h2>"
        "<span class='byline'>عدن - سامي حسن</span><p>نص الخبر</p>"
        "<div class='tags'><a>المصرف المركزي</a></div>"
    )
    page = read(head=head, body=body, linked=article(headline="المصرف المركزي يخفض سعر الفائدة"))
    assert page.title == "المصرف المركزي يخفض سعر الفائدة"
    assert page.headline.node is not None
    assert page.headline.node.tag == "h1"
    assert page.summary == "القرار يسري من مطلع الأسبوع المقبل كما أعلن"
    assert (page.section, page.tags, page.authors) == ("اقتصاد", ["المصرف المركزي"], ["سامي حسن"])
    assert page.image == "https://www.sahifa.example/i.jpg"
    assert page.canonical.startswith("https://www.sahifa.example/news/1")
    assert page.site_name == "الصحيفة"
    credit = read_credit("نص الخبر هنا.\n\nالمصدر: وكالات", page)
    assert (credit.agency, credit.dateline) == ("وكالات", "عدن")


def test_a_canonical_link_that_is_no_address():
    assert read(head='<link rel="canonical" href="http://[bad">').canonical == ""


def test_without_a_canonical_link_og_url_stands_for_it():
    assert read(head=meta(og_url="https://www.sahifa.example/9")).canonical == "https://www.sahifa.example/9"


HOSTILE = st.text(alphabet="<>/='\"hdivpaclsbrutg1 منر-:،{}[]@\n&;#", max_size=400)


@settings(max_examples=150, deadline=None)
@given(HOSTILE, HOSTILE)
def test_whatever_the_page_there_is_an_answer(head, body):
    try:
        page = read(head=head, body=f"<h1>عنوان الخبر هنا</h1><div class='byline tags source'>{body}</div>")
    except etree.ParserError:
        return
    read_credit(body, page)


@settings(max_examples=100, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "@id", "@type", "url", "item", "@list",
        "x"]), inner, max_size=3),
        max_leaves=8,
    ),
    st.sampled_from(
        ["author", "image", "keywords", "articleSection", "publisher", "headline", "hasPart",
         "description",
         "isAccessibleForFree", "creator", "itemListElement", "thumbnailUrl", "genre", "name"]
    ),
)  # fmt: skip
def test_any_value_may_stand_in_json_ld(value, key):
    assert isinstance(read(linked=article(**{key: value})).title, str)
    assert isinstance(read(linked={"@type": "BreadcrumbList", key: value}).section, str)
