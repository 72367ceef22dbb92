import pytest
from lxml import html

from newscrawl.extraction.body.headline import unmarked_headline

from .test_boundary import BRIDGE, WHEAT, WHEAT_TEXT

TEXT = "<div>" + "".join(f"<p>{line}</p>" for line in WHEAT_TEXT) + "</div>"


def headline(above, text=TEXT, is_site=lambda line: line == "المرفأ"):
    tree = html.document_fromstring(f"<html><body>{above}{text}</body></html>")
    before = html.tostring(tree)
    found = unmarked_headline(tree, is_site)
    assert html.tostring(tree) == before
    return (found.text, found.element.get("id")) if found else None


@pytest.mark.parametrize(
    ("above", "found"),
    [
        (f"<div id='h'>{WHEAT}</div>", (WHEAT, "h")),
        (f"<table><tr><td id='h'><font>{WHEAT}</font></td></tr></table>", (WHEAT, "h")),
        (f"<div>المرفأ</div><div id='h'>{WHEAT}</div><div>الثلاثاء 24 نوفمبر 2026</div>", (WHEAT, "h")),
        # of several the one that the text repeats most
        (f"<div id='g'>وزارة الزراعة والمياه والري والصيد</div><div id='h'>{WHEAT}</div>", (WHEAT, "h")),
        (f"<div id='h'>{WHEAT}</div>" + "<div>الثلاثاء</div>" * 10, (WHEAT, "h")),
        # none
        (f"<div id='h'>{WHEAT}</div>" + "<div>الثلاثاء</div>" * 12, None),
        (f"<div>{BRIDGE}</div>", None),
        (f"<div><a href='#'>{WHEAT}</a></div>", None),
        (f"<div>{WHEAT}.</div>", None),
        ("<div>محصول القمح</div>", None),
        (f"<div>اقرأ أيضا: {WHEAT}</div>", None),
        (f"<div>{' '.join([WHEAT] * 3)}</div>", None),
        ("", None),
    ],
)
def test_the_line_that_the_text_repeats(above, found):
    assert headline(above) == found


def test_the_sites_name_is_no_headline():
    assert headline(f"<div id='h'>{WHEAT}</div>", is_site=lambda line: line == WHEAT) is None


def test_pages_without_a_text():
    assert headline(f"<div>{WHEAT}</div>", text="") is None
    assert headline("", text="") is None
