"""Which files an ingest was given, and standard input and fsspec URLs as files."""

import gzip
import io
import json
import os

import fsspec
import pytest

from newscrawl.ingest.sources import NoFileError, Opened, find_sources
from tests.ingest.web import SITE, html, page, response
from tests.warc.records_made import pack


def names(*words, **known):
    return [source.name for source in find_sources(list(map(str, words)), **known)]


@pytest.fixture
def folder(tmp_path):
    for name in ("b.warc.gz", "a.warc", "rows.jsonl", "deep/er/c.html", ".hidden.warc", "note.txt", "x.aspx"):
        path = tmp_path / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"12345")
    return tmp_path / "corpus"


def test_files_folders_and_patterns_in_the_order_of_their_names(folder):
    assert names(folder) == ["a.warc", "b.warc.gz", "c.html", "rows.jsonl"]
    assert names(folder, all_files=True) == [
        "a.warc",
        "b.warc.gz",
        "c.html",
        "rows.jsonl",
        "x.aspx",
    ]
    assert names(folder / "*.warc*") == names(folder / "a.warc", folder)[:2] == ["a.warc", "b.warc.gz"]
    assert names(folder / "**" / "*.html") == ["c.html"]
    [deep] = find_sources([str(folder / "deep")])
    assert (deep.inside, deep.size, deep.is_page) == ("er/c.html", 5, True)
    assert deep.modified.tzinfo is not None


def test_two_of_one_name_go_by_their_paths(folder):
    (folder / "deep" / "a.warc").write_bytes(b"")
    assert names(folder / "a.warc", folder / "deep" / "a.warc", folder / "b.warc.gz") == [
        str(folder / "a.warc"),
        str(folder / "deep" / "a.warc"),
        "b.warc.gz",
    ]


@pytest.mark.parametrize("word", ["nothing.warc", "*.nothing", "empty", "memory://nothing", "what://x"])
def test_what_names_no_file(tmp_path, monkeypatch, word):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    with pytest.raises(NoFileError):
        find_sources([word])


def test_a_name_with_brackets_is_a_file_first(tmp_path):
    (tmp_path / "[صور].warc").write_bytes(b"")
    assert names(tmp_path / "[صور].warc") == ["[صور].warc"]


@pytest.mark.parametrize("url", ["memory://crawl/a.warc.gz", "memory://crawl", "memory://crawl/*.warc.gz"])
def test_an_fsspec_url(take_files, url):
    system = fsspec.filesystem("memory")
    system.pipe("/crawl/a.warc.gz", pack([response(SITE + "1", html(page(1)))]))
    system.pipe("/crawl/notes.txt", b"")
    assert take_files(url).exit_code == 0
    assert list(take_files.ends()) == ["a.warc.gz@0"]
    system.rm("/crawl", recursive=True)


def test_saved_pages_whose_sizes_nobody_knows(take_files, monkeypatch):
    system = fsspec.filesystem("memory")
    system.pipe("/saved/1.html", page(1, head=f'<link rel=canonical href="{SITE}1">').encode())
    monkeypatch.setattr(system, "info", lambda path: {"name": path, "type": "file"})
    assert take_files("memory://saved/1.html").exit_code == 0
    assert take_files.counts() == {"stored": 1}
    system.rm("/saved/1.html")


def test_a_file_url(take_files):
    file = take_files.write("a.warc.gz", pack([response(SITE + "1", html(page(1)))]))
    assert take_files(f"file://{file}").exit_code == 0
    assert take_files.counts() == {"stored": 1}


@pytest.mark.parametrize("packed", [False, True])
def test_standard_input(take_files, packed):
    rows = json.dumps(
        {"url": "https://x.example/1", "title": "عنوان", "body": "كلمة أخرى من الخبر " * 20}
    ).encode()
    assert take_files("-", given=gzip.compress(rows) if packed else rows).exit_code == 0
    assert list(take_files.ends().values()) == [("stored", "")]
    warc = pack([response(SITE + "1", html(page(1)))], "members" if packed else "plain")
    assert take_files("-", given=warc).exit_code == 0
    assert list(take_files.ends()) == ["standard input@0"]


def test_files_of_all_kinds_in_one_run(take_files):
    row = {"url": "https://x.example/1", "title": "عنوان", "body": "كلمة أخرى من الخبر " * 20}
    take_files.write("in/1.jsonl", json.dumps(row))
    take_files.write("in/2.warc.gz", pack([response(SITE + "1", html(page(1)))]))
    take_files.write("in/3.html", page(2, head=f'<link rel=canonical href="{SITE}2">'))
    take_files.write(
        "in/4.jsonl.gz", gzip.compress(json.dumps({**row, "url": "https://x.example/2"}).encode())[:-9]
    )
    take_files.write("in/5.warc.gz", pack([response(SITE + "3", html(page(3)))]))
    result = take_files(take_files.folder / "in")
    assert result.exit_code == 1
    assert "4.jsonl.gz cannot be read to its end" in result.stdout
    ends = take_files.ends()
    assert {
        place: ends[place][0] for place in ("1.jsonl:1", "2.warc.gz@0", "3.html", "5.warc.gz@0")
    } == dict.fromkeys(("1.jsonl:1", "2.warc.gz@0", "3.html", "5.warc.gz@0"), "stored")


def test_a_file_that_nobody_may_read_does_not_keep_the_others_out(take_files, monkeypatch):
    bad = take_files.write("1.warc.gz", b"")
    good = take_files.write("2.warc.gz", pack([response(SITE + "1", html(page(1)))]))
    os.remove(bad)
    bad.symlink_to("/proc/self/mem")  # opens, and cannot be read
    result = take_files(bad, good)
    assert result.exit_code == 1
    assert "1.warc.gz cannot be read to its end" in result.stdout
    assert take_files.counts() == {"stored": 1}


def test_a_look_at_the_beginning_takes_nothing_away():
    class Slow(io.BytesIO):
        """A pipe, which gives what there is."""

        def read(self, size=-1):
            return super().read(min(size, 7) if size >= 0 else 7)

    opened = Opened(Slow(b"0123456789" * 3))
    assert opened.peek(12) == b"012345678901"
    assert opened.peek(4) == b"0123"
    assert opened.read(5) == b"01234"
    got = b"01234"
    while piece := opened.read(100):
        got += piece
    assert (got, opened.position) == (b"0123456789" * 3, 30)
