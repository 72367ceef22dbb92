"""A real Elasticsearch for tests and benchmarks, without Docker: fetched once, started when asked for."""

from tests.servers.elasticsearch.given import GivenServer
from tests.servers.elasticsearch.releases import RELEASES, find_release
from tests.servers.elasticsearch.server import ElasticServer, StartFailed
from tests.servers.elasticsearch.unavailable import NoJava, Unavailable

__all__ = [
    "RELEASES",
    "ElasticServer",
    "GivenServer",
    "NoJava",
    "StartFailed",
    "Unavailable",
    "find_release",
]
