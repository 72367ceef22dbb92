# ruff: noqa: E501  (pages read better in lines of their own)
"""Layouts on pages: which one applies, what it reads, and that nothing escapes from it."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from newscrawl.extraction import overrides
from newscrawl.extraction.overrides import apply_layouts, layouts_passed_over
from newscrawl.outlets import Outlet
from newscrawl.outlets.layout import Layout

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
PAGE = """
<html><head><title>-</title><meta property="x:author" content="منى سالم"></head><body>
<h1>عنوان الخبر</h1> <h2 class="kicker">تحليل</h2>
<div class="by"><a>ليلى حسن</a> و<a>كريم عادل</a><a>ليلى حسن</a></div>
<time datetime="2026-03-09T10:00:00+02:00">أمس</time><span id="when">٩ آذار ٢٠٢٦</span>
<div id="lead"><p>المقدمة.</p></div>
<div id="story"><p>الفقرة الأولى.</p><aside>إعلان</aside>تتمة النص.<div class="story"><p>الفقرة الثانية.</p></div></div>
<div id="empty"><script>var x = 1</script> \u00a0</div>
</body></html>
"""


def outlet(*layouts, timezone="Africa/Cairo"):
    return Outlet(
        id="qarya",
        name="صوت القرية",
        name_en="Voice",
        domain="qarya.example",
        homepage="https://qarya.example/",
        country="EG",
        timezone=timezone,
        kind="newspaper",
        feeds=("https://qarya.example/rss",),
        layouts=layouts,
    )


def page():
    return html.document_fromstring(PAGE)


def read(*layouts, tree=None, fetched_at=NOW):
    return apply_layouts(page() if tree is None else tree, outlet(*layouts), fetched_at)


def words(element):
    return " ".join(element.text_content().split())


def test_the_parts_of_a_page():
    reading = read(
        Layout(
            name="new",
            body="css:#lead",
            title="//h1",
            published="//time",
            byline="css:.by a",
        )
    )
    assert (reading.layout, reading.name) == (1, "new")
    assert " ".join(map(words, reading.bodies)) == "المقدمة."
    assert reading.title == "عنوان الخبر"
    assert reading.published == "2026-03-09T10:00:00+02:00"
    assert reading.byline == "ليلى حسن، كريم عادل"
    assert reading.notes == []


@pytest.mark.parametrize(
    ("selector", "found"),
    [
        ("//time/@datetime", "2026-03-09T10:00:00+02:00"),
        ("//time/text()", "أمس"),
        ("string(//*[@id='when'])", "٩ آذار ٢٠٢٦"),
        ("//meta[@property='x:author']", "منى سالم"),
    ],
)
def test_texts_come_from_elements_attributes_and_functions(selector, found):
    assert read(Layout(body="//p", published=selector)).published == found


def test_several_bodies_are_one_in_the_pages_order_and_none_comes_twice():
    tree = page()
    reading = read(Layout(body="css:#story, css-none, .story, #lead"), tree=tree)
    assert " ".join(map(words, reading.bodies)) == "المقدمة. الفقرة الأولى.إعلانتتمة النص.الفقرة الثانية."
    assert html.tostring(tree) == html.tostring(page())


def test_one_body_is_the_pages_own_element():
    tree = page()
    assert read(Layout(body="//*[@id='lead']"), tree=tree).bodies == [tree.get_element_by_id("lead")]


def test_what_is_removed_leaves_the_text_after_it():
    tree = page()
    reading = read(Layout(body="css:#story", remove=("//aside", "css:.story", "//nav")), tree=tree)
    assert " ".join(map(words, reading.bodies)) == "الفقرة الأولى.تتمة النص."
    assert reading.notes == []
    assert tree.find(".//aside") is None


def test_the_first_that_finds_something_applies_and_the_others_change_nothing():
    tree = page()
    passed = Layout(body="//section", remove=("//h1",))
    reading = read(passed, Layout(body="css:#empty", remove=("//time",)), Layout(body="//p"), tree=tree)
    assert reading.layout == 3
    assert tree.find(".//h1") is not None
    assert tree.find(".//time") is not None


def test_a_layout_without_body_is_known_by_its_title():
    reading = read(Layout(title="//h3"), Layout(title="css:.kicker"))
    assert (reading.layout, reading.title, list(reading.bodies)) == (2, "تحليل", [])


def test_a_title_in_an_attribute_is_one():
    assert read(Layout(title="//meta[@property='x:author']")).title == "منى سالم"


@pytest.mark.parametrize("layouts", [(), (Layout(body="//section"),), (Layout(body="css:#empty"),)])
def test_none_applies(layouts):
    assert read(*layouts) is None


def test_no_outlet():
    assert apply_layouts(page(), None, NOW) is None


OLD = Layout(name="old", body="//p", valid_until=date(2026, 2, 28))
NEW = Layout(name="new", body="//p", valid_from=date(2026, 3, 1))


@pytest.mark.parametrize(
    ("fetched_at", "name"),
    [
        (datetime(2026, 2, 28, 21, 59, tzinfo=UTC), "old"),
        (datetime(2026, 2, 28, 22, 0, tzinfo=UTC), "new"),  # midnight in Cairo
        (NOW, "new"),
    ],
)
def test_the_day_of_the_fetch_decides_by_the_outlets_clock(fetched_at, name):
    assert read(OLD, NEW, fetched_at=fetched_at).name == name


def test_an_expired_layout_is_never_used_again():
    assert read(OLD) is None


def test_selectors_that_find_nothing_are_noted():
    reading = read(Layout(body="css:#lead", title="//h4", published="//b", byline="//i", remove=("//nav",)))
    assert (reading.title, reading.published, reading.byline) == ("", "", "")
    assert reading.notes == [f"{key}: found nothing" for key in ("title", "published", "byline")]


def test_a_body_that_its_own_removal_takes_away_is_noted():
    reading = read(Layout(body="css:#lead p", remove=("css:#lead",), title="//h1"))
    assert (list(reading.bodies), reading.title) == ([], "عنوان الخبر")
    assert reading.notes == ["body: found nothing"]


def broken(layout, **selectors):
    """A layout with selectors that no file could have: only a page shows that they fail."""
    return layout.model_copy(update=selectors)


@pytest.mark.parametrize("selector", ["//p[bad()]", "//p[", "string(//p[bad()])", "//p[$x]"])
def test_a_selector_that_fails_on_the_page_counts_as_one_that_finds_nothing(monkeypatch, selector):
    from lxml import etree

    # Past the check at loading, as a fault that only a page brings out would be.
    monkeypatch.setattr(overrides, "compiled", etree.XPath)
    good = Layout(body="//p")
    assert read(broken(good, body=selector), good).layout == 2
    reading = read(broken(good, byline=selector, remove=(selector,)))
    assert words(reading.bodies[0]).startswith("المقدمة.")
    assert reading.byline == ""
    assert [note.split(" failed: ")[0] for note in reading.notes] == [
        f"remove: {selector}",
        f"byline: {selector}",
    ]


@pytest.mark.parametrize("selector", ["/html", "//body", "//*", "//@id", "//text()", "//comment()", "/"])
def test_removing_everything_leaves_a_tree(selector):
    tree = page()
    assert read(broken(Layout(body="//p"), remove=(selector,)), tree=tree) is not None
    assert tree.tag == "html"


def test_why_layouts_were_passed_over():
    layouts = (OLD, Layout(body="//section"), Layout(name="x", title="//h9"), Layout(body="//p"), NEW)
    assert layouts_passed_over(page(), outlet(*layouts), NOW) == [
        "layout 1 (old): not in use on 2026-03-10, when the page was fetched",
        "layout 2: body: found nothing",
        "layout 3 (x): title: found nothing",
    ]


SELECTORS = st.sampled_from(["//p", "//div", "//*", "/*", "css:div > p", "css:a", "//nowhere"])
TEXTS = st.sampled_from(["//@class", "string(//p)", "//a", "//time", "//*", "//text()"])


@settings(max_examples=200)
@given(
    markup=st.lists(
        st.sampled_from(
            ["<div>", "</div>", "<p class=x>", "نص", "<time datetime=' '>", "<a>", "</a>", "<script>", "<!--", "&nbsp;", "<table>"]
        ),
        max_size=30,
    ),
    body=SELECTORS,
    remove=st.lists(SELECTORS, max_size=3),
    title=TEXTS,
    byline=TEXTS,
)  # fmt: skip
def test_any_page_gives_a_reading_or_none(markup, body, remove, title, byline):
    tree = html.document_fromstring(f"<html><body>{''.join(markup)}</body></html>")
    before = html.tostring(tree)
    layout = Layout(body=body, remove=tuple(remove), title=title, byline=byline, published=title)
    reading = read(layout, tree=tree)
    if reading is None:
        assert html.tostring(tree) == before
    else:
        assert all(body.text_content().strip() for body in reading.bodies)
        assert (reading.title == "") is any(note.startswith("title: ") for note in reading.notes)
