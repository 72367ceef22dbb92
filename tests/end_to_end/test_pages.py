"""Every page that a crawl reads is kept as it was fetched, and comes back byte for byte."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import zlib
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote

import brotli
import pytest
import sqlalchemy as sa
from backports import zstd
from warcio.archiveiterator import ArchiveIterator

from newscrawl.article import article_id
from newscrawl.config import Config
from newscrawl.steps.kept import KeptPages
from newscrawl.store import Archive, open_store
from newscrawl.store.schema import articles, pages
from tests.end_to_end.crawling import OUTLETS, crawl, environment
from tests.newsroom import Newsroom
from tests.newsroom.reply import Answer, Reply, Visit
from tests.warc.readers import by_warcio, checked

pytestmark = pytest.mark.slow

PACKERS = {
    "plain": lambda body: body,
    "gzip": lambda body: gzip.compress(body, mtime=0),
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}


class Packed(Newsroom):
    """A newsroom whose web pages come in every encoding, each of them whole and in chunks.

    Attributes:
        sent: what the body of each page was, by its address: packed, and not.
        ways: how often a page was sent in which way.
    """

    def __init__(self) -> None:
        super().__init__(slow_seconds=1)
        self.sent: dict[str, tuple[bytes, bytes]] = {}
        self.ways: Counter[str] = Counter()
        for site in self.sites.values():
            for target, answer in site.answers.items():
                site.answers[target] = self._packing(f"http://{site.host}{target}", answer)

    def _packing(self, url: str, answer: Answer) -> Answer:
        way = zlib.crc32(url.encode())
        name, chunked = list(PACKERS)[way % 5], way // 5 % 2 == 1

        def packed(visit: Visit) -> Reply:
            reply = answer(visit)
            names = {name.lower() for name, _ in reply.headers}
            is_page = reply.status == 200 and "text/html" in (reply.content_type or "")
            if (
                not is_page
                or not isinstance(reply.body, bytes)
                or reply.length
                or "content-encoding" in names
            ):
                return reply
            body = PACKERS[name](reply.body)
            self.sent[url] = body, reply.body
            self.ways[f"{name}{' in chunks' * chunked}"] += 1
            headers = (*reply.headers, *([("Content-Encoding", name)] if name != "plain" else []))
            if not chunked:
                return replace(reply, body=body, headers=headers)
            frames = [b"%x\r\n%s\r\n" % (len(piece), piece) for piece in (body[:99], body[99:]) if piece]
            headers = (*headers, ("Transfer-Encoding", "chunked"))
            return replace(reply, body=[*frames, b"0\r\n\r\n"], headers=headers)

        return packed


@dataclass
class Kept:
    """An archive after two crawls, and what was sent for it."""

    store: Path
    sent: dict[str, tuple[bytes, bytes]]
    ways: Counter[str]
    again: str
    environ: dict[str, str]

    @property
    def files(self) -> list[Path]:
        return sorted((self.store.parent / "pages").iterdir())

    def archive(self) -> Archive:
        return open_store(f"sqlite:///{self.store}", create=False)

    def reader(self) -> KeptPages:
        return KeptPages(Config(store_url=f"sqlite:///{self.store}"))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    store = tmp_path_factory.mktemp("archive") / "archive.db"
    with Packed() as room:
        first = crawl(room, store)
        assert first.returncode == 0, first.stderr
        archive = open_store(f"sqlite:///{store}", create=False)
        with archive.engine.connect() as connection:
            urls = " ".join(connection.execute(sa.select(articles.c.url)).scalars())
        archive.close()
        again = crawl(room, store, "news", "-a", f"outlets={OUTLETS}", "-a", f"urls={urls}")
        return Kept(store, room.sent, room.ways, again.stdout, environment(room, store))


def test_every_stored_article_gives_its_page_back_byte_for_byte(kept: Kept) -> None:
    assert len(kept.ways) == 10
    archive, reader = kept.archive(), kept.reader()
    with archive.engine.connect() as connection:
        stored = connection.execute(sa.select(articles.c.id, articles.c.url, articles.c.revision)).all()
    assert len(stored) == 68
    for id, url, revision in stored:
        for page in (archive.pages.find(id), archive.pages.find(id, revision)):
            assert page is not None, url
            fetched = reader.read(page)
            assert (fetched.body, fetched.payload(0)) == kept.sent[unquote(page.at.url)]
    archive.close()


def test_rejected_pages_are_kept_too(kept: Kept) -> None:
    archive, reader = kept.archive(), kept.reader()
    with archive.engine.connect() as connection:
        query = sa.select(pages.c.number).where(
            pages.c.outcome.in_(["not_arabic", "too_short", "not_article"])
        )
        rejected = list(connection.execute(query).scalars())
    assert len(rejected) >= 4
    found = {unquote(page.at.url): reader.read(page) for page in archive.pages.numbered(rejected)}
    assert any(page.body.startswith(b"%PDF") for page in found.values())
    ours = found.keys() & kept.sent.keys()
    assert len(ours) >= 4
    assert all((found[url].body, found[url].payload(0)) == kept.sent[url] for url in ours)
    archive.close()


def test_a_second_crawl_of_unchanged_pages_writes_revisits_only(kept: Kept) -> None:
    first, second = kept.files
    assert "68 pages kept as fetched" in kept.again
    assert "68 as before" in kept.again
    kinds = Counter(record.type for record in by_warcio(second))
    assert kinds == {"warcinfo": 1, "revisit": 68, "request": 68, "metadata": 68}
    assert second.stat().st_size < first.stat().st_size / 2


def test_other_readers_accept_every_file(kept: Kept) -> None:
    assert checked(*kept.files)


def test_what_other_tools_cannot_read_is_not_asked_for(kept: Kept) -> None:
    with kept.files[0].open("rb") as stream:
        asked = {
            record.http_headers.get_header("Accept-Encoding")
            for record in ArchiveIterator(stream)
            if record.rec_type == "request"
        }
    assert asked == {"gzip, deflate"}


def test_the_command_gives_one_back(kept: Kept) -> None:
    archive = kept.archive()
    url = next(url for url in kept.sent if archive.article(article_id(url.replace("http:", "https:"))))
    archive.close()
    command = [str(Path(sys.executable).parent / "newscrawl"), "page", url]
    done = subprocess.run(command, env=kept.environ, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == kept.sent[url][1]
    headers = subprocess.run([*command, "--headers"], env=kept.environ, capture_output=True, check=False)
    assert headers.stdout.startswith(b"HTTP/1.1 200 OK\n")


def test_a_crawl_may_keep_none(tmp_path: Path) -> None:
    with Newsroom(slow_seconds=1) as room:
        os.environ["NEWSCRAWL_PAGES"] = "off"
        try:
            done = crawl(room, tmp_path / "a.db", "majma")
        finally:
            del os.environ["NEWSCRAWL_PAGES"]
    assert done.returncode == 0, done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["a.db"]
