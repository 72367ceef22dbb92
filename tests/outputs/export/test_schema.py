"""The columns are a promise: a golden list, and the table that documents them."""

from pathlib import Path

from newscrawl.article import RECORD
from newscrawl.outputs.export.schema import KINDS, SAME, SCHEMA, table

GOLDEN = Path(__file__).parent / "schema.golden"
PAGE = Path(__file__).parents[3] / "docs" / "export.md"


def columns():
    return [f"{field.name}: {field.type}{'' if field.nullable else ' not null'}" for field in SCHEMA]


def test_no_column_vanishes_moves_or_changes_its_type():
    promised = GOLDEN.read_text(encoding="utf-8").splitlines()
    assert columns()[: len(promised)] == promised, (
        "programs of other people read these columns: add new ones at the end, or raise LAYOUT and say so"
    )


def test_every_new_column_is_promised_too():
    assert columns() == GOLDEN.read_text(encoding="utf-8").splitlines(), (
        f"write the new columns into {GOLDEN}"
    )


def test_every_field_of_the_record_has_a_column():
    assert set(RECORD) <= set(SCHEMA.names)
    assert SCHEMA.names[0] == "id"


def test_every_column_says_what_it_means():
    assert all(field.metadata[b"description"].endswith(b".") for field in SCHEMA)


def test_columns_taken_as_they_are_exist_on_the_record():
    properties = {"id", "event_time", "published_offset_minutes", "modified_offset_minutes"}
    assert set(SAME) <= set(RECORD) | properties
    assert KINDS == ("person", "organization", "location", "misc")


def test_the_page_has_this_table():
    assert table() in PAGE.read_text(encoding="utf-8"), "run: python -m newscrawl.outputs.export.schema"
