import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from lxml.html import HTMLParser

from newscrawl.extraction.body.blocks import clear_asides, completed, read_blocks, running_text, words_in

from .test_boundary import BRIDGE_TEXT, LIBRARY, LIBRARY_TEXT, WHEAT, WHEAT_TEXT

A, B, C, D = WHEAT_TEXT
MENU = "<nav><a href='/'>الرئيسية</a></nav>"


def tree(inside, *, deep=False):
    return html.document_fromstring(
        f"<html><head><title>ع</title></head><body>{inside}</body></html>", parser=HTMLParser(huge_tree=deep)
    )


def blocks(inside):
    return read_blocks(tree(inside).body)


def texts(inside):
    return [block.text for block in blocks(inside)]


# ---- blocks


@pytest.mark.parametrize(
    ("inside", "lines"),
    [
        ("<p>ألف</p><p>باء</p>", ["ألف", "باء"]),
        ("ألف<br>باء<hr>تاء<br/><br/>ثاء", ["ألف", "باء", "تاء", "ثاء"]),
        ("<div>ألف<p>باء</p>تاء<div>ثاء</div>جيم</div>حاء", ["ألف", "باء", "تاء", "ثاء", "جيم", "حاء"]),
        ("<p>ألف <b>باء</b> <a href='#'>تاء</a>، <span>ثاء</span></p>", ["ألف باء تاء، ثاء"]),
        ("<p>  ألف \n\t باء\u00a0 </p>", ["ألف باء"]),
        ("<span>ألف</span><span>باء</span>", ["ألفباء"]),
        ("<span>ألف<br>باء</span>", ["ألف", "باء"]),
        ("<table><tr><td>ألف</td><td>باء</td></tr></table>", ["ألف", "باء"]),
        ("<ul><li>ألف</li><li>باء<ul><li>تاء</li></ul></li></ul>", ["ألف", "باء", "تاء"]),
        ("<dl><dt>ألف</dt><dd>باء</dd></dl>", ["ألف", "باء"]),
        ("<blockquote><p>ألف</p></blockquote><h2>باء</h2><pre>تاء</pre>", ["ألف", "باء", "تاء"]),
        ("<p>ألف<!-- باء -->تاء<?php ثاء ?>جيم</p>", ["ألفتاءجيم"]),
        ("<p> </p><p></p><br>", []),
        ("<unknown>ألف</unknown><custom-tag>باء</custom-tag>", ["ألف", "باء"]),
        # skipped, but not what follows
        *(
            (f"<div>ألف<{tag}>باء</{tag}>تاء</div>", ["ألفتاء"])
            for tag in (
                "nav",
                "aside",
                "footer",
                "figure",
                "figcaption",
                "button",
                "script",
                "style",
                "header",
            )
            if tag != "header"
        ),
        ("<header>ألف</header>", ["ألف"]),
        ("<select><option>باء</option></select><textarea>تاء</textarea>ألف", ["ألف"]),
        ("<video>ألف</video><audio>باء</audio><iframe>تاء</iframe><noscript>ثاء</noscript>", []),
    ],
)
def test_the_text_in_blocks(inside, lines):
    assert texts(inside) == lines


SIDE = """related related-posts post_related share social-links comments comment sidebar widget tags
    newsletter breadcrumb menu navbar footer ticker most-read mostread popular ads ad advert banner cookie
    popup modal author-box bio caption pagination recommended subscribe embed twitter-tweet""".split()


@pytest.mark.parametrize("name", SIDE)
def test_what_calls_itself_something_else_is_left_out(name):
    assert texts(f"<p>ألف</p><div class='{name}'>باء</div>") == ["ألف"]
    assert texts(f"<p>ألف</p><section id='{name}'><p>باء</p></section>تاء") == ["ألف", "تاء"]
    assert texts(f"<article class='{name}'>ألف</article><main id='{name}'>باء</main>") == ["ألف", "باء"]


@pytest.mark.parametrize(
    "name",
    ["article-body", "unrelated", "shared", "headline", "adsense", "load", "biography", "commentary", ""],
)
def test_other_names_are_none(name):
    assert texts(f"<div class='{name}'>ألف</div>") == ["ألف"]


@pytest.mark.parametrize("style", ["display:none", "color:red; DISPLAY : none", "visibility: hidden"])
def test_hidden_text_opens_at_a_click_when_it_is_long(style):
    long = " ".join(WHEAT_TEXT)
    assert texts(f"<div style='{style}'>{A}</div>") == []
    assert texts(f"<div style='{style}'>{long}</div>") == [long]
    assert texts("<div style='display:block'>ألف</div>") == ["ألف"]
    assert texts(f"<div style='{style}'>{'ا' * 299}</div>") == []
    assert texts(f"<div style='{style}'>{'ا' * 300}</div>") == ["ا" * 300]


