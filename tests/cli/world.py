"""An archive of a few articles that wait for Elasticsearch, and a port where nothing answers."""

import socket

from tests.outputs.delivery.world import filled

NUMBER = 7
ELASTICSEARCH = "NEWSCRAWL_ELASTICSEARCH_URL"
LOGIN = tuple(
    f"NEWSCRAWL_ELASTICSEARCH_{name}"
    for name in ("API_KEY", "API_KEY_FILE", "USER", "PASSWORD", "PASSWORD_FILE", "CA_FILE")
)


def isolate(monkeypatch, folder):
    """An environment that names the archive in `folder`, and no Elasticsearch."""
    for name in (ELASTICSEARCH, *LOGIN):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NEWSCRAWL_STORE_URL", f"sqlite:///{folder / 'news.db'}")


def waiting_archive(monkeypatch, folder, number=NUMBER):
    """The archive of an isolated environment."""
    isolate(monkeypatch, folder)
    return filled(folder, number)


def closed_url():
    """An address of this machine that refuses connections: a port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"
