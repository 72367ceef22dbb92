"""Fixtures of the tests that need a real server: `make test-servers`.

Four servers for a whole session: one of each release, one with security on, and the one that a test of full
queues kills. 8.19 is the release that docker-compose.yml runs, and every test runs there. On 9.4 run the
tests of what a release may change: analysis, queries, aggregations, templates and bulk answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from newscrawl.search.elastic import analysis, setup
from tests.servers.elasticsearch import RELEASES
from tests.servers.elasticsearch.given import GivenServer
from tests.servers.elasticsearch.server import ElasticServer
from tests.servers.elasticsearch.session import ADMIN_PASSWORD, DEPLOYED, GIVEN_URL, Servers, clean

SECURED = "secured"
"""In the names of the tests on the secured server."""


class OneProcessAServer(LoadScopeScheduling):
    """pytest-xdist gives all tests of one server to one process, told by the parameter in their names."""

    def _split_scope(self, nodeid: str) -> str:
        others = (SECURED, *(release.name for release in RELEASES[1:]))
        return next((name for name in others if f"[{name}" in nodeid), DEPLOYED)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> OneProcessAServer:
    """With -n, in a run of these tests alone."""
    return OneProcessAServer(config, log)


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """The servers of this session."""
    servers = Servers()
    yield servers
    servers.close()


@pytest.fixture(scope="session")
def elasticsearch_server(servers: Servers) -> ElasticServer | GivenServer:
    """The server of the deployed release; it may hold other tests' leftovers."""
    return servers.plain(DEPLOYED)


@pytest.fixture(scope="session", params=["given"] if GIVEN_URL else [release.name for release in RELEASES])
def each_elasticsearch(request: pytest.FixtureRequest, servers: Servers) -> ElasticServer | GivenServer:
    """The server of each release in turn."""
    return servers.plain(request.param)


@pytest.fixture
def clean_elasticsearch(servers: Servers) -> ElasticServer | GivenServer:
    """The deployed release's server with no index of ours on it, and up again if the last test killed it."""
    return _cleaned(servers.plain(DEPLOYED))


@pytest.fixture
def each_clean_elasticsearch(each_elasticsearch: ElasticServer | GivenServer) -> ElasticServer | GivenServer:
    """The server of each release in turn, with no index of ours on it."""
    return _cleaned(each_elasticsearch)


def _cleaned(server: ElasticServer | GivenServer) -> ElasticServer | GivenServer:
    with server.client() as client:
        clean(client, templates=False)
    return server


@pytest.fixture(scope="session", params=[SECURED])
def secured_elasticsearch(servers: Servers) -> ElasticServer:
    """The deployed release with a password and TLS, and with settings of its own."""
    return servers.start(
        DEPLOYED, password=ADMIN_PASSWORD, tls=True, settings={"thread_pool.write.queue_size": "777"}
    )


@pytest.fixture
def few_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Indexes whose analysis knows ten words: made in a tenth of the time, for tests of other things."""
    settings = dict(analysis.analysis())
    settings["filter"] = {name: _shortened(one) for name, one in settings["filter"].items()}
    monkeypatch.setattr(setup, "analysis", lambda: settings)


def _shortened(definition: dict[str, Any]) -> dict[str, Any]:
    return definition | ({"rules": definition["rules"][:10]} if "rules" in definition else {})
