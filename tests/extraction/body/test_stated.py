import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.extraction.body.stated import stated_text
from newscrawl.page.statements import Statements

from .test_boundary import WHEAT_TEXT

A, B, C, D = WHEAT_TEXT


def stated(body):
    return stated_text(Statements(article={"articlebody": body}))


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (A, A),
        (f"{A}\n{B}", f"{A}\n{B}"),
        (f"<p>{A}</p><p>{B}</p>", f"{A}\n{B}"),
        (f"{A}<br/>{B}<BR>{C}", f"{A}\n{B}\n{C}"),
        (f"<div>{A}</div><h2>ماذا قال</h2><div>{B}</div>", f"{A}\nماذا قال\n{B}"),
        (f"<p>{A}</p><script>var x;</script><div class='related'>عودة</div>", A),
        ("قال: &quot;لا&quot; &amp; سكت", 'قال: "لا" & سكت'),
        ("<p>قال: &quot;لا&quot;</p>", 'قال: "لا"'),
        ("قال إن 3 < 5 و<b>سكت</b>", "قال إن 3 < 5 و<b>سكت</b>"),  # no markup of paragraphs: a text
        ("<parliament>", "<parliament>"),
        ([A, B], A),
        ("", ""),
        (" \n ", ""),
        ([], ""),
        (None, ""),
        (7, ""),
        ({"@value": A}, ""),
        ([[A]], ""),
        ("<p>", ""),
    ],
)
def test_the_text_that_a_page_states(body, text):
    assert stated(body) == text


def test_pages_that_state_none():
    assert stated_text(Statements()) == ""


def test_a_text_without_end_is_cut():
    assert len(stated("كلمة " * 1_000_000)) == 100_000
    assert len(stated("<p>" + "كلمة " * 1_000_000)) <= 100_000


@given(st.one_of(st.text(max_size=80), st.text(alphabet="<>/pbrdivh2 &;#x\x00ا", max_size=80)))
def test_whatever_is_stated_there_is_an_answer(body):
    assert isinstance(stated(body), str)


def test_deep_markup():
    assert stated(f"<p>{A}</p>" + "<div>" * 5_000 + B).split("\n")[0] == A
