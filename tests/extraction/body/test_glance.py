import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from newscrawl.extraction.body.glance import glance


def element(markup):
    return html.fragment_fromstring(f"<div>{markup}</div>")


def whole(of):
    return " ".join(of.text_content().split())


@pytest.mark.parametrize(
    "markup",
    [
        "نص",
        "  نص \n آخر<b>هم</b> ",
        "<p>نص</p>\n\t<p>آخر</p>ذيل",
        "<!-- تعليق -->نص<?php echo ?> آخر",
        "<p> </p>" * 200 + "نص",
        " " * 5_000 + "نص",
        "",
        " ",
        "<br><br>",
    ],
)
def test_a_short_text_is_whole(markup):
    assert glance(element(markup), 40) == whole(element(markup))


@given(
    st.lists(
        st.sampled_from(["نص", " ", "\n  ", "<b>كلمة</b>", "<i> </i>", "ا" * 30, "<br>", "كلمة " * 9]),
        max_size=20,
    ),
    st.integers(1, 60),
)
def test_of_a_longer_text_the_beginning(parts, most):
    div = element("".join(parts))
    text, seen = whole(div), glance(div, most)
    assert text.startswith(seen)
    assert seen == text or len(seen) > most


def test_no_more_than_is_asked_for_is_read():
    assert len(glance(element("كلمة " * 100_000), 50)) < 500
    assert len(glance(element("<p>كلمة</p>" * 10_000), 50)) < 100
