"""Where pages lie: noted with the end of their candidates, found by address, article and revision."""

from datetime import UTC, datetime, timedelta

import pytest

from newscrawl.article import Outcome, article_id
from newscrawl.store import KeptPage, PageFile, Proposal, open_store
from newscrawl.store import schema as tables
from newscrawl.store.pages import to_prune

from .conftest import NOW, SITE, arrive, make, migrate, rows

HERE = "/var/pages"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def file(archive, run):
    return archive.pages.open_file(run.id, "newscrawl-1.warc.gz", HERE, NOW)


def kept(file, offset=0, digest=b"d" * 20, **more):
    values = {"url": SITE + "/1", "fetched_at": NOW, "end": offset + 150} | more
    return KeptPage(file, offset, 100, digest=digest, **values)


def end(run, page, article=None, arrival=None, outcome=Outcome.TOO_SHORT):
    """End a candidate with a page; its outcome."""
    arrival = arrival or arrive()
    run.propose([Proposal(arrival.url, arrival.outlet, "feed")])
    return (
        run.reject(arrival, outcome, "why", page) if article is None else run.keep(arrival, article, page)[0]
    )


def id_of(path):
    return article_id(SITE + path)


def test_a_page_is_noted_with_its_article(archive, run, file):
    assert end(run, kept(file, 700), make()) is Outcome.STORED
    page = archive.pages.find(id_of("/1"))
    assert (page.article_id, page.revision, page.outcome) == (id_of("/1"), 1, "stored")
    assert (page.at.offset, page.at.length, page.at.name, page.at.place) == (
        700,
        100,
        "newscrawl-1.warc.gz",
        HERE,
    )
    assert page.body_at == page.at
    assert archive.pages.numbered([page.at.number, 99]) == [page]


def test_a_rejected_page_is_noted_too_and_one_without_a_page_is_not(archive, run, file):
    end(run, kept(file))
    page = archive.pages.find(id_of("/1"))
    assert (page.outcome, page.article_id, page.revision) == ("too_short", None, None)
    end(run, None, arrival=arrive("/2"), outcome=Outcome.HTTP_ERROR)
    assert archive.pages.find(id_of("/2")) is None


def test_each_revision_has_the_first_page_that_gave_it(archive, run, file):
    texts = ["نص أول", "نص أول", "نص ثان", "نص ثان"]
    for number, text in enumerate(texts):
        later = archive.begin_run("crawl", "sahifa", {})
        end(later, kept(file, number), make(body=text))
    find = archive.pages.find
    assert [find(id_of("/1"), revision).at.offset for revision in (1, 2)] == [0, 2]
    assert find(id_of("/1")).at.offset == 3
    assert find(id_of("/1"), 3) is None


def test_an_article_is_found_by_where_it_was_asked_for_and_by_its_own_address(archive, run, file):
    article = make("/print/1", canonical_url=SITE + "/1", read_at=SITE + "/print/1")
    end(run, kept(file, 5), article, arrive("/print/1"))
    assert archive.pages.find(id_of("/1")) == archive.pages.find(id_of("/print/1"))
    end(run, kept(file, 9), make("/1"), arrive("/1"))
    assert archive.pages.find(id_of("/1")).at.offset == 9
    assert archive.pages.find(id_of("/print/1")).at.offset == 5


def test_pages_follow_an_article_that_is_moved_to_its_own_address(archive, run, file):
    text = "كتب الوزير رسالة إلى رئيس اللجنة في العاصمة"
    other = "فاز الفريق في المباراة النهائية على ملعبه أمس"
    first = make("/a", text, title="الوزير", canonical_url=SITE + "/x", read_at=SITE + "/a")
    second = make("/b", other, title="الفريق", canonical_url=SITE + "/x", read_at=SITE + "/b")
    end(run, kept(file, 1), first, arrive("/a"))
    end(run, kept(file, 2), second, arrive("/b"))
    assert archive.article(id_of("/a")) is not None
    assert archive.pages.find(id_of("/a"), 1).at.offset == 1
    assert {row.article_id for row in rows(archive, tables.pages)} == {id_of("/a"), id_of("/b")}


