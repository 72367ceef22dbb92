"""What PATH and --format ask for; one file is whole or as before; memory does not grow with the archive."""

import gzip
import json
import tracemalloc
from datetime import timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from newscrawl.article import Article
from newscrawl.filters import Filters
from newscrawl.outputs.export.manifest import ExportError
from newscrawl.outputs.export.schema import SCHEMA
from newscrawl.outputs.export.writers import export_file, read_target
from newscrawl.store import open_store
from newscrawl.store.articles import to_row
from newscrawl.store.clusters import alone
from newscrawl.store.database import write
from newscrawl.store.schema import articles

from .world import BODY, make


@pytest.mark.parametrize(
    ("path", "form", "kind", "read"),
    [
        ("news", "parquet", "folder", "parquet"),
        ("news", "jsonl", "folder", "jsonl"),
        ("news.2026", "jsonl", "folder", "jsonl"),
        ("news.parquet", None, "file", "parquet"),
        ("news.parquet", "parquet", "file", "parquet"),
        ("news.jsonl", None, "file", "jsonl"),
        ("news.jsonl.gz", None, "file", "jsonl"),
        ("-", None, "stdout", "jsonl"),
        ("-", "jsonl", "stdout", "jsonl"),
    ],
)
def test_read(tmp_path, path, form, kind, read):
    target = read_target(path if path == "-" else str(tmp_path / path), form)
    assert (target.kind, target.format) == (kind, read)


def test_a_folder_stays_a_folder_whatever_its_name(tmp_path):
    (tmp_path / "news.parquet").mkdir()
    assert read_target(str(tmp_path / "news.parquet"), "parquet").kind == "folder"


def test_a_folder_keeps_its_format(folder):
    folder.export("jsonl")
    assert read_target(str(folder.path), None).format == "jsonl"


@pytest.mark.parametrize(
    ("path", "form", "message"),
    [
        ("-", "parquet", "cannot be streamed"),
        ("news", None, "say which --format"),
        ("news.jsonl", "parquet", "change one of them"),
        ("news.parquet", "jsonl", "change one of them"),
        ("news.json", "jsonl", "a file must end in"),
        ("news.csv", None, "a file must end in"),
        ("a_file", "jsonl", "is no folder"),
    ],
)
def test_refused(tmp_path, path, form, message):
    (tmp_path / "a_file").touch()
    with pytest.raises(ExportError, match=message):
        read_target(path if path == "-" else str(tmp_path / path), form)


def test_a_damaged_manifest_matters_only_where_it_is_needed(folder):
    folder.export()
    folder.damage_manifest()
    with pytest.raises(ExportError, match="cannot be read"):
        read_target(str(folder.path), None)
    with pytest.raises(ExportError, match="say which --format"):
        read_target(str(folder.path), None, full=True)
    assert read_target(str(folder.path), "parquet", full=True).kind == "folder"


def export(archive, path, advance=lambda count: None, **chosen):
    form = "parquet" if path.suffix == ".parquet" else "jsonl"
    with archive.snapshot() as snapshot:
        filters = Filters(**chosen)
        export_file(path, form, snapshot, filters, snapshot.count_by_day(filters), advance)


def stored(archive):
    with archive.snapshot() as snapshot:
        days = snapshot.count_by_day(Filters())
        return [one.article for day in days for batch in snapshot.articles(Filters(), day) for one in batch]


@pytest.mark.parametrize("name", ["news.jsonl", "news.jsonl.gz"])
def test_lines_are_the_records(archive, tmp_path, name):
    export(archive, tmp_path / name)
    content = (tmp_path / name).read_bytes()
    lines = (gzip.decompress(content) if name.endswith("gz") else content).splitlines()
    assert [Article.from_json(json.loads(line)) for line in lines] == stored(archive)
    assert json.loads(lines[0]) == json.loads(json.dumps(stored(archive)[0].to_json()))


def test_parquet_has_the_schema_and_the_articles_in_order_of_time(archive, tmp_path):
    export(archive, tmp_path / "news.parquet")
    file = pq.ParquetFile(tmp_path / "news.parquet")
    assert file.schema_arrow.equals(SCHEMA, check_metadata=True)
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"
    table = file.read()
    assert table["id"].to_pylist() == [article.id for article in stored(archive)]
    assert table["event_time"].to_pylist() == sorted(table["event_time"].to_pylist())
    assert table["similarity"].to_pylist().count(0.91) == 1


@pytest.mark.parametrize("name", ["news.jsonl", "news.jsonl.gz", "news.parquet"])
def test_a_killed_export_leaves_the_old_file(archive, tmp_path, name):
    (tmp_path / name).write_bytes(b"old")
    before = set(tmp_path.iterdir())

    def fail(count):
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        export(archive, tmp_path / name, fail)
    assert (tmp_path / name).read_bytes() == b"old"
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize("name", ["news.jsonl", "news.jsonl.gz", "news.parquet"])
def test_nothing_chosen_makes_an_empty_valid_file(archive, tmp_path, name):
    export(archive, tmp_path / name, outlets=("nobody",))
    content = (tmp_path / name).read_bytes()
    if name.endswith("parquet"):
        assert pq.read_table(tmp_path / name).schema.equals(SCHEMA)
        assert pq.read_table(tmp_path / name).num_rows == 0
    else:
        assert (gzip.decompress(content) if name.endswith("gz") else content) == b""


def test_the_file_has_the_usual_permissions(archive, tmp_path):
    export(archive, tmp_path / "news.jsonl")
    (tmp_path / "other").touch()
    assert (tmp_path / "news.jsonl").stat().st_mode == (tmp_path / "other").stat().st_mode


def many(archive, count):
    """An archive of one long day, put in without the toil of a crawl."""
    rows = []
    for number in range(count):
        article = make(1000 + number, body=BODY * 20)
        article.published_at += timedelta(seconds=number)
        article.first_seen_at = article.fetched_at
        cluster = alone(article.id)._asdict()
        rows.append({**to_row(article), **cluster, "revision": 1, "version": 10_000 + number})
    with write(archive.engine) as connection:
        connection.execute(articles.insert(), rows)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["news.jsonl", "news.parquet"])
def test_memory_does_not_grow_with_the_archive(tmp_path, name, monkeypatch):
    monkeypatch.setattr("newscrawl.store.articles.BATCH", 250)
    peaks = []
    for count in (250, 2500):
        archive = open_store(f"sqlite:///{tmp_path / f'{count}.db'}")
        many(archive, count)
        pool = pa.system_memory_pool()
        held = []
        tracemalloc.start()
        export(
            archive,
            tmp_path / name,
            lambda written, pool=pool, held=held: held.append(pool.bytes_allocated()),
        )
        peaks.append(tracemalloc.get_traced_memory()[1] + max(held))
        tracemalloc.stop()
        archive.close()
    assert peaks[1] < 1.5 * peaks[0], peaks
