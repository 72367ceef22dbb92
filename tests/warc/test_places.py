"""Files of pages in folders of this machine, in folders that were moved, and elsewhere."""

import os
from pathlib import Path

import fsspec
import pytest

from newscrawl.warc.places import AbsentError, Folder, PlaceError, local_path, remove

NAME = "newscrawl-1.warc.gz"
ELSEWHERE = "memory://bucket/news"


@pytest.fixture
def memory():
    system = fsspec.filesystem("memory")
    system.store.clear()
    yield system
    system.store.clear()


def put(folder, data=b"0123456789"):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / NAME).write_bytes(data)


def test_a_path_and_its_url_are_the_same_folder(tmp_path):
    spaced = tmp_path / "a b"
    for place in (str(spaced), spaced.as_uri()):
        folder = Folder(place, tmp_path / "spool")
        assert (folder.home, folder.place, folder.remote) == (spaced, str(spaced), False)
        put(folder.home)
        assert folder.read(NAME, place, 3, 4) == b"3456"
    assert local_path("s3://bucket") is None


def test_a_file_is_found_where_the_folder_is_now(tmp_path):
    folder = Folder(str(tmp_path / "now"), tmp_path / "spool")
    put(tmp_path / "now")
    assert folder.read(NAME, "/where/it/was", 0, 2) == b"01"
    assert folder.has(NAME, "/where/it/was")
    (tmp_path / "now" / NAME).unlink()
    assert not folder.has(NAME, "/where/it/was")
    with pytest.raises(AbsentError, match=f"/where/it/was: {NAME} is not there"):
        folder.read(NAME, "/where/it/was", 0, 2)


def test_a_file_that_cannot_be_read_is_told_from_one_that_is_gone(tmp_path):
    folder = Folder(str(tmp_path), tmp_path / "spool")
    (tmp_path / NAME).mkdir()
    with pytest.raises(PlaceError, match="Is a directory") as caught:
        folder.read(NAME, "/gone", 0, 2)
    assert not isinstance(caught.value, AbsentError)


def test_a_file_is_moved_elsewhere_and_read_there(tmp_path, memory):
    folder = Folder(ELSEWHERE, tmp_path / "spool")
    assert folder.remote
    folder.check()
    put(folder.home)
    folder.move(NAME)
    folder.move(NAME)
    remove(NAME, str(folder.home))
    assert not (folder.home / NAME).exists()
    assert folder.read(NAME, ELSEWHERE, 3, 4) == b"3456"
    assert folder.read(NAME, str(folder.home), 3, 4) == b"3456"
    assert folder.has(NAME, ELSEWHERE)
    remove(NAME, ELSEWHERE)
    remove(NAME, ELSEWHERE)
    with pytest.raises(AbsentError):
        folder.read(NAME, ELSEWHERE, 3, 4)


def test_what_arrives_in_part_is_not_believed(tmp_path, memory, monkeypatch):
    folder = Folder(ELSEWHERE, tmp_path / "spool")
    put(folder.home)
    monkeypatch.setattr(type(memory), "put_file", lambda self, _, path: self.pipe_file(path, b"012"))
    with pytest.raises(PlaceError, match="3 bytes of 10 arrived"):
        folder.move(NAME)


def test_a_place_that_nobody_can_reach_is_refused_before_a_crawl(tmp_path):
    with pytest.raises(PlaceError, match=r"^nowhere://x: cannot be reached"):
        Folder("nowhere://x", tmp_path).check()


def test_a_folder_is_seen_to_before_a_crawl_and_not_made(tmp_path, monkeypatch):
    Folder(str(tmp_path / "a" / "b"), tmp_path).check()
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").touch()
    with pytest.raises(PlaceError, match="NEWSCRAWL_PAGES=off"):
        Folder(str(tmp_path / "file" / "b"), tmp_path).check()
    monkeypatch.setattr(os, "access", lambda path, _: Path(path) != tmp_path)
    with pytest.raises(PlaceError, match="NEWSCRAWL_PAGES elsewhere"):
        Folder(str(tmp_path / "b"), tmp_path).check()


def test_nothing_is_taken_for_deleted_while_its_disk_is_away(tmp_path):
    with pytest.raises(PlaceError, match="there is no folder"):
        remove(NAME, str(tmp_path / "away"))
    remove(NAME, str(tmp_path))
