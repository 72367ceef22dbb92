import json

import pytest
from lxml import html

from newscrawl.extraction.metadata import read_metadata
from newscrawl.extraction.statements import read_statements

URL = "https://www.sahifa.example/news/1"


def read(*, head="", body="", linked=None):
    if linked is not None:
        text = linked if isinstance(linked, str) else json.dumps(linked, ensure_ascii=False)
        head += f'<script type="application/ld+json">{text}</script>'
    page = f"<html lang='ar'><head>{head}</head><body>{body}</body></html>"
    tree = html.document_fromstring(page)
    return read_metadata(tree, read_statements(tree), URL)


def article(**values):
    return {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "العنوان", **values}


def test_an_article_in_a_graph():
    graph = {
        "@graph": [
            {"@type": "WebSite", "name": "الصحيفة"},
            article(datePublished="2026-11-01T10:00:00+03:00", articleSection=["اقتصاد", "مال"]),
        ]
    }
    page = read(linked=graph)
    assert (page.title, page.section, page.is_article) == ("العنوان", "اقتصاد", True)
    assert page.published == [("json-ld", "2026-11-01T10:00:00+03:00")]


@pytest.mark.parametrize("kind", ["https://schema.org/NewsArticle", ["Thing", "NewsArticle"], "BlogPosting"])
def test_ways_to_write_the_type(kind):
    assert read(linked=article() | {"@type": kind}).is_article


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


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("منى علي", ["منى علي"]),
        ({"@type": "Person", "name": "منى علي"}, ["منى علي"]),
        ([{"@type": "Person", "name": "منى علي"}, {"name": "سامي حسن"}], ["منى علي", "سامي حسن"]),
        (["منى علي", "منى علي"], ["منى علي"]),
        ("كتبت: منى علي، سامي حسن", ["منى علي", "سامي حسن"]),
        ({"@type": "Organization", "name": "الصحيفة"}, []),
        ({"@type": "NewsMediaOrganization", "name": "الصحيفة"}, []),
        ([{"@type": "Person"}, None, 5, {"name": None}], []),
        ("https://www.facebook.com/mona", []),
    ],
)
def test_authors(author, names):
    assert read(linked=article(author=author)).authors == names


@pytest.mark.parametrize("mark", ["-", "|", "–", "—", "::"])
def test_the_sites_name_goes_off_the_title(mark):
    head = f'<title>زيارة إلى القاهرة {mark} الصحيفة</title><meta property="og:site_name" content="الصحيفة">'
    assert read(head=head).title == "زيارة إلى القاهرة"


def test_a_dash_of_the_title_itself_stays():
    head = '<title>مباشر - مصر والسودان</title><meta property="og:site_name" content="الصحيفة">'
    assert read(head=head).title == "مباشر - مصر والسودان"


def test_a_sidebars_time_is_not_the_articles():
    body = "<h1>العنوان</h1><aside><time datetime='2026-11-01'>1</time></aside>"
    body += "<ul><li><time datetime='2026-11-02'>2</time></li></ul>"
    body += "<footer><time datetime='2026-11-03'>3</time></footer>"
    assert read(body=body).published == []
    assert read(body="<aside><time datetime='2026-11-01'>1</time></aside><h1>العنوان</h1>").published == []


@pytest.mark.parametrize(
    "body",
    [
        "<aside><time datetime='2020'></time></aside><article><time datetime='2026-11-01'></time></article>",
        "<h1>العنوان</h1><p><time datetime='2026-11-01'>1</time></p>",
        "<span itemprop='datePublished' datetime='2026-11-01'></span>",
    ],
)
def test_the_articles_own_time_is(body):
    assert read(body=body).published == [("time-element", "2026-11-01")]


def test_times_come_in_order_of_trust():
    page = read(
        head='<meta property="article:published_time" content="b">',
        body="<article><time datetime='c'></time></article>",
        linked=article(datePublished="a"),
    )
    assert page.published == [("json-ld", "a"), ("meta", "b"), ("time-element", "c")]


def test_tags_and_image_and_canonical():
    head = '<link rel="Canonical" href="/news/1?"><meta property="og:image" content="/i.jpg">'
    page = read(head=head, linked=article(keywords="مصر، السودان,مصر"))
    assert page.tags == ["مصر", "السودان"]
    assert page.image == "https://www.sahifa.example/i.jpg"
    assert page.canonical.startswith("https://www.sahifa.example/news/1")


def test_a_canonical_link_that_is_no_address():
    assert read(head='<link rel="canonical" href="http://[bad">').canonical == ""
