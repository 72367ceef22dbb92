"""The mapping is the recorded one of its version, and docs/elasticsearch.md names its fields."""

import json
import re
from pathlib import Path

from newscrawl.search.elastic.mapping import CATCH_ALL, MAPPING_VERSION, PROPERTIES, document, field_table
from tests.outputs.kibana.fields import fields_of
from tests.outputs.kibana.kql import query_faults, query_fields
from tests.store.conftest import make

PAGE = (Path(__file__).parents[3] / "docs" / "elasticsearch.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
KQL = [line for language, text in BLOCKS if language == "kql" for line in text.splitlines()]
RECORDED = Path(__file__).parent / f"mapping_v{MAPPING_VERSION}.json"


def test_the_mapping_is_the_recorded_one_of_its_version():
    recorded = json.loads(RECORDED.read_text(encoding="utf-8"))
    assert (recorded["properties"], recorded["default_field"]) == (PROPERTIES, CATCH_ALL), (
        f"indexes of version {MAPPING_VERSION} are mapped as in {RECORDED.name}: raise MAPPING_VERSION, "
        "and record the new version's mapping in a file of its own"
    )


def test_a_document_says_in_which_story_its_article_is_and_nothing_where_in_none():
    told, alone = make("/1"), make("/2")
    told.story_id = told.id
    assert document(told)["story_id"] == told.id
    assert "story_id" not in document(alone)


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
