"""An archive whose articles wait for Elasticsearch, as the commands find it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from newscrawl.store import Archive
from tests.cli.world import ELASTICSEARCH, waiting_archive


@pytest.fixture
def archive(monkeypatch: pytest.MonkeyPatch, tmp_path) -> Iterator[Archive]:
    archive = waiting_archive(monkeypatch, tmp_path)
    monkeypatch.setenv("NEWSCRAWL_CONTACT", "desk@example.org")
    yield archive
    archive.close()


@pytest.fixture
def server(clean_elasticsearch, archive, monkeypatch: pytest.MonkeyPatch):
    """A client of the server that the environment names."""
    monkeypatch.setenv(ELASTICSEARCH, clean_elasticsearch.url)
    with clean_elasticsearch.client() as client:
        yield client
