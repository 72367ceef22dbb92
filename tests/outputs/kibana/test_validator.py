"""Every rule of the validator finds the fault it is for, in an otherwise good file."""

import copy
import json
from pathlib import Path

import pytest

from newscrawl.outputs.kibana import saved_objects
from newscrawl.search.elastic.mapping import PROPERTIES
from tests.outputs.kibana.validator import validate

LENS = ("lens", "news-people")
TABLE = ("lens", "news-lag")
CLUSTERS = ("lens", "news-clusters")
DAYS = ("lens", "news-per-day")
KINDS = ("lens", "news-syndication")
SEARCH = ("search", "news-copies")
DASHBOARD = ("dashboard", "news-overview")
VIEW = ("index-pattern", "news-articles")


def changed(target, change):
    """The shipped file, with one object changed."""
    objects = copy.deepcopy(saved_objects())
    (each,) = [each for each in objects if (each["type"], each["id"]) == target]
    change(each)
    return dump(objects)


def dump(objects):
    return "\n".join(json.dumps(each, ensure_ascii=False) for each in objects).encode()


def put(*path):
    """A change that sets a value deep inside: put("attributes", "title", "x")."""
    *keys, last, value = path

    def change(each):
        for key in keys:
            each = each[key]
        each[last] = value

    return change


def drop(*path):
    *keys, last = path

    def change(each):
        for key in keys:
            each = each[key]
        del each[last]

    return change


def inside(*path, change):
    """A change within JSON that stands in a string."""
    *keys, last = path

    def outer(each):
        for key in keys:
            each = each[key]
        value = json.loads(each[last])
        change(value)
        each[last] = json.dumps(value)

    return outer


def column(id, *path):
    return put(
        "attributes", "state", "datasourceStates", "formBased", "layers", "articles", "columns", id, *path
    )


def layer(*path):
    return put("attributes", "state", "datasourceStates", "formBased", "layers", "articles", *path)


def source(*path):
    return inside("attributes", "kibanaSavedObjectMeta", "searchSourceJSON", change=put(*path))


def panels(change):
    return inside("attributes", "panelsJSON", change=change)


