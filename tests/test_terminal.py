"""What a terminal shows, and times as people type them."""

import doctest
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl import terminal
from newscrawl.tables import progress
from newscrawl.terminal import amount, isolated, json_text, parse_when, printable, rendered, styled

NOW = datetime(2026, 11, 24, 8, 30, tzinfo=timezone(timedelta(hours=3)))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2d", "2026-11-22T08:30:00+03:00"),
        ("12h", "2026-11-23T20:30:00+03:00"),
        ("90m", "2026-11-24T07:00:00+03:00"),
        ("1W", "2026-11-17T08:30:00+03:00"),
        ("٢d", "2026-11-22T08:30:00+03:00"),
        ("now", "2026-11-24T08:30:00+03:00"),
        ("today", "2026-11-24T00:00:00+03:00"),
        (" Yesterday ", "2026-11-23T00:00:00+03:00"),
        ("2026-11-01", "2026-11-01T00:00:00+03:00"),
        ("2026-11-01T10:00", "2026-11-01T10:00:00+03:00"),
        ("2026-11-01T10:00Z", "2026-11-01T10:00:00+00:00"),
        ("2026-11-01T10:00+05:30", "2026-11-01T10:00:00+05:30"),
    ],
)
def test_forms(text, moment):
    assert parse_when(text, NOW).isoformat() == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-01", "2026-11-01T23:59:59.999999+03:00"),
        ("today", "2026-11-24T23:59:59.999999+03:00"),
        ("yesterday", "2026-11-23T23:59:59.999999+03:00"),
        ("2026-11-01T10:00", "2026-11-01T10:00:00+03:00"),
        ("2d", "2026-11-22T08:30:00+03:00"),
    ],
)
def test_a_day_as_an_end_is_the_whole_day(text, moment):
    assert parse_when(text, NOW, end=True).isoformat() == moment


@pytest.mark.parametrize("text", ["", "soon", "2026-13-01", "31/12/2026", "99999999d", "99999w 5", "2y"])
def test_errors_show_the_forms(text):
    with pytest.raises(ValueError, match="2026-11-01") as error:
        parse_when(text, NOW)
    assert repr(text) in str(error.value)


@given(st.text(max_size=20), st.booleans())
def test_any_text_is_a_time_or_an_error(text, end):
    try:
        assert parse_when(text, datetime(2026, 11, 24, tzinfo=UTC), end=end).tzinfo
    except ValueError as error:
        assert "is no time" in str(error)


def test_foreign_text_cannot_control_a_terminal():
    title = "خبر\x1b]0;title\x07 \x1b[31mأحمر\x9b2J\u202e\u2069\r\nسطر\tآخر"
    assert printable(title) == "خبر]0;title [31mأحمر2J سطر آخر"
    plain = "«بي بي سي» – العِراق، 12:30 👩\u200d💻"
    assert printable(plain) == plain


def test_marks_that_arabic_needs_stay():
    marks = "العدد\u200f 5\u200e، من\u061c 12\u200cهـ"
    assert printable(marks) == marks


def test_foreign_text_is_isolated_and_coloured_on_a_terminal_alone():
    line = (isolated("خبر\u2069\x1b[2J ", styled("عاجل\x9b", bold=True, colour="yellow")), "\n", "x")
    assert rendered(*line, terminal=False) == "خبر[2J عاجل x"
    assert rendered(*line, terminal=True) == "\u2067خبر[2J \x1b[1;33mعاجل\x1b[0m\u2069 x"


@given(st.text(max_size=50))
def test_json_says_the_same_and_controls_nothing(text):
    written = json_text({"a": [text]}, indent=1)
    assert json.loads(written) == {"a": [text]}
    assert printable(written.replace("\n", "")) == written.replace("\n", "")
    assert json.loads(json_text(text, ascii_only=True)) == text


def test_amounts():
    assert [amount(number, "day") for number in (0, 1, 1200)] == ["0 days", "1 day", "1,200 days"]


def test_no_bar_where_nobody_sees_it(capsys):
    with progress("delivering", 3) as update:
        update(1)
        update(3, "done: 3 of 3", 3)
    assert capsys.readouterr() == ("", "")


def test_doctests():
    result = doctest.testmod(terminal)
    assert (result.attempted > 2, result.failed) == (True, 0)


def test_no_colour_where_nobody_wants_it(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    line = styled("أمس", struck=True, colour="red")
    assert rendered(line, terminal=True) == "\x1b[9;31mأمس\x1b[0m"
    monkeypatch.setenv("NO_COLOR", "1")
    assert rendered(styled("أمس", colour="red"), terminal=True) == "أمس"
    assert rendered(styled("أمس", bold=True, colour="red"), terminal=True) == "\x1b[1mأمس\x1b[0m"