def test_a_body_is_looked_for_among_pages_that_have_it_and_are_young(archive, run, file):
    original = archive.pages.original
    assert original(b"d" * 20, LONG_AGO) is None
    end(run, kept(file, 3), make())
    first = original(b"d" * 20, LONG_AGO)
    assert first.offset == 3
    later = archive.begin_run("crawl", "sahifa", {})
    end(later, kept(file, 8, original=first.number), make())
    assert original(b"d" * 20, LONG_AGO) == first
    assert original(b"d" * 20, NOW + timedelta(seconds=1)) is None
    assert original(b"e" * 20, LONG_AGO) is None
    page = archive.pages.find(id_of("/1"))
    assert (page.at.offset, page.original, page.body_at) == (8, first.number, first)


def test_a_file_knows_its_size_and_span_and_is_forgotten_with_its_pages(archive, run, file):
    end(run, kept(file, 0, fetched_at=NOW), make())
    end(run, kept(file, 900, fetched_at=NOW - timedelta(hours=1)), make("/2", "نص ثان"), arrive("/2"))
    end(run, kept(file, 300, fetched_at=NOW + timedelta(hours=1), original=1), None, arrive("/3"))
    [found] = archive.pages.files()
    assert (found.bytes, found.pages, found.revisits, found.in_use) == (1050, 3, 1, True)
    assert (found.first_at, found.last_at) == (NOW - timedelta(hours=1), NOW + timedelta(hours=1))
    archive.pages.moved(file, "s3://bucket/pages", 1200)
    [found] = archive.pages.files()
    assert (found.place, found.bytes) == ("s3://bucket/pages", 1200)
    assert archive.pages.forget(file) == 3
    assert archive.pages.files() == []
    assert archive.pages.find(id_of("/1")) is None
    assert archive.article(id_of("/1")) is not None


def test_a_page_whose_body_is_gone_says_so_for_ever(archive, run, file):
    end(run, kept(file), make())
    other = archive.pages.open_file(run.id, "newscrawl-2.warc.gz", HERE, NOW)
    end(run, kept(other, original=1), None, arrive("/2"))
    archive.pages.forget(file)
    for number in range(3):
        end(run, kept(other, number), None, arrive(f"/more/{number}"))
    page = archive.pages.find(id_of("/2"))
    assert page.original is not None
    assert page.body_at is None


def test_a_file_of_a_run_that_has_ended_is_not_in_use(archive, run, file):
    run.finish("finished", "", [], timedelta(days=1))
    assert [one.in_use for one in archive.pages.files()] == [False]
    assert rows(archive, tables.page_files)[0].bytes == 0


def page_file(number, age, size, *, in_use=False):
    return PageFile(number, f"{number}", HERE, NOW - timedelta(days=age), size, None, None, 1, 0, in_use)


@pytest.mark.parametrize(
    ("days", "size", "gone"),
    [
        (0, 0, []),
        (30, 0, [1, 2]),
        (30.5, 0, [1]),
        (0, 100, [1, 2, 4]),
        (0, 399, [1]),
        (0, 400, []),
        (30, 399, [1, 2]),
        (365, 250, [1, 2]),
    ],
)
def test_the_oldest_files_go_but_none_in_use(days, size, gone):
    files = [
        page_file(1, 40, 100),
        page_file(2, 30.1, 100),
        page_file(3, 30.1, 50, in_use=True),
        page_file(4, 1, 150),
    ]
    assert [file.number for file in to_prune(files, NOW, days, size)] == gone


def test_an_archive_without_pages_gets_room_for_them_and_can_go_back(url):
    archive = open_store(url)
    migrate(archive.engine, "0013")
    archive.close()
    archive = open_store(url)
    assert archive.pages.files() == []
    archive.close()
