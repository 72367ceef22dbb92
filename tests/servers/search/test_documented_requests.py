"""The requests that docs/elasticsearch.md shows: a server understands each."""

import json
import re
from pathlib import Path

import pytest

from tests.outputs.delivery.world import articles

PAGE = (Path(__file__).parents[3] / "docs" / "elasticsearch.md").read_text(encoding="utf-8")
REQUESTS = [json.loads(text) for text in re.findall(r"^```json\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)]


@pytest.fixture(scope="module")
def filled(cluster):
    some = list(articles(9))
    for article in some:
        article.cluster_id, article.cluster_size = "one text", len(some)
    cluster.put(some)
    return cluster


@pytest.mark.parametrize("number", range(len(REQUESTS)))
def test_the_requests_are_understood(filled, number):
    body = dict(REQUESTS[number])
    body["source"] = body.pop("_source", None)
    assert filled.client.search(index="news-articles", **body)["_shards"]["failed"] == 0


def test_a_name_in_any_spelling_and_one_article_of_a_cluster(filled):
    (body,) = [request for request in REQUESTS if "collapse" in request]
    (hit,) = filled.client.search(index="news-articles", **body)["hits"]["hits"]
    assert hit["inner_hits"]["copies"]["hits"]["total"]["value"] == 3
