"""What PATH and --format ask for."""

import pytest

from newscrawl.outputs.export import ExportError, read_target


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
