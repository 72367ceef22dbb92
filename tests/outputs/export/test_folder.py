"""A folder is brought up to date: only days that changed, whole files, a cursor that skips nothing."""

import json
from datetime import UTC, date, datetime

import pyarrow.dataset as ds
import pytest
import sqlalchemy as sa

from newscrawl.outputs.export import folder as folders
from newscrawl.outputs.export.folder import locked
from newscrawl.outputs.export.manifest import NAME, ExportError
from newscrawl.store import open_store
from newscrawl.store.database import write
from newscrawl.store.schema import articles

from ...store.conftest import put_together
from .conftest import Folder, day_file
from .world import BODY, CAIRO, fill, keep, make


def titles(folder):
    """Every title in the folder, with the day of its file."""
    table = ds.dataset(folder.path, format="parquet", partitioning="hive").to_table(["title", "day"])
    return sorted((row["day"][-2:], row["title"].rsplit(maxsplit=1)[-1]) for row in table.to_pylist())


def changed(number, outlet="sahel", **fields):
    return make(number, outlet, title=f"الخبر المصحح {number}", **fields)


def fail(count):
    raise RuntimeError("killed")


def test_one_file_a_day_of_utc(folder):
    assert folder.export() == [21, 22, 23, 24]
    assert list(folder.files()) == [day_file(day) for day in (21, 22, 23, 24)]
    assert titles(folder) == [
        ("21", "1"), ("21", "2"), ("22", "3"), ("22", "4"), ("23", "5"), ("23", "6"), ("24", "7"),
    ]  # fmt: skip
    assert folder.counts == {21: 2, 22: 2, 23: 2, 24: 1}


def test_the_cursor_is_the_archives_newest_version(folder, archive):
    folder.export(outlets=("sahel",))
    with archive.snapshot() as snapshot:
        assert snapshot.newest() == (folder.manifest.cursor, folder.manifest.cursor_article)


def test_nothing_new_touches_no_file(folder):
    folder.export()
    before = folder.files()
    assert folder.export() == []
    assert folder.files() == before


def test_only_the_days_that_changed_are_written(folder, archive):
    folder.export()
    before = folder.files()
    cursor = folder.manifest.cursor
    keep(archive, make(8, day=22), changed(5, day=23))
    assert folder.export() == [22, 23]
    after = folder.files()
    assert {name for name in after if after[name] != before.get(name)} == {day_file(22), day_file(23)}
    assert folder.manifest.cursor > cursor
    rows = ds.dataset(folder.path, format="parquet").to_table(["version", "title"]).to_pylist()
    assert sorted(row["title"] for row in rows if row["version"] > cursor) == [
        "الخبر المصحح 5",
        "الخبر رقم 8",
    ]


def test_an_article_that_moved_vanishes_from_its_old_day(folder, archive):
    folder.export()
    keep(archive, changed(5, published_at=datetime(2026, 11, 20, 9, tzinfo=CAIRO)))
    assert folder.export() == [20, 23]
    assert ("20", "5") in titles(folder)
    assert ("23", "5") not in titles(folder)


def test_a_day_left_without_articles_loses_its_file(folder, archive):
    folder.export()
    keep(archive, changed(7, "majma", published_at=datetime(2026, 11, 21, 9, tzinfo=UTC)))
    assert folder.export() == [21]
    assert not (folder.path / "day=2026-11-24").exists()
    assert folder.counts == {21: 3, 22: 2, 23: 2}


def test_an_article_that_leaves_the_outlet_leaves_its_export(folder, archive):
    folder.export(outlets=("sahel",))
    with write(archive.engine) as connection:
        connection.execute(
            sa.update(articles).where(articles.c.url.like("%/5")).values(outlet="majma", version=2**50)
        )
    assert folder.export(outlets=("sahel",)) == []
    assert folder.counts == {21: 2}
    assert not (folder.path / day_file(23)).exists()


def test_a_file_that_was_taken_away_is_written_again(folder):
    folder.export()
    (folder.path / day_file(22)).unlink()
    assert folder.export() == [22]


def test_a_change_outside_the_filter_moves_the_cursor_alone(folder, archive):
    folder.export(outlets=("sahel",))
    cursor, before = folder.manifest.cursor, folder.files()
    keep(archive, make(9, "majma"))
    assert folder.export(outlets=("sahel",)) == []
    assert folder.files() == before
    assert folder.manifest.cursor > cursor


@pytest.mark.parametrize(
    ("chosen", "numbers"),
    [
        ({"outlets": ("almarfa", "majma")}, "3467"),
        ({"countries": ("EG",)}, "125"),
        ({"since": datetime(2026, 11, 22, 22, 30, tzinfo=UTC)}, "4567"),
        ({"until": datetime(2026, 11, 22, 22, 30, tzinfo=UTC)}, "1234"),
        ({"outlets": ("sahel",), "since": datetime(2026, 11, 22, tzinfo=UTC)}, "5"),
    ],
)
def test_filters(folder, chosen, numbers):
    folder.export(**chosen)
    assert "".join(sorted(number for _, number in titles(folder))) == numbers


