"""Files and folders take their place whole, or the old ones stay."""

import os
from contextlib import suppress

import pytest

from newscrawl.files import UNFINISHED, replace_folder, replacing


def test_a_file_takes_its_place_at_the_end(tmp_path):
    path = tmp_path / "news.jsonl"
    path.write_text("old")
    with replacing(path) as stream:
        stream.write(b"new")
        stream.flush()
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert os.listdir(tmp_path) == ["news.jsonl"]


def test_an_exception_leaves_the_old_file_alone(tmp_path):
    path = tmp_path / "news.jsonl"
    path.write_text("old")
    with suppress(KeyboardInterrupt), replacing(path) as stream:
        stream.write(b"ne")
        raise KeyboardInterrupt
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["news.jsonl"]


def test_a_private_file_is_its_owners_alone_from_the_first_byte(tmp_path):
    with replacing(tmp_path / "key", private=True):
        [unfinished] = tmp_path.iterdir()
        assert unfinished.name.endswith(UNFINISHED)
        assert unfinished.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


def test_a_killed_process_of_the_same_number_is_no_obstacle(tmp_path):
    (tmp_path / f".key.{os.getpid()}{UNFINISHED}").write_text("open to all")
    with replacing(tmp_path / "key", private=True) as stream:
        stream.write(b"secret")
    assert (tmp_path / "key").read_text() == "secret"
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("before", [True, False])
def test_a_folder_takes_the_place_of_another(tmp_path, before):
    new, target = tmp_path / "temporary" / "model", tmp_path / "model"
    new.mkdir(parents=True)
    (new / "weights").write_text("new")
    if before:
        target.mkdir()
        (target / "weights").write_text("old")
    replace_folder(new, target)
    assert (target / "weights").read_text() == "new"
    assert not new.exists()
