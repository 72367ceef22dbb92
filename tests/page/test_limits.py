"""What is too large is told, and what real pages have is not."""

from __future__ import annotations

import pytest
from lxml import html

from newscrawl.article import Outcome, Rejected
from newscrawl.extraction import extract
from newscrawl.page.parse import (
    LARGE_SOURCE,
    MAX_ATTRIBUTES,
    MAX_CHARACTERS,
    MAX_ELEMENTS,
    MAX_TEXT,
    drop_long_attributes,
    too_large_source,
    too_large_tree,
)
from tests.extraction.golden import OWN, SHARED, load

MANY = " ".join(f"data-{number}='1'" for number in range(MAX_ATTRIBUTES + 1))
HARMLESS = {
    "a long text": f"<p>{'كلمة ' * 5000}</p>",
    "a long attribute": f"<img src='data:image/png;base64,{'A' * 100_000}'>",
    "a script without tags": f"<script>var a = [{'1, ' * 20_000}]</script>",
    "many tags": "<br a=1 b=2>" * 20_000,
    "nothing": "",
}


@pytest.mark.parametrize("name", HARMLESS)
def test_no_fault_is_found_with(name):
    assert too_large_source(HARMLESS[name]) == ""


@pytest.mark.parametrize("source", [f"<div {MANY}>", f"<p>نص</p> ثم <a {MANY}", f"x<div {MANY}>{'<p>' * 50}"])
def test_a_tag_of_too_many_attributes(source):
    assert "attributes" in too_large_source(source)


def test_too_many_characters():
    assert "5,000,001 characters" in too_large_source("ا" * (MAX_CHARACTERS + 1))
    assert too_large_source("ا" * MAX_CHARACTERS) == ""


def test_too_many_elements():
    fits = html.fromstring(f"<div>{'<br>' * (MAX_ELEMENTS - 10)}</div>")
    assert too_large_tree(fits, LARGE_SOURCE) == ""
    fits.extend(html.fromstring(f"<div>{'<br>' * 20}</div>"))
    assert "elements" in too_large_tree(fits, LARGE_SOURCE)


def test_too_much_text():
    def reason(text, script=""):
        page = f"<html><body><p>{text}</p><script>{script}</script></body></html>"
        return too_large_tree(html.fromstring(page), len(page))

    assert "500,001 characters of text" in reason("ا" * (MAX_TEXT + 1))
    assert reason("ا" * MAX_TEXT) == ""
    assert reason("نص", script="x" * 2 * MAX_TEXT) == ""


@pytest.mark.parametrize(
    "content",
    [f"<div {MANY}>", "<br>" * (MAX_ELEMENTS + 1), "ا" * (MAX_TEXT + 9), "x" * (MAX_CHARACTERS + 1)],
)
def test_such_a_page_is_turned_away_with_its_reason(content):
    result = extract(f"<html><body>{content}".encode(), "https://www.sahifa.example/1")
    assert isinstance(result, Rejected)
    assert result.outcome is Outcome.TOO_LARGE
    assert "more than" in result.reason


def test_real_pages_are_far_from_it():
    for gold in (*load(OWN), *load(SHARED)):
        source = gold.content.decode("utf-8", "replace")
        assert too_large_source(source * 2) == "", gold.name


def test_attributes_that_no_page_needs_go_and_the_others_stay():
    tree = html.fromstring(f"<div class='{'a ' * 20_000}' id='b'><img src='{'x' * 20_001}' alt='c'></div>")
    drop_long_attributes(tree)
    assert dict(tree.attrib) == {"id": "b"}
    assert dict(tree[0].attrib) == {"alt": "c"}
