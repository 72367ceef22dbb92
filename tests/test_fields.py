"""The table of fields is the one place: what stands in it is found everywhere, and nothing else is."""

import dataclasses
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from newscrawl.article import RECORD, Article, Mention, json_names
from newscrawl.fields import FIELDS, OBJECT, OBJECTS, TEXT, WORDS, Field, Search, Type
from newscrawl.outputs.export.schema import schema, table
from newscrawl.search.elastic.mapping import CATCH_ALL, document_names, field_table, properties
from newscrawl.store.schema import article_columns

MOOD = Field(
    "mood",
    TEXT,
    "How the text sounds.",
    Search(also=("norm",), weight=2),
    length=16,
    default="",
    absent="where nobody listened",
)
WITH_MOOD = (*FIELDS, MOOD)
RECORDED = [one for one in dataclasses.fields(Article) if one.name in RECORD]
BY_NAME = {field.name: field for field in FIELDS}


def make(**fields):
    values = dict.fromkeys(("url", "canonical_url", "outlet", "outlet_name", "domain", "title", "body"), "x")
    return Article(**values, fetched_at=datetime(2026, 11, 24, tzinfo=UTC), **fields)


def test_an_imaginary_field_is_a_column_of_the_store():
    *others, column = article_columns(WITH_MOOD)
    assert [one.name for one in others] == [one.name for one in article_columns()]
    assert (column.name, str(column.type), column.nullable) == ("mood", "VARCHAR(16)", False)
    assert str(column.server_default.arg) == ""


def test_an_imaginary_field_is_mapped_and_searched():
    assert properties(WITH_MOOD) == properties() | {
        "mood": {
            "type": "keyword",
            "ignore_above": 256,
            "copy_to": [CATCH_ALL, CATCH_ALL],
            "fields": {"norm": {"type": "keyword", "ignore_above": 256, "normalizer": "ar_keyword"}},
        }
    }
    assert "mood" in document_names(WITH_MOOD)


def test_an_imaginary_field_is_exported():
    *others, column = schema(WITH_MOOD)
    assert others == list(schema())
    assert (column.name, str(column.type), column.nullable) == ("mood", "string", False)
    assert column.metadata == {b"description": b"How the text sounds; empty where nobody listened."}


def test_an_imaginary_field_is_documented():
    page = field_table(WITH_MOOD).splitlines()
    assert page[:-1] == field_table().splitlines()
    assert page[-1] == (
        "| `mood` | keyword | `.norm`: keyword (`ar_keyword`) "
        "| How the text sounds; absent where nobody listened. |"
    )
    assert table(schema(WITH_MOOD)).splitlines()[-1] == (
        "| `mood` | string |  | How the text sounds; empty where nobody listened. |"
    )


def test_an_imaginary_field_is_in_the_json(monkeypatch):
    monkeypatch.setattr(Article, "mood", "calm", raising=False)
    shown = make().to_json(json_names(WITH_MOOD))
    assert shown == make().to_json() | {"mood": "calm"}


@pytest.mark.parametrize(
    ("part", "is_absent"),
    [
        ("shown", lambda fields: "mood" not in json_names(fields)),
        ("stored", lambda fields: "mood" not in [column.name for column in article_columns(fields)]),
        ("exported", lambda fields: "mood" not in schema(fields).names),
    ],
)
def test_a_field_may_stay_out_of_a_part(part, is_absent):
    assert is_absent((*FIELDS, dataclasses.replace(MOOD, **{part: False})))
    assert not is_absent(WITH_MOOD)


def test_the_table_and_the_record_agree():
    attributes = RECORD
    of_record = [field.name for field in FIELDS if field.origin == "record"]
    assert sorted(attributes) == sorted(of_record)
    required = [
        one.name
        for one in RECORDED
        if one.default is dataclasses.MISSING and one.default_factory is dataclasses.MISSING
    ]
    optional = [name for name in of_record if name not in required]
    assert attributes == [*sorted(required, key=of_record.index), *optional]


def test_what_follows_from_other_fields_is_a_property_of_the_record():
    derived = {field.name for field in FIELDS if field.origin == "derived"}
    properties_of_record = {
        name for name, value in vars(Article).items() if isinstance(value, property) and name[0] != "_"
    }
    assert derived == properties_of_record


ANNOTATED = {
    Type.TEXT: ("str", "PublishedSource", "Cause"),
    Type.WORDS: ("list[str]",),
    Type.TIME: ("datetime",),
    Type.STATED_TIME: ("datetime",),
    Type.SHORT: ("int",),
    Type.INTEGER: ("int",),
    Type.REAL: ("float",),
    Type.OBJECT: ("dict[str, list[str]]",),
    Type.OBJECTS: ("list[Mention]",),
}


def test_types_are_those_of_the_record():
    for one in RECORDED:
        field = BY_NAME[one.name]
        assert one.type.removesuffix(" | None") in ANNOTATED[field.type], one.name
        if field.name != "first_seen_at":  # the store fills it in
            assert one.type.endswith(" | None") == field.nullable, one.name


def test_every_entry_is_a_sentence_and_every_name_is_there_once():
    assert len(BY_NAME) == len(FIELDS)
    for field in [*FIELDS, *(part for whole in FIELDS for part in whole.parts)]:
        assert field.meaning.endswith("."), field.name
        assert "|" not in field.meaning, field.name
        assert not field.absent.endswith("."), field.name


def test_parts_are_those_of_objects():
    assert all(bool(field.parts) == (field.type in (OBJECT, OBJECTS)) for field in FIELDS)
    assert [part.type for part in BY_NAME["entities"].parts] == [WORDS] * 5
    mention = [field.name for field in dataclasses.fields(Mention)]
    assert [part.name for part in BY_NAME["mentions"].parts] == mention


def test_the_table_needs_no_database_and_no_server():
    program = (
        "import sys, newscrawl.fields, newscrawl.article; "
        "print(sorted({'sqlalchemy', 'pyarrow', 'elasticsearch'} & {*sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
