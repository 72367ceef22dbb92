"""Times as people type them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.terminal import parse_when

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
