"""Names in the store: they follow the text they were found in, and are no revision of it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from newscrawl.article import Mention, Outcome
from newscrawl.entities.taggers import Names
from newscrawl.filters import Filters
from newscrawl.store import names, outbox
from newscrawl.store import schema as tables
from newscrawl.store.database import HEAD, write

from .conftest import NOW, arrive, keep, make, migrate, rows


def found(*words, tagger="light 1", label="LOCATION"):
    return Names(tagger, [Mention(word, label, 0, len(word), word) for word in words])


def tagged(*words, tagger="light 1", **fields):
    article = make(**fields)
    found(*words, tagger=tagger).put_into(article)
    return article


def counted(archive):
    """The names of all articles, in the order of their keys."""
    joined = sa.join(tables.article_names, tables.names)
    query = sa.select(tables.names.c.kind, tables.names.c.name, tables.article_names.c.mentions)
    with archive.engine.connect() as connection:
        order = tables.article_names.c.number, tables.names.c.key, tables.names.c.kind
        return [tuple(row) for row in connection.execute(query.select_from(joined).order_by(*order))]


def test_each_name_is_a_row_with_its_spellings_joined():
    article = make()
    found("القاهرة", "القاهره", "قطر", "القاهرة").put_into(article)
    made = names.name_rows(7, article.entities, names.mention_values(article.mentions))
    assert made == [
        {"number": 7, "kind": "location", "key": "القاهره", "name": "القاهرة", "mentions": 3},
        {"number": 7, "kind": "location", "key": "قطر", "name": "قطر", "mentions": 1},
    ]
    assert names.name_rows(7, {"person": ["منى", "ـ"]}, []) == [
        {"number": 7, "kind": "person", "key": "مني", "name": "منى", "mentions": 1}
    ]


def test_names_are_stored_with_the_article(archive, run):
    article = tagged("القاهرة", "مصر", "مصر")
    keep(run, article)
    read = archive.article(article.id)
    assert read.entities == {"person": [], "organization": [], "location": ["مصر", "القاهرة"], "misc": []}
    assert (read.tagger, len(read.mentions)) == ("light 1", 3)
    assert sorted(counted(archive)) == [("location", "القاهرة", 1), ("location", "مصر", 2)]


@pytest.mark.parametrize(("words", "tagger"), [(("لبنان",), "light 1"), ((), "light 1"), ((), "")])
def test_a_changed_text_never_keeps_the_old_ones_names(archive, run, words, tagger):
    keep(run, tagged("مصر"))
    changed = tagged(*words, tagger=tagger, body="نص آخر")
    assert keep(archive.begin_run("crawl", "sahifa", {}), changed) is Outcome.UPDATED
    read = archive.article(changed.id)
    assert (read.entities["location"], read.tagger) == (list(words), tagger)
    assert counted(archive) == [("location", word, 1) for word in words]


def test_an_unchanged_text_never_loses_its_names(archive, run):
    keep(run, tagged("مصر"))
    version = archive.waiting(0, 9)[0].version
    assert keep(archive.begin_run("crawl", "sahifa", {}), make()) is Outcome.UNCHANGED
    assert keep(archive.begin_run("crawl", "sahifa", {}), tagged("لبنان")) is Outcome.UNCHANGED  # same tagger
    assert counted(archive) == [("location", "مصر", 1)]
    assert [one.version for one in archive.waiting(0, 9)] == [version]


def test_an_unchanged_text_takes_another_taggers_names(archive, run):
    keep(run, make())
    keep(archive.begin_run("crawl", "sahifa", {}), tagged("مصر"))
    assert counted(archive) == [("location", "مصر", 1)]
    assert keep(archive.begin_run("crawl", "sahifa", {}), tagged("قطر", tagger="camel")) is Outcome.UNCHANGED
    assert archive.article(make().id).tagger == "camel"
    assert counted(archive) == [("location", "قطر", 1)]


def test_an_unchanged_text_in_other_letters_takes_no_names(archive, run):
    keep(run, make(body="افتتح الوزير المعرض في مصر"))
    written_otherwise = make(body="إفتتح الوزيرُ المعرض فى مصر")
    found("مصر").put_into(written_otherwise)  # whose offsets would not fit the text that is stored
    assert keep(archive.begin_run("crawl", "sahifa", {}), written_otherwise) is Outcome.UNCHANGED
    assert counted(archive) == []
    assert archive.article(make().id).tagger == ""


def test_new_names_are_a_new_version_but_no_new_revision(archive, run):
    article = make()
    keep(run, article)
    before = rows(archive, tables.articles)[0]
    assert archive.put_names([(archive.article(article.id), found("مصر"))]) == 1
    after = rows(archive, tables.articles)[0]
    assert after.version > before.version
    assert (after.revision, after.content_hash) == (before.revision, before.content_hash)
    assert rows(archive, tables.revisions) == []
    [waiting] = archive.waiting(0, 9)
    assert (waiting.version, waiting.article.entities["location"]) == (after.version, ["مصر"])


def test_what_would_change_nothing_is_not_written(archive, run):
    keep(run, tagged("مصر"))
    version = rows(archive, tables.articles)[0].version
    assert archive.put_names([(make(), found("مصر"))]) == 0
    assert rows(archive, tables.articles)[0].version == version


def test_names_of_a_text_that_has_changed_meanwhile_are_not_put(archive, run):
    keep(run, make())
    stale = archive.article(make().id)
    keep(archive.begin_run("crawl", "sahifa", {}), make(body="نص آخر"))
    assert archive.put_names([(stale, found("مصر"))]) == 0
    assert counted(archive) == []


def test_a_chunk_of_names_is_put_whole_or_not_at_all(archive, run, monkeypatch):
    for path in ("/1", "/2"):
        keep(run, make(path, body=f"نص {path}"))
    both = archive.numbered(archive.to_tag(Filters(), None))
    real, calls = outbox.enqueue, []

    def fails_at_the_second(*arguments):
        calls.append(arguments)
        if len(calls) == 2:
            raise RuntimeError("boom")
        real(*arguments)

    monkeypatch.setattr(outbox, "enqueue", fails_at_the_second)
    with pytest.raises(RuntimeError, match="boom"):
        archive.put_names([(article, found("مصر")) for article in both])
    assert counted(archive) == []
    assert {row.tagger for row in rows(archive, tables.articles)} == {""}


def test_which_articles_are_to_be_tagged(archive, run):
    keep(run, tagged("مصر", path="/1", body="نص 1"))
    keep(run, make("/2", body="نص 2"))
    keep(run, tagged("مصر", tagger="light 0", path="/3", body="نص 3", outlet="other"))
    keep(run, make("/4", body="نص 4", published_at=NOW - timedelta(days=9)))

    def paths(but="light 1", **chosen):
        numbers = archive.to_tag(Filters(**chosen), but)
        return "".join(article.url[-1] for article in archive.numbered(numbers))

    assert paths() == "234"
    assert paths(None) == "1234"
    assert paths(outlets=("other",)) == "3"
    assert paths(since=NOW - timedelta(days=1)) == "23"


def test_which_texts_are_tagged_already(archive, run):
    keep(run, tagged("مصر"))
    assert archive.already_tagged([make()], "light 1") == {make().id}
    assert archive.already_tagged([make()], "light 2") == set()
    assert archive.already_tagged([make(body="نص آخر")], "light 1") == set()
    assert archive.already_tagged([make("/9")], "light 1") == set()


def test_a_twin_address_changes_no_names(archive, run):
    keep(run, tagged("مصر"))
    later = archive.begin_run("crawl", "sahifa", {})
    printed = tagged("قطر", tagger="camel")
    assert keep(later, printed, arrive("/print/1")) is Outcome.DUPLICATE
    assert counted(archive) == [("location", "مصر", 1)]


def test_names_go_with_their_article(archive, run):
    keep(run, tagged("مصر"))
    with write(archive.engine) as connection:
        connection.execute(sa.delete(tables.articles))
    assert counted(archive) == []


def test_an_older_archive_gets_the_rows_of_its_names(archive, run):
    keep(run, tagged("القاهرة", "مصر", "مصر"))
    keep(run, make("/2", body="نص 2"))
    before = counted(archive)
    migrate(archive.engine, "0002")
    migrate(archive.engine, HEAD)
    assert counted(archive) == before
    assert len(before) == 2


def test_an_archive_that_kept_each_name_in_each_article_says_the_same(archive, run):
    keep(run, tagged("القاهرة", "مصر", "مصر"))
    keep(run, tagged("مِصر", "القاهره", path="/2", body="نص 2"))
    third = make("/3", body="نص 3")
    found("مصر", label="PERSON").put_into(third)
    keep(run, third)

    def said():
        with archive.named() as named:
            return counted(archive), named.count(Filters()), named.look_up("مصر", Filters())

    before = said()
    migrate(archive.engine, "0016")
    with archive.engine.connect() as connection:
        assert (
            connection.execute(sa.text("SELECT count(*) FROM article_names WHERE key = 'مصر'")).scalar() == 3
        )
    migrate(archive.engine, HEAD)
    assert said() == before
    assert len(rows(archive, tables.names)) == 5  # two of them in two spellings


def test_a_name_is_kept_once_and_one_that_no_article_has_any_more_is_not_counted(archive, run):
    keep(run, tagged("مصر", path="/1", body="نص 1"))
    keep(run, tagged("مصر", path="/2", body="نص 2"))
    assert [row.name for row in rows(archive, tables.names)] == ["مصر"]
    with write(archive.engine) as connection:
        connection.execute(sa.delete(tables.articles))
    with archive.named() as named:
        assert named.count(Filters()) == named.look_up("مصر", Filters()) == named.near("مصرر", 5) == []


def test_selections_by_name_take_any_spelling(archive, run):
    keep(run, tagged("القاهرة", "مصر", path="/1", body="نص 1"))
    keep(run, tagged("مصر", path="/2", body="نص 2"))

    def count(**chosen):
        with archive.snapshot() as snapshot:
            return sum(snapshot.count_by_day(Filters(**chosen)).values())

    assert count(places=("مِصر",)) == 2
    assert count(places=("القاهره", "مصر")) == 1
    assert count(people=("مصر",)) == count(organizations=("مصر",)) == 0