RULES = {
    "a newer type version": (DASHBOARD, put("typeMigrationVersion", "10.2.0"), "newer than 8.9.0"),
    "a newer core version": (LENS, put("coreMigrationVersion", "8.10.0"), "newer than 8.8.0"),
    "no type version": (SEARCH, drop("typeMigrationVersion"), "typeMigrationVersion is missing"),
    "a version that is none": (SEARCH, put("typeMigrationVersion", "new"), "has not the shape"),
    "an unknown type": (LENS, put("type", "map"), "of a type that is not checked"),
    "an empty title": (LENS, put("attributes", "title", "  "), "title is empty"),
    "a title that is an object": (
        DASHBOARD,
        put("attributes", "title", {"ar": "أخبار"}),
        "title is empty or no",
    ),
    "no name": (VIEW, drop("attributes", "name"), "name is empty"),
    "no attributes": (LENS, drop("attributes"), "has not the shape"),
    "no references": (LENS, drop("references"), "has not the shape"),
    "a dangling reference": (LENS, put("references", 0, "id", "gone"), "refers to index-pattern gone"),
    "a reference of another type": (
        SEARCH,
        put("references", 0, "type", "lens"),
        "refers to lens news-articles",
    ),
    "a panel that is not there": (
        DASHBOARD,
        put("references", 0, "id", "news-none"),
        "refers to lens news-none",
    ),
    "two references of one name": (
        DASHBOARD,
        put("references", 0, "name", "p2:panel_p2"),
        "2 references named",
    ),
    "panels that are no JSON": (DASHBOARD, put("attributes", "panelsJSON", "[{"), "panelsJSON is no JSON"),
    "formats that are no JSON": (
        VIEW,
        put("attributes", "fieldFormatMap", "{'url'}"),
        "fieldFormatMap is no JSON",
    ),
    "fields that are no JSON": (VIEW, put("attributes", "fields", ""), "fields is no JSON"),
    "a source that is no JSON": (
        SEARCH,
        put("attributes", "kibanaSavedObjectMeta", "searchSourceJSON", "{"),
        "searchSourceJSON is no JSON",
    ),
    "a time field that is none": (VIEW, put("attributes", "timeFieldName", "@timestamp"), "no field"),
    "a time field that is no date": (
        VIEW,
        put("attributes", "timeFieldName", "outlet"),
        "is keyword, not date",
    ),
    "a format of no field": (
        VIEW,
        inside("attributes", "fieldFormatMap", change=put("image_url", {"id": "url"})),
        "a format reads image_url",
    ),
    "an unknown column": (SEARCH, put("attributes", "columns", 0, "headline"), "a column reads headline"),
    "order by an unknown field": (SEARCH, put("attributes", "sort", 0, 0, "date"), "the order reads date"),
    "order by a text": (SEARCH, put("attributes", "sort", 0, 0, "title"), "is text and cannot be"),
    "an order that is none": (SEARCH, put("attributes", "sort", 0, 1, "up"), "not asc or desc"),
    "a query on no field": (SEARCH, source("query", "query", "copyof: *"), "asks for copyof"),
    "a query on what cannot be searched": (
        SEARCH,
        source("query", "query", "image: *"),
        "cannot be searched",
    ),
    "a query on a disabled object": (
        SEARCH,
        source("query", "query", "mentions.text: x"),
        "asks for mentions.text",
    ),
    "a query on no wildcard": (SEARCH, source("query", "query", "names.*: x"), "asks for names.*"),
    "open brackets": (SEARCH, source("query", "query", "(agency: *"), "brackets do not match"),
    "an open quotation": (SEARCH, source("query", "query", 'agency: "أ ف ب'), "quotation mark is missing"),
    "a nested query": (SEARCH, source("query", "query", "entities: { person: x }"), "nested"),
    "a Lucene query": (SEARCH, source("query", "language", "lucene"), "in lucene, not in KQL"),
    "a search without its view": (SEARCH, source("indexRefName", "index"), "there is no reference"),
    "a panel's query on no field": (
        TABLE,
        put("attributes", "state", "query", "query", "lag: *"),
        "asks for lag",
    ),
    "a case's query on no field": (
        KINDS,
        column("split", "params", "filters", 0, "input", "query", "not copy: *"),
        "asks for copy",
    ),
    "an unknown field": (LENS, column("top", "sourceField", "entities.people"), "no field of the articles"),
    "a text in terms": (LENS, column("top", "sourceField", "title"), "is text and cannot be aggregated"),
    "a field without doc values": (LENS, column("top", "sourceField", "image"), "cannot be aggregated"),
    "a keyword's median": (TABLE, column("measure-1", "sourceField", "outlet"), "is keyword, not"),
    "a keyword's percentile": (TABLE, column("measure-2", "sourceField", "outlet"), "is keyword, not"),
    "a keyword's maximum": (CLUSTERS, column("measure-1", "sourceField", "outlet"), "is keyword, not"),
    "a number's days": (DAYS, column("time", "sourceField", "word_count"), "is integer, not date"),
    "the newest by no date": (
        CLUSTERS,
        column("measure-0", "params", "sortField", "revision"),
        "is integer, not",
    ),
    "a count of a field": (LENS, column("measure-0", "sourceField", "url"), "counts url"),
    "an unknown operation": (LENS, column("measure-0", "operationType", "sum"), "does sum"),
    "an empty label": (LENS, column("top", "label", ""), "has no label"),
    "order by no column": (LENS, column("top", "params", "orderBy", "columnId", "m"), "ordered by m"),
    "a column's filter": (
        LENS,
        column("top", "filter", {"query": "x: 1", "language": "kuery"}),
        "asks for x",
    ),
    "a column out of order": (LENS, layer("columnOrder", ["top"]), "columnOrder"),
    "a layer without reference": (
        LENS,
        put("references", 0, "name", "view"),
        "has no reference indexpattern",
    ),
    "a layer that is not read": (
        LENS,
        put("attributes", "state", "visualization", "layers", 0, "layerId", "other"),
        "layer other is either shown or read",
    ),
    "no layers": (
        LENS,
        put("attributes", "state", "datasourceStates", "formBased", "layers", {}),
        "has no layers",
    ),
    "a column that is not read": (
        LENS,
        put("attributes", "state", "visualization", "layers", 0, "accessors", ["m9"]),
        "column m9 is either",
    ),
    "a column that is not shown": (
        TABLE,
        drop("attributes", "state", "visualization", "columns", 3),
        "column measure-2 is either",
    ),
    "an unknown attribute": (DASHBOARD, put("attributes", "colour", "red"), "an attribute colour"),
    "panels that overlap": (DASHBOARD, panels(put(1, "gridData", "x", 7)), "panels p1 and p2 overlap"),
    "a panel beyond the grid": (DASHBOARD, panels(put(1, "gridData", "w", 41)), "outside the grid"),
    "a panel without height": (DASHBOARD, panels(put(1, "gridData", "h", 0)), "outside the grid"),
    "a grid index of its own": (DASHBOARD, panels(put(1, "gridData", "i", "x")), "the grid index x"),
    "two panels of one index": (DASHBOARD, panels(put(1, "panelIndex", "p1")), "2 panels p1"),
    "a panel without reference": (DASHBOARD, panels(put(1, "panelRefName", "x")), "no reference p2:x"),
    "a panel of another type": (DASHBOARD, panels(put(1, "type", "search")), "to a search"),
    "an empty panel": (DASHBOARD, panels(drop(1, "panelRefName")), "panel p2 is empty"),
    "no panels": (DASHBOARD, put("attributes", "panelsJSON", "[]"), "has no panels"),
    "a panel without a place": (DASHBOARD, panels(drop(1, "gridData")), "has not the shape"),
    "panels that are no list": (DASHBOARD, put("attributes", "panelsJSON", "3"), "has not the shape"),
}