def test_what_a_block_knows():
    page = tree("<div id='d'><p id='p'>ألف <a href='#'>باء <b>تاء</b></a> ثاء</p></div>")
    (block,) = read_blocks(page)
    assert (block.text, block.words, block.linked) == ("ألف باء تاء ثاء", 4, 2)
    assert (block.leaf.get("id"), block.holder.get("id")) == ("p", "d")


def test_links_end_with_their_element():
    assert [block.linked for block in blocks("<a href='#'>ألف</a> باء<br>تاء")] == [1, 0]
    assert [block.linked for block in blocks("<a href='#'><p>ألف باء</p></a><p>تاء</p>")] == [2, 0]
    assert [block.linked for block in blocks("<p>ألف <a href='#'>باء<br>تاء ثاء</a></p>")] == [1, 2]


@pytest.mark.parametrize(
    "inside",
    [
        "<ul><li>ألف</li></ul>",
        "<ul><li><ul><li>ألف</li></ul></li></ul>",
        "<blockquote><p>ألف</p></blockquote>",
        "<table><tr><td>ألف</td></tr></table>",
    ],
)
def test_lists_and_quotations_are_looked_through(inside):
    (block,) = blocks(f"<div id='d'>{inside}</div>")
    assert block.holder.get("id") == "d"


def test_a_blocks_worth():
    (plain,) = blocks("<p>" + "كلمة " * 20 + "</p>")
    (mixed,) = blocks("<p>" + "كلمة " * 16 + "<a href='#'>" + "كلمة " * 4 + "</a></p>")
    (menu,) = blocks("<p><a href='#'>" + "كلمة " * 100 + "</a></p>")
    (half,) = blocks("<p>ألف <a href='#'>باء</a></p>")
    assert (plain.worth, mixed.worth, menu.worth) == (11, 1, -40)
    assert (plain.own, mixed.own, menu.own, half.own) == (True, True, False, False)


def test_what_is_passed_over_leaves_the_tree():
    aside = "<nav>باء</nav> تاء<!-- x --><?y?> ثاء<div class='share'><p>جيم</p></div>"
    inside = f"{A}{aside}{B}<figure>حاء</figure>خاء"
    body = tree(inside).body
    before = texts(inside)
    assert [block.text for block in clear_asides(body)] == before
    assert body.text_content() == f"{A} تاء ثاء{B}خاء"
    assert [child.tag for child in body.iter()] == ["body"]


def test_what_holds_the_text_is_the_text_whatever_its_name():
    assert texts(f"<div class='widget'>{A}</div><p>{LIBRARY}</p>") == [A, LIBRARY]
    assert texts(f"<div class='widget'>{LIBRARY}</div><p>{A}</p>") == [A]


def test_the_root_is_never_passed_over():
    nav = html.fragment_fromstring("<nav>ألف<button>باء</button>تاء</nav>")
    clear_asides(nav)
    assert (nav.tag, nav.text_content()[:3]) == ("nav", "ألف")


# ---- running text


def test_the_run_with_the_greatest_worth():
    teaser = "<p><a href='#'>عودة العمل في الميناء</a></p>"
    text = "".join(f"<p>{line}</p>" for line in WHEAT_TEXT)
    page = blocks(
        f"{teaser * 3}<p>{LIBRARY_TEXT[0]}</p>{teaser * 3}{text}<p>لا.</p>{text}{teaser * 4}<p>{A}</p>"
    )
    assert running_text(page) == range(7, 16)
    assert running_text(page[:3]) == range(0)
    assert running_text([]) == range(0)


@given(st.lists(st.tuples(st.integers(0, 40), st.booleans()), max_size=12))
def test_no_other_run_is_worth_more(shape):
    page = blocks(
        "".join(f"<p><{t}>{'و ' * n}</{t}></p>" for n, link in shape for t in ("a" if link else "b",))
    )
    worths = [block.worth for block in page]
    best = max((sum(worths[i:j]) for i in range(len(page)) for j in range(i, len(page) + 1)), default=0)
    run = running_text(page)
    assert sum(worths[run.start : run.stop]) == pytest.approx(max(0, best))


# ---- completed


def whole(lines, inside, end=None):
    return completed(lines, blocks(inside), end)


def ps(lines):
    return "".join(f"<p>{line}</p>" for line in lines)


