"""Waiting for a server that starts, told by a stand-in for the client what it would be told."""

from __future__ import annotations

from types import SimpleNamespace

import elastic_transport
import pytest
from elasticsearch import ApiError, AuthenticationException

from newscrawl.search.elastic import connection
from newscrawl.search.elastic.connection import ElasticError


def answer(status, kind=ApiError):
    meta = elastic_transport.ApiResponseMeta(
        status, "1.1", elastic_transport.HttpHeaders(), 0.0, elastic_transport.NodeConfig("http", "x", 9200)
    )
    return kind(
        message=str(status), meta=meta, body={"error": {"type": "t", "reason": "r"}, "status": status}
    )


AWAY = elastic_transport.ConnectionError("Connection refused")
BUSY = answer(503)
REFUSED = answer(401, AuthenticationException)


class Client:
    """Answers one thing after another, each for some seconds; a clock that only sleeping moves."""

    def __init__(self, *script):
        self.script = script
        self.now = 0.0
        self.asked = 0
        self.security = self
        self.transport = SimpleNamespace(node_pool=SimpleNamespace(all=list))

    def options(self, **_options):
        return self

    def sleep(self, seconds):
        self.now += seconds

    def monotonic(self):
        return self.now

    def authenticate(self):
        self.asked += 1
        end = 0
        for seconds, what in self.script:
            end += seconds
            if self.now < end:
                raise what
        return {"username": "elastic"}


@pytest.fixture
def wait(monkeypatch):
    monkeypatch.setenv("NEWSCRAWL_ELASTICSEARCH_URL", "http://x:9200")

    def wait(client, seconds):
        said = []
        monkeypatch.setattr(connection, "time", client)
        return connection.wait_for_login(client, seconds, said.append), said

    return wait


def test_a_server_that_is_up_is_asked_once(wait):
    client = Client()
    assert wait(client, 60) == ("elastic", [])
    assert client.asked == 1


def test_it_waits_through_all_that_a_start_looks_like(wait):
    """No connection, then 503, then the right password refused: as 8.19 does on old data."""
    client = Client((20, AWAY), (5, BUSY), (8, REFUSED))
    user, said = wait(client, 60)
    assert user == "elastic"
    assert client.now < 35
    assert len(said) == 3, "each reason once"
    assert said[0].endswith("waiting up to 60 s")


@pytest.mark.parametrize("error", [AWAY, BUSY, REFUSED, answer(403), answer(405)])
def test_without_waiting_it_asks_once(wait, error):
    client = Client((1000, error))
    with pytest.raises(ElasticError):
        wait(client, 0)
    assert client.asked == 1


def test_it_gives_up_in_time(wait):
    client = Client((1000, AWAY))
    with pytest.raises(ElasticError, match="connection refused"):
        wait(client, 60)
    assert 59 <= client.now <= 61


def test_a_refused_login_is_hoped_for_half_a_minute_from_when_it_was_refused(wait):
    client = Client((100, AWAY), (1000, REFUSED))
    with pytest.raises(ElasticError, match="refused the login"):
        wait(client, 600)
    assert 129 <= client.now <= 132


@pytest.mark.parametrize("error", [answer(403), elastic_transport.TlsError("no trust")])
def test_what_does_not_go_away_is_not_waited_for(wait, error):
    client = Client((1000, error))
    with pytest.raises(ElasticError):
        wait(client, 600)
    assert client.asked == 1


def test_security_that_is_off_is_said(wait):
    with pytest.raises(ElasticError, match="security is off"):
        wait(Client((1000, answer(405))), 0)
