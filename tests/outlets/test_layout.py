# ruff: noqa: E501  (a table reads better in rows)
"""Layouts: what a file may say, and messages that a person can act on."""

import pickle
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from newscrawl.outlets import OutletError, load_outlets
from newscrawl.outlets.layout import Layout, compiled

from .test_registry import GOOD


def load(tmp_path, layouts):
    (tmp_path / "qarya.toml").write_text(f"{GOOD}\n{layouts}", encoding="utf-8")
    return load_outlets(tmp_path, only=["qarya"])["qarya"]


def test_layouts_keep_their_order(tmp_path):
    outlet = load(
        tmp_path,
        """
        [[layouts]]
        body = "css:div.story, css-less"
        valid_from = 2026-03-01
        remove = ["//aside", "css:.share"]
        [[layouts]]
        name = "old"
        title = "string(//h2)"
        valid_until = "2026-02-28"
        """,
    )
    first, second = outlet.layouts
    assert (first.valid_from, first.valid_until) == (date(2026, 3, 1), None)
    assert first.remove == ("//aside", "css:.share")
    assert (second.name, second.valid_until) == ("old", date(2026, 2, 28))


def test_an_outlet_with_layouts_goes_to_a_worker_process(tmp_path):
    outlet = load(tmp_path, '[[layouts]]\nbody = "//article"')
    compiled(outlet.layouts[0].body)
    assert pickle.loads(pickle.dumps(outlet)) == outlet


@pytest.mark.parametrize(
    ("layouts", "message"),
    [
        ('[[layouts]]\nbody = "div.story"', "layouts.0.body: 'div.story' names no place; begin XPath with // and CSS with css:"),
        ('[[layouts]]\nbody = "article > p"', "layouts.0.body: 'article > p' names no place; "),
        ('[[layouts]]\nbody = ""', "layouts.0.body: '' names no place; "),
        ('[[layouts]]\nbody = ".story"', "layouts.0.body: '.story' is no XPath 1.0 ("),
        ('[[layouts]]\nbody = "//div["', "layouts.0.body: '//div[' is no XPath 1.0 (Invalid expression); begin XPath with // "),
        ('[[layouts]]\nbody = "//div[@class=\'a\\u0000\']"', "layouts.0.body: "),
        ('[[layouts]]\nbody = "//x:div"', "layouts.0.body: '//x:div' uses x:, which XPath 1.0 has not; write it without"),
        ('[[layouts]]\nbody = "//div[ends-with(@id, \'x\')]"', "layouts.0.body: \"//div[ends-with(@id, 'x')]\" uses ends-with(), which XPath 1.0 has not; write it without"),
        ('[[layouts]]\nbody = "//p[$x]"', "layouts.0.body: '//p[$x]' uses $x, which XPath 1.0 has not; "),
        ('[[layouts]]\nbody = "css:div >"', "layouts.0.body: 'css:div >' is no CSS selector ("),
        ('[[layouts]]\nbody = "css:p::text"', "layouts.0.body: 'css:p::text' is no CSS selector ("),
        ('[[layouts]]\nbody = "string(//article)"', "layouts.0.body: 'string(//article)' gives no elements; select the element itself"),
        ('[[layouts]]\ntitle = "count(//h1)"', "layouts.0.title: 'count(//h1)' gives a float; select an element or a text"),
        ('[[layouts]]\nbody = "//p"\nremove = ["boolean(//p)"]', "layouts.0.remove.0: 'boolean(//p)' gives a bool; "),
        ('[[layouts]]\nbody = "//p"\nremove = "//aside"', "layouts.0.remove: not a list; put it in [ ]"),
        ('[[layouts]]\nbody = 3', "layouts.0.body: not a text; put it in quotes"),
        ('[[layouts]]\nbody = "//p"\n[[layouts]]\nbyline = "//a"', "layouts.1: neither body nor title, by which a page is known; give at least one"),
        ('[[layouts]]\nbodies = "//p"', "layouts.0.bodies: unknown key; did you mean body?"),
        ('[dates]\nignored = []', "dates.ignored: unknown key; did you mean ignore?"),
        ('[layouts]\nbody = "//p"', "layouts: one table, not a list of them; write its heading as [[layouts]]"),
        ('[[layouts]]\nbody = "//p"\nvalid_from = "March"', "layouts.0.valid_from: 'March' is no day; write it as 2026-03-01"),
        ('[[layouts]]\nbody = "//p"\nvalid_from = 2026', "layouts.0.valid_from: '2026' is no day; "),
        ('[[layouts]]\nbody = "//p"\nvalid_from = 2026-03-01T10:00:00', "layouts.0.valid_from: '2026-03-01 10:00:00' is no day; "),
        ('[[layouts]]\nbody = "//p"\nvalid_from = 2026-03-02\nvalid_until = 2026-03-01', "layouts.0: valid_from 2026-03-02 is after valid_until 2026-03-01; exchange them"),
    ],
)  # fmt: skip
def test_one_fault_one_line(tmp_path, layouts, message):
    with pytest.raises(OutletError) as raised:
        load(tmp_path, layouts)
    found = [fault.removeprefix(f"{tmp_path / 'qarya.toml'}: ") for fault in raised.value.faults]
    assert [fault for fault in found if fault.startswith(message)], found
    assert all("\n" not in fault and "; " in fault for fault in found)


@pytest.mark.parametrize(
    "selector",
    [
        "//div[@id='ends-with(']",
        "//div[contains(@class, '$x:y')]",
        "(//article | //main)[1]//p[not(ancestor::aside) and (position() < 9)]",
        "//*[self::p or self::node()]/text()",
        "//p[@xml:lang='ar']",
        "normalize-space(//h1)",
        "css:div.story > p:nth-child(2n), p:not(.x)",
    ],
)
def test_good_selectors(selector):
    assert Layout(title=selector).title == selector


def test_css_and_xpath_find_the_same():
    page = html.document_fromstring("<div class='a story'><p>نص</p></div><div class='storyboard'>لا</div>")
    [by_css] = compiled("css:div.story")(page)
    [by_xpath] = compiled("//div[contains(concat(' ', @class, ' '), ' story ')]")(page)
    assert by_css is by_xpath


@pytest.mark.parametrize(
    ("day", "valid"),
    [("2026-02-28", False), ("2026-03-01", True), ("2026-03-31", True), ("2026-04-01", False)],
)
def test_both_days_are_included(day, valid):
    layout = Layout(body="//p", valid_from=date(2026, 3, 1), valid_until=date(2026, 3, 31))
    assert layout.valid_on(date.fromisoformat(day)) is valid


def test_without_days_it_is_always_valid():
    assert all(Layout(title="//h1").valid_on(day) for day in (date.min, date.max))


@given(st.one_of(st.text(), st.text("/@[]()='.:*cs div1$\"|", max_size=30), st.text().map("css:{}".format)))
def test_whatever_is_written_is_a_selector_or_a_message(text):
    try:
        found = compiled(text)(html.document_fromstring("<p>-</p>"))
    except ValueError as error:
        assert "; " in str(error)
    else:
        assert isinstance(found, list | str | float | bool)
