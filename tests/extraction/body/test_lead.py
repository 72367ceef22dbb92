import time

import pytest
from lxml import html
from lxml.html import HTMLParser

from newscrawl.extraction.body.lead import lost_lead

from .test_boundary import WHEAT, WHEAT_TEXT

A, B, C, D = WHEAT_TEXT
STANDFIRST = "الوزارة تعد بشراء المحصول كله بسعر أعلى من السعر العالمي هذا العام"
BODY = ["بدأ الحصاد أمس في قرى الشمال كلها قبل موعده بأسبوعين.", D]


def tree(inside, *, deep=False):
    return html.document_fromstring(f"<html><body>{inside}</body></html>", parser=HTMLParser(huge_tree=deep))


def lead(between, body=BODY, title=WHEAT, heading=f"<header><h1>{WHEAT}</h1></header>"):
    text = "".join(f"<p>{line}</p>" for line in body)
    return lost_lead(tree(f"{heading}{between}<div class='text'>{text}</div>"), title, body)


@pytest.mark.parametrize(
    ("between", "found"),
    [
        ("", []),
        (f"<p>{A}</p>", [A]),
        (f"<div>{A}</div>", [A]),
        (f"<section><span><b>{A}</b></span></section>", [A]),
        (f"<div class='intro'><p>{A}</p><p>{B}</p></div>", [A, B]),
        (f"<p> {A.replace(' ', '  ')}\n</p>", [A]),
        (f"<p>{A}</p><p>نعم.</p><p>{B}</p>", [A, B]),
        (f"<h2>{STANDFIRST}.</h2><p>{A}</p>", [A]),
        (f"<p>{A}</p><div><p>{A}</p></div>", [A]),
        # no sentences of the text
        (f"<p>{STANDFIRST}</p>", []),
        ("<p>الثلاثاء 24 نوفمبر 2026.</p>", []),
        (f"<p>{A[:-1]}:</p>", []),
        (f"<p>{A[:-1]}...</p>", []),
        (f"<p>{' '.join(WHEAT_TEXT * 2)}</p>", []),
        (f"<p>{'كلمة ' * 5_000}.</p>", []),
        (f"<p><a href='#'>{A}</a></p>", []),
        (f"<p>{A[:30]}<a href='#'>{A[30:]}</a></p>", []),
        ("<p>تابعونا على تلغرام لتصلكم أخبار القمح والشعير والعدس كل صباح باكر.</p>", []),
        (f"<p>اقرأ أيضا: {A}</p>", []),
        (f"<p>{A[:-1]} (رويترز).</p>", []),
        # places that are none of it
        *((f"<{tag}><p>{A}</p></{tag}>", []) for tag in "figure figcaption aside nav footer form".split()),
        (f"<ul><li><p>{A}</p></li></ul>", []),
        *(
            (f"<div class='{name}'><p>{A}</p></div>", [])
            for name in "image-caption credit photos gallery author byline date meta share tags".split()
        ),
        (f"<div><p class='tagline'>{A}</p></div>", [A]),
    ],
)  # fmt: skip
def test_the_paragraphs_between_headline_and_body(between, found):
    assert lead(between) == found


GOES_ON = [B, C]


def test_a_body_that_goes_on_needs_the_standfirst():
    between = f"<h2>{STANDFIRST}</h2>"
    assert lead(between) == []
    assert lead(between, body=GOES_ON) == [STANDFIRST]
    assert lead(f"<p>{STANDFIRST}</p>", body=GOES_ON) == [STANDFIRST]


def test_a_lead_has_so_many_words():
    for words, found in ((9, False), (10, True), (120, True), (121, False)):
        line = f"{' '.join(['كلمة'] * words)}."
        assert lead(f"<p>{line}</p>") == ([line] if found else [])


def test_what_the_body_has_is_not_said_again():
    assert lead(f"<p>{D}</p><p>{A}</p>") == [A]


@pytest.mark.parametrize(
    ("heading", "title", "found"),
    [
        (f"<h1>{WHEAT}</h1>", WHEAT, [A]),
        (f"<h2> «{WHEAT}» </h2>", WHEAT, [A]),
        (f"<h1>المرفأ</h1><h1>{WHEAT}</h1>", WHEAT, [A]),
        (f"<h1><a href='#'>{WHEAT}</a></h1>", WHEAT, [A]),
        ("<h1>المرفأ</h1>", WHEAT, []),
        (f"<h3>{WHEAT}</h3>", WHEAT, []),
        ("", "", []),
    ],
)
def test_the_headline_must_be_found(heading, title, found):
    assert lead(f"<p>{A}</p>", title=title, heading=heading) == found


def test_the_body_must_follow():
    page = tree(f"<h1>{WHEAT}</h1><p>{A}</p>")
    assert lost_lead(page, WHEAT, BODY) == []
    assert lost_lead(page, WHEAT, []) == []
    before = tree(f"<p>{BODY[0]}</p><h1>{WHEAT}</h1><p>{A}</p>")
    assert lost_lead(before, WHEAT, BODY) == []


def test_only_what_is_near_is_looked_at():
    assert lead(f"<p>{A}</p>{'<span></span>' * 100}") == [A]
    assert lead(f"<p>{A}</p>{'<span></span>' * 500}") == []


HOSTILE = {
    "deep": "<div>" * 5_000 + A,
    "deep spans": "<span>" * 390 + A * 1_000,
    "siblings": f"<p>{A}</p>" * 20_000,
    "headings": f"<h1>{WHEAT} ثانية</h1>" * 20_000,
    "comments": f"<!-- x --><?y?><p>{A}</p>" * 10_000,
    "children": "<div>" + "<i></i>" * 50_000 + "</div>",
    "links": f"<p>{A}{'<a>ا</a>' * 50_000}</p>",
}


@pytest.mark.parametrize("inside", HOSTILE.values(), ids=HOSTILE)
def test_time_grows_with_the_page_alone(inside):
    page = tree(f"<h1>{WHEAT}</h1>{inside}", deep=True)
    begun = time.process_time()
    lost_lead(page, WHEAT, BODY)
    assert time.process_time() - begun < 20
