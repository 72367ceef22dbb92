from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.extraction.times import day_in_url, first_readable, read_time

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
RIYADH = ZoneInfo("Asia/Riyadh")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-11-01T10:00:00+03:00", "2026-11-01T10:00:00+03:00"),
        ("2026-11-01T10:00:00-0500", "2026-11-01T10:00:00-05:00"),
        ("2026-11-01T10:00:00+04", "2026-11-01T10:00:00+04:00"),
        ("2026-11-01T10:00:00Z", "2026-11-01T10:00:00+00:00"),
        ("2026-11-01T10:00:00.123Z", "2026-11-01T10:00:00+00:00"),
        ("2026-11-01T10:00:00", "2026-11-01T10:00:00+03:00"),  # no offset: the outlet's zone
        ("2026-11-01 10:00", "2026-11-01T10:00:00+03:00"),
        ("2026-11-01", "2026-11-01T00:00:00+03:00"),
        ("2026-1-1", "2026-01-01T00:00:00+03:00"),  # written, so read
        ("Sun, 01 Nov 2026 10:00:00 +0300", "2026-11-01T10:00:00+03:00"),
        ("Sun, 01 Nov 2026 10:00:00 GMT", "2026-11-01T10:00:00+00:00"),
        ("01 Nov 2026 10:00:00", "2026-11-01T10:00:00+03:00"),
        ("٢٠٢٦-١١-٠١T١٠:٠٠:٠٠", "2026-11-01T10:00:00+03:00"),
        ("۲۰۲۶-۱۱-۰۱", "2026-11-01T00:00:00+03:00"),
        ("\u200f2026-11-01\u200e", "2026-11-01T00:00:00+03:00"),
    ],
)
def test_read(text, iso):
    assert read_time(text, RIYADH, NOW).isoformat() == iso


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "أمس", "الأحد 1 نوفمبر 2026", "12 رمضان 1447", "2026", "2026-11", "11/2026", "10:30",
        "1/11/2026", "2026-13-01", "2026-02-30", "2026-11-01T25:00", "0000-00-00", "0001-01-01", "1970-01-01",
        "2026-11-27", "2126-01-01", "منذ 3 ساعات", "1700000000", "2026-11-01T10:00:00+99:99",
    ],
)  # fmt: skip
def test_not_read(text):
    assert read_time(text, RIYADH, NOW) is None


def test_a_day_ahead_of_us_is_a_clock_and_not_the_future():
    assert read_time((NOW + timedelta(days=1)).isoformat(), UTC, NOW) is not None
    assert read_time((NOW + timedelta(days=3)).isoformat(), UTC, NOW) is None


def test_summer_time_is_the_zones():
    cairo = ZoneInfo("Africa/Cairo")
    assert read_time("2026-07-01 10:00", cairo, NOW).utcoffset() == timedelta(hours=3)
    assert read_time("2026-02-01 10:00", cairo, NOW).utcoffset() == timedelta(hours=2)


@given(st.text(max_size=40))
def test_never_raises_and_is_aware(text):
    moment = read_time(text, RIYADH, NOW)
    assert moment is None or moment.tzinfo is not None


@given(st.datetimes(min_value=datetime(1996, 1, 1), max_value=datetime(2026, 11, 1)))  # noqa: DTZ001
def test_what_isoformat_writes_is_read(moment):
    moment = moment.replace(microsecond=0, tzinfo=RIYADH)
    assert read_time(moment.isoformat(), UTC, NOW) == moment


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2026/11/1/title", "2026-11-01T00:00:00+03:00"),
        ("https://a.example/news/2026-11-01-1.3874341", "2026-11-01T00:00:00+03:00"),
        ("https://a.example/2026/13/45/title", None),
        ("https://a.example/2026/11/title", None),
        ("https://a.example/20261101", None),
        ("https://a.example/2030/01/01/title", None),
    ],
)
def test_a_day_in_the_address(url, day):
    found = day_in_url(url, RIYADH, NOW)
    assert (found and found.isoformat()) == day


def test_the_first_that_can_be_read_is_taken_with_its_source():
    stated = [("json-ld", "أمس"), ("meta", "2026-11-01"), ("time-element", "2026-11-02")]
    assert first_readable(stated, UTC, NOW) == (datetime(2026, 11, 1, tzinfo=UTC), "meta")
    assert first_readable([], UTC, NOW) == (None, None)
