"""The servers of a test session: each starts when a test first asks for it, and stops with the session."""

from __future__ import annotations

import os
from contextlib import ExitStack

from elasticsearch import Elasticsearch

from tests.required import missing
from tests.servers.elasticsearch.given import GivenServer, given
from tests.servers.elasticsearch.releases import RELEASES
from tests.servers.elasticsearch.server import ElasticServer
from tests.servers.elasticsearch.unavailable import NoJava, Unavailable

GIVEN_URL = os.environ.get("NEWSCRAWL_TEST_ELASTICSEARCH_URL", "")
"""Somebody's own server, used instead. Tests delete every index and template named news-articles* on it."""
OURS = "news-articles*"
DEPLOYED = RELEASES[0].name
"""The release of docker-compose.yml, on which every server test runs."""
ADMIN_PASSWORD = 'the admin\'s "own"'
"""Of the secured server; with signs that a shell or a YAML file would trip over."""


class Servers:
    """One plain server a release; `close` stops them all."""

    def __init__(self) -> None:
        self._plain: dict[str, ElasticServer | GivenServer] = {}
        self._stack = ExitStack()

    def plain(self, release: str) -> ElasticServer | GivenServer:
        """The release's server without security: started at first, up again where a test has killed it."""
        server = self._plain.get(release)
        if server is None:
            server = self._plain[release] = given(GIVEN_URL) if GIVEN_URL else self.start(release)
        if isinstance(server, ElasticServer):
            server.start()
        return server

    def start(self, release: str, **options: object) -> ElasticServer:
        """Another server, with the options of `ElasticServer`; skips the test where none can be had."""
        server = ElasticServer(release, **options)  # type: ignore[arg-type]
        self._stack.callback(server.close)
        unavailable = _start(server)
        if isinstance(unavailable, NoJava) and server.release.name != DEPLOYED:
            missing("", unavailable.reason)  # never required: not every machine has so new a Java
        if unavailable is not None:
            missing("elasticsearch", unavailable.reason)
        return server

    def close(self) -> None:
        """Stop every server, and remove its folder."""
        self._stack.close()


def _start(server: ElasticServer) -> Unavailable | None:
    """Apart, so that a report does not show the exception behind the reason."""
    try:
        server.start()
    except Unavailable as error:
        return error
    return None


def clean(client: Elasticsearch, *, templates: bool = True) -> None:
    """Delete our indexes, by name: the server refuses to delete by a pattern.

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
