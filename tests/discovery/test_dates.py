from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.discovery.dates import DateReader, read_date

NOW = datetime(2026, 9, 28, 12, tzinfo=UTC)
CAIRO = ZoneInfo("Africa/Cairo")  # UTC+3 in summer, +2 in winter


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Sun, 27 Sep 2026 20:01:18 +0400", "2026-09-27T20:01:18+04:00"),
        ("Sun, 27 Sep 2026 20:01:18 +04:00", "2026-09-27T20:01:18+04:00"),
        ("27 September 2026 20:01 GMT", "2026-09-27T20:01:00+00:00"),
        ("Sun, 27 Sep 26 20:01:18 Z", "2026-09-27T20:01:18+00:00"),
        ("Sun, 27 Sep 2026 20:01:18 GMT+3", "2026-09-27T20:01:18+03:00"),
        ("Sun, 27 Sep 2026 20:01:18 AST", "2026-09-27T20:01:18+03:00"),
        ("Sun, 27 Sep 2026 08:01:18 PM", "2026-09-27T20:01:18+03:00"),
        ("Sun, 27 Sep 2026 20:01:18 -0000", "2026-09-27T20:01:18+00:00"),
        ("Sun, 27 Sep 2026 20:01:18", "2026-09-27T20:01:18+03:00"),
        ("Sun, 27 Sep 2026 20:01:18 +0300 (EEST)", "2026-09-27T20:01:18+03:00"),
        ("2026-09-27T20:01:18+04:00", "2026-09-27T20:01:18+04:00"),
        ("2026-09-27T20:01:18.1234567Z", "2026-09-27T20:01:18+00:00"),
        ("2026-09-27T20:01Z", "2026-09-27T20:01:00+00:00"),
        ("2026-09-27 20:01:18 +0300", "2026-09-27T20:01:18+03:00"),
        ("2026-09-27 20:01", "2026-09-27T20:01:00+03:00"),
        ("2026-01-27", "2026-01-27T00:00:00+02:00"),
        ("2026/9/7 5:01", "2026-09-07T05:01:00+03:00"),
        ("  2026-09-27\n", "2026-09-27T00:00:00+03:00"),
        ("2026-09-30T11:00:00Z", "2026-09-30T11:00:00+00:00"),
        ("الأحد، 27 سبتمبر 2026 14:00", "2026-09-27T14:00:00+03:00"),
        ("27 أيلول 2026 - 02:00 م", "2026-09-27T14:00:00+03:00"),
    ],
)
def test_read(text, iso):
    moment = read_date(text, CAIRO, NOW)
    assert moment is not None
    assert moment.isoformat() == iso


@pytest.mark.parametrize(
    "text",
    ["", None, "2026", "2026-09", "2026-W10", "yesterday", "الاثنين، 27 سبتمبر 2026 14:00",
     "سبتمبر 2026", "أمس", "09/27/2026 10:00",
     "1970-01-01", "1994-12-31", "2026-10-01", "0001-01-01T00:00:00Z", "9999-12-31", "2026-02-30",
     "2026-09-27T25:00", "1790000000",
     "Sun, 27 Foo 2026 20:01:18 GMT", "2026-09-27T10:00+99:99", "Sun, 27 Sep 2026 20:01 PM"],
)  # fmt: skip
def test_no_date(text):
    assert read_date(text, CAIRO, NOW) is None


@given(
    st.text(max_size=120)
    | st.from_regex(r"[0-9]{1,4}[-/ ][0-9A-Za-z]{1,4}[-/ ][0-9]{1,4}.{0,20}", fullmatch=True)
)
def test_never_raises_and_has_an_offset(text):
    moment = read_date(text, CAIRO, NOW)
    assert moment is None or moment.utcoffset() is not None


@given(st.datetimes(min_value=datetime(1996, 1, 1), max_value=datetime(2026, 9, 1), timezones=st.just(CAIRO)))  # noqa: DTZ001
def test_reads_back_iso(moment):
    # By the words: a moment in the hour that summer time skips equals no other moment.
    assert read_date(moment.isoformat(), CAIRO, NOW).isoformat() == moment.replace(microsecond=0).isoformat()


def test_unread_dates_are_said_once():
    reader = DateReader(CAIRO, NOW)
    for text in ("أمس", "أمس", "", None, "2026-09-27"):
        reader.read(text)
    (problem,) = reader.problems("https://news.example/rss")
    assert "2 date(s)" in problem
    assert "أمس" in problem
