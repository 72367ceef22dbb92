"""What is kept of the texts that articles had, and what is told of the steps between them."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from newscrawl.dedupe.changes import Edit
from newscrawl.store import open_store, versions
from newscrawl.store.database import write
from newscrawl.store.save import rewrite
from newscrawl.store.schema import articles, outbox, revisions
from newscrawl.store.versions import Wanted

from .conftest import NOW, SITE, keep, make, migrate, rows
from .old import old_archive

BODY = "افتتح الوزير صباح اليوم، معرض القاهرة بحضور 12 سفيرا."
LATER = BODY.replace("صباح", "مساء").replace("12", "21") + " وقال إنه سعيد."
WEEK = Wanted(since=NOW - timedelta(days=7))


def come(archive, *texts, **fields):
    """One visit after another to the same page, each by a run of its own; gives the outcomes."""
    found = []
    for text in texts:
        found.append(keep(archive.begin_run("crawl", "sahifa", {}), make(body=text, **fields)))
    return found


def edits(archive, wanted=WEEK):
    with archive.snapshot() as snapshot:
        return list(snapshot.edits(wanted))


def reread(archive, body):
    """The text of another reading by other rules, put in its place."""
    with write(archive.engine) as connection:
        row = connection.execute(sa.select(articles)).one()
        again = make(body=body, revision=row.revision + 1, cause="rules", rules=7, fetched_at=row.fetched_at)
        again.first_seen_at = row.first_seen_at
        rewrite(connection, row.number, again, run_id=row.run_id)


@pytest.mark.parametrize(
    "other",
    [
        BODY.replace("،", " ،"),
        f"{BODY}\n\nآخر تحديث: 14:30",
        f"1203 مشاهدة\n\n{BODY}",
        BODY.replace("12", "١٢").replace("افتتح", "إفتتح"),
    ],
)
def test_what_changes_no_word_makes_no_revision(archive, other):
    assert come(archive, BODY, other, BODY, other) == ["stored", "unchanged", "unchanged", "unchanged"]
    [row] = rows(archive, articles)
    assert (row.revision, row.body, len(rows(archive, revisions))) == (1, BODY, 0)
    assert row.last_seen_at > row.fetched_at
    assert len(rows(archive, outbox)) == 1
    assert edits(archive) == []


def test_names_of_a_text_that_is_not_taken_do_not_stand_at_its_places(archive):
    come(archive, BODY, tagger="light-1")
    come(archive, f"1203 مشاهدة\n\n{BODY}", tagger="light-2")
    assert rows(archive, articles)[0].tagger == "light-1"


def test_drifting_is_measured_from_the_text_that_the_archive_has(archive):
    assert come(archive, BODY, f"{BODY}!", f"{BODY}! نعم") == ["stored", "unchanged", "updated"]


def test_other_rules_may_change_what_no_word_shows(archive):
    come(archive, f"{BODY}\n\nآخر تحديث: 14:30", rules=6)
    assert come(archive, BODY, rules=7) == ["updated"]
    assert edits(archive) == []  # no word is another one, whoever did it
    with archive.snapshot() as snapshot:
        assert snapshot.count_other_edits(WEEK) == 0


def test_each_step_is_counted_when_it_is_made(archive):
    come(archive, BODY, LATER)
    come(archive, LATER, title="افتتاح معرض القاهرة")
    found = archive.history(make().id)
    assert [one.edit for one in found] == [None, Edit(False, 5, 2), Edit(True, 0, 0)]
    assert [one.words_added for one in rows(archive, revisions)] == [5, 0]


def test_edits_are_listed_the_newest_first(archive):
    come(archive, BODY, LATER)
    come(archive, LATER, title="افتتاح معرض القاهرة", modified_at=NOW)
    second, first = edits(archive)
    assert (first.revision, first.title_before, first.title, first.edit) == (
        2,
        "افتتاح المعرض",
        "افتتاح المعرض",
        Edit(False, 5, 2),
    )
    assert (second.revision, second.title_before, second.title) == (3, "افتتاح المعرض", "افتتاح معرض القاهرة")
    assert (first.url, first.outlet, first.stated, second.stated) == (f"{SITE}/1", "sahifa", False, True)
    assert second.at > first.at


def test_edits_are_chosen(archive):
    come(archive, BODY, LATER, LATER.replace("سعيد", "حزين"))
    assert [one.revision for one in edits(archive)] == [3, 2]
    assert [one.revision for one in edits(archive, Wanted(since=WEEK.since, min_words=3))] == [2]
    last = edits(archive)[0].at
    assert [one.revision for one in edits(archive, Wanted(since=last))] == [3]
    until = last - timedelta(microseconds=1)
    assert [one.revision for one in edits(archive, Wanted(since=WEEK.since, until=until))] == [2]
    assert edits(archive, Wanted(since=WEEK.since, outlets=["other"])) == []
    assert len(edits(archive, Wanted(since=WEEK.since, outlets=["other", "sahifa"]))) == 2


def test_another_headline_is_an_edit_whatever_the_body_does(archive):
    come(archive, BODY)
    come(archive, BODY, title="افتتاح معرض القاهرة")
    assert len(edits(archive, Wanted(since=WEEK.since, min_words=50))) == 1


def test_what_our_rules_change_stands_apart(archive):
    come(archive, BODY, rules=6)
    reread(archive, LATER)
    assert edits(archive) == []
    [ours] = edits(archive, Wanted(since=WEEK.since, ours=True))
    assert (ours.cause, ours.rules_before, ours.rules) == ("rules", 6, 7)
    with archive.snapshot() as snapshot:
        assert snapshot.count_other_edits(WEEK) == 1
    assert come(archive, BODY, rules=8) == ["updated"]  # the page may have changed, and the rules did
    assert edits(archive) == []
    assert [one.cause for one in edits(archive, Wanted(since=WEEK.since, ours=True))] == ["outlet", "rules"]


def test_our_rules_changed_a_text_when_they_did_and_not_when_its_page_was_fetched(archive):
    come(archive, BODY, fetched_at=NOW - timedelta(days=300))
    reread(archive, LATER)
    assert len(edits(archive, Wanted(since=NOW, ours=True))) == 1


def test_edits_of_older_archives_are_counted_when_asked_for(tmp_path, archive):
    come(archive, BODY, LATER)
    come(archive, LATER, title="افتتاح معرض القاهرة")
    before = edits(archive), archive.history(make().id)
    with write(archive.engine) as connection:
        columns = dict.fromkeys(("headline_changed", "words_added", "words_cut"))
        connection.execute(sa.update(revisions).values(columns))
    assert (edits(archive), archive.history(make().id)) == before
    assert len(edits(archive, Wanted(since=WEEK.since, min_words=8))) == 1


def test_the_migration_says_when_each_text_gave_way(tmp_path):
    path = tmp_path / "old.db"
    old_archive(path, "0017")
    archive = open_store(f"sqlite:///{path}")
    [one] = edits(archive, Wanted(since=NOW - timedelta(days=10_000)))
    assert (one.revision, one.at) == (2, archive.history(one.article_id)[1].fetched_at)
    assert one.edit.cut > 0
    archive.close()


def test_articles_that_changed_are_read_by_day_with_their_texts(archive):
    come(archive, BODY, LATER)
    keep(archive.begin_run("crawl", "sahifa", {}), make("/2"))
    with archive.snapshot() as snapshot:
        from newscrawl.filters import Filters

        [(day, number)] = snapshot.count_by_day(Filters(), revised=True).items()
        [one] = snapshot.revised(Filters(), day)
    assert number == 1
    assert [text.body for text in one.texts] == [BODY, LATER]
    assert one.outlet == "sahifa"


def test_edits_of_a_time_are_found_by_the_index(archive):
    with archive.engine.connect() as connection:
        asked = []
        sa.event.listen(archive.engine, "before_cursor_execute", lambda *args: asked.append(args[2:4]))
        list(versions.edits(connection, WEEK))
        query, values = asked[-1]
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", values).all()
    steps = [row[-1] for row in plan]
    assert "ix_revisions_replaced_at" in steps[0]
    assert not any(step.startswith("SCAN") for step in steps)


def test_the_migration_goes_both_ways(tmp_path):
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'both.db'}")
    migrate(engine, "0018")
    migrate(engine, "0017")
    migrate(engine, "0018")
    engine.dispose()
