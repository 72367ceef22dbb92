"""Pages are written by a thread of its own, synced together, into files of one run."""

import os
import threading
from datetime import timedelta

import pytest

from newscrawl.warc import writing
from newscrawl.warc.making import Original
from newscrawl.warc.reading import read_page
from newscrawl.warc.writing import Writer, file_name

from .pages import NOW, PAGES, made
from .readers import by_warcio, checked


class Clock:
    """Says the time that it is set to."""

    now = NOW

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def noted():
    return {"opened": [], "closed": []}


@pytest.fixture
def begin(tmp_path, clock, noted):
    """Make a writer; all are closed at the end."""
    writers = []

    def opened(name):
        assert not (tmp_path / "pages" / name).exists()
        noted["opened"].append(name)
        return len(noted["opened"])

    def made_one(run=7, **more):
        writers.append(
            Writer(
                tmp_path / "pages",
                run,
                opened=opened,
                closed=lambda number, path: noted["closed"].append((number, path)),
                fields={"software": "newscrawl"},
                now=clock,
                **more,
            )
        )
        return writers[-1]

    yield made_one
    for writer in writers:
        writer.close()


def files(tmp_path):
    return sorted((tmp_path / "pages").iterdir())


def test_every_page_lies_where_it_is_said_to(tmp_path, begin):
    writer = begin()
    places = {name: writer.write(page, {}).result() for name, page in PAGES.items()}
    [path] = files(tmp_path)
    data = path.read_bytes()
    for name, place in places.items():
        assert place.file == 1
        back = read_page(data[place.offset : place.offset + place.length], PAGES[name].digest)
        assert back.body == PAGES[name].body
    assert max(place.end for place in places.values()) == len(data)
    writer.close()
    assert checked(path)
    assert len(by_warcio(path)) == 1 + 3 * len(PAGES)


def test_nothing_is_made_before_the_first_page_and_each_run_begins_a_new_file(tmp_path, begin, noted):
    begin().close()
    assert not (tmp_path / "pages").exists()
    for run in (7, 8):
        writer = begin(run)
        writer.write(made(), {}).result()
        writer.close()
    names = ["newscrawl-20261129120000-000007-00001.warc.gz", "newscrawl-20261129120000-000008-00001.warc.gz"]
    assert [path.name for path in files(tmp_path)] == noted["opened"] == names
    assert noted["closed"] == [(1, files(tmp_path)[0]), (2, files(tmp_path)[1])]


def test_a_file_ends_when_it_is_full_and_with_its_day(tmp_path, begin, clock, noted):
    writer = begin(max_bytes=1500)
    for _ in range(4):
        writer.write(made(), {}).result()
    assert len(noted["opened"]) == 2
    clock.now += timedelta(hours=12)
    assert writer.write(made(), {}).result().file == 3
    assert [number for number, _ in noted["closed"]] == [1, 2]
    writer.close()
    assert checked(*files(tmp_path))
    assert files(tmp_path)[-1].name == file_name(clock.now, 7, 3)


def test_pages_that_wait_are_synced_together(tmp_path, begin, monkeypatch):
    synced, going = [], threading.Event()
    going.set()
    plain = writing._sync

    def sync(stream):
        synced.append(stream)
        assert going.wait(30)
        plain(stream)

    monkeypatch.setattr(writing, "_sync", sync)
    writer = begin()
    writer.write(made(), {}).result()
    going.clear()
    before = len(synced)
    waiting = [writer.write(made(f"/{number}"), {}) for number in range(30)]
    assert not any(one.done() for one in waiting[1:])
    going.set()
    places = [one.result() for one in waiting]
    assert len(synced) - before <= 2
    assert [place.offset for place in places] == sorted(place.offset for place in places)
    assert threading.current_thread() is not writer._thread


def test_a_page_with_a_known_body_takes_little_room(tmp_path, begin):
    writer = begin()
    page = made("/big", os.urandom(50_000))
    first = writer.write(page, {}).result()
    second = writer.write(page, {}, Original(page.url, NOW)).result()
    assert first.length > 50_000
    assert second.length < 1000
    writer.close()
    assert [record.type for record in by_warcio(files(tmp_path)[0])][1::3] == ["response", "revisit"]


def test_pages_that_cannot_be_written_are_not_in_the_file(tmp_path, begin, monkeypatch):
    writer = begin()
    kept = writer.write(made("/1"), {}).result()

    def full(stream, data):
        stream.write(data[:100])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(writing, "_write_all", full)
        with pytest.raises(OSError, match="No space left"):
            writer.write(made("/2"), {}).result()
    [path] = files(tmp_path)
    assert path.stat().st_size == kept.end
    assert writer.write(made("/3"), {}).result().offset == kept.end
    writer.close()
    assert checked(path)


def test_a_file_that_nobody_notes_is_not_made(tmp_path, begin, noted):
    writer = begin()

    def fail(_):
        raise ValueError("the run is lost")

    writer._opened = fail
    with pytest.raises(ValueError, match="the run is lost"):
        writer.write(made(), {}).result()
    assert files(tmp_path) == []


def test_a_disk_that_takes_a_part_is_given_the_rest():
    class Slow:
        taken = b""

        def write(self, data):
            self.taken += bytes(data[:7])
            return len(data[:7])

    stream = Slow()
    writing._write_all(stream, b"0123456789" * 5)
    assert stream.taken == b"0123456789" * 5
