"""A host that fails again and again is left alone; one that fails now and then is not."""

from datetime import UTC, datetime

import pytest
from scrapy.http import Response

from newscrawl.middlewares.breaker import FIRST_SNOOZE, LONGEST_SNOOZE, Host
from newscrawl.middlewares.politeness import retry_after

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


def failing(host, times, url="/{}", now=0.0, **more):
    for number in range(times):
        host.failed(url.format(number), "HTTP 503", now, **more)
    return host


def test_five_pages_in_a_row_trip_the_breaker():
    assert failing(Host(), 4).snoozes_until == 0
    assert failing(Host(), 5).snoozes_until == FIRST_SNOOZE


def test_one_page_is_tried_more_often_than_that():
    assert failing(Host(), 9, "/same").snoozes_until == 0
    assert failing(Host(), 10, "/same").snoozes_until == FIRST_SNOOZE


def test_an_answer_in_between_is_a_sign_of_life():
    host = failing(Host(), 4)
    host.succeeded()
    assert failing(host, 4).snoozes_until == 0


def test_after_a_snooze_one_failure_begins_a_longer_one():
    host = failing(Host(), 5)
    for number in range(10):
        host.failed("/next", "HTTP 503", 1000.0)
        assert host.snoozes_until == 1000 + min(FIRST_SNOOZE * 2 ** (number + 1), LONGEST_SNOOZE)
    host.succeeded()
    assert failing(host, 4, now=9999.0).snoozes_until < 9999


def test_a_host_that_asks_for_a_long_rest_gets_it_at_once_within_bounds():
    assert failing(Host(), 1, rest=20).snoozes_until == 0
    assert failing(Host(), 1, rest=600).snoozes_until == 600
    assert failing(Host(), 1, rest=10**9).snoozes_until == LONGEST_SNOOZE


def test_the_problem_has_the_counts():
    host = failing(Host(sent=7, postponed=1293), 5)
    assert host.sentence("sahifa.example") == (
        "sahifa.example: HTTP 503, 5 failures in a row; 7 requests sent, 1,293 requests wait for later runs"
    )


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        ("120.0", 120),
        ("30, 60", 30),
        ("0", 0),
        ("Sat, 28 Nov 2026 12:05:00 GMT", 300),
        ("Saturday, 28-Nov-26 12:01:00 GMT", 60),
        ("Sat, 28 Nov 2026 11:00:00 GMT", 0),
        ("9" * 5000, 999_999_999),
        ("soon", 0),
        ("-5", 0),
        ("١٢٠", 0),
        ("", 0),
        (None, 0),
    ],
)
def test_retry_after_is_seconds_or_a_date(header, seconds):
    headers = {} if header is None else {"Retry-After": header.encode()}
    assert retry_after(Response("http://sahifa.example", headers=headers), NOW) == seconds
