"""Where the archive lies without a setting."""

from pathlib import Path

import pytest

from newscrawl import places
from newscrawl.config import Config, load_config


@pytest.fixture
def home(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "newscrawl"


def test_in_a_project_it_is_the_projects_whatever_the_folder(monkeypatch, tmp_path, home):
    deep = tmp_path / "project" / "notes" / "2026"
    deep.mkdir(parents=True)
    (tmp_path / "project" / "scrapy.cfg").touch()
    for folder in (tmp_path / "project", deep):
        monkeypatch.chdir(folder)
        assert places.data_folder() == tmp_path / "project" / "data"
        assert load_config({}).archive_place == str(tmp_path / "project" / "data" / "newscrawl.db")


def test_elsewhere_it_is_the_users_and_nothing_is_made(monkeypatch, tmp_path, home):
    monkeypatch.chdir(tmp_path)
    assert Config().store_url == load_config({}).store_url == f"sqlite:///{home / 'newscrawl.db'}"
    assert Config().models == home / "models"
    assert list(tmp_path.iterdir()) == []


def test_a_process_that_moves_finds_its_new_place(monkeypatch, tmp_path, home):
    (tmp_path / "scrapy.cfg").touch()
    monkeypatch.chdir(tmp_path)
    assert load_config({}).models == tmp_path / "data" / "models"
    monkeypatch.chdir(Path(tmp_path.anchor))
    assert load_config({}).models == home / "models"


def test_a_deleted_folder_is_no_project(monkeypatch, tmp_path, home):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert places.data_folder() == home


def test_what_is_said_of_a_place_hides_its_login():
    assert Config(store_url="sqlite:////srv/news.db").archive_place == "/srv/news.db"
    assert Config(store_url="postgresql://me:secret@db/news").archive_place == "postgresql://…@db/news"
