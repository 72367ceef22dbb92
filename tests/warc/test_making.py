"""Records that every reader takes, and that nothing from outside can write into."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
from warcio.archiveiterator import ArchiveIterator

from newscrawl.warc import making
from newscrawl.warc.as_fetched import digest_text
from newscrawl.warc.making import Original
from newscrawl.warc.reading import DamagedPageError, read_page
from newscrawl.warc.records import read_records

from .pages import NOW, PAGES, TEXT, made
from .readers import by_fastwarc, by_warcio, checked

INFO = making.new_id()
EVIL = "x\r\nWARC-Type: warcinfo\r\n\r\nWARC/1.1\r\n\n\0\x85\u2028y"


def every(page, original=None, findings=None):
    """All records of a page."""
    id = making.new_id()
    answer = making.answer(page, id, INFO, original)
    return answer + making.request(page, id, INFO) + making.metadata(page, id, INFO, findings or {})


def headers_of(packed):
    [record] = ArchiveIterator(BytesIO(packed), no_record_parse=True)
    return dict(record.rec_headers.headers)


def content(packed):
    [record] = read_records(BytesIO(packed))
    return record.block


@pytest.mark.parametrize("name", PAGES)
def test_a_page_comes_back_byte_for_byte(name):
    page = PAGES[name]
    back = read_page(making.answer(page, making.new_id(), INFO, None), page.digest)
    assert back.body == page.body
    assert (back.status, back.reason, back.protocol) == (page.status, page.reason, page.protocol)
    assert back.fetched_at == page.fetched_at
    assert [value for _, value in back.headers] == [value for _, value in page.headers]
    assert back.payload(10**6) == page.payload(10**6)
    assert back.url == making.target(page.url)


@pytest.mark.parametrize("name", PAGES)
def test_other_readers_read_it_so_too(name, tmp_path):
    page = PAGES[name]
    info, _ = making.warcinfo("a.warc.gz", NOW, {"software": "newscrawl"})
    original = Original(page.url, NOW - timedelta(days=1))
    path = tmp_path / "a.warc.gz"
    path.write_bytes(info + every(page, findings={"outcome": "stored"}) + every(page, original))
    assert checked(path)
    kinds = ["warcinfo", "response", "request", "metadata", "revisit", "request", "metadata"]
    for records in (by_warcio(path), by_fastwarc(path)):
        assert [one.type for one in records] == kinds
        assert {one.url for one in records[1:]} == {making.target(page.url)}
        assert records[1].content == page.body
        assert records[4].content == b""
        assert json.loads(records[3].content) == {"outcome": "stored"}


def test_a_revisit_names_the_page_that_has_its_body():
    page = made("/2")
    packed = making.answer(page, making.new_id(), INFO, Original("https://sahifa.example/1", NOW))
    headers = headers_of(packed)
    assert headers["WARC-Type"] == "revisit"
    assert headers["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    assert headers["WARC-Refers-To-Target-URI"] == "https://sahifa.example/1"
    assert headers["WARC-Refers-To-Date"] == "2026-11-29T12:00:00.123456Z"
    assert headers["WARC-Payload-Digest"] == digest_text(page.digest)
    back = read_page(packed)
    assert (back.body, back.content_type) == (b"", page.content_type)


def test_request_and_findings_belong_to_their_answer():
    page = made("/a?b=c")
    id = making.new_id()
    request = making.request(page, id, INFO)
    findings = making.metadata(page, id, INFO, {"title": "خبر \udfff"})
    for packed in (request, findings):
        assert headers_of(packed)["WARC-Concurrent-To"] == id
        assert headers_of(packed)["WARC-Warcinfo-ID"] == INFO
    assert content(request) == (
        b"GET /a?b=c HTTP/1.1\r\nHost: sahifa.example\r\nUser-Agent: newscrawl/0.1\r\n\r\n"
    )


def test_no_password_is_kept():
    secrets = (("Proxy-Authorization", "Basic c2VjcmV0"), ("authorization", "Bearer secret"), ("Host", "h"))
    page = made(request_headers=secrets)
    assert content(making.request(page, "<x>", INFO)) == b"GET /1 HTTP/1.1\r\nHost: h\r\n\r\n"


@pytest.mark.parametrize(
    "where", ["url", "original", "header", "reason", "ip", "findings", "request", "info"]
)
def test_what_comes_from_outside_begins_no_line_and_no_record(where, tmp_path):
    page, original, findings, fields = made(), None, {}, {"software": "newscrawl"}
    if where == "url":
        page = made("/" + EVIL)
    elif where == "original":
        original = Original("https://sahifa.example/" + EVIL, NOW)
    elif where == "header":
        page = made("/1", TEXT, (EVIL, EVIL), ("X", EVIL))
    elif where == "findings":
        findings = {EVIL: EVIL}
    elif where == "request":
        page = made(request_headers=((EVIL, EVIL),), method="GET" + EVIL)
    elif where == "info":
        fields = {"operator": EVIL}
    else:
        page = made(**{where: EVIL})
    info, _ = making.warcinfo("a.warc.gz", NOW, fields)
    path = tmp_path / "a.warc.gz"
    path.write_bytes(info + every(page, original, findings))
    assert checked(path)
    first = "revisit" if original else "response"
    for records in (by_warcio(path), by_fastwarc(path)):
        assert [one.type for one in records] == ["warcinfo", first, "request", "metadata"]
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream, no_record_parse=True):
            assert [name for name, _ in record.rec_headers.headers].count("WARC-Type") == 1


@pytest.mark.parametrize(
    "damage",
    [
        lambda packed: packed[:-9],
        lambda packed: packed[:40] + b"\0\0\0\0" + packed[44:],
        lambda packed: b"",
        lambda packed: b"<html>",
        lambda packed: making.metadata(made(), "<x>", INFO, {}),
    ],
)
def test_a_damaged_page_is_said_to_be_so(damage):
    packed = making.answer(made(), making.new_id(), INFO, None)
    with pytest.raises(DamagedPageError, match=r"\w{4}"):
        read_page(damage(packed))


def test_another_body_than_the_kept_one_is_damage():
    packed = making.answer(made(), making.new_id(), INFO, None)
    with pytest.raises(DamagedPageError, match="not the one that was kept"):
        read_page(packed, made(body=b"other").digest)
