from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa

from newscrawl.article import Mention, Outcome, article_id
from newscrawl.store import IngestRow, Proposal, candidates, fulltext, outbox, save, versions, visits
from newscrawl.store import schema as tables
from newscrawl.store.database import HEAD, write

from .conftest import NOW, SITE, arrive, found, keep, make, migrate, rows

WRITTEN = [tables.articles, fulltext.article_text, tables.outbox, tables.visits]


def revisions(archive, article):
    with archive.engine.connect() as connection:
        return versions.of_article(connection, article.id)


def test_a_new_article_is_stored_whole(archive, run):
    article = make(
        authors=["منى علي"],
        tags=["معرض"],
        entities={"PERSON": ["منى"]},
        mentions=[Mention("منى", "PERSON", 0, 3, "منى")],
        published_at=datetime(2026, 11, 1, 9, tzinfo=timezone(timedelta(hours=3))),
    )
    assert keep(run, article) is Outcome.STORED
    assert (article.revision, article.first_seen_at) == (1, article.fetched_at)
    read = archive.article(article.id)
    assert read == article
    assert read.published_at.isoformat() == "2026-11-01T09:00:00+03:00"
    assert [len(rows(archive, table)) for table in WRITTEN] == [1, 1, 1, 1]
    [candidate] = archive.candidates(run.id)
    assert (candidate.outcome, candidate.article_id) == ("stored", article.id)


def test_the_same_text_in_a_later_run_is_unchanged(archive, run):
    keep(run, make())
    before = rows(archive, tables.articles)[0]
    later = archive.begin_run("crawl", "sahifa", {})
    assert keep(later, make()) is Outcome.UNCHANGED
    [row] = rows(archive, tables.articles)
    assert row.revision == 1
    assert row.last_seen_at > before.last_seen_at
    assert rows(archive, tables.revisions) == []


def test_a_changed_text_is_a_new_revision(archive, run):
    first = make()
    keep(run, first)
    second = make(body="افتتح الرئيس المعرض")
    assert keep(archive.begin_run("crawl", "sahifa", {}), second) is Outcome.UPDATED
    assert (second.revision, second.first_seen_at) == (2, first.first_seen_at)
    assert archive.article(first.id).body == second.body
    earlier, newest = revisions(archive, first)
    assert [(earlier.body, earlier.run_id), (newest.body, newest.run_id)] == [
        (first.body, run.id),
        (second.body, run.id + 1),
    ]
    assert [row.body for row in rows(archive, tables.revisions)] == [first.body]  # the newest is kept once
    assert found(archive, "الرئيس") == [first.id]
    assert found(archive, "الوزير") == []


def test_the_same_text_at_one_outlet_is_stored_once(archive, run):
    first, copy = make("/1"), make("/2")
    assert keep(run, first) is Outcome.STORED
    assert keep(run, copy) is Outcome.DUPLICATE
    assert archive.count() == 1
    [row] = archive.candidates(run.id, "duplicate")
    assert row.article_id == first.id
    assert first.url in row.reason


def test_the_same_text_at_another_outlet_is_stored(archive, run):
    keep(run, make("/1"))
    assert keep(run, make("/2", outlet="other")) is Outcome.STORED


def test_a_twin_never_overwrites(archive, run):
    article = make("/1")
    keep(run, article)
    later = archive.begin_run("crawl", "sahifa", {})
    printed = make("/print/1", body=article.body + " نسخة للطباعة", canonical_url=article.url)
    assert keep(later, printed) is Outcome.DUPLICATE
    assert archive.article(article.id).body == article.body
    assert len(revisions(archive, article)) == 1


def test_what_an_address_redirects_to_is_read_like_the_page_itself(archive, run):
    article = make("/1")
    keep(run, article)
    later = archive.begin_run("crawl", "sahifa", {})
    assert keep(later, make("/1", read_at=article.url), arrive("/short")) is Outcome.DUPLICATE
    changed = make("/1", body="افتتح الرئيس المعرض", read_at=article.url)
    assert keep(later, changed, arrive("/shorter")) is Outcome.UPDATED


def test_the_same_article_twice_in_one_run_is_a_duplicate(archive, run):
    keep(run, make("/1"))
    assert keep(run, make("/1"), arrive("/1?again", "/1")) is Outcome.DUPLICATE


def test_the_outbox_holds_one_row_with_the_newest_version(archive, run):
    keep(run, make())
    second = make(body="نص جديد", fetched_at=datetime.now(UTC) + timedelta(seconds=5))
    keep(archive.begin_run("crawl", "sahifa", {}), second)
    [row] = rows(archive, tables.outbox)
    assert row.version == rows(archive, tables.articles)[0].version
    assert (row.attempts, row.error, row.not_before) == (0, "", None)


