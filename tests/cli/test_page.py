"""`newscrawl page URL` gives a page back as it came; `newscrawl pages` shows and deletes files of pages."""

import asyncio
import gzip
import json
from datetime import timedelta

import pytest
from click.testing import CliRunner

from newscrawl.article import Outcome, Rejected
from newscrawl.cli.page import command as page_command
from newscrawl.cli.pages import command as pages_command
from newscrawl.config import load_config
from newscrawl.steps.session import Session
from newscrawl.store import Arrival, Proposal, open_store
from newscrawl.warc.as_fetched import AsFetched
from tests.store.conftest import NOW, SITE, make

HTML = "<html lang=ar><p>نص الخبر</p>\x1b[2J".encode()
PACKED = gzip.compress(HTML, mtime=0)
HEADERS = (
    ("Content-Type", "text/html; charset=utf-8"),
    ("Content-Encoding", "gzip"),
    ("X-Evil", "\x1b[2Jx"),
)


@pytest.fixture(autouse=True)
def environ(tmp_path, monkeypatch):
    monkeypatch.setenv("NEWSCRAWL_STORE_URL", f"sqlite:///{tmp_path / 'a.db'}")


def crawl(*ends):
    """Keep and store pages: path, body, and what was read from it, in a run of their own."""
    with Session(open_store(), load_config(), tagger=None) as session:
        session.begin_run("crawl", "sahifa", {})
        session.keep_pages()
        for path, body, result in ends:
            arrival = Arrival(SITE + path, "sahifa", SITE + path)
            session.run.propose([Proposal(arrival.url, "sahifa", "")])
            page = AsFetched(arrival.url, NOW, 200, HEADERS, body, reason="OK")
            session.store(arrival, result, asyncio.run(session.keep_page(page, result)))
        session.run.finish("finished", "", [], timedelta(days=1))
        session.keeping.end()


def page(*words, path="/1"):
    return CliRunner().invoke(page_command, [SITE + path, *words])


def pages(*words):
    return CliRunner().invoke(pages_command, words)


def test_a_page_comes_back_byte_for_byte():
    crawl(("/1", PACKED, make()), ("/2", PACKED[:-20], Rejected(Outcome.TOO_SHORT, "")))
    done = page()
    assert (done.exit_code, done.stdout_bytes) == (0, HTML)
    assert f"{SITE}/1, fetched {NOW:%Y-%m-%d %H:%M:%S} UTC: stored, revision 1; newscrawl-" in done.stderr
    assert page("--packed").stdout_bytes == PACKED
    assert page("--packed", path="/2").stdout_bytes == PACKED[:-20]


def test_headers_are_said_so_that_they_control_nothing():
    crawl(("/1", PACKED, make()))
    done = page("--headers")
    assert done.stdout.splitlines() == [
        "HTTP/1.1 200 OK",
        "Content-Type: text/html; charset=utf-8",
        "Content-Encoding: gzip",
        "X-Evil: [2Jx",
    ]


def test_each_revision_has_its_page():
    texts = ["نص أول", "نص ثان"]
    for text in texts:
        crawl(("/1", gzip.compress(text.encode()), make(body=text)))
    assert [page("--revision", n).stdout_bytes.decode() for n in "12"] == texts
    assert page().stdout_bytes.decode() == texts[1]
    done = page("--revision", "3")
    assert (done.exit_code, done.stdout_bytes) == (1, b"")
    assert f"No page of revision 3 is kept of {SITE}/1." in done.stderr


def test_a_page_with_a_known_body_comes_back_whole_until_that_is_deleted(tmp_path):
    crawl(("/1", PACKED, make()))
    crawl(("/1", PACKED, make()))
    assert page().stdout_bytes == HTML
    first, second = sorted((tmp_path / "pages").iterdir())
    limit = f"{second.stat().st_size / 1e9:.9f}"
    assert "1 file of pages deleted (1 page" in pages("prune", "--gb", limit).stdout
    assert not first.exists()
    done = page()
    assert (done.exit_code, done.stdout_bytes) == (1, b"")
    assert "its body was the same as that of an earlier page, which was deleted since" in done.stderr


def test_what_is_not_there_is_said(tmp_path):
    crawl(("/1", PACKED, make()))
    assert f"No page is kept of {SITE}/9." in page(path="/9").stderr
    (tmp_path / "pages").rename(tmp_path / "away")
    done = page()
    assert (done.exit_code, done.stdout_bytes) == (1, b"")
    assert "its page cannot be read." in done.stderr
    assert "is not there" in done.stderr
    assert json.loads(pages("--json").stdout)["pages"] == 1


def test_a_damaged_file_is_said_to_be_so(tmp_path):
    crawl(("/1", PACKED, make()))
    [file] = (tmp_path / "pages").iterdir()
    data = bytearray(file.read_bytes())
    data[600:700] = bytes(100)
    file.write_bytes(data)
    done = page()
    assert done.exit_code == 1
    assert "is damaged" in done.stderr


def test_an_unreadable_body_comes_as_it_came():
    crawl(("/1", b"<html>", make()))
    done = page()
    assert done.exit_code == 1
    assert "not gzip, though its header says so" in done.stderr
    assert page("--packed").stdout_bytes == b"<html>"


def test_files_are_shown_with_what_is_in_them():
    assert "there is no archive yet" in pages().stderr
    crawl(("/1", PACKED, make()), ("/2", PACKED + b"\0", Rejected(Outcome.TOO_SHORT, "")))
    crawl(("/1", PACKED, make()))
    text = pages().stdout
    assert "3 pages in 2 files, 0.0 MB; 1 as before (33%)." in text
    assert text.count("newscrawl-") == 2
    assert "100%" in text
    values = [json.loads(line) for line in pages("--json").stdout.splitlines()]
    assert [(one["pages"], one["revisits"], one["in_use"]) for one in values] == [
        (2, 0, False),
        (1, 1, False),
    ]
    assert all(one["bytes"] > 1000 for one in values)


def test_a_dry_run_deletes_nothing(tmp_path):
    crawl(("/1", PACKED, make()))
    assert "1 file would be deleted." in pages("prune", "--gb", "0.0000001", "--dry-run").stdout
    assert len(list((tmp_path / "pages").iterdir())) == 1
    assert "No file is too old" in pages("prune").stdout


def test_where_none_are_kept_it_says_so(monkeypatch):
    open_store().close()
    monkeypatch.setenv("NEWSCRAWL_PAGES", "off")
    assert pages().stdout == "No pages are kept yet. NEWSCRAWL_PAGES=off: crawls keep none.\n"


def test_a_revision_that_our_rules_made_has_the_page_that_it_was_read_from():
    crawl(("/1", PACKED, make()))
    crawl(("/1", PACKED, make(body="نص قرأته القواعد الجديدة من الصفحة نفسها")))
    crawl(("/1", gzip.compress(b"another", mtime=0), make(body="نص غيرته الصحيفة في صفحتها")))
    found = [page("--revision", str(number)).stdout_bytes for number in (1, 2, 3)]
    assert found == [HTML, HTML, b"another"]
