"""How far a listing's word is believed, and how outages and pages that always change are borne."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from newscrawl.article import Outcome, article_id
from newscrawl.store import OutletTally, Proposal
from newscrawl.store.database import write
from newscrawl.store.refresh import LONGEST_REST, MAX_RETRIES, SAMPLE, Visit, due_now, next_visit, rest_of
from newscrawl.store.visits import remember

from .conftest import KEEP, SITE, arrive, keep, make

T = datetime(2026, 11, 24, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)


def test_an_outage_of_eighteen_hours_leaves_a_url_most_of_its_tries():
    moment, tries = T, 0
    while moment is not None and moment <= T + 18 * HOUR:
        tries += 1
        moment = next_visit(Outcome.TIMEOUT, event_time=None, visited_at=moment, streak=tries)
    assert tries < MAX_RETRIES / 2
    assert moment is not None


def test_tries_end_after_days_not_hours():
    moment, tries = T, 0
    while moment is not None:
        last, tries = moment, tries + 1
        moment = next_visit(Outcome.NETWORK_ERROR, event_time=None, visited_at=moment, streak=tries)
    assert timedelta(days=14) < last - T < timedelta(days=21)


def remembered(archive, outcomes, listed=lambda now: now):
    """What is remembered of a page that is visited whenever it is due, and how often that was."""
    now, visits = T, 0
    for outcome in outcomes:
        with write(archive.engine) as connection:
            remember(
                connection, id=article_id(SITE), url=SITE, outlet="sahifa", outcome=outcome, reason="",
                now=now, window=48 * HOUR, listed_at=listed(now), event_time=T,
            )  # fmt: skip
        visits += 1
        found = archive.visits([article_id(SITE)])[article_id(SITE)]
        while not found.due(listed(now), now):
            now += HOUR
            if now > T + WEEK:
                return visits
    raise AssertionError(f"visited {visits} times by {now}")


@pytest.mark.parametrize(
    "outcome", [Outcome.UPDATED, Outcome.UNCHANGED, Outcome.NOT_ARTICLE, Outcome.TIMEOUT]
)
def test_a_page_whose_listing_always_says_now_is_backed_off_from(archive, outcome):
    """An hourly crawl of a week, 168 runs."""
    assert remembered(archive, [Outcome.STORED] + [outcome] * 30) <= 18


def test_a_page_that_changes_at_each_visit_makes_few_revisions(archive):
    """Visited every hour of 48 it would make 49."""
    assert remembered(archive, [Outcome.STORED] + [Outcome.UPDATED] * 30, listed=lambda _: None) <= 8


def test_a_listings_first_words_are_believed():
    for outcome, streak, changes in (
        (Outcome.STORED, 1, 0),
        (Outcome.UNCHANGED, 2, 0),
        (Outcome.UPDATED, 1, 1),
    ):
        assert rest_of(outcome, streak, changes) == timedelta()
    assert rest_of(Outcome.UNCHANGED, 10**6, 0) == LONGEST_REST


def known(number, outcome=Outcome.STORED, listed=T - WEEK, due=None, streak=1):
    return Visit(
        id=str(number), url=f"{SITE}/{number}", outlet="sahifa", outcome=outcome, reason="", listed_at=listed,
        last_visited_at=T - WEEK + number * timedelta(minutes=1), next_visit_at=due, streak=streak,
    )  # fmt: skip


def due_of(visits, claims):
    """The keys that are due when the listings give now for the first `claims` of these visits."""
    named = {visit.id: visit for visit in visits}
    listed = {visit.id: T if place < claims else visit.listed_at for place, visit in enumerate(visits)}
    return due_now(named, listed, T)


def test_pages_that_a_listing_says_have_changed_are_due():
    assert due_of([known(n) for n in range(300)], 60) == {str(n) for n in range(60)}


def test_of_an_outlet_where_all_has_changed_at_once_a_sample_is_fetched():
    found = due_of([known(n) for n in range(300)], 300)
    assert found == {str(n) for n in range(SAMPLE)}  # the longest unvisited


def test_a_sample_that_found_changes_is_believed():
    proved = [known(n, Outcome.UPDATED) for n in range(SAMPLE)]
    assert len(due_of(proved + [known(n) for n in range(SAMPLE, 200)], 200)) == 200
    vain = [known(n, Outcome.UNCHANGED, streak=2) for n in range(SAMPLE)]
    assert len(due_of(vain + [known(n) for n in range(SAMPLE, 200)], 200)) == SAMPLE


def test_what_is_due_by_the_clock_is_fetched_all_the_same():
    visits = [known(n, due=T - HOUR if n % 2 else None) for n in range(200)]
    assert len(due_of(visits, 200)) == 100 + SAMPLE


def fail(archive, run, paths, outcome=Outcome.TIMEOUT, reason="no whole answer in time"):
    run.propose([Proposal(SITE + path, "sahifa", "feed") for path in paths])
    for path in paths:
        run.reject(arrive(path), outcome, reason)


def streaks(archive, *paths):
    found = archive.visits([article_id(SITE + path) for path in paths])
    return [found[article_id(SITE + path)].streak for path in paths]


PATHS = ("/1", "/2", "/3")


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        (Outcome.TIMEOUT, ""),
        (Outcome.NETWORK_ERROR, "ConnectionRefusedError"),
        (Outcome.HTTP_ERROR, "HTTP 502"),
        (Outcome.ROBOTS, "robots.txt cannot be read (HTTP 503), which forbids everything"),
    ],
)
def test_an_outage_of_a_whole_outlet_spends_no_tries(archive, outcome, reason):
    for _ in range(MAX_RETRIES + 3):
        run = archive.begin_run("crawl", "sahifa", {})
        fail(archive, run, PATHS, outcome, reason)
        run.finish("finished", "", [OutletTally("sahifa", listings_failed=1)], KEEP)
    assert streaks(archive, *PATHS) == [0, 0, 0]
    assert len(archive.due_visits("sahifa")) == 3


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [(Outcome.HTTP_ERROR, "HTTP 404"), (Outcome.ROBOTS, "robots.txt forbids it"), (Outcome.TOO_LARGE, "")],
)
def test_what_is_no_outage_spends_them(archive, run, outcome, reason):
    fail(archive, run, PATHS, outcome, reason)
    run.finish("finished", "", [OutletTally("sahifa", listings_read=1)], KEEP)
    assert streaks(archive, *PATHS) == [1, 1, 1]


def test_pages_that_fail_beside_others_that_do_not_spend_them(archive, run):
    keep(run, make("/4"))
    fail(archive, run, PATHS)
    run.finish("finished", "", [OutletTally("sahifa", listings_read=1)], KEEP)
    assert streaks(archive, *PATHS) == [1, 1, 1]


def test_what_listings_refuse_is_no_answer_of_the_outlet(archive, run):
    """Its feed may lie on another machine, and name videos, pages in English, and one page twice."""
    refused = (Outcome.NOT_ARTICLE, Outcome.NOT_ARABIC, Outcome.DUPLICATE, Outcome.OFF_SITE)
    run.propose([Proposal(f"{SITE}/no/{outcome}", "sahifa", "feed", outcome, "") for outcome in refused])
    fail(archive, run, PATHS)
    run.finish("finished", "", [OutletTally("sahifa", listings_read=1)], KEEP)
    assert streaks(archive, *PATHS) == [0, 0, 0]


def test_one_page_that_fails_while_the_outlet_answers_spends_its_try(archive, run):
    fail(archive, run, ["/1"])
    run.finish("finished", "", [OutletTally("sahifa", listings_read=1)], KEEP)
    assert streaks(archive, "/1") == [1]


def test_a_page_that_changes_by_turns_is_visited_ever_less(archive):
    """Neither a row of changes nor one of vain visits ever grows long."""
    id, visits = article_id(SITE), []
    for hours in range(24 * 30):
        now = T + hours * HOUR
        known = archive.visits([id])
        if known and not due_now(known, {id: now}, now):
            continue
        turn = Outcome.UPDATED if len(visits) % 2 else Outcome.UNCHANGED
        with write(archive.engine) as connection:
            remember(
                connection, id=id, url=SITE, outlet="sahifa", outcome=turn if known else Outcome.STORED,
                reason="", now=now, window=48 * HOUR, listed_at=now, article_id=id, event_time=T,
            )  # fmt: skip
        visits.append(hours)
    assert len(visits) < 80
    assert sum(1 for hours in visits if hours < 8) == 8
    assert max(later - earlier for earlier, later in itertools.pairwise(visits)) < 24 * 4
