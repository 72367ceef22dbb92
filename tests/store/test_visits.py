"""When an address is read again, and what is known of listings."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from newscrawl.article import Outcome, article_id
from newscrawl.store import Validators
from newscrawl.store.database import write
from newscrawl.store.refresh import FAILURES, is_due, next_visit
from newscrawl.store.schema import listings
from newscrawl.store.visits import CHUNK, MAX_UNCHANGED, remember, validators

from .conftest import SITE, rows

T = datetime(2026, 11, 24, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


RETRIES = {1: 0, 2: 0, 3: 0, 4: 1, 5: 2, 6: 4, 7: 8, 8: 16, 9: 24, 10: 24, 21: 24, 22: None, 23: None}
"""Failures in a row → hours until the next try."""


@pytest.mark.parametrize("outcome", sorted(FAILURES))
def test_failures_are_retried_promptly_then_ever_later(outcome):
    due = {n: next_visit(outcome, event_time=None, visited_at=T, streak=n) for n in RETRIES}
    assert due == {n: None if hours is None else T + hours * HOUR for n, hours in RETRIES.items()}


@pytest.mark.parametrize(
    ("age", "streak", "hours"),
    [
        (0, 1, 1),
        (0, 2, 2),
        (0, 3, 4),
        (0, 6, 32),
        (0, 7, None),  # 64 h: beyond the window
        (47, 1, 1),
        (47, 2, None),
        (48, 1, None),
        (500, 1, None),
    ],
)
@pytest.mark.parametrize("outcome", [Outcome.STORED, Outcome.UNCHANGED, Outcome.NOT_ARABIC])
def test_pages_are_looked_at_again_inside_the_window_alone(outcome, age, streak, hours):
    due = next_visit(outcome, event_time=T - age * HOUR, visited_at=T, streak=streak)
    assert due == (None if hours is None else T + hours * HOUR)


def test_a_page_without_a_time_is_as_old_as_its_visit():
    assert next_visit(Outcome.STORED, event_time=None, visited_at=T, streak=1) == T + HOUR


def test_no_window_no_refresh():
    assert next_visit(Outcome.STORED, event_time=T, visited_at=T, streak=1, window=timedelta()) is None


def test_a_huge_streak_does_not_overflow():
    assert next_visit(Outcome.UNCHANGED, event_time=T, visited_at=T, streak=10**6) is None


@pytest.mark.parametrize(
    ("next_at", "seen", "listed", "due"),
    [
        (None, None, None, False),
        (T, None, None, True),
        (T + HOUR, None, None, False),
        (None, T - HOUR, T - HOUR, False),
        # The listing's clock runs five hours behind ours; what it says changed all the same.
        (None, T - 6 * HOUR, T - 5 * HOUR, True),
        # It runs ahead: the same word as before is no news.
        (None, T + 5 * HOUR, T + 5 * HOUR, False),
        (None, T - HOUR, T - 2 * HOUR, False),
        (None, T - HOUR, None, False),
        # It stated no time before: our own visit is the only measure.
        (None, None, T - 3 * HOUR, False),
        (None, None, T - HOUR / 2, True),
    ],
)
def test_due_by_the_clock_or_by_the_listings_own_earlier_word(next_at, seen, listed, due):
    assert is_due(next_at, seen_listed_at=seen, listed_at=listed, visited_at=T - HOUR, now=T) is due


def visit(archive, outcome, now=T, path="/1", **more):
    with write(archive.engine) as connection:
        remember(
            connection,
            id=article_id(SITE + path),
            url=SITE + path,
            outlet="sahifa",
            outcome=outcome,
            reason="",
            now=now,
            window=48 * HOUR,
            **more,
        )
    return archive.visits([article_id(SITE + path)])[article_id(SITE + path)]


@pytest.mark.parametrize(
    ("story", "streaks"),
    [
        ("stored unchanged unchanged updated unchanged", [1, 2, 3, 1, 2]),
        ("timeout http_error network_error stored timeout", [1, 2, 3, 1, 1]),
        ("timeout unchanged unchanged", [1, 1, 2]),
        ("not_arabic not_arabic stored", [1, 2, 1]),
    ],
)
def test_streaks(archive, story, streaks):
    found = [
        visit(archive, Outcome(word), T + number * HOUR).streak for number, word in enumerate(story.split())
    ]
    assert found == streaks


def test_one_row_per_address_that_remembers_the_first_visit_and_the_listings_word(archive):
    from newscrawl.store.schema import visits

    visit(archive, Outcome.STORED, listed_at=T - HOUR)
    found = visit(archive, Outcome.UNCHANGED, T + HOUR)
    [row] = rows(archive, visits)
    assert (row.first_visited_at, row.last_visited_at) == (T, T + HOUR)
    assert found.listed_at == T - HOUR
    assert not found.due(T - HOUR, T + HOUR)
    assert found.due(T, T + HOUR)


def test_due_visits_come_the_most_overdue_first(archive):
    for hours, path in ((3, "/late"), (9, "/later"), (1000, "/settled")):
        visit(
            archive, Outcome.STORED, datetime.now(UTC) - hours * HOUR, path,
            event_time=datetime.now(UTC) - hours * HOUR if hours < 1000 else T - 9000 * HOUR,
        )  # fmt: skip
    assert [found.url for found in archive.due_visits("sahifa")] == [SITE + "/later", SITE + "/late"]
    assert archive.due_visits("sahifa", limit=1)[0].url == SITE + "/later"
    assert archive.due_visits("other") == []


def test_more_ids_than_a_query_holds(archive):
    visit(archive, Outcome.STORED)
    ids = [article_id(str(number)) for number in range(CHUNK * 2)] + [article_id(SITE + "/1")]
    assert list(archive.visits(ids)) == [article_id(SITE + "/1")]


FEED = SITE + "/feed"


def test_an_unknown_listing_has_no_validators(archive):
    assert archive.validators(FEED) == Validators()


def test_validators_are_kept_apart_from_the_answer(archive):
    archive.note_listing(FEED, "sahifa", "200, 20 entries", ok=True)
    assert archive.validators(FEED) == Validators()  # its candidates are still open
    archive.keep_validators({FEED: Validators('"a1"', "Tue, 24 Nov 2026 08:00:00 GMT")})
    assert archive.validators(FEED) == Validators('"a1"', "Tue, 24 Nov 2026 08:00:00 GMT")
    archive.note_listing(FEED, "sahifa", "HTTP 500", ok=False)
    assert archive.validators(FEED).etag == '"a1"'
    archive.keep_validators({FEED: Validators()})
    assert archive.validators(FEED) == Validators()


def test_failures_in_a_row_are_counted(archive):
    counts = []
    for ok in (True, False, False, True, False):
        archive.note_listing(FEED, "sahifa", "", ok=ok)
        [row] = rows(archive, listings)
        counts.append(row.failures)
    assert counts == [0, 1, 2, 0, 1]


def test_validators_of_a_listing_never_noted_are_not_invented(archive):
    archive.keep_validators({FEED: Validators('"a1"')})
    assert rows(archive, listings) == []


def read_in_full(archive):
    archive.note_listing(FEED, "sahifa", "200", ok=True)
    archive.keep_validators({FEED: Validators('"a1"')})


def test_a_listing_that_is_never_modified_is_read_in_full_from_time_to_time(archive):
    read_in_full(archive)
    for _ in range(MAX_UNCHANGED):
        assert archive.validators(FEED) == Validators('"a1"')
        archive.note_listing(FEED, "sahifa", "304", ok=True, unchanged=True)
    assert archive.validators(FEED) == Validators()
    read_in_full(archive)
    assert archive.validators(FEED) == Validators('"a1"')


def test_a_listing_is_read_in_full_once_a_day(archive):
    read_in_full(archive)
    archive.note_listing(FEED, "sahifa", "304", ok=True, unchanged=True)
    now = datetime.now(UTC)
    with archive.engine.connect() as connection:
        assert validators(connection, FEED, now + 23 * HOUR) == Validators('"a1"')
        assert validators(connection, FEED, now + 25 * HOUR) == Validators()


def test_a_postponed_visit_spends_no_try_and_forgets_nothing(archive):
    visit(archive, Outcome.TIMEOUT)
    before = visit(archive, Outcome.TIMEOUT, T + HOUR)
    after = visit(archive, Outcome.POSTPONED, T + 2 * HOUR)
    assert after == replace(before, next_visit_at=T + 2 * HOUR)


def test_a_page_never_asked_for_is_due_in_the_next_run(archive):
    found = visit(archive, Outcome.POSTPONED)
    assert (found.streak, found.next_visit_at) == (0, T)
    assert visit(archive, Outcome.TIMEOUT, T + HOUR).streak == 1
    assert visit(archive, Outcome.POSTPONED, path="/2").streak == 0
    assert visit(archive, Outcome.NOT_ARABIC, T + HOUR, path="/2").streak == 1
