"""The objects that are shipped: whole, valid, and the same every time."""

import json
import re
import subprocess
import sys

import pytest

from newscrawl.outputs.kibana import saved_objects, to_ndjson
from newscrawl.outputs.kibana.dashboard import DASHBOARD, DATA_VIEW, NOTE, PANELS, SEARCHES
from newscrawl.search.elastic.mapping import PROPERTIES, READ_ALIAS
from tests.outputs.kibana.fields import fields_of
from tests.outputs.kibana.kql import query_faults, query_fields
from tests.outputs.kibana.validator import validate

EXAMPLES = [text for text in re.findall(r"`([^`]+)`", NOTE) if ":" in text and text != "dateFormat:tz"]


def test_what_is_shipped_has_no_problems():
    assert validate(to_ndjson(), PROPERTIES) == []


def test_the_data_view_reads_the_alias():
    assert DATA_VIEW.title == READ_ALIAS


def test_the_dashboard_shows_every_panel_and_the_newest_articles():
    shown = {panel.id for panel in DASHBOARD.panels if hasattr(panel, "id")}
    assert shown == {panel.id for panel in PANELS} | {"news-newest"}


def test_ids_do_not_change():
    # A changed id leaves the old object in every Kibana that has imported it, and breaks links to it.
    assert {(each["type"], each["id"]) for each in saved_objects()} == {
        ("index-pattern", "news-articles"),
        *(("search", f"news-{name}") for name in ("newest", "matches", "copies", "agencies", "originals")),
        *(
            ("lens", f"news-{name}")
            for name in "total per-day people places organizations by-agency syndication clusters lag".split()
        ),
        ("dashboard", "news-overview"),
    }


def test_the_same_bytes_in_another_process():
    code = "import sys; from newscrawl.outputs.kibana import to_ndjson; sys.stdout.buffer.write(to_ndjson())"
    out = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, env={"PYTHONHASHSEED": "7"}
    )
    assert out.stdout == to_ndjson()


def test_one_object_a_line_in_plain_arabic_letters():
    lines = to_ndjson().decode("utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == [each["id"] for each in saved_objects()]
    assert "آخر الأخبار" in to_ndjson().decode("utf-8")


def test_versions_are_those_that_kibana_8_12_has_taken():
    versions = {each["type"]: each["typeMigrationVersion"] for each in saved_objects()}
    assert versions == {"index-pattern": "8.0.0", "search": "7.9.3", "lens": "8.9.0", "dashboard": "8.9.0"}
    assert {each["coreMigrationVersion"] for each in saved_objects()} == {"8.8.0"}


@pytest.mark.parametrize("query", EXAMPLES)
def test_the_notes_examples_are_queries_on_our_fields(query):
    assert query_faults(query) == []
    fields = query_fields(query)
    assert fields
    assert set(fields) <= fields_of(PROPERTIES).keys()


def test_the_note_has_examples():
    assert len(EXAMPLES) >= 4


def test_titles_hold_no_direction_marks():
    for each in (*PANELS, *SEARCHES, DASHBOARD):
        assert not set(each.title) & set("\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069")
