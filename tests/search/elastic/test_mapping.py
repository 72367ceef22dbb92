"""The mapping is the recorded one of its version, and docs/elasticsearch.md is true: table and queries."""

import json
import re
from pathlib import Path

import pytest

from newscrawl.search.elastic.mapping import DEFAULT_FIELDS, MAPPING_VERSION, PROPERTIES, field_table
from tests.outputs.delivery.world import articles
from tests.outputs.kibana.fields import fields_of
from tests.outputs.kibana.kql import query_faults, query_fields

PAGE = (Path(__file__).parents[3] / "docs" / "elasticsearch.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
REQUESTS = [json.loads(text) for language, text in BLOCKS if language == "json"]
KQL = [line for language, text in BLOCKS if language == "kql" for line in text.splitlines()]
RECORDED = Path(__file__).parent / f"mapping_v{MAPPING_VERSION}.json"


def test_the_mapping_is_the_recorded_one_of_its_version():
    recorded = json.loads(RECORDED.read_text(encoding="utf-8"))
    assert (recorded["properties"], recorded["default_field"]) == (PROPERTIES, DEFAULT_FIELDS), (
        f"indexes of version {MAPPING_VERSION} are mapped as in {RECORDED.name}: raise MAPPING_VERSION, "
        "and record the new version's mapping in a file of its own"
    )


def test_the_pages_table_is_the_mappings():
    table = PAGE.split("<!-- fields -->\n")[1].split("\n<!-- /fields -->")[0]
    assert table == field_table(), "write it anew: python -m newscrawl.search.elastic.mapping"


def test_the_kql_examples_name_fields_that_there_are():
    known = fields_of(PROPERTIES)
    assert len(KQL) == 5
    for query in KQL:
        assert query_faults(query) == []
        assert query_fields(query)
        assert set(query_fields(query)) <= set(known)


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