def test_of_a_cluster_the_original_is_exported_or_the_earliest_that_passes(folder, archive):
    put_together(archive, *(one.id for one in (make(3, "almarfa", day=22), make(1), make(2, hour=18))))
    folder.export(collapse=True)
    numbers = [number for _, number in titles(folder)]
    assert numbers == ["3", "4", "5", "6", "7"]  # 1 and 2 are earlier, and copies
    folder.export(full=True, collapse=True, outlets=("sahel",))
    assert titles(folder) == [("21", "1"), ("23", "5")]


def test_the_day_of_who_comes_in_for_another_of_its_cluster_is_written(folder, archive):
    original, other = make(1), make(3, "almarfa", day=22)
    put_together(archive, original.id, other.id, make(6, "almarfa", day=23).id)
    folder.export(collapse=True, people=("سامح شكري",))
    assert titles(folder) == [("21", "1")]
    folder.export(full=True, collapse=True, until=datetime(2026, 11, 22, 23, tzinfo=UTC))
    assert titles(folder) == [("21", "1"), ("21", "2"), ("22", "4")]
    keep(archive, changed(1, published_at=datetime(2026, 11, 24, 9, tzinfo=CAIRO)))
    keep(archive, changed(4, "almarfa", day=24))  # as many articles on the 22nd as before
    assert folder.export(collapse=True, until=datetime(2026, 11, 22, 23, tzinfo=UTC)) == [21, 22]
    assert titles(folder) == [("21", "2"), ("22", "3")]


def test_what_comes_in_while_exporting_is_in_the_next_one(folder, archive):
    def crawl_on(count):
        if archive.count() < 9:
            keep(archive, make(8, day=21), make(9, day=25))

    folder.export(advance=crawl_on)
    assert archive.count() == 9
    assert len(titles(folder)) == 7
    assert folder.export() == [21, 25]
    assert len(titles(folder)) == 9


@pytest.mark.parametrize("form", ["parquet", "jsonl"])
def test_a_killed_export_leaves_old_files_and_the_old_cursor(folder, archive, form):
    folder.export(form)
    before, cursor = folder.files(), folder.manifest.cursor
    keep(archive, make(8, day=22), make(9, day=23))
    with pytest.raises(RuntimeError):
        folder.export(form, advance=fail)
    assert folder.files() == before
    assert folder.manifest.cursor == cursor
    assert folder.export(form) == [22, 23]
    assert folder.counts == {21: 2, 22: 3, 23: 3, 24: 1}


def test_a_killed_first_export_is_begun_again(folder):
    with pytest.raises(RuntimeError):
        folder.export(advance=fail)
    assert folder.manifest.cursor is None
    assert folder.export() == [21, 22, 23, 24]


def test_killed_between_two_days_of_a_move_that_is_then_taken_back(folder, archive):
    folder.export()
    keep(archive, changed(5, published_at=datetime(2026, 11, 20, 9, tzinfo=CAIRO)))
    done = []

    def fail_at_the_second(count):
        done.append(count)
        if len(done) == 2:
            fail(count)

    with pytest.raises(RuntimeError):
        folder.export(advance=fail_at_the_second)
    assert ("20", "5") in titles(folder)
    keep(archive, make(5, day=23, fetched_at=datetime(2026, 11, 24, 7, tzinfo=UTC)))
    folder.export()
    assert [day for day, number in titles(folder) if number == "5"] == ["23"]
    assert not (folder.path / "day=2026-11-20").exists()


def test_what_a_killed_export_left_lying_is_swept(folder):
    folder.export()
    litter = folder.path / "day=2026-11-22" / ".articles.parquet.1.unfinished"
    litter.write_bytes(b"PAR1")
    assert len(titles(folder)) == 7
    folder.export()
    assert not litter.exists()


@pytest.mark.parametrize(
    ("form", "chosen", "message"),
    [
        ("jsonl", {}, "was exported as parquet, not jsonl"),
        ("parquet", {"outlets": ("sahel",)}, "was exported with no filter, not with --outlet sahel"),
        (
            "parquet",
            {"since": datetime(2026, 11, 22, tzinfo=UTC)},
            r"not with --since 2026-11-22T00:00:00\+00:00",
        ),
    ],
)
def test_another_format_or_filter_is_refused_until_full(folder, form, chosen, message):
    folder.export()
    before = folder.files()
    with pytest.raises(ExportError, match=message) as caught:
        folder.export(form, **chosen)
    assert "choose another folder, or write this one anew with --full" in str(caught.value)
    assert folder.files() == before
    folder.export(form, full=True, **chosen)
    assert folder.manifest.format == form
    assert {name.rsplit(".", 1)[-1] for name in folder.files()} == {"gz" if form == "jsonl" else "parquet"}
    assert folder.export(form, **chosen) == []


