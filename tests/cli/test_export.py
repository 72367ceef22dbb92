"""`newscrawl export` as a person or a program runs it."""

import gzip
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.dataset as ds
import pytest
from click.testing import CliRunner

from newscrawl.cli.export import command
from newscrawl.entities.taggers import Names
from newscrawl.store import open_store
from tests.outputs.export.world import filled, keep, make


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("NEWSCRAWL_STORE_URL", f"sqlite:///{tmp_path / 'a.db'}")
    archive = filled(tmp_path / "a.db")
    yield archive
    archive.close()


@pytest.fixture
def export(store, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(command, list(words))


def numbers(text):
    return [json.loads(line)["title"].rsplit(maxsplit=1)[-1] for line in text.splitlines()]


def test_a_folder_and_again(export, store, tmp_path):
    first = export("--format", "parquet", "news")
    assert first.exit_code == 0
    assert first.stderr.startswith("Archive: ")
    assert first.stderr.count("\n") == 1
    assert first.stdout.startswith(
        "7 articles written in 4 days; news holds 7 articles in 4 days, up to cursor "
    )
    assert first.stdout.count("\n") == 1
    second = export("news")  # the folder knows its format
    assert second.exit_code == 0
    assert second.stdout.startswith("Nothing new since 20")
    keep(store, make(8, "majma", day=24), make(5, day=22, title="مصحح"))  # 5 was on the 23rd
    third = export("--format", "parquet", "news")
    assert third.stdout.startswith("6 articles written in 3 days; news holds 8 articles in 4 days")
    assert ds.dataset(tmp_path / "news", format="parquet").count_rows() == 8


def test_a_day_that_vanished_is_said(export, store):
    export("--format", "jsonl", "news")
    keep(store, make(7, "majma", day=21, title="مصحح"))
    said = export("news").stdout
    assert said.startswith("3 articles written in 1 day, 1 file removed; news holds 7 articles in 3 days")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ([], "1234567"),
        (["--outlet", "majma", "--outlet", "almarfa"], "3467"),
        (["--country", "eg"], "125"),
        (["--since", "2026-11-22T22:30Z"], "4567"),
        (["--until", "2026-11-22T22:30Z", "--outlet", "almarfa"], "34"),
        (["--place", "القاهره"], "15"),
        (["--place", "القاهرة", "--place", "مِصر"], "1"),
        (["--person", "سامح شكرى"], "1"),
        (["--org", "سامح شكري"], ""),
    ],
)
def test_filters_on_standard_output(export, words, found):
    result = export(*words, "-")
    assert result.exit_code == 0
    assert sorted(numbers(result.stdout)) == list(found)
    assert "written, up to cursor" in result.stderr


def test_until_a_day_includes_that_day(export, monkeypatch):
    monkeypatch.setenv("TZ", "UTC")
    assert sorted(numbers(export("--until", "2026-11-21", "-").stdout)) == ["1", "2"]


def test_one_file(export, tmp_path):
    result = export("news.jsonl.gz")
    assert result.stdout.startswith("7 articles of 4 days written to news.jsonl.gz, up to cursor ")
    text = gzip.decompress((tmp_path / "news.jsonl.gz").read_bytes()).decode()
    assert "وزيرُ الخارجيّة في القاهرة إنّ «الزيارة» ناجحة" in text
    assert sorted(numbers(text)) == list("1234567")


def test_an_outlet_nobody_knows_is_named(export):
    result = export("--format", "jsonl", "--outlet", "sahel", "--outlet", "sahell", "news")
    assert result.exit_code == 0
    assert result.stderr.endswith("The archive has no article of outlet sahell.\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["news"], "say which --format"),
        (["--format", "parquet", "-"], "cannot be streamed"),
        (["--format", "csv", "news"], "'csv' is not one of 'jsonl', 'parquet'"),
        (["--format", "parquet", "news.jsonl"], "change one of them"),
        (["--since", "soon", "news.jsonl"], "is no time"),
        (["--format", "jsonl", "old"], "was exported as parquet, not jsonl"),
        (["--outlet", "majma", "old"], "was exported with no filter, not with --outlet majma"),
        ([], "Missing argument"),
    ],
)
def test_errors_are_explained_and_exit_2(export, words, message):
    export("--format", "parquet", "old")
    result = export(*words)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())
    assert "Traceback" not in result.output


