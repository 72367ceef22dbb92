"""`newscrawl ingest --keep`: other people's pages beside our own, byte for byte."""

import pytest

from newscrawl.article import article_id
from newscrawl.dedupe.canonical import canonical_url
from newscrawl.extraction import extract
from newscrawl.warc import writing
from newscrawl.warc.reading import read_page
from tests.ingest.web import SITE, answer, chunked_gzip, html, page, response
from tests.warc.readers import checked
from tests.warc.records_made import pack


@pytest.fixture
def file(take_files):
    records = [
        response(SITE + "1", chunked_gzip(page(1))),
        response(SITE + "2", html(page(2), "Content-Encoding: gzip")),
        response(SITE + "3", html("<title>x</title><p>خبر قصير</p>")),
        response(SITE + "4", html("x", status="404 Not Found")),
        response(SITE + "5", b"no answer"),
    ]
    return take_files.write("a.warc.gz", pack(records))


def kept(take_files, url):
    """A page of the archive, read back."""
    archive = take_files.archive()
    found = archive.pages.find(article_id(canonical_url(url)))
    archive.close()
    if found is None:
        return None
    at = found.body_at
    packed = (take_files.folder / "pages" / at.name).read_bytes()[at.offset : at.offset + at.length]
    return read_page(packed, at.digest)


def test_pages_are_kept_as_they_were_fetched(take_files, file):
    result = take_files(file, "--keep")
    assert result.exit_code == 0, result.output
    assert "3 pages kept as fetched" in result.stdout
    one, two, three = (kept(take_files, f"{SITE}{n}") for n in (1, 2, 3))
    assert one.fetched_at.isoformat() == "2020-05-02T10:00:00+00:00"
    assert one.payload(10**6) == page(1).encode()
    assert (two.body, two.payload(10**6)) == (page(2).encode(), page(2).encode())  # its header lied
    assert three.status == 200
    assert extract(one.payload(10**6), one.url, fetched_at=one.fetched_at).title == "الهيئة تعلن المشروع 1"
    assert kept(take_files, SITE + "4") is kept(take_files, SITE + "5") is None
    for written in (take_files.folder / "pages").glob("*.warc.gz"):
        checked(written)


def test_without_it_no_page_is_kept(take_files, file):
    take_files(file)
    assert kept(take_files, SITE + "1") is None
    assert not (take_files.folder / "pages").exists()


def test_again_nothing_is_kept_twice(take_files, file):
    take_files(file, "--keep")
    result = take_files(file, "--keep")
    assert "kept as fetched" not in result.stdout
    archive = take_files.archive()
    assert sum(one.pages for one in archive.pages.files()) == 3
    archive.close()


def test_saved_pages_are_kept_too(take_files):
    take_files.write("in/1.html", page(1, head=f'<link rel=canonical href="{SITE}1">'))
    take_files(take_files.folder / "in", "--keep")
    one = kept(take_files, SITE + "1")
    assert b"canonical" in one.body
    assert (one.content_type, one.status) == ("text/html", 200)


def test_a_disk_that_is_full_ends_it_in_words(take_files, file, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "_write_all", full)
    result = take_files.fails(file, "--keep")
    assert "no page can be kept there (No space left on device)" in str(result.exception)
    assert kept(take_files, SITE + "1") is None
    archive = take_files.archive()
    assert archive.count() == 0
    archive.close()


def test_where_pages_are_off_it_says_so(take_files, file, monkeypatch):
    monkeypatch.setenv("NEWSCRAWL_PAGES", "off")
    result = take_files(file, "--keep")
    assert (result.exit_code, "NEWSCRAWL_PAGES is off" in result.stderr) == (2, True)


def test_a_picture_is_not_kept(take_files):
    record = response(SITE + "1", answer(b"\xff\xd8", "Content-Type: image/jpeg", status="301 Moved"))
    take_files(take_files.write("a.warc.gz", pack([record])), "--keep")
    assert kept(take_files, SITE + "1") is None