TEASERS = "<div>" + "".join(f"<p><a href='{n}'>{LIBRARY} مرة {n}</a></p>" for n in range(4)) + "</div>"


def test_a_text_that_was_read_stays():
    assert whole(WHEAT_TEXT, f"{TEASERS}<div>{ps(WHEAT_TEXT)}</div>{TEASERS}") == WHEAT_TEXT


def test_nothing_on_nothing():
    assert completed([], []) == []
    assert completed(WHEAT_TEXT, []) == WHEAT_TEXT


@pytest.mark.parametrize("read", [[], [A], [LIBRARY_TEXT[0]], [A, B]])
def test_what_was_not_read_of_the_running_text_is_given_back(read):
    inside = f"<p>{LIBRARY_TEXT[0]}</p>{TEASERS}<div>{ps(WHEAT_TEXT)}</div>{TEASERS}"
    assert whole(read, inside) == WHEAT_TEXT


@pytest.mark.parametrize(
    ("inside", "lines"),
    [
        (f"<div>{ps([A, B])}<h3>ماذا قال الاتحاد</h3>{ps([C, D])}</div>", [A, B, "ماذا قال الاتحاد", C, D]),
        (f"<div>{ps([A, B])}<p>نعم.</p>{ps([C, D])}</div>", [A, B, "نعم.", C, D]),
        (f"<div>{ps([A, B])}<ul><li>7</li><li>قمح</li></ul>{ps([C, D])}</div>", [A, B, "7", "قمح", C, D]),
        (f"<div>{ps([A, B])}<blockquote>قول قصير.</blockquote>{ps([C, D])}</div>", [A, B, "قول قصير.", C, D]),
        # links and cells are none of it
        (f"<div>{ps([A, B])}<p><a href='#'>عودة العمل</a></p>{ps([C, D])}</div>", WHEAT_TEXT),
        (f"<div>{ps([A, B])}<table><tr><td>قمح</td><td>7</td></tr></table>{ps([C, D])}</div>", WHEAT_TEXT),
        # nor is what stands elsewhere
        (f"<div>{ps([A, B])}</div><div><p>نعم.</p></div><div>{ps([C, D])}</div>", WHEAT_TEXT),
    ],
)  # fmt: skip
def test_short_lines_in_the_same_element_are_given_back(inside, lines):
    assert whole(WHEAT_TEXT, f"{TEASERS}{inside}{TEASERS}") == lines


def test_lines_set_apart_by_breaks_are_one_element():
    inside = "<br>".join([A, B, C, D, "نعم.", "لا."])
    assert whole([A, B], f"{TEASERS}<div>{inside}</div>{TEASERS}") == [A, B, C, D, "نعم.", "لا."]
    assert whole([], f"<table><tr><td>{inside}</td></tr></table>")[:4] == WHEAT_TEXT
    assert whole([], inside)[:4] == WHEAT_TEXT


def test_what_an_extractor_took_along_goes():
    teaser = f"<section><div>{LIBRARY_TEXT[1]}</div></section>"
    inside = f"<div>{ps(WHEAT_TEXT)}</div>{TEASERS}{teaser}"
    assert whole([*WHEAT_TEXT, LIBRARY_TEXT[1]], inside) == WHEAT_TEXT


def test_blocks_that_cannot_be_told_are_left_to_the_extractor():
    joined = [f"{A} {B}", f"{C} {D}"]
    assert whole(joined, f"<div>{ps(WHEAT_TEXT)}</div>") == joined
    # but few words of an extractor do not stand for a long text
    assert whole([f"{A} نعم"], f"<div>{ps([*WHEAT_TEXT, *BRIDGE_TEXT])}</div>") == [*WHEAT_TEXT, *BRIDGE_TEXT]


@pytest.mark.parametrize(("known", "left_alone"), [(16, True), (17, False)])
def test_most_of_the_words_must_be_found_among_the_blocks(known, left_alone):
    # Of the extractor's twenty lines of ten words so many are blocks of the page.
    page = [f"{'كلمة ' * 9}{number}" for number in range(20)]
    read = [*page[:known], *(line.replace("كلمة", "كلام") for line in page[known:])]
    assert (whole(read, f"<div>{ps(page)}</div>") == read) is left_alone


@pytest.mark.parametrize(("read", "believed"), [(9, False), (10, True)])
def test_half_of_the_running_text_is_enough_to_be_believed(read, believed):
    page = [f"{'كلمة ' * 19}{number}." for number in range(20)]
    inside = f"<div>{ps(page[:read])}</div><section><div>{ps(page[read:])}</div></section>"
    lines = whole(page[:read], inside)
    assert lines == (page[:read] if believed else page)


