"""Security on: delivery and search with a key that can do nothing else, and a wrong one."""

import pytest

from newscrawl.config import load_config
from newscrawl.outputs.delivery import Deliverer
from newscrawl.search import QueryError, elastic_index
from newscrawl.search.elastic import ElasticError, connect
from newscrawl.search.elastic.setup import set_up
from tests.outputs.delivery.world import filled, stored
from tests.servers.elasticsearch.session import clean

pytestmark = pytest.mark.usefixtures("few_rules")


@pytest.fixture
def secured(secured_elasticsearch):
    with secured_elasticsearch.client() as client:
        clean(client, templates=False)
        set_up(client)
    return secured_elasticsearch


def environment(server, **more):
    return {
        "NEWSCRAWL_ELASTICSEARCH_URL": server.url,
        "NEWSCRAWL_ELASTICSEARCH_CA_FILE": str(server.ca_file),
        **more,
    }


@pytest.fixture
def key(secured):
    from newscrawl.search.elastic import access

    with secured.client() as client:
        return access.new_key(client, "test")


def drain(archive, environ):
    deliverer = Deliverer(archive, connect(load_config(environ)))
    report = deliverer.drain(30)
    deliverer.close()
    return report


def test_delivery_and_search_with_the_restricted_key(secured, key, tmp_path):
    environ = environment(secured, NEWSCRAWL_ELASTICSEARCH_API_KEY=key)
    archive = filled(tmp_path, 60)
    report = drain(archive, environ)
    assert (report.arrived, archive.pending(), report.trouble) == (60, 0, "")
    with secured.client() as client:
        client.indices.refresh(index="news-articles")
    index = elastic_index(load_config(environ))
    assert index.count() == len(stored(archive)) == 60
    assert index.search("الوزير").total > 0
    with pytest.raises(QueryError):
        index.search("")


@pytest.mark.parametrize(
    ("login", "words"),
    [
        ({"NEWSCRAWL_ELASTICSEARCH_API_KEY": "d3Jvbmc6d3Jvbmc="}, "refused the login (401); check"),
        ({"NEWSCRAWL_ELASTICSEARCH_USER": "elastic", "NEWSCRAWL_ELASTICSEARCH_PASSWORD": "no"}, "(401)"),
        ({}, "(401)"),
    ],
)
def test_a_wrong_login_stops_with_one_sentence(secured, tmp_path, login, words):
    archive = filled(tmp_path, 5)
    environ = environment(secured, **login)
    report = drain(archive, environ)
    assert report.stopped
    assert archive.pending() == 5
    assert words in report.trouble
    assert "\n" not in report.trouble
    assert not any(value in report.trouble for value in login.values() if value not in ("elastic", "no"))
    with pytest.raises(ElasticError, match="401"):
        elastic_index(load_config(environ)).count()


def test_an_untrusted_certificate_stops_with_the_mend(secured, tmp_path):
    archive = filled(tmp_path, 5)
    report = drain(archive, {"NEWSCRAWL_ELASTICSEARCH_URL": secured.url})
    assert report.stopped
    assert "NEWSCRAWL_ELASTICSEARCH_CA_FILE" in report.trouble
    assert archive.pending() == 5