@pytest.mark.parametrize(("target", "change", "message"), RULES.values(), ids=RULES)
def test_a_fault_is_found_and_named(target, change, message):
    problems = validate(changed(target, change), PROPERTIES)
    assert any(message in problem for problem in problems), problems
    kind = "map" if message.startswith("of a type") else target[0]
    assert any(problem.startswith(f"{kind} {target[1]}: ") for problem in problems)


@pytest.mark.parametrize(
    ("ndjson", "message"),
    [
        (b"", "there are no objects"),
        (b"{", "line 1: is no JSON"),
        (b"\xff", "line 1: is no JSON"),
        (b"[]", "line 1: is no saved object"),
        (b'\n{"type": "lens"}', "line 2: is no saved object"),
        (dump([*saved_objects(), saved_objects()[0]]), "index-pattern news-articles: stands 2 times"),
        (dump([{"type": "lens", "id": "x", "attributes": None, "references": None}]), "has not the shape"),
        (dump([{"type": "dashboard", "id": "x", "attributes": [], "references": [1]}]), "has not the shape"),
    ],
)
def test_a_file_that_is_none(ndjson, message):
    assert any(message in problem for problem in validate(ndjson, PROPERTIES))


def test_a_nested_field():
    people = PROPERTIES["entities"]["properties"]
    properties = {**PROPERTIES, "entities": {"type": "nested", "properties": people}}
    problems = validate(dump(saved_objects()), properties)
    assert (
        "lens news-people: column top reads entities.person, which is nested, and Kibana cannot aggregate"
        in (" ".join(problems))
    )
    assert any(
        problem.startswith("search news-newest: a column reads entities.person") for problem in problems
    )


def test_a_field_that_leaves_the_mapping():
    properties = {name: value for name, value in PROPERTIES.items() if name != "agency"}
    problems = validate(dump(saved_objects()), properties)
    assert {problem.partition(":")[0] for problem in problems} == {
        "search news-copies",
        "search news-agencies",
        "search news-originals",
        "lens news-by-agency",
    }


def test_nothing_is_held_against_a_file_that_kibana_8_12_2_took():
    taken = (Path(__file__).parent / "taken_by_kibana_8_12_2.ndjson").read_bytes()
    assert validate(taken, PROPERTIES) == [
        "index-pattern news-articles-dv: a format reads image.url, which is no field of the articles"
    ]