def test_a_new_version_forgets_the_old_ones_failed_attempts(archive, run):
    keep(run, make())
    with archive.engine.begin() as connection:
        connection.execute(sa.update(tables.outbox).values(attempts=4, error="down", not_before=NOW))
    keep(archive.begin_run("crawl", "sahifa", {}), make(body="نص جديد"))
    [row] = rows(archive, tables.outbox)
    assert (row.attempts, row.error, row.not_before) == (0, "", None)


def boom(*_, **__):
    raise RuntimeError("boom")


STEPS = [(save, "text_row"), (outbox, "enqueue_some"), (visits, "remember"), (candidates, "settle")]


@pytest.mark.parametrize(("module", "name"), STEPS, ids=[name for _, name in STEPS])
def test_nothing_remains_when_a_step_raises(archive, run, monkeypatch, module, name):
    run.propose([Proposal(SITE + "/1", "sahifa", "feed")])
    with monkeypatch.context() as patch:
        patch.setattr(module, name, boom)
        with pytest.raises(RuntimeError, match="boom"):
            run.keep(arrive(), make())
    assert [rows(archive, table) for table in WRITTEN] == [[], [], [], []]
    [candidate] = archive.candidates(run.id)
    assert candidate.outcome is None
    assert run.keep(arrive(), make())[0] is Outcome.STORED  # the candidate is still open


def test_a_failed_update_leaves_the_old_text_searchable(archive, run, monkeypatch):
    first = make()
    keep(run, first)
    later = archive.begin_run("crawl", "sahifa", {})
    monkeypatch.setattr(save, "text_row", boom)
    with pytest.raises(RuntimeError, match="boom"):
        keep(later, make(body="نص جديد"))
    assert found(archive, "الوزير") == [first.id]
    assert found(archive, "جديد") == []
    assert archive.article(first.id).body == first.body


def test_rows_are_kept_all_or_none(archive, run, monkeypatch):
    batch = [
        IngestRow(arrive("/1"), make("/1"), Outcome.STORED),
        IngestRow(arrive("/2"), None, Outcome.TOO_SHORT, "3 words"),
    ]
    with monkeypatch.context() as patch:
        patch.setattr(candidates, "enter", boom)
        with pytest.raises(RuntimeError, match="boom"):
            run.keep_rows(batch)
    assert archive.count() == 0
    assert archive.candidates(run.id) == []
    assert run.keep_rows(batch) == [Outcome.STORED, Outcome.TOO_SHORT]


def test_a_bad_row_or_an_interruption_is_no_visit(archive, run):
    ends = run.keep_rows([IngestRow(arrive("/1"), None, Outcome.BAD_ROW, "no body")])
    assert ends == [Outcome.BAD_ROW]
    assert archive.visits([article_id(SITE + "/1")]) == {}


def test_a_time_without_offset_is_refused(archive, run):
    naive = make(published_at=datetime(2026, 11, 1))  # noqa: DTZ001
    with pytest.raises(sa.exc.StatementError, match="has no offset"):
        keep(run, naive)
    assert archive.count() == 0


def test_causes_tell_first_texts_from_edits(archive):
    for body in ("نص أول عن المعرض", "نص ثان عن المعرض"):
        keep(archive.begin_run("crawl", "sahifa", {}), make(body=body))
    assert [one.cause for one in archive.history(make().id)] == ["", "outlet"]


def test_older_revisions_were_edits_of_the_outlet(archive):
    for body in ("نص أول عن المعرض", "نص ثان عن المعرض", "نص ثالث عن المعرض"):
        keep(archive.begin_run("crawl", "sahifa", {}), make(body=body))
    migrate(archive.engine, "0015")
    migrate(archive.engine, HEAD)
    assert [one.cause for one in archive.history(make().id)] == ["", "outlet", "outlet"]


def test_an_article_described_anew_keeps_its_text_and_is_seen_no_later(archive, run):
    keep(run, make(section=""))
    again = make(section="ثقافة", revision=1, fetched_at=NOW + timedelta(days=2), first_seen_at=NOW)
    before = rows(archive, tables.articles)[0]
    with write(archive.engine) as connection:
        save.rewrite(connection, before.number, again, run_id=run.id, revised=False)
    [row] = rows(archive, tables.articles)
    assert (row.section, row.last_seen_at) == ("ثقافة", before.last_seen_at)
    assert row.version > before.version
    assert len(archive.history(again.id)) == 1
    assert [one.article_id for one in rows(archive, tables.outbox)] == [again.id]
