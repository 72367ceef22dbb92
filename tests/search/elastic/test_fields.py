"""docs/elasticsearch.md: its table is the mapping's, every field is described."""

import dataclasses
import re
from pathlib import Path

from newscrawl.article import Article
from newscrawl.search.elastic.fields import MEANINGS, field_table, leaves
from newscrawl.search.elastic.mapping import PROPERTIES
from tests.outputs.kibana.fields import fields_of
from tests.outputs.kibana.kql import query_faults, query_fields

PAGE = (Path(__file__).parents[3] / "docs" / "elasticsearch.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
KQL = [line for language, text in BLOCKS if language == "kql" for line in text.splitlines()]
WITHOUT_FIELD = {"id", "event_time", "lag_seconds"}
"""What a document has beside the record's own fields."""


def test_the_pages_table_is_the_mappings():
    table = PAGE.split("<!-- fields -->\n")[1].split("\n<!-- /fields -->")[0]
    assert table == field_table(), "write it anew: python -m newscrawl.search.elastic.fields"


def test_every_field_of_an_article_is_described():
    described = {name.split(".")[0] for name in MEANINGS}
    assert described == {field.name for field in dataclasses.fields(Article)} | WITHOUT_FIELD


def test_every_mapped_field_is_described_once_and_in_order():
    assert [name for name, _ in leaves(PROPERTIES)] == list(MEANINGS)
    assert all(meaning.endswith(".") and "|" not in meaning for meaning in MEANINGS.values())


def test_the_kql_examples_name_fields_that_there_are():
    known = fields_of(PROPERTIES)
    assert len(KQL) == 5
    for query in KQL:
        assert query_faults(query) == []
        assert query_fields(query)
        assert set(query_fields(query)) <= set(known)
