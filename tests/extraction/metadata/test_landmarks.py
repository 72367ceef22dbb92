import time

import pytest
from lxml import html

from newscrawl.extraction.metadata import read_credit
from newscrawl.extraction.metadata.landmarks import MOST, find_landmarks, roles_of

from .test_read import read


def marks_of(body):
    marks = find_landmarks(html.document_fromstring(f"<html><body>{body}</body></html>"))
    marks.choose(marks.found["h1"][0][1])
    return marks


@pytest.mark.parametrize(
    ("names", "roles"),
    [
        ("post-author", {"byline"}), ("writeBy", {"byline"}), ("aksa-byline font-14", {"byline"}),
        ("article_details_tags_container", {"tags"}), ("tagList", {"tags"}), ("breadcumb", {"crumbs"}),
        ("sub-title", {"standfirst"}), ("entry-title", {"headline"}), ("nav-on", {"current", "furniture"}),
        ("image-source", {"photo", "source"}), ("advantages authority stagsx", set()), ("", set()),
        ("كاتب-المقال", {"byline"}),
    ],
)  # fmt: skip
def test_roles_by_the_words_of_a_class(names, roles):
    assert set(roles_of(names)) == roles


def test_what_is_around_the_headline_is_no_furniture():
    marks = marks_of(
        "<div class='sidebar-layout'><div class='menu'><h1>عنوان</h1><b class='author'>منى</b></div></div>"
    )
    assert [element.text for element in marks.after("byline")] == ["منى"]


@pytest.mark.parametrize("around", ["aside", "footer", "nav", "form"])
def test_furniture_by_element(around):
    marks = marks_of(f"<h1>عنوان</h1><{around}><b class='author'>منى</b></{around}>")
    assert list(marks.after("byline")) == []


def test_before_and_after_and_near():
    marks = marks_of(
        "<b class='author'>1</b><b class='author'>2</b><h1>ع</h1>" + "<i></i>" * 9 + "<b class='author'>3</b>"
    )
    assert [element.text for element in marks.before("byline")] == ["2", "1"]
    assert [element.text for element in marks.after("byline")] == ["3"]
    assert list(marks.after("byline", within=5)) == []


def test_too_many_of_a_kind_are_not_kept():
    marks = marks_of("<h1>ع</h1>" + "<b class='author'>1</b>" * (3 * MOST))
    assert len(marks.found["byline"]) == MOST


@pytest.mark.parametrize(
    "body",
    [
        "<div class='author tags source breadcrumb summary category active'>" * 200 + "نص",
        "<a class='author'>نص طويل</a>" * 20_000,
        "<div class='tags'>" + "<a>وسم</a>" * 20_000 + "</div>",
        "<h1>" + "<span>كلمة</span>" * 20_000 + "</h1>",
        "<h1>عنوان الخبر هنا الآن</h1>" * 5_000,
        "<p class='" + "author " * 20_000 + "'>نص</p>",
        "<h1>" + "a - " * 50_000 + "</h1>",
        "<p>المصدر: " + "- " * 50_000 + "</p>",
    ],
)
def test_a_hostile_page_takes_no_longer(body):
    begun = time.process_time()
    page = read(
        head="<title>عنوان الخبر هنا الآن - الموقع</title>", body=f"<h1>عنوان الخبر هنا الآن</h1>{body}"
    )
    read_credit("نص", page)
    assert time.process_time() - begun < 20
