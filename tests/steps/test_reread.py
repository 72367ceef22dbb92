"""Kept pages read again: what cannot be had is told apart from what is no article."""

import gzip
from datetime import UTC, datetime
from itertools import count

import pytest

from newscrawl.article import Article, Outcome, Rejected
from newscrawl.steps.reread import PlacedPage, Unreadable, read_kept
from newscrawl.warc.as_fetched import AsFetched
from newscrawl.warc.places import Folder
from newscrawl.warc.writing import Writer

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
URL = "https://www.example.com/news/7"
TEXT = """
<p>افتتح رئيس البلدية صباح اليوم المكتبة العامة في نابلس بحضور عدد من الكتاب والناشرين.</p>
<p>وقال إن القاعة الجديدة تتسع لمئتي قارئ، وإن أبوابها تفتح من التاسعة صباحا حتى الثامنة مساء.</p>
<p>وتضم المجموعة أربعين ألف كتاب، بينها مخطوطات نادرة أهدتها عائلات من المدينة القديمة.</p>
"""
HTML = f"<html lang=ar><title>مكتبة عامة</title><h1>افتتاح مكتبة عامة في نابلس</h1>{TEXT}".encode()


@pytest.fixture
def read(tmp_path):
    """What is read of a page with this body, once `spoil` has been at its file."""

    runs = count(1)

    def read(body, encoding="", max_bytes=10**6, spoil=lambda path: None):
        headers = [("Content-Type", "text/html; charset=utf-8")]
        headers += [("Content-Encoding", encoding)] if encoding else []
        page = AsFetched(URL, AT, 200, tuple(headers), body)
        whole = []
        writer = Writer(
            tmp_path,
            next(runs),
            opened=lambda name: 1,
            closed=lambda number, path: whole.append(path),
            fields={},
        )
        written = writer.write(page, {}).result()
        writer.close()
        spoil(whole[0])
        at = PlacedPage(str(tmp_path), whole[0].name, written.offset, written.length, page.digest, URL)
        [result] = read_kept(Folder(str(tmp_path), tmp_path), [at], 25, max_bytes)
        return result

    return read


def test_a_page_is_read_as_of_the_day_when_it_was_fetched(read):
    article = read(gzip.compress(HTML), "gzip")
    assert isinstance(article, Article)
    assert (article.title, article.fetched_at) == ("افتتاح مكتبة عامة في نابلس", AT)


def test_a_body_beyond_the_limit_is_too_large_and_a_damaged_one_cannot_be_read(read):
    large = read(gzip.compress(HTML), "gzip", max_bytes=100)
    assert isinstance(large, Rejected)
    assert large.outcome is Outcome.TOO_LARGE
    assert isinstance(read(b"no gzip at all", "gzip"), Unreadable)


def test_a_file_that_is_gone_or_damaged_is_named(read):
    gone = read(HTML, spoil=lambda path: path.unlink())
    assert isinstance(gone, Unreadable)
    assert ".warc.gz: " in gone.why
    cut = read(HTML, spoil=lambda path: path.write_bytes(path.read_bytes()[:400]))
    assert isinstance(cut, Unreadable)
