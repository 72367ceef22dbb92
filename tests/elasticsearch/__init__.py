"""A real Elasticsearch for tests and benchmarks, without Docker: fetched once, started when asked for."""

from tests.elasticsearch.given import GivenServer
from tests.elasticsearch.releases import RELEASES, find_release
from tests.elasticsearch.server import ElasticServer, StartFailed
from tests.elasticsearch.unavailable import NoJava, Unavailable

__all__ = [
    "RELEASES",
    "ElasticServer",
    "GivenServer",
    "NoJava",
    "StartFailed",
    "Unavailable",
    "find_release",
]
