"""Exports of revisions: every text of the articles that changed, and what each changed."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from newscrawl.filters import Filters
from newscrawl.outputs.export import revisions
from newscrawl.outputs.export.contents import REVISIONS
from newscrawl.outputs.export.folder import carry_out, locked, make_plan
from newscrawl.outputs.export.manifest import ExportError
from newscrawl.outputs.export.schema import table
from newscrawl.outputs.export.writers import export_file

from .conftest import day_file
from .world import BODY, CAIRO, keep, make

PAGE = Path(__file__).parents[3] / "docs" / "export.md"
LATER = BODY.replace("ناجحة", "فاشلة جدا")


@pytest.fixture
def corrected(archive):
    """The small archive, one article of the 21st corrected twice and one of the 23rd once."""
    stated = datetime(2026, 11, 22, 15, 0, tzinfo=CAIRO)
    at = datetime(2026, 11, 25, tzinfo=UTC)
    keep(archive, make(2, hour=18, body=LATER, fetched_at=at))
    keep(archive, make(2, hour=18, body=LATER, title="مصحح", modified_at=stated, fetched_at=at))
    keep(archive, make(6, "almarfa", day=23, body=LATER, fetched_at=at))
    return archive


def export(archive, path, **chosen):
    form = "parquet" if path.suffix == ".parquet" else "jsonl"
    with archive.snapshot() as snapshot:
        filters = Filters(**chosen)
        days = REVISIONS.count(snapshot, filters)
        export_file(path, form, snapshot, filters, days, lambda count: None, content=REVISIONS)


def to_folder(archive, path, form="parquet", *, full=False, **more):
    with locked(path), archive.snapshot() as snapshot:
        plan = make_plan(path, form, snapshot, Filters(), full=full, **more)
        carry_out(plan, snapshot, lambda count: None)
    return [day.day for day in plan.write]


def test_each_text_is_a_row_with_what_it_changed(corrected, tmp_path):
    export(corrected, tmp_path / "r.parquet")
    rows = pq.read_table(tmp_path / "r.parquet").to_pylist()
    told = [
        (row["url"][-1], row["revision"], row["headline_changed"], row["words_added"], row["words_cut"])
        for row in rows
    ]
    assert told == [
        ("2", 1, None, None, None),
        ("2", 2, False, 2, 1),
        ("2", 3, True, 0, 0),
        ("6", 1, None, None, None),
        ("6", 2, False, 2, 1),
    ]
    assert [row["cause"] for row in rows[:3]] == ["", "outlet", "outlet"]
    assert (rows[0]["body"], rows[1]["body"]) == (f"{BODY} (2)", f"{LATER} (2)")
    assert (rows[2]["modified_at"].day, rows[2]["modified_offset_minutes"]) == (22, 120)
    assert len({row["version"] for row in rows}) == 2


def test_lines_have_the_same(corrected, tmp_path):
    export(corrected, tmp_path / "r.jsonl", outlets=("sahel",))
    lines = [json.loads(line) for line in (tmp_path / "r.jsonl").read_text("utf-8").splitlines()]
    assert [(one["revision"], one["words_added"]) for one in lines] == [(1, None), (2, 2), (3, 0)]
    assert lines[2]["modified_at"] == "2026-11-22T15:00:00+02:00"
    assert set(lines[0]) == set(revisions.SCHEMA.names) - set(revisions._NOT_IN_LINES)


def test_a_folder_holds_the_days_of_articles_that_changed(corrected, tmp_path):
    folder = tmp_path / "news"
    assert to_folder(corrected, folder, content=REVISIONS) == [21, 23]
    assert (folder / day_file(23, "revisions.parquet")).exists()
    assert to_folder(corrected, folder, content=REVISIONS) == []
    keep(corrected, make(3, "almarfa", day=22, body=LATER, fetched_at=datetime(2026, 11, 25, tzinfo=UTC)))
    assert to_folder(corrected, folder, content=REVISIONS) == [22]
    with pytest.raises(ExportError, match="holds revisions, not articles"):
        to_folder(corrected, folder)
    assert to_folder(corrected, folder, full=True) == [21, 22, 23, 24]
    assert not list(folder.rglob("revisions.*"))


def test_batches_are_of_some_texts(corrected, monkeypatch):
    monkeypatch.setattr(revisions, "TEXTS", 2)
    keep(corrected, make(1, body=LATER, fetched_at=datetime(2026, 11, 25, tzinfo=UTC)))
    with corrected.snapshot() as snapshot:
        day = min(REVISIONS.count(snapshot, Filters()))
        assert [len(batch) for batch in REVISIONS.read(snapshot, Filters(), day)] == [1, 1]


def test_every_column_says_what_it_means():
    assert all(field.metadata[b"description"].endswith(b".") for field in revisions.SCHEMA)


def test_the_page_has_this_table():
    assert table(revisions.SCHEMA) in PAGE.read_text(encoding="utf-8"), (
        "run: python -m newscrawl.outputs.export.revisions"
    )
    done = subprocess.run(
        [sys.executable, "-m", "newscrawl.outputs.export.revisions"], capture_output=True, check=True
    )
    assert done.stdout.decode().strip() == table(revisions.SCHEMA)
