"""What the one walk makes of a tree: blocks, their places, and what a page shows."""

import gc
import weakref

import pytest
from lxml import html

from newscrawl.page import read_page


def page(body, head=""):
    return read_page(html.document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>"))


def test_paragraphs_breaks_and_bare_text_are_blocks():
    found = page("عار<div>أول <b>غامق</b><br>ثان<p>ثالث</p>رابع</div>خامس")
    assert [block.text for block in found.blocks] == ["عار", "أول غامق", "ثان", "ثالث", "رابع", "خامس"]
    assert [block.node.tag for block in found.blocks] == ["body", "div", "div", "p", "div", "body"]


def test_links_and_headings_are_counted():
    found = page("<h2>عنوان <a href='/1'>رابط طويل</a></h2><p>نص بلا رابط</p>")
    heading, text = found.blocks
    assert (heading.level, heading.words, heading.linked) == (2, 3, 2)
    assert (text.level, text.linked_share) == (0, 0.0)
    assert found.linked_in(found.tagged("h2")[0]) == 2


def test_scripts_comments_and_drawings_are_no_text():
    found = page("<p>قبل<!-- ملاحظة --> بعد<script>x</script> آخر<svg><text>y</text></svg></p>")
    assert [block.text for block in found.blocks] == ["قبل بعد آخر"]


def test_an_inline_element_has_its_own_text_in_its_block():
    found = page(
        "<p class='meta'><span class='author'>منى حسن</span> | <time datetime='2026-11-20'>أمس</time></p>"
    )
    author, time = found.tagged("span")[0], found.tagged("time")[0]
    assert found.text_of(author) == "منى حسن"
    assert (found.text_of(time), time.get("datetime")) == ("أمس", "2026-11-20")
    assert "byline" in author.roles


TEXT = "".join(f"<p>{'كلمة ' * 30}{number}.</p>" for number in range(4))


@pytest.mark.parametrize(
    "names",
    ["has-sidebar", "elementor-widget", "content-with-sidebar", "entry-content share-enabled", "ads menu"],
)
def test_what_holds_the_best_run_of_text_is_never_furniture(names):
    found = page(f"<div class='{names}'><h1>عنوان</h1>{TEXT}</div><div class='sidebar'><p>جانب</p></div>")
    assert [found.furniture(block) > 0 for block in found.blocks] == [*[False] * 5, True]
    assert list(found.run) == [1, 2, 3, 4]


def test_a_discussion_is_not_the_best_run():
    talk = f"<div class='comments'>{TEXT}</div>"
    found = page(f"<div>{TEXT}</div><h3>تعليقات</h3>{'<p>قصير</p>' * 20}{talk}")
    assert found.run.start == 0


def test_hidden_text_is_marked():
    found = page("<div style='display: none'><p>مخفي</p></div><noscript><p>بلا</p></noscript><p>ظاهر</p>")
    assert [block.hidden for block in found.blocks] == [True, True, False]


def test_nodes_know_their_blocks_and_their_place():
    found = page("<div id='a'><p>أول</p><p>ثان</p></div><p>ثالث</p>")
    box = found.tagged("div")[0]
    assert [block.text for block in found.blocks_of(box)] == ["أول", "ثان"]
    assert found.text_of(box) == "أول\nثان"
    assert [node.tag for node in found.children(box)] == ["p", "p"]


def test_depth_is_no_fault():
    parser = html.HTMLParser(huge_tree=True)
    deep = html.document_fromstring("<html><body>" + "<div>" * 2000 + "نص" + "</body></html>", parser=parser)
    assert [block.text for block in read_page(deep).blocks] == ["نص"]


def test_a_page_is_freed_as_soon_as_nobody_has_it():
    found = page("<p><a href='/1'>رابط <b>فيه غامق</b></a> ونص بعده</p>")
    gone = weakref.ref(found.tagged("a")[0].element)
    gc.disable()
    try:
        del found
        assert gone() is None
    finally:
        gc.enable()
