"""The pytest fixtures: a running Elasticsearch of each release, where one can be had.

NEWSCRAWL_TEST_ELASTICSEARCH_URL: use this server instead. Tests delete every index and template named
    news-articles* on it.
NEWSCRAWL_TEST_REQUIRE: words; with `elasticsearch` among them, a server that cannot be had fails the tests
    that need it instead of skipping them. Only a release after the first may be missing, for want of a Java.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Protocol

import pytest
from elasticsearch import Elasticsearch

from tests.elasticsearch.given import GivenServer, given
from tests.elasticsearch.releases import RELEASES
from tests.elasticsearch.server import ElasticServer
from tests.elasticsearch.unavailable import NoJava, Unavailable
from tests.required import missing

GIVEN_URL = os.environ.get("NEWSCRAWL_TEST_ELASTICSEARCH_URL", "")
OURS = "news-articles*"
FIXTURES = frozenset({"elasticsearch_server", "clean_elasticsearch", "start_elasticsearch"})


class StartElasticsearch(Protocol):
    """Starts a server of a test's own; the arguments are those of `ElasticServer`."""

    def __call__(self, version: str = "8.19", **options: object) -> ElasticServer: ...


@pytest.hookimpl(tryfirst=True)  # before -m chooses by marker
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if FIXTURES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("elasticsearch")


@pytest.fixture(scope="session", params=["given"] if GIVEN_URL else [release.name for release in RELEASES])
def elasticsearch_server(request: pytest.FixtureRequest) -> Iterator[ElasticServer | GivenServer]:
    """One server for all tests of the session, once for each release; it may hold other tests' leftovers."""
    if request.param == "given":
        yield given(GIVEN_URL)
        return
    server = ElasticServer(request.param)
    start_or_skip(server)
    with server:
        yield server


@pytest.fixture
def clean_elasticsearch(
    elasticsearch_server: ElasticServer | GivenServer,
) -> ElasticServer | GivenServer:
    """The session's server with no index of ours on it, and up again if the last test killed it."""
    if isinstance(elasticsearch_server, ElasticServer):
        elasticsearch_server.start()
    with elasticsearch_server.client() as client:
        clean(client, templates=False)
    return elasticsearch_server


@pytest.fixture
def start_elasticsearch() -> Iterator[StartElasticsearch]:
    """For tests that secure, restrict or kill a server: one of their own, gone after the test."""
    with ExitStack() as stack:

        def start(version: str = "8.19", **options: object) -> ElasticServer:
            server = ElasticServer(version, **options)  # type: ignore[arg-type]
            stack.callback(server.close)
            start_or_skip(server)
            return server

        yield start


def start_or_skip(server: ElasticServer) -> None:
    unavailable = _try(server)
    if unavailable is None:
        return
    optional = isinstance(unavailable, NoJava) and server.release != RELEASES[0]
    if optional:
        pytest.skip(unavailable.reason)
    missing("elasticsearch", unavailable.reason)


def _try(server: ElasticServer) -> Unavailable | None:
    """Apart, so that a report does not show the exception behind the reason."""
    try:
        server.start()
    except Unavailable as error:
        return error
    return None


def clean(client: Elasticsearch, *, templates: bool = True) -> None:
    """Indices go by name: the server refuses to delete by a pattern.

    Templates may stay: they are half the work of setting up, and whoever sets up puts them where they differ.
    """
    indices = list(client.indices.get(index=OURS, expand_wildcards="all", features="aliases"))
    if indices:
        client.indices.delete(index=indices)
    if not templates:
        return
    lenient = client.options(ignore_status=404)
    lenient.indices.delete_index_template(name=OURS)
    lenient.cluster.delete_component_template(name=OURS)
    lenient.ingest.delete_pipeline(id=OURS)