def test_a_folder_of_one_name_follows_the_names(export, store):
    names = ["--format", "jsonl", "--place", "القاهرة"]
    assert export(*names, "cairo").stdout.startswith("2 articles written in 2 days; ")
    assert export("--place", "القاهره", "cairo").stdout.startswith("Nothing new since 20")
    assert "was exported with --place القاهره, not with no filter" in export("cairo").stderr
    [one] = [article for article in store.numbered([1, 2, 3, 4, 5]) if article.url.endswith("/5")]
    store.put_names([(one, Names("light 2", []))])
    said = export("--place", "القاهرة", "cairo").stdout
    assert said.startswith("0 articles written in 0 days, 1 file removed; cairo holds 1 article in 1 day")


def test_a_folder_of_before_there_were_names_goes_on(export, tmp_path):
    export("--format", "jsonl", "news")
    manifest = tmp_path / "news" / "_newscrawl_export.json"
    values = json.loads(manifest.read_bytes())
    for name in ("person", "org", "place"):
        del values["filters"][name]
    manifest.write_text(json.dumps(values), encoding="utf-8")
    assert export("news").stdout.startswith("Nothing new since 20")


def test_full_writes_a_folder_anew(export):
    export("--format", "parquet", "news")
    result = export("--full", "--outlet", "majma", "news")
    assert result.stdout.startswith(
        "1 article written in 1 day, 3 files removed; news holds 1 article in 1 day"
    )


def test_what_cannot_be_written_exits_1(export, tmp_path):
    (tmp_path / "file").touch()
    result = export("file/news.jsonl")
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr
    assert export("--format", "jsonl", "file/news").exit_code == 1


def test_no_archive_exits_2_and_an_empty_one_0(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NEWSCRAWL_STORE_URL", f"sqlite:///{tmp_path / 'none.db'}")
    result = CliRunner().invoke(command, ["news.jsonl"])
    assert result.exit_code == 2
    assert "no archive yet" in result.output
    open_store(f"sqlite:///{tmp_path / 'none.db'}")
    result = CliRunner().invoke(command, ["news.jsonl"])
    assert (result.exit_code, (tmp_path / "news.jsonl").read_bytes()) == (0, b"")
    result = CliRunner().invoke(command, ["--format", "parquet", "news"])
    assert result.stdout == "No article to export; news holds 0 articles in 0 days, up to cursor 0.\n"


def test_a_pipe_that_closes_early_is_no_fault(store):
    program = Path(sys.executable).parent / "newscrawl"
    done = subprocess.run(
        ["bash", "-c", f"'{program}' export - | head -n 1"],
        capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert numbers(done.stdout) == ["1"]


def test_revisions_go_into_a_folder_of_their_own(export, store):
    later = datetime(2026, 11, 25, tzinfo=UTC)
    keep(store, make(2, hour=18, body="نص آخر تماما", fetched_at=later))
    export("--format", "jsonl", "news")
    refused = export("--revisions", "news")
    assert refused.exit_code == 2
    assert "holds articles, not revisions" in refused.stderr
    said = export("--revisions", "--format", "jsonl", "revisions").stdout
    assert said.startswith("1 article written in 1 day; revisions holds 1 article in 1 day")
    assert export("revisions", "--revisions").stdout.startswith("Nothing new")
    lines = [json.loads(line) for line in export("--revisions", "-").stdout.splitlines()]
    assert [(one["revision"], one["words_added"]) for one in lines] == [
        (1, None),
        (2, 3),
    ]
