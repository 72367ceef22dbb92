"""Pages are kept before they are stored; known bodies once; old files go."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import fsspec
import pytest

from newscrawl.article import Outcome, Rejected, article_id
from newscrawl.config import Config
from newscrawl.steps import keep
from newscrawl.steps.keep import findings, folder_of, prune
from newscrawl.steps.session import Session
from newscrawl.store import Arrival, Proposal, StoreError, open_store
from newscrawl.warc import writing
from newscrawl.warc.reading import read_page
from tests.entities.test_articles import make
from tests.warc.pages import TEXT, made
from tests.warc.readers import by_warcio, checked

REJECTED = Rejected(Outcome.TOO_SHORT, "two words")
NOW = datetime.now(UTC)


@pytest.fixture
def begin(tmp_path):
    """Begin a run that keeps pages; all are closed at the end."""
    sessions = []

    def session(**settings):
        url = f"sqlite:///{tmp_path / 'a.db'}"
        config = Config(workers=1, store_url=url, **settings)
        sessions.append(Session(open_store(url), config, tagger=None))
        sessions[-1].begin_run("crawl", "x", {})
        sessions[-1].keep_pages()
        return sessions[-1]

    yield session
    for one in sessions:
        one.close()


def end(session, page=None, result=REJECTED):
    """Keep a page and end its candidate."""
    page = page or made()
    session.run.propose([Proposal(page.url, "x", "")])
    kept = asyncio.run(session.keep_page(page, result))
    session.store(Arrival(page.url, "x", page.url), result, kept)
    return kept


def finish(session):
    session.run.finish("finished", "", [], timedelta(days=1))
    return session.keeping.end()


def files(tmp_path):
    return sorted((tmp_path / "pages").glob("*.warc.gz"))


def stored(session, page):
    return session.archive.pages.find(article_id(page.url))


def test_a_page_lies_where_the_store_says_before_its_candidate_ends(tmp_path, begin):
    session, page = begin(), made()
    kept = asyncio.run(session.keep_page(page, REJECTED))
    [path] = files(tmp_path)
    data = path.read_bytes()
    assert read_page(data[kept.offset : kept.offset + kept.length]).body == TEXT
    assert session.archive.pages.find(article_id(page.url)) is None
    end(session, page)
    at = stored(session, page).at
    assert (at.name, at.place) == (path.name, str(tmp_path / "pages"))
    said = finish(session)
    assert said == [f"2 pages kept as fetched (0.0 MB; 0 as before) in {tmp_path / 'pages'}"]
    assert checked(path)


def test_a_known_body_is_kept_once(tmp_path, begin):
    end(begin())
    session = begin()
    end(session)
    finish(session)
    assert [one.type for one in by_warcio(files(tmp_path)[1])] == [
        "warcinfo",
        "revisit",
        "request",
        "metadata",
    ]
    page = stored(session, made())
    assert page.original == page.body_at.number != page.at.number
    assert [file.revisits for file in session.archive.pages.files()] == [0, 1]


@pytest.mark.parametrize("days", [0, 10])
def test_a_body_that_may_go_soon_is_kept_again(begin, days, monkeypatch):
    session = begin(pages_days=days)
    end(session)
    later = NOW + timedelta(days=6)

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return later

    monkeypatch.setattr(keep, "datetime", Later)
    found = session.keeping.original(made().digest)
    assert (found is None) == bool(days)


def test_a_body_whose_file_is_gone_is_kept_again(tmp_path, begin):
    session = begin()
    end(session)
    session.close()
    files(tmp_path)[0].unlink()
    session = begin()
    assert end(session).original is None


def test_findings_are_kept_beside_the_page():
    article = replace(make("عنوان", "نص"), content_hash="abc")
    found = findings(article)
    assert (found["outcome"], found["article_id"], found["title"]) == ("article", article.id, "عنوان")
    assert "body" not in found
    assert findings(REJECTED) == {"outcome": "too_short", "reason": "two words"}


def test_no_pages_are_kept_where_the_settings_say_so(tmp_path, begin):
    session = begin(pages="off")
    assert session.keeping is None
    assert end(session) is None
    assert not (tmp_path / "pages").exists()
    assert folder_of(session.config) is None


def test_where_a_page_cannot_be_kept_nothing_more_is_stored(begin, monkeypatch):
    session = begin()
    end(session)

    def full(stream, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "_write_all", full)
    with pytest.raises(
        StoreError, match=r"No space left on device\); free some space or point NEWSCRAWL_PAGES"
    ):
        end(session, made("/2"))
    assert "No space left" in session.broken
    assert stored(session, made("/2")) is None
    with pytest.raises(StoreError):
        asyncio.run(session.on_store(lambda: None))


def test_a_candidate_that_is_given_up_does_not_stop_the_writer(begin):
    session = begin()
    future = session.keeping.write(made(), {}, None)
    future.cancel()
    assert end(session, made("/2")).length > 0


def test_whole_files_are_moved_elsewhere_and_those_of_killed_runs_too(tmp_path, begin, monkeypatch):
    elsewhere = "memory://bucket/news"
    system = fsspec.filesystem("memory")
    system.store.clear()
    session = begin(pages=elsewhere)

    def away(*_):
        raise OSError("the network is away")

    with monkeypatch.context() as patch:
        patch.setattr(type(system), "put_file", away)
        end(session)
        said = finish(session)
    assert "wait in" in said[1]
    assert "the network is away" in said[1]
    assert len(files(tmp_path)) == 1
    assert session.archive.pages.files()[0].place == str(tmp_path / "pages")
    session = begin(pages=elsewhere)
    end(session, made("/2", b"another"))
    assert len(finish(session)) == 1
    assert files(tmp_path) == []
    assert {file.place for file in session.archive.pages.files()} == {elsewhere}
    folder = folder_of(session.config)
    for page in (made(), made("/2", b"another")):
        at = stored(session, page).at
        assert read_page(folder.read(at.name, at.place, at.offset, at.length), page.digest).body == page.body
    session = begin(pages=elsewhere)
    assert end(session).original is not None


def test_old_and_excess_files_go_with_their_pages_and_nothing_else(tmp_path, begin):
    for number in range(3):
        session = begin()
        end(session, made(f"/{number}", b"%d" % number * 50))
        session.run.finish("finished", "", [], timedelta(days=1))
        session.close()
    session = begin()
    assert prune(session.archive, 365, 20) == ""
    sizes = [file.bytes for file in session.archive.pages.files()]
    assert prune(session.archive, 0, sum(sizes[1:]) / 1e9) == "1 file of pages deleted (1 page, 0.0 MB)."
    assert len(files(tmp_path)) == 2
    assert stored(session, made("/0")) is None
    assert stored(session, made("/2")) is not None
    (tmp_path / "pages").rename(tmp_path / "away")
    assert "it stays" in prune(session.archive, 0, 1e-9)
    assert len(session.archive.pages.files()) == 2
    (tmp_path / "away").rename(tmp_path / "pages")
    assert "2 files" in prune(session.archive, 0, 1e-9)
    assert files(tmp_path) == []


def test_two_runs_write_files_of_their_own(tmp_path, begin):
    first, second = begin(), begin()
    end(first)
    end(second, made("/2"))
    end(first, made("/3"))
    assert len(files(tmp_path)) == 2
    finish(first)
    finish(second)
    assert checked(*files(tmp_path))
