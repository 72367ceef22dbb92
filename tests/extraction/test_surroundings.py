import time

import pytest

from newscrawl.extraction.headline import Headline
from newscrawl.extraction.metadata import read_credit
from newscrawl.extraction.surroundings import MOST, Surroundings

from .helpers import page_of, read


def around(body):
    page = page_of(body=body)
    [node] = page.tagged("h1")[:1]
    block = page.blocks_of(node)[0]
    page.choose_headline(block)
    return Surroundings(page, Headline(block.text, block, node))


def texts(found, nodes):
    return [found.page.text_of(node) for node in nodes]


def test_what_is_around_the_headline_is_no_furniture():
    found = around(
        "<div class='sidebar-layout'><div class='menu'><h1>عنوان</h1><b class='author'>منى</b></div></div>"
    )
    assert texts(found, found.after("byline")) == ["منى"]


@pytest.mark.parametrize("tag", ["aside", "footer", "nav", "form"])
def test_furniture_by_element(tag):
    found = around(f"<h1>عنوان</h1><{tag}><b class='author'>منى</b></{tag}>")
    assert list(found.after("byline")) == []


def test_before_and_after_and_near():
    found = around(
        "<b class='author'>1</b><b class='author'>2</b><h1>ع</h1>" + "<i></i>" * 9 + "<b class='author'>3</b>"
    )
    assert texts(found, found.before("byline")) == ["2", "1"]
    assert texts(found, found.after("byline")) == ["3"]
    assert list(found.after("byline", within=5)) == []


def test_too_many_of_a_kind_are_not_looked_at():
    found = around("<h1>ع</h1>" + "<b class='author'>1</b>" * (3 * MOST))
    assert len(list(found.after("byline"))) == MOST


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
