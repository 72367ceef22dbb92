import time

import pytest
from lxml import html

from newscrawl.extraction.body.copies import drop_other_articles

from .test_boundary import BRIDGE, BRIDGE_TEXT, LIBRARY, LIBRARY_TEXT, WHEAT, WHEAT_TEXT


def text(lines):
    return "".join(f"<p>{line}</p>" for line in lines)


OWN, SECOND, THIRD = (
    f"<h1>{WHEAT}</h1>{text(WHEAT_TEXT)}",
    f"<h1>{BRIDGE}</h1>{text(BRIDGE_TEXT * 2)}",
    f"<h2>{LIBRARY}</h2>{text(LIBRARY_TEXT * 3)}",
)
CARD = f"<h3>{BRIDGE}</h3><p>{BRIDGE_TEXT[0]}</p>"


def left(inside):
    """Which of the headlines are left."""
    tree = html.document_fromstring(f"<html><body>{inside}</body></html>")
    drop_other_articles(tree, WHEAT)
    there = tree.text_content()
    assert "ذيل" in there or "ذيل" not in inside
    return [headline for headline in (WHEAT, BRIDGE, LIBRARY) if headline in there]


@pytest.mark.parametrize(
    ("inside", "headlines"),
    [
        (f"<article>{OWN}</article>", [WHEAT]),
        (f"<article>{OWN}</article><article>{THIRD}</article>ذيل", [WHEAT]),
        (f"<article>{OWN}</article><article>{SECOND}</article><article>{THIRD}</article>", [WHEAT]),
        # the page's own has the h1, wherever it stands; without one it is the first
        (f"<article>{THIRD}</article><article>{OWN}</article>", [WHEAT]),
        (f"<article>{OWN.replace('h1', 'h2')}</article><article>{THIRD}</article>", [WHEAT]),
        # cards are no articles, and articles inside the article are its own
        (f"<article>{OWN}</article><article>{CARD}</article>", [WHEAT, BRIDGE]),
        (f"<article>{OWN}<article>{THIRD}</article></article>", [WHEAT, LIBRARY]),
        # elements side by side under one class
        (f"<div class='post'>{OWN}</div><div class='post'>{THIRD}</div>ذيل", [WHEAT]),
        (f"<section class='a b'>{OWN}</section><hr><section class='a b'>{SECOND}</section>", [WHEAT]),
        (
            f"<div class='post'><header><h1>{WHEAT}</h1></header>{text(WHEAT_TEXT)}</div>"
            f"<div class='post'>{THIRD}</div>",
            [WHEAT],
        ),
        (f"<div class='post'>{OWN}</div><div class='other'>{THIRD}</div>", [WHEAT, LIBRARY]),
        (f"<div>{OWN}</div><div>{THIRD}</div>", [WHEAT, LIBRARY]),
        (f"<div class='post'>{OWN}</div><section class='post'>{THIRD}</section>", [WHEAT, LIBRARY]),
        # parts of one article have headings of their own
        (
            f"<div class='part'><h1>{WHEAT}</h1>{text(WHEAT_TEXT * 2)}</div>"
            f"<div class='part'><h2>{BRIDGE}</h2>{text(WHEAT_TEXT[1:])}</div>",
            [WHEAT, BRIDGE],
        ),
        (f"<div class='post'>{OWN}</div><div class='post'>{text([LIBRARY])}</div>", [WHEAT, LIBRARY]),
        # the body is nobody's
        (f"{OWN}{SECOND}", [WHEAT, BRIDGE]),
        ("", []),
    ],
)  # fmt: skip
def test_only_the_pages_own_article_is_left(inside, headlines):
    assert left(inside) == headlines


HOSTILE = {
    "headings in one element": f"<div class='a'>{f'<h1>{WHEAT}</h1><p>{WHEAT_TEXT[0]}</p>' * 3_000}</div>",
    "headings without text": f"<div class='a'>{f'<h1>{WHEAT}</h1>' * 3_000}{text(WHEAT_TEXT)}</div>",
    "articles": f"<article>{SECOND}</article>" * 2_000,
    "nested articles": "<article>" * 200 + OWN,
    "elements alike": f"<div class='post'>{SECOND}</div>" * 1_000,
    "parts alike": f"<div class='post'><h1>{LIBRARY}</h1>{text(BRIDGE_TEXT * 2)}</div>" * 100,
    "empty paragraphs": f"<div class='a'>{'<p></p>' * 10_000}{'<h1>ا</h1>' * 2_000}</div>",
    "comments": "<!-- x --><?y?>" * 5_000 + OWN,
}


@pytest.mark.parametrize("inside", HOSTILE.values(), ids=HOSTILE)
def test_time_grows_with_the_page_alone(inside):
    tree = html.document_fromstring(f"<html><body>{inside}</body></html>")
    begun = time.process_time()
    drop_other_articles(tree, WHEAT)
    assert time.process_time() - begun < 20