def test_nothing_behind_the_end():
    inside = f"<div>{ps([*WHEAT_TEXT, *LIBRARY_TEXT])}</div>"
    assert whole([*WHEAT_TEXT, *LIBRARY_TEXT], inside, end=4) == WHEAT_TEXT
    assert whole([], inside, end=2) == [A, B]
    assert whole([], inside, end=0) == []


def test_a_line_that_was_read_before_a_break_in_the_text_stays():
    inside = f"<p>{A}</p><div>اقرأ: <a href='#'>عودة العمل في الميناء</a><br>{B}<br>{C}<br>{D}</div>"
    assert whole([A], f"<div>{inside}</div>") == WHEAT_TEXT


@pytest.mark.parametrize("note", ["مراسل الصحيفة في الشمال يكتب منذ عشرين عاما عن القمح والفلاحين والقرى"])
def test_a_note_in_an_element_of_its_own_goes(note):
    text = f"<div>{ps(WHEAT_TEXT)}</div>"
    box = f"<section><p>{note}</p></section>"
    lines = [note, *WHEAT_TEXT]
    assert whole(lines, f"{box}{text}") == WHEAT_TEXT
    assert whole([*WHEAT_TEXT, note], f"{text}{box}") == WHEAT_TEXT
    assert whole([*WHEAT_TEXT, f"{note}."], f"{text}{box.replace(note, f'{note}.')}")[-1] == f"{note}."
    assert whole([*WHEAT_TEXT, note], f"<div>{ps([*WHEAT_TEXT, note])}</div>")[-1] == note


def test_words_are_counted():
    assert words_in(["ألف باء", " تاء ", ""]) == 3
    assert words_in([]) == 0


# ---- whatever the page

TAGS = ("p", "div", "span", "a", "b", "ul", "li", "table", "tr", "td", "h2", "form")
PARTS = st.sampled_from(
    [
        *(f"<{tag}>" for tag in TAGS),
        *(f"</{tag}>" for tag in TAGS),
        "<br>", "<hr>", "<!-- x -->", "<?x y?>", "<div class='related'>", "<p style='display:none'>",
        "&nbsp;", " ", A, "كلمة", "7",
    ]
)  # fmt: skip


def flat(text):
    return "".join(text.split())


@given(st.lists(PARTS, max_size=25))
def test_blocks_are_the_pages_text_in_its_order(parts):
    body = tree("".join(parts)).body
    page = read_blocks(body)
    place, text = 0, flat(body.text_content())
    for block in page:
        place = text.index(flat(block.text), place) + len(flat(block.text))
        assert block.text == " ".join(block.text.split()) != ""
        assert 0 <= block.linked <= block.words == len(block.text.split())
        assert block.leaf in list(body.iter())
    lines = [block.text for block in page]
    assert set(completed(lines[::2], page)) <= set(lines)


def test_every_word_of_plain_markup_is_in_a_block():
    inside = f"<div>{A}<table><tr><td>{B}<br>{C}</td></tr></table><ul><li>{D}</li></ul>{WHEAT}</div>{LIBRARY}"
    body = tree(inside).body
    assert flat("".join(block.text for block in read_blocks(body))) == flat(body.text_content())


HOSTILE = {
    "deep blocks": "<div>" * 10_000 + A,
    "deep inline": "<span>" * 10_000 + A + "</span>" * 10_000,
    "deep links": "<a href='#'><b>" * 5_000 + A,
    "deep tables": "<table><tr><td>" * 3_000 + A,
    "deep lists": "<ul><li>" * 5_000 + A,
    "siblings": f"<p>{WHEAT}</p>" * 15_000,
    "breaks": f"{WHEAT}<br>" * 10_000,
    "asides": "<button>لا</button>كلمة" * 20_000,
    "comments": "<!-- x --><?y?>كلمة" * 20_000,
    "empty": "<p></p><br><span></span>" * 10_000,
    "hidden": f"<div style='display:none'>{A}</div>" * 5_000,
    "hidden in hidden": "<div style='display:none'>" * 250 + A * 200,
    "long name": f"<div class='{'related' * 50_000}'>{A}</div>",
    "many names": f"<div class='{'x-' * 50_000}'>{A}</div>",
    "long line": A * 5_000,
}


@pytest.mark.parametrize("inside", HOSTILE.values(), ids=HOSTILE)
def test_time_grows_with_the_page_alone(inside):
    body = tree(inside, deep=True).body
    begun = time.process_time()
    page = read_blocks(body)
    completed([A], page)
    clear_asides(body)
    completed([block.text for block in page], page)
    assert time.process_time() - begun < 20
