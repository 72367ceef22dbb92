from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from newscrawl.discovery import expand

DUBAI = ZoneInfo("Asia/Dubai")
NOW = datetime(2026, 3, 1, 22, tzinfo=UTC)  # 2 March in Dubai, 1 March in London
TEMPLATE = "https://n.example/{yyyy}/{m}/{d}"


def test_today_and_yesterday_in_the_outlets_zone():
    assert expand(TEMPLATE, zone=DUBAI, now=NOW) == [
        "https://n.example/2026/3/2",
        "https://n.example/2026/3/1",
    ]
    assert expand(TEMPLATE, zone=ZoneInfo("Europe/London"), now=NOW)[0] == "https://n.example/2026/3/1"


def test_range_newest_first():
    found = expand(
        "https://n.example/s?d={yyyy-mm-dd}&x={mm}{dd}",
        zone=DUBAI,
        now=NOW,
        since=datetime(2024, 2, 28, tzinfo=DUBAI),
        until=datetime(2024, 3, 1, 23, 59, tzinfo=DUBAI),
    )
    assert found == [
        "https://n.example/s?d=2024-03-01&x=0301",
        "https://n.example/s?d=2024-02-29&x=0229",
        "https://n.example/s?d=2024-02-28&x=0228",
    ]


def test_half_open_ranges():
    assert len(expand(TEMPLATE, zone=DUBAI, now=NOW, since=NOW - timedelta(days=9))) == 10
    assert expand(TEMPLATE, zone=DUBAI, now=NOW, until=datetime(2024, 1, 1, 12, tzinfo=DUBAI)) == [
        "https://n.example/2024/1/1",
        "https://n.example/2023/12/31",
    ]


def test_no_day_after_today_and_no_reversed_range():
    assert (
        expand(TEMPLATE, zone=DUBAI, now=NOW, until=NOW + timedelta(days=5))[0]
        == "https://n.example/2026/3/2"
    )
    assert expand(TEMPLATE, zone=DUBAI, now=NOW, since=NOW, until=NOW - timedelta(days=5)) == []


def test_months_once_and_plain_addresses_as_they_are():
    monthly = expand("https://n.example/{yyyy}-{mm}.xml", zone=DUBAI, now=NOW, since=NOW - timedelta(days=40))
    assert monthly == [
        "https://n.example/2026-03.xml",
        "https://n.example/2026-02.xml",
        "https://n.example/2026-01.xml",
    ]
    assert expand("https://n.example/s.xml", zone=DUBAI, now=NOW) == ["https://n.example/s.xml"]


def test_a_time_without_offset_is_refused():
    with pytest.raises(ValueError, match="no offset"):
        expand(TEMPLATE, zone=DUBAI, now=datetime(2026, 3, 1))  # noqa: DTZ001
