"""An index of ours with all its rules, made once on the server of each release."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from newscrawl.article import Article
from newscrawl.search.elastic.mapping import READ_ALIAS, WRITE_ALIAS, document
from newscrawl.search.elastic.search import ElasticIndex
from newscrawl.search.elastic.setup import set_up
from tests.servers.elasticsearch.session import clean


class Cluster:
    """A client with the few things that tests do again and again."""

    def __init__(self, client):
        self.client = client

    def analyze(self, text, analyzer="ar_text"):
        answer = self.client.indices.analyze(index=READ_ALIAS, analyzer=analyzer, text=text)
        return [token["token"] for token in answer["tokens"]]

    def put(self, articles):
        lines = []
        for article in articles:
            lines += [{"index": {"_id": article.id}}, document(article)]
        answer = self.client.bulk(index=WRITE_ALIAS, operations=lines, refresh=True)
        assert not answer["errors"], json.dumps(answer.body)[:500]

    def find(self, query):
        answer = self.client.search(index=READ_ALIAS, query=query, size=100)
        return {hit["_source"]["url"] for hit in answer["hits"]["hits"]}

    def empty(self):
        self.client.delete_by_query(
            index=READ_ALIAS, query={"match_all": {}}, refresh=True, conflicts="proceed"
        )


def article_of(row):
    """The Article of a row made by tests.search.world."""
    return Article.from_json(row)


def filled(cluster: Cluster, rows) -> ElasticIndex:
    """The index of a cluster, once the articles of these rows are in it."""
    # By the row's own id, its number, which the tests name; an article's is made of its URL.
    lines = []
    for row in rows:
        lines += [{"index": {"_id": row["id"]}}, document(article_of(row))]
    assert not cluster.client.bulk(index=WRITE_ALIAS, operations=lines, refresh=True)["errors"]
    return ElasticIndex(cluster.client)


@pytest.fixture(scope="package")
def whole_cluster(each_elasticsearch) -> Iterator[Cluster]:
    with each_elasticsearch.client() as client:
        clean(client)
        set_up(client)
        yield Cluster(client)


@pytest.fixture(scope="module")
def cluster(whole_cluster) -> Cluster:
    """The index without a document."""
    whole_cluster.empty()
    return whole_cluster
