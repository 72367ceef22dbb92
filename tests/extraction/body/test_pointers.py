import time

import pytest
from lxml import html
from lxml.html import HTMLParser

from newscrawl.extraction.body.blocks import read_blocks
from newscrawl.extraction.body.pointers import flatten_pointers

from .test_boundary import BRIDGE, LIBRARY, WHEAT_TEXT

A, B, C, D = WHEAT_TEXT
ONE = f"<a href='/1'>{BRIDGE}</a>"
TWO = f"<a href='/2'>{LIBRARY}</a>"


def tree(inside, *, deep=False):
    return html.document_fromstring(f"<html><body>{inside}</body></html>", parser=HTMLParser(huge_tree=deep))


def flattened(between, before=f"<p>{A}</p>", after=f"<p>{B}</p>"):
    """The markup of what is left between two paragraphs, and whether anything was changed."""
    page = tree(f"<section><div id='text'>{before}<i></i>{between}<u></u>{after}</div></section>")
    changed = flatten_pointers(page, read_blocks(page))
    markup = html.tostring(page, encoding="unicode")
    assert "<u></u>" in markup
    return markup.split("<i></i>")[1].split("<u></u>")[0].replace('"', "'"), changed


PARAGRAPH = f"<p>اقرأ أيضا: {BRIDGE}</p>"


@pytest.mark.parametrize(
    ("between", "left"),
    [
        # one article pointed to: its words may be the headline of what follows
        (f"<p>اقرأ أيضا: {ONE}</p>", PARAGRAPH),
        (f"<p class='x'><strong>اقرأ أيضا: </strong>{ONE}</p>", PARAGRAPH),
        (f"<h3>اقرأ أيضا: {ONE}</h3>", PARAGRAPH),
        (f"<div><p>اقرأ أيضا: </p><p>{ONE}</p></div>", PARAGRAPH.replace(" " + BRIDGE, f" {BRIDGE}")),
        (f"<div>اقرأ أيضا: <a href='/1'><img></a> {ONE}</div>", PARAGRAPH),
        (f"<div>اقرأ أيضا: {ONE}<div> 3 مايو 2026</div></div>", f"<p>اقرأ أيضا: {BRIDGE} 3 مايو 2026</p>"),
        (f"<blockquote><p>اقرأ أيضا: {ONE}</p></blockquote>", PARAGRAPH),
        (f"<h3>اقرأ أيضا</h3><p>{ONE}</p>", f"<p>اقرأ أيضا</p><p>{BRIDGE}</p>"),
        (
            f"<h3>اقرأ أيضا</h3><h4>{ONE}</h4><h4>{TWO}</h4>",
            f"<p>اقرأ أيضا</p><p>{BRIDGE}</p><p>{LIBRARY}</p>",
        ),
        ("<h3>اقرأ أيضا</h3>", "<p>اقرأ أيضا</p>"),
        (f"<h3>اقرأ أيضا: {BRIDGE}</h3>", PARAGRAPH),
        (f"<h3>اقرأ أيضا</h3><p>{C}</p>", f"<p>اقرأ أيضا</p><p>{C}</p>"),
        (f"<h3>اقرأ أيضا</h3>نص {ONE}", f"<p>اقرأ أيضا</p>نص {ONE}"),
        # several
        (f"<p>اقرأ أيضا: {ONE} {TWO}</p>", ""),
        (f"<div><h4>اقرأ أيضا</h4><ul><li>{ONE}</li><li>{TWO}</li></ul></div>", ""),
        (f"<div><div><b>قد يهمك أيضا</b></div><div><div>{ONE}</div><div>{TWO}</div></div></div>", ""),
        (f"<h4>اقرأ أيضا</h4><ul><li>{ONE}</li></ul>", ""),
        (f"<h4>اقرأ أيضا</h4><ul><li>{ONE}</li></ul><div>{ONE}{TWO}</div>", ""),
        (
            f"<h4>اقرأ أيضا</h4> <ul><li>{ONE}</li></ul>ذيل <ul><li>{TWO}</li></ul>",
            f" ذيل <ul><li>{TWO}</li></ul>",
        ),
        (f"<h4>اقرأ أيضا</h4><p></p><ul><li>{ONE}</li></ul>", "<p></p>"),
        (f"<h4>اقرأ أيضا</h4><ul><li>{ONE}</li></ul><p>{TWO}</p>", f"<p>اقرأ أيضا</p><p>{LIBRARY}</p>"),
    ],
)  # fmt: skip
def test_pointers_are_made_plain(between, left):
    markup, changed = flattened(between)
    assert changed
    assert " ".join(markup.replace(":", ": ").split()) == " ".join(left.replace(":", ": ").split())


