"""What runs read: counted once, whatever happens to the run, and compared over the right days."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from newscrawl.article import Outcome
from newscrawl.store import Arrival, IngestRow, Numbers, Proposal, open_store
from newscrawl.store import schema as tables
from newscrawl.store.database import write
from newscrawl.store.health import FIELDS
from newscrawl.store.runs import FINISHED, KILLED

from .conftest import KEEP, NOW, SITE, arrive, keep, make, migrate, rows

FULL = {
    "authors": ["منى علي"],
    "section": "فن",
    "tags": ["معرض"],
    "image": "https://x/1.jpg",
    "summary": "موجز",
}


def numbers(archive, run, outlet="sahifa"):
    """What a run counted at an outlet; None if nothing."""
    query = sa.select(tables.run_fields).where(
        tables.run_fields.c.run_id == run.id, tables.run_fields.c.outlet == outlet
    )
    with archive.engine.connect() as connection:
        row = connection.execute(query).mappings().one_or_none()
    if row is None:
        return None
    fields = {name: row[name] for name in FIELDS}
    return Numbers(row["articles"], row["rejected"], row["words"], fields, row["guarded"])


def fields(**some):
    return dict.fromkeys(FIELDS, 0) | some


def reject(run, path, outcome):
    run.propose([Proposal(SITE + path, "sahifa", "feed")])
    run.reject(arrive(path), outcome, "why")


def test_articles_their_words_and_their_fields(archive, run):
    keep(run, make("/1", body="نص 1", word_count=300, **FULL))
    keep(run, make("/2", body="نص 2", word_count=100, published_at=None))
    assert numbers(archive, run) == Numbers(
        2, 0, 400, fields(published_at=1, authors=1, section=1, tags=1, image=1, summary=1)
    )


def test_uses_of_the_guard_are_counted_by_outlet_and_once_an_article(archive, run):
    keep(run, make("/1", body="نص 1", guarded="more was found"))
    keep(run, make("/2", body="نص 2", guarded="more was found"))
    keep(run, make("/3", body="نص 3"))
    run.propose([Proposal(SITE + "/1?x=2", "sahifa", "feed")])
    run.keep(Arrival(SITE + "/1?x=2", "sahifa", SITE + "/1"), make("/1", body="نص 1", guarded="more"))
    books = run.finish(FINISHED, "finished", [], KEEP)
    assert {tally.outlet: tally.guarded for tally in books.tallies} == {"sahifa": 2}
    assert archive.health("sahifa").latest.guarded == 2
    later = archive.begin_run("crawl", "sahifa", {})
    keep(later, make("/3", body="نص 3"))
    assert [tally.guarded for tally in later.finish(FINISHED, "finished", [], KEEP).tallies] == [0]


def test_new_changed_and_unchanged_articles_are_counted_once_in_each_run(archive, run):
    keep(run, make("/1", body="نص 1", word_count=10))
    keep(run, make("/2", body="نص 2", word_count=10))
    later = archive.begin_run("crawl", "sahifa", {})
    assert keep(later, make("/1", body="نص 1", word_count=10)) is Outcome.UNCHANGED
    assert keep(later, make("/2", body="نص جديد", word_count=50)) is Outcome.UPDATED
    assert (numbers(archive, run).articles, numbers(archive, run).words) == (2, 20)
    assert (numbers(archive, later).articles, numbers(archive, later).words) == (2, 60)


def test_a_duplicate_is_not_counted(archive, run):
    keep(run, make("/1", word_count=10))
    assert keep(run, make("/2", word_count=10)) is Outcome.DUPLICATE
    assert numbers(archive, run).articles == 1


@pytest.mark.parametrize("second", ["نص 1", "نص آخر"])
def test_an_article_that_comes_under_two_addresses_is_counted_once(archive, run, second):
    for path, body in (("/1", "نص 1"), ("/1?x=2", second)):
        article = make("/1", body=body, word_count=10)
        run.propose([Proposal(SITE + path, "sahifa", "feed")])
        run.keep(Arrival(SITE + path, "sahifa", SITE + "/1"), article)
    assert numbers(archive, run).articles == 1


def test_a_revisit_under_two_addresses_is_counted_once(archive, run):
    keep(run, make("/1", word_count=10))
    later = archive.begin_run("crawl", "sahifa", {})
    for path in ("/1", "/1?x=2"):
        later.propose([Proposal(SITE + path, "sahifa", "feed")])
        later.keep(Arrival(SITE + path, "sahifa", SITE + "/1"), make("/1", word_count=10))
    assert numbers(archive, later).articles == 1


def test_settling_twice_counts_once(archive, run):
    keep(run, make("/1", word_count=10))
    with pytest.raises(RuntimeError, match="counted twice"):
        run.keep(arrive("/1"), make("/9", body="نص آخر", word_count=10))
    with pytest.raises(RuntimeError, match="counted twice"):
        run.reject(arrive("/1"), Outcome.TOO_SHORT, "")
    assert numbers(archive, run) == Numbers(1, 0, 10, fields(published_at=1))


READ_NO_ARTICLE = {Outcome.NOT_ARTICLE, Outcome.NOT_ARABIC, Outcome.TOO_SHORT, Outcome.EXTRACT_ERROR}


@pytest.mark.parametrize(
    "outcome", sorted(set(Outcome) - {Outcome.STORED, Outcome.UPDATED, Outcome.UNCHANGED})
)
def test_only_pages_that_were_fetched_count_as_rejected(archive, run, outcome):
    reject(run, "/1", outcome)
    counted = numbers(archive, run)
    assert (counted.rejected if counted else 0) == (outcome in READ_NO_ARTICLE)


def test_a_corpus_is_not_counted(archive):
    run = archive.begin_run("ingest", "corpus.jsonl", {})
    rejected = IngestRow(arrive("/2"), None, Outcome.TOO_SHORT)
    run.keep_rows([IngestRow(arrive("/1"), make("/1"), Outcome.STORED), rejected])
    run.finish(FINISHED, "finished", [], KEEP)
    assert rows(archive, tables.run_fields) == []
    assert archive.run(run.id).drift == []


def test_a_killed_run_keeps_its_numbers(archive, run):
    keep(run, make("/1", word_count=10))
    with write(archive.engine) as connection:
        connection.execute(sa.update(tables.runs).values(pid=2**22 + 1))
    archive.begin_run("crawl", "sahifa", {})
    assert archive.run(run.id).status == KILLED
    assert numbers(archive, run).articles == 1


def test_numbers_outlive_the_candidates(archive, run):
    keep(run, make("/1"))
    run.finish(FINISHED, "finished", [], timedelta(days=-1))
    assert archive.candidates(run.id) == []
    assert numbers(archive, run).articles == 1


# The numbers of whole runs, written as such: what is compared with what.


def past(archive, days, articles=30, words=500, outlet="sahifa", rejected=0, *, guarded=0, **had):
    """A crawl that began `days` ago and read so many articles, of so many words each. Gives its id."""
    run = archive.begin_run("crawl", "sahifa", {})
    with write(archive.engine) as connection:
        connection.execute(
            sa.update(tables.runs)
            .where(tables.runs.c.id == run.id)
            .values(started_at=NOW - timedelta(days=days))
        )
        connection.execute(
            tables.run_fields.insert().values(
                run_id=run.id,
                outlet=outlet,
                articles=articles,
                rejected=rejected,
                words=words * articles,
                guarded=guarded,
                **fields(**had),
            )
        )
    return run.id


def test_an_outlet_without_numbers(archive):
    assert archive.health("sahifa") is None


def test_the_newest_run_beside_the_thirty_days_before_it(archive):
    past(archive, 31)
    for days in (30, 20):
        past(archive, days, 20, image=10)
    past(archive, 10, outlet="other")
    newest = past(archive, 0, words=200)
    health = archive.health("sahifa")
    assert health.run_ids == [newest]
    assert health.latest == Numbers(30, 0, 6_000, fields())
    assert health.before == Numbers(40, 0, 20_000, fields(image=20))
    assert [(drift.measure, drift.latest, drift.before) for drift in health.drifts] == [
        ("body", 200.0, 500.0),
        ("image", 0.0, 0.5),
    ]


def test_a_first_run_has_nothing_before_it(archive):
    past(archive, 0)
    health = archive.health("sahifa")
    assert (health.before, health.drifts) == (Numbers(0, 0, 0, fields()), [])


def test_small_runs_are_judged_together(archive):
    past(archive, 5, 40)
    ids = [past(archive, days, 4, words=100) for days in (3, 2, 1)]
    health = archive.health("sahifa")
    assert health.run_ids == ids[::-1]
    assert (health.latest.articles, health.before.articles) == (12, 40)
    assert [drift.measure for drift in health.drifts] == ["body"]


def test_small_runs_reach_no_further_than_the_window(archive):
    past(archive, 40, 4)
    newest = past(archive, 5, 4)
    assert archive.health("sahifa").run_ids == [newest]


def test_pages_that_give_no_article_are_judged_though_there_are_no_articles(archive):
    past(archive, 5, 100, rejected=10)
    newest = past(archive, 1, 0, rejected=30)
    health = archive.health("sahifa")
    assert health.run_ids == [newest]
    assert [drift.measure for drift in health.drifts] == ["pages"]


def test_a_run_is_flagged_while_it_is_the_outlets_newest(archive):
    past(archive, 3)
    dropped = past(archive, 2, words=100)
    past(archive, 1, outlet="other")
    assert [(drift.outlet, drift.measure) for drift in archive.run(dropped).drift] == [("sahifa", "body")]
    past(archive, 0)
    assert archive.run(dropped).drift == []


def test_a_crawls_end_tells_it(archive):
    past(archive, 2, words=500)
    run = archive.begin_run("crawl", "sahifa", {})
    for number in range(10):
        keep(run, make(f"/{number}", body=f"نص {number}", word_count=50))
    books = run.finish(FINISHED, "finished", [], KEEP)
    assert [(drift.measure, drift.latest) for drift in books.drift] == [("body", 50.0)]


def test_numbers_from_before_the_guard_was_counted_are_kept(url, archive, run):
    keep(run, make("/1", word_count=10))
    migrate(archive.engine, "0005")
    archive.close()
    opened = open_store(url)
    assert opened.health("sahifa").latest == Numbers(1, 0, 10, fields(published_at=1), guarded=0)
    opened.close()


def test_an_older_archive_is_brought_up_to_date(url, archive, run):
    keep(run, make("/1"))
    run.finish(FINISHED, "finished", [], KEEP)
    migrate(archive.engine, "0003")
    with archive.engine.connect() as connection:
        assert not sa.inspect(connection).has_table("run_fields")
    archive.close()

    opened = open_store(url)
    assert (opened.count(), opened.health("sahifa")) == (1, None)
    assert opened.run(run.id).tallies[0].counts == {Outcome.STORED: 1}
    later = opened.begin_run("crawl", "sahifa", {})
    assert keep(later, make("/1", fetched_at=datetime.now(UTC))) is Outcome.UNCHANGED
    assert numbers(opened, later).articles == 1
    opened.close()
