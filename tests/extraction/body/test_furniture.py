import time

import pytest
from lxml import html
from lxml.html import HTMLParser

from newscrawl.extraction.body.furniture import clear_furniture

from .test_boundary import BRIDGE_TEXT, WHEAT_TEXT

TEXT = "".join(f"<p>{line}</p>" for line in WHEAT_TEXT)


def page(inside, *, deep=False):
    return html.document_fromstring(
        f"<html><body><div id='text'>{inside}</div></body></html>", parser=HTMLParser(huge_tree=deep)
    )


def left(inside):
    tree = page(inside)
    clear_furniture(tree)
    return " ".join(tree.text_content().split())


WHOLE = " ".join("".join(WHEAT_TEXT).split())

BOXES = [
    "<div><b>نشرة المرفأ</b><p>اكتب بريدك ليصلك أهم الأخبار</p><input type='email'></div>",
    "<div><b>نشرة المرفأ</b><form><input type='hidden'><input><button>اشترك</button></form></div>",
    "<section>هل تؤيد القرار؟<label><input type='radio'>نعم</label><label><input>لا</label></section>",
    "<div><h4>اكتب رأيك</h4><textarea></textarea></div>",
    "<div>اختر المدينة <select><option>عمان</option></select></div>",
    "<p>ابحث <span><input type='search'></span></p>",
]  # fmt: skip


@pytest.mark.parametrize("box", BOXES)
def test_the_box_of_a_form_field_goes(box):
    assert left(f"{TEXT}{box}") == WHOLE
    assert left(f"<p>{WHEAT_TEXT[0]}</p>{box}{''.join(f'<p>{x}</p>' for x in WHEAT_TEXT[1:])}") == WHOLE


def test_text_behind_a_box_stays():
    assert left(f"<div><input>نشرة</div>ذيل {TEXT}") == f"ذيل {WHOLE}"


def test_a_hidden_field_has_no_box():
    text = WHEAT_TEXT[0]
    assert left(f"<p>{text}<input type='hidden' value='1'></p>") == text
    assert left(f"<p>{text}<input type='HIDDEN'></p>") == text
    assert left(f"<p>{text}<input></p>") == ""


@pytest.mark.parametrize("tag", ["main", "article"])
def test_the_pages_own_elements_are_no_box(tag):
    assert left(f"<{tag}>{WHEAT_TEXT[0]}<div><input></div></{tag}>") == WHEAT_TEXT[0]


def test_a_box_with_a_text_is_none():
    text = " ".join(WHEAT_TEXT)
    assert left(f"<div>{text}<input></div>") == text
    assert left(f"<div>{text}<div>نشرة<input></div><div>بحث<input></div></div>") == text


def test_a_form_that_holds_the_page_is_a_block():
    aspnet = f"<form id='aspnetForm'><input type='hidden' name='__VIEWSTATE'>{TEXT * 3}</form>"
    tree = page(aspnet)
    clear_furniture(tree)
    assert tree.find(".//form") is None
    assert tree.get_element_by_id("aspnetForm").tag == "div"
    small = page(f"<form id='vote'>{TEXT}</form>")
    clear_furniture(small)
    assert small.get_element_by_id("vote").tag == "form"


CAPTION = "صوامع القمح في الشمال"
NAMES = [
    "caption", "image-caption", "imageCaption img_caption", "wp-caption-text", "photo-credit",
    "media-description", "tr-caption", "picture-title", "photographer", "figure-caption big", "photo-by",
    "caption-text", "IMG-DESC",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("tag", ["p", "div", "span", "td", "small", "em", "figcaption", "dd"])
def test_captions_are_known_by_name(name, tag):
    box = f"<{tag} class='{name}'>{CAPTION}</{tag}>"
    inside = f"<table><tr>{box}</tr></table>" if tag == "td" else box
    assert left(f"<div>{inside}ذيل</div>") == "ذيل"


@pytest.mark.parametrize(
    "name", ["imageless", "article-image", "photo", "captions-off", "subtitle", "title", "recaption", ""]
)
def test_other_names_are_none(name):
    assert left(f"<p class='{name}'>{CAPTION}</p>") == CAPTION


def test_a_text_by_a_captions_name_stays():
    text = " ".join([*WHEAT_TEXT, *BRIDGE_TEXT])
    assert left(f"<div class='image-caption'>{text}</div>") == text
    assert left(f"<h2 class='image-caption'>{CAPTION}</h2>") == CAPTION
    assert left(f"<p class='image-caption'>{' '.join(['كلمة'] * 40)}</p>") == ""
    assert left(f"<p class='image-caption'>{' '.join(['كلمة'] * 41)}</p>") != ""


HOSTILE = {
    "nothing": "",
    "deep": "<div>" * 10_000 + "<input>نص",
    "deep fields": "<div><input>" * 250 + WHOLE,  # trafilatura's parser goes no deeper
    "many fields": "<input>" * 20_000 + WHOLE * 500,
    "many fields behind a text": WHOLE * 500 + "<input>" * 20_000,
    "many forms": f"<form>{WHOLE}</form>" * 3_000,
    "captions in captions": "<div class='image-caption'>" * 3_000 + WHOLE,
    "many captions": f"<p class='image-caption'>{CAPTION}</p>" * 20_000,
    "long name": f"<p class='{'image-' * 50_000}'>{CAPTION}</p>",
    "comments": "<!-- x --><?y?>نص" * 10_000,
}


@pytest.mark.parametrize("inside", HOSTILE.values(), ids=HOSTILE)
def test_time_grows_with_the_page_alone(inside):
    tree = page(inside, deep=True)
    begun = time.process_time()
    clear_furniture(tree)
    assert time.process_time() - begun < 20