@pytest.mark.parametrize(
    "between",
    [
        f"<p>{C}</p>",
        f"<p>وقال الوزير: {ONE}</p>",
        f"<p>كلمات دلالية: {ONE} {TWO}</p>",
        f"<p>{C} اقرأ أيضا: {ONE}</p>",
        # the text of the article stands in the same element
        f"<div>اقرأ أيضا: {ONE}<br>{B}<br>{C}<br>{D}</div>",
        f"<div>اقرأ أيضا: {ONE}<br>{B} {TWO}<br>{C}<br>{D}</div>",
        f"<p>اقرأ أيضا: {ONE} {B}</p>",
        f"<div>اقرأ أيضا: {ONE}<br>{' '.join([*WHEAT_TEXT] * 5)}</div>",
    ],
)
def test_what_is_no_pointer_stays(between):
    assert flattened(between) == (between, False)


def test_what_follows_a_pointer_stays():
    markup, changed = flattened(f"<p>اقرأ أيضا: {ONE}</p>ذيل")
    assert (markup, changed) == (f"{PARAGRAPH}ذيل", True)
    assert flattened(f"<p>اقرأ أيضا: {ONE}{TWO}</p>ذيل")[0] == "ذيل"


BOX = f"<div><h4>اقرأ أيضا</h4><ul><li>{ONE}</li><li>{TWO}</li></ul></div>"


@pytest.mark.parametrize(
    ("before", "in_text"),
    [
        (f"<p>{A}</p>", True),
        (f"{A}<br>", True),
        (f"<p>نعم.</p>{A}<b>نعم</b>", True),
        (f"<div><div><p>{A}</p></div></div>", True),
        ("<p>نص قصير</p>", False),
        (f"<ul><li>{A}</li></ul>", False),
        (f"<p><a href='/3'>{A}</a></p>", False),
        (f"<script>{A}</script><!--{A}-->", False),
        ("", False),
    ],
)
def test_only_pointers_in_the_text_are_touched(before, in_text):
    markup, changed = flattened(BOX, before=before)
    assert changed is in_text
    assert markup == ("" if in_text else BOX)


def test_text_beside_what_holds_the_pointer_counts():
    assert flattened(f"<div><div>{BOX}</div></div>")[1]
    page = tree(f"<p>{A}</p>{BOX}")  # in the body stands everything
    assert not flatten_pointers(page, read_blocks(page))


def test_a_box_with_other_text_is_not_the_pointers():
    box = f"<div><p>اقرأ أيضا: {ONE}</p><p>{C}</p></div>"
    assert flattened(box)[0] == f"<div>{PARAGRAPH}<p>{C}</p></div>"


def test_a_few_words_beside_the_pointer_are_its_cards():
    card = f"<div><p>اقرأ أيضا: {ONE}</p><p>%s</p></div>"
    assert flattened(card % "ثقافة وفنون")[0] == f"<p>اقرأ أيضا: {BRIDGE}ثقافة وفنون</p>"
    line = "نشر في صحيفة المرفأ صباح الثلاثاء"
    assert flattened(card % line)[0] == f"<div>{PARAGRAPH}<p>{line}</p></div>"


@pytest.mark.parametrize(("between", "near"), [(10, True), (11, False)])
def test_the_text_must_be_near(between, near):
    assert flattened("<b></b>" * between + BOX)[1] is near


def test_the_root_stays():
    page = html.fragment_fromstring(f"<p>اقرأ أيضا: {ONE}</p>")
    assert not flatten_pointers(page, read_blocks(page))
    assert not flatten_pointers(page, [])


HOSTILE = {
    "one after another": f"<div><p>{A}</p>{f'<p>اقرأ أيضا: {ONE}</p>' * 1_000}</div>",
    "headings": f"<div><p>{A}</p>{'<h3>اقرأ أيضا</h3>' * 1_000}</div>",
    "headings with links": f"<div><p>{A}</p>{f'<h3>اقرأ أيضا</h3><p>{ONE}</p>' * 1_000}</div>",
    "headings with lists": f"<div><p>{A}</p>{f'<h3>اقرأ أيضا</h3><ul><li>{ONE}</li></ul>' * 1_000}</div>",
    "one list": f"<div><p>{A}</p><h3>اقرأ أيضا</h3>{f'<p>{ONE}</p>' * 10_000}</div>",
    "between long texts": f"<div>{f'{A * 20}<p>اقرأ أيضا: {ONE}</p>' * 1_000}</div>",
    "breaks": f"<div>{f'اقرأ أيضا: {ONE}<br>{A}<br>' * 1_000}</div>",
    "deep": f"<p>{A}</p>" + "<div>" * 5_000 + f"<p>اقرأ أيضا: {ONE}</p>",
    "deep pointers": f"<p>{A}</p>" + f"<div>اقرأ أيضا: {ONE}" * 250,
    "comments": f"<div><p>{A}</p>{f'<!-- x --><?y?><p>اقرأ أيضا: {ONE}</p>' * 1_000}</div>",
    "tables": f"<div><p>{A}</p>{f'<table><tr><td>اقرأ أيضا: {ONE}</td></tr></table>' * 1_000}</div>",
}


@pytest.mark.parametrize("inside", HOSTILE.values(), ids=HOSTILE)
def test_time_grows_with_the_page_alone(inside):
    page = tree(inside, deep=True)
    blocks = read_blocks(page)
    begun = time.process_time()
    flatten_pointers(page, blocks)
    assert time.process_time() - begun < 20
