"""Pages that others fetched, in any order: the newest text stands, and no crawl is misled."""

from datetime import timedelta
from itertools import permutations

import pytest

from newscrawl.article import Outcome, article_id
from newscrawl.store import Arrival, IngestRow, versions
from newscrawl.store import schema as tables

from .conftest import NOW, SITE, make, rows

STORED, UPDATED, UNCHANGED, DUPLICATE = (
    Outcome.STORED,
    Outcome.UPDATED,
    Outcome.UNCHANGED,
    Outcome.DUPLICATE,
)


def capture(day, body, path="/1"):
    """A page as it was fetched on a day of the past, in a file."""
    seen_at = NOW - timedelta(days=1000 - day)
    arrival = Arrival(
        f"old.warc@{day}{body[:9]}", "sahifa", SITE + path, page_url=SITE + path, seen_at=seen_at
    )
    return IngestRow(arrival, make(path, body, fetched_at=seen_at, published_at=None), STORED)


def take(archive, *captures):
    """Take captures in, one after the other, in a run of their own."""
    run = archive.begin_run("ingest", "old.warc", {})
    return [run.keep_rows([one])[0] for one in captures]


def texts(archive):
    with archive.engine.connect() as connection:
        found = versions.of_article(connection, article_id(SITE + "/1"))
    return [row.body for row in found]


def test_a_later_capture_is_a_newer_revision(archive):
    first, second = capture(1, "افتتح الوزير المعرض"), capture(2, "افتتح الرئيس المعرض")
    assert take(archive, first, second) == [STORED, UPDATED]
    assert texts(archive) == ["افتتح الوزير المعرض", "افتتح الرئيس المعرض"]
    [article] = archive.numbered([1])
    assert (article.fetched_at, article.revision) == (second.article.fetched_at, 2)
    assert article.first_seen_at == first.article.fetched_at


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_in_any_order_the_newest_text_stands_and_again_nothing_changes(archive, order):
    captures = [
        capture(1, "افتتح الوزير المعرض"),
        capture(2, "افتتح الرئيس المعرض"),
        capture(2, "زار الرئيس المعرض"),
        capture(3, "افتتح الوزير المعرض"),
    ]
    take(archive, *(captures[number] for number in order))
    [before] = rows(archive, tables.articles)
    known = texts(archive)
    assert known[-1] == "افتتح الوزير المعرض"
    assert before.last_seen_at == captures[3].article.fetched_at
    again = take(archive, *captures)
    assert set(again) <= {DUPLICATE, UNCHANGED}
    assert (again[3], texts(archive)) == (UNCHANGED, known)
    assert rows(archive, tables.articles) == [before]


def test_an_earlier_capture_says_why_it_is_none(archive, run):
    take(archive, capture(5, "افتتح الوزير المعرض"))
    late = archive.begin_run("ingest", "old.warc", {})
    assert late.keep_rows([capture(4, "يفتتح الوزير المعرض غدا")]) == [DUPLICATE]
    [row] = archive.candidates(late.id)
    assert row.reason.startswith("an earlier text than the archive's, which was seen on 20")
    assert row.article_id == article_id(SITE + "/1")


def test_two_texts_of_one_second_do_not_take_turns(archive):
    one, other = capture(1, "افتتح الوزير المعرض"), capture(1, "افتتح الرئيس المعرض")
    assert take(archive, one, other) == [STORED, UPDATED]
    for _ in range(2):
        assert take(archive, one, other) == [DUPLICATE, UNCHANGED]


def test_a_crawl_knows_an_article_of_the_past_by_its_address(archive):
    take(archive, capture(1, "افتتح الوزير المعرض"))
    [visit] = archive.visits([article_id(SITE + "/1")]).values()
    assert (visit.url, visit.outcome) == (SITE + "/1", STORED)
    assert visit.last_visited_at == NOW - timedelta(days=999)


@pytest.mark.parametrize("outcome", [Outcome.HTTP_ERROR, Outcome.NOT_ARTICLE, Outcome.TOO_SHORT])
def test_a_crawl_asks_for_what_could_not_be_had_in_the_past(archive, outcome):
    row = IngestRow(capture(1, "x").arrival, None, outcome, "HTTP 503")
    assert archive.begin_run("ingest", "old.warc", {}).keep_rows([row]) == [outcome]
    assert archive.visits([article_id(SITE + "/1")]) == {}


def test_what_a_crawl_knows_is_not_overwritten(archive, run):
    run.keep_rows(
        [IngestRow(Arrival(SITE + "/1", "sahifa", SITE + "/1"), None, Outcome.HTTP_ERROR, "HTTP 503")]
    )
    before = archive.visits([article_id(SITE + "/1")])
    assert take(archive, capture(1, "افتتح الوزير المعرض")) == [STORED]
    assert archive.visits([article_id(SITE + "/1")]) == before


def test_counted_ones_come_with_their_chunk(archive, run, monkeypatch):
    counted = {"(no outlet)": {Outcome.NO_PAGE: 7}}
    run.keep_rows([capture(1, "افتتح الوزير المعرض")], counted)
    run.keep_rows([], counted)
    counts = {tally.outlet: tally.counts for tally in archive.run(run.id).tallies}
    assert counts == {"sahifa": {STORED: 1}, "(no outlet)": {Outcome.NO_PAGE: 14}}
    monkeypatch.setattr(run, "_put_row", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run.keep_rows([capture(2, "افتتح الرئيس المعرض")], counted)
    assert archive.run(run.id).tallies[0].counts == {Outcome.NO_PAGE: 14}