def test_the_order_of_outlets_is_no_other_filter(folder):
    folder.export(outlets=("sahel", "majma"))
    assert folder.export(outlets=("majma", "sahel", "majma")) == []


def test_a_killed_full_export_is_finished_as_full(folder):
    folder.export()
    with pytest.raises(RuntimeError):
        folder.export(full=True, outlets=("almarfa",), advance=fail)
    with pytest.raises(ExportError, match="was exported with --outlet almarfa"):
        folder.export()
    folder.export(outlets=("almarfa",))
    assert titles(folder) == [("22", "3"), ("22", "4"), ("23", "6")]


def test_another_archive_is_refused(folder, tmp_path):
    folder.export()
    other = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    keep(other, make(1))
    with pytest.raises(ExportError, match="from another archive"):
        Folder(other, folder.path).export()
    empty = open_store(f"sqlite:///{tmp_path / 'empty.db'}")
    with pytest.raises(ExportError, match="check NEWSCRAWL_STORE_URL"):
        Folder(empty, folder.path).export()
    assert len(titles(folder)) == 7


def test_an_older_state_of_the_archive_is_refused(folder, archive):
    keep(archive, changed(5))
    folder.export()
    with write(archive.engine) as connection:
        connection.execute(sa.update(articles).where(articles.c.url.like("%/5")).values(version=5))
    with pytest.raises(ExportError, match="from a newer state of this one"):
        folder.export()


def test_days_of_unknown_origin_are_refused(folder):
    folder.export()
    (folder.path / NAME).unlink()
    with pytest.raises(ExportError, match="no word of where they are from"):
        folder.export()
    assert folder.export(full=True) == [21, 22, 23, 24]


def test_a_damaged_manifest_is_refused(folder):
    folder.export()
    folder.damage_manifest()
    with pytest.raises(ExportError, match="cannot be read"):
        folder.export()
    folder.export(full=True)
    assert folder.export() == []


def test_another_layout_is_refused(folder, monkeypatch):
    folder.export()
    monkeypatch.setattr(folders, "LAYOUT", 2)
    with pytest.raises(ExportError, match="has layout 1, this newscrawl writes layout 2"):
        folder.export()


def test_two_exports_at_once_are_refused(folder):
    with locked(folder.path), pytest.raises(ExportError, match="another export is writing"):
        folder.export()
    folder.export()


def test_what_else_lies_in_the_folder_is_left_alone(folder, archive):
    folder.path.mkdir()
    (folder.path / "README.txt").write_text("mine", encoding="utf-8")
    (folder.path / "day=2026-11-24").mkdir()
    (folder.path / "day=2026-11-24" / "notes.txt").write_text("mine", encoding="utf-8")
    folder.export()
    keep(archive, changed(7, "majma", published_at=datetime(2026, 11, 21, 9, tzinfo=UTC)))
    folder.export()
    assert {name for name in folder.files() if name.endswith(".txt")} == {
        "README.txt",
        "day=2026-11-24/notes.txt",
    }


def test_the_manifest_says_what_the_folder_holds(folder):
    folder.export(outlets=("sahel",), since=datetime(2026, 11, 21, 2, tzinfo=CAIRO))
    values = json.loads((folder.path / NAME).read_bytes())
    assert values["format"] == "parquet"
    assert values["filters"] == {
        "outlet": ["sahel"], "country": [], "person": [], "org": [], "place": [],
        "since": "2026-11-21T00:00:00+00:00", "until": None,
    }  # fmt: skip
    assert (values["articles"], values["days"]) == (3, {"2026-11-21": 2, "2026-11-23": 1})
    assert values["layout"] == 1
    assert datetime.fromisoformat(values["exported_at"]).tzinfo is not None


def test_the_same_articles_make_the_same_file(folder, archive, tmp_path):
    other = Folder(archive, tmp_path / "other")
    for form in ("jsonl", "parquet"):
        folder.export(form, full=True)
        other.export(form, full=True)
        assert [content for _, content in folder.files().values()] == [
            content for _, content in other.files().values()
        ]


def test_an_empty_archive_makes_an_empty_folder(tmp_path):
    archive = open_store(f"sqlite:///{tmp_path / 'empty.db'}")
    folder = Folder(archive, tmp_path / "news")
    assert folder.export() == []
    assert (folder.manifest.cursor, folder.counts, folder.files()) == (0, {}, {})
    fill(archive)
    assert folder.export() == [21, 22, 23, 24]


def test_a_days_articles_come_by_time_in_batches(archive, monkeypatch):
    monkeypatch.setattr("newscrawl.store.articles.BATCH", 2)
    keep(archive, *[make(number, day=21, hour=24 - number, body=BODY) for number in range(10, 15)])
    with archive.snapshot() as snapshot:
        from newscrawl.filters import Filters

        batches = list(snapshot.articles(Filters(), date(2026, 11, 21)))
    assert [len(batch) for batch in batches] == [2, 2, 2, 1]
    times = [one.article.event_time for batch in batches for one in batch]
    assert times == sorted(times)
