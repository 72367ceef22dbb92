"""The read step: a page becomes an article or a rejection, whatever happens in the worker."""

import os
import time
from datetime import UTC, datetime

import pytest

from newscrawl.article import Article, Outcome, Rejected
from newscrawl.steps import read
from newscrawl.steps.read import PIECE, FetchedPage, listing_job, page_job, read_pages
from newscrawl.workers import Workers

NOW = datetime(2026, 11, 1, tzinfo=UTC)
URL = "https://sahifa.example/news/1"
SENTENCE = "أعلنت الهيئة في بيان أن المشروع سيبدأ العمل فيه خلال الشهر المقبل وأن التمويل متوفر."
PAGE = f"""<html><head><title>عنوان الخبر الأول في الصحيفة</title></head>
<body><article><p>{f"{SENTENCE} " * 5}</p></article></body></html>"""


def page(body=PAGE, content_type="text/html; charset=utf-8"):
    return FetchedPage(URL, body.encode(), content_type, NOW)


@pytest.mark.parametrize(
    ("content_type", "encoding"),
    [
        ("text/html", None), ("", None), ("text/html; charset=", None), ("text/html; charset=UTF-8", "utf-8"),
        ('text/html; charset="windows-1256"; x=y', "windows-1256"),
    ],
)  # fmt: skip
def test_the_encoding_is_the_headers(content_type, encoding):
    assert page(content_type=content_type).encoding == encoding


def test_pages_are_read_and_other_files_are_not():
    article, rejected = read_pages([page(), page(content_type="Application/PDF; x")])
    assert isinstance(article, Article)
    assert (article.url, article.fetched_at) == (URL, NOW)
    assert rejected == Rejected(Outcome.NOT_ARTICLE, "the answer is application/pdf, not a web page")


def test_trafilaturas_caches_are_emptied_now_and_then(monkeypatch):
    emptied = []
    monkeypatch.setattr(read, "RESET_EVERY", 2)
    monkeypatch.setattr("trafilatura.meta.reset_caches", lambda: emptied.append(True))
    read_pages([page()] * 4)
    assert len(emptied) == 2


@pytest.fixture(scope="module")
def workers():
    workers = Workers(1)
    yield workers
    workers.close()


def hang(pages, _min_words):
    time.sleep(60)


def die(pages, _min_words):
    os._exit(7)


def break_down(pages, _min_words):
    raise ValueError("odd page")


@pytest.mark.parametrize(
    ("fault", "seconds", "reason"),
    [
        (hang, 0.3, "it took more than 0.3 s"),
        (die, 30, "the worker process died (exit code 7)"),
        (break_down, 30, "ValueError: odd page"),
    ],
)
def test_each_failure_in_the_worker_is_an_outcome(monkeypatch, caplog, workers, fault, seconds, reason):
    monkeypatch.setattr(read, "read_pages", fault)
    [result] = page_job(workers, [page()], seconds).result()
    assert result == Rejected(Outcome.EXTRACT_ERROR, reason)
    assert f"extracting {URL} failed: {reason}" in caplog.text
    assert ("Traceback" in caplog.text) == (fault is break_down)


def test_a_page_and_a_listing_go_through_a_worker(workers):
    [article] = page_job(workers, [page()], 60).result()
    assert article.title == "عنوان الخبر الأول في الصحيفة"
    known = {
        "zone": UTC,
        "content_type": "text/html",
        "expect": "section",
        "article_pattern": None,
        "max_bytes": 10**6,
    }
    [read] = listing_job(workers, PAGE.encode(), URL, **known).result()
    assert read.listing.kind == "html"


def test_a_long_listing_comes_in_pieces_and_whole(workers):
    links = [f"https://sahifa.example/story/{number}" for number in range(PIECE * 2 + 1)]
    known = {"zone": UTC, "content_type": "", "expect": "sitemap", "article_pattern": None}
    body = "\n".join(links).encode()
    [read] = listing_job(workers, body, f"{URL}.txt", max_bytes=10**6, **known).result()
    assert (read.links, len(read.packed), read.listing.candidates) == (len(links), 3, [])
    assert [candidate.url for candidate in read.candidates()] == links
    assert not read.packed


def test_an_index_of_many_sitemaps_comes_in_pieces_too(workers):
    entries = "".join(
        f"<sitemap><loc>https://sahifa.example/map{number}.xml</loc></sitemap>" for number in range(PIECE + 1)
    )
    known = {"zone": UTC, "content_type": "", "expect": "sitemap", "article_pattern": None}
    body = f"<sitemapindex>{entries}</sitemapindex>".encode()
    [read] = listing_job(workers, body, URL, max_bytes=10**6, **known).result()
    assert (read.listing.kind, read.listing.children, len(read.packed_children)) == ("sitemap-index", [], 2)
    assert len(list(read.children())) == PIECE + 1


def test_a_listing_that_fails_holds_its_problem_alone(monkeypatch, workers):
    monkeypatch.setattr(read, "_read_listing", break_down)
    known = {"zone": UTC, "content_type": "", "expect": "feed", "article_pattern": None, "max_bytes": 9}
    job = listing_job(workers, b"", URL, **known)
    [nothing] = job.result()
    assert (nothing.listing.kind, nothing.links, list(nothing.candidates())) == ("nothing", 0, [])
    assert nothing.listing.problems[0].startswith(f"{URL}: TypeError")
