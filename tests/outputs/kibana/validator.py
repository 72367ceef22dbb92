"""Check saved objects without a Kibana: what it would refuse, and what it would take and show as broken.

Kibana itself imports a panel on a field that does not exist and shows "No results found", so fields are
checked here against the mapping.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from itertools import combinations
from typing import Any

from newscrawl.outputs.kibana.lens import RECORDS
from newscrawl.outputs.kibana.objects import CORE_VERSION, VERSIONS, Json
from tests.outputs.kibana.fields import DATES, NUMBERS, Field, fields_of
from tests.outputs.kibana.kql import query_faults, query_fields

GRID = 48
_JSON_ATTRIBUTES = frozenset("fields fieldAttrs fieldFormatMap runtimeFieldMap sourceFilters".split())
_DASHBOARD_ATTRIBUTES = frozenset(
    "title description version timeRestore timeFrom timeTo refreshInterval optionsJSON panelsJSON"
    " kibanaSavedObjectMeta".split()
)
"""Kibana answers 400 to an attribute it does not know; these it has been seen to take."""
_SHAPE_ERRORS = (KeyError, TypeError, AttributeError, ValueError, IndexError)

Fields = Mapping[str, Field]


def validate(ndjson: bytes, properties: Mapping[str, Any]) -> list[str]:
    """Say everything that is wrong with saved objects.

    Args:
        ndjson: the file that would be imported.
        properties: the `properties` of the index's mapping.

    Returns:
        One sentence for each problem, with the object's type and id; empty when all is well. Never raises.
    """
    objects, problems = _parse(ndjson)
    fields = fields_of(properties)
    problems += _duplicates(objects)
    known = {(each["type"], each["id"]) for each in objects}
    for each in objects:
        problems += _all_of(each, fields, known)
    return problems


def _parse(ndjson: bytes) -> tuple[list[Json], list[str]]:
    objects, problems = [], []
    for number, line in enumerate(ndjson.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            each = json.loads(line)
        except ValueError as error:
            problems.append(f"line {number}: is no JSON: {error}")
            continue
        if isinstance(each, dict) and isinstance(each.get("type"), str) and isinstance(each.get("id"), str):
            objects.append(each)
        else:
            problems.append(f"line {number}: is no saved object with type and id")
    if not objects and not problems:
        problems.append("there are no objects")
    return objects, problems


def _duplicates(objects: list[Json]) -> list[str]:
    times = Counter((each["type"], each["id"]) for each in objects)
    return [
        f"{kind} {id}: stands {count} times in the file" for (kind, id), count in times.items() if count > 1
    ]


def _all_of(each: Json, fields: Fields, known: set[tuple[str, str]]) -> list[str]:
    """Run every check that fits the object; one that trips over an odd shape says so and ends there."""
    checks: list[Callable[[], Iterable[str]]] = [
        lambda: _versions(each),
        lambda: _title(each),
        lambda: _references(each, known),
        lambda: _stringified(each["attributes"], ""),
    ]
    own = _CHECKS.get(each["type"])
    if own is not None:
        checks.append(lambda: own(each, fields))
    problems: list[str] = []
    for check in checks:
        try:
            problems.extend(check())
        except json.JSONDecodeError:
            continue  # _stringified has named it
        except _SHAPE_ERRORS as error:
            problems.append(f"has not the shape Kibana reads: {type(error).__name__} {error}")
    return [f"{each['type']} {each['id']}: {problem}" for problem in dict.fromkeys(problems)]


# --- every object ---------------------------------------------------------------------------------


def _versions(each: Json) -> Iterator[str]:
    limit = VERSIONS.get(each["type"])
    if limit is None:
        yield f"is of a type that is not checked here; known are {', '.join(VERSIONS)}"
        return
    for name, most in (("coreMigrationVersion", CORE_VERSION), ("typeMigrationVersion", limit)):
        version = each.get(name)
        if not version:
            yield f"{name} is missing"
        elif _numbers(version) > _numbers(most):
            yield f"{name} {version} is newer than {most}, and older Kibanas refuse it"


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _title(each: Json) -> Iterator[str]:
    for name in ("title", "name") if each["type"] == "index-pattern" else ("title",):
        value = each["attributes"].get(name)
        if not isinstance(value, str) or not value.strip():
            yield f"{name} is empty or no text"


def _references(each: Json, known: set[tuple[str, str]]) -> Iterator[str]:
    names = Counter(reference["name"] for reference in each["references"])
    for reference in each["references"]:
        if (reference["type"], reference["id"]) not in known:
            yield f"refers to {reference['type']} {reference['id']}, which is not in the file"
    for name, count in names.items():
        if count > 1:
            yield f"has {count} references named {name}"


def _stringified(value: Any, name: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _stringified(inner, key)
    elif name.endswith("JSON") or (name in _JSON_ATTRIBUTES and isinstance(value, str)):
        try:
            json.loads(value)
        except (TypeError, ValueError) as error:
            yield f"{name} is no JSON: {error}"


def _reference_names(each: Json, kind: str) -> set[str]:
    return {reference["name"] for reference in each["references"] if reference["type"] == kind}


def _query(query: Any, fields: Fields, where: str) -> Iterator[str]:
    if query["language"] != "kuery":
        yield f"{where} is in {query['language']}, not in KQL"
        return
    for fault in query_faults(query["query"]):
        yield f"{where}: {fault}"
    for name in query_fields(query["query"]):
        matching = [field for known, field in fields.items() if fnmatchcase(known, name)]
        if not matching:
            yield f"{where} asks for {name}, which is no field of the articles"
        elif not any(field.searchable for field in matching):
            yield f"{where} asks for {name}, which cannot be searched"


def _field(name: str, fields: Fields, where: str) -> Iterator[str]:
    if name not in fields:
        yield f"{where} reads {name}, which is no field of the articles"
    elif fields[name].nested:
        yield f"{where} reads {name}, which is nested, and Kibana cannot aggregate nested fields"


def _aggregated(name: str, fields: Fields, where: str, types: Iterable[str] = ()) -> Iterator[str]:
    faults = list(_field(name, fields, where))
    yield from faults
    if faults:
        return
    if not fields[name].aggregatable:
        yield f"{where} reads {name}, which is {fields[name].type} and cannot be aggregated or sorted"
    elif types and fields[name].type not in types:
        yield f"{where} reads {name}, which is {fields[name].type}, not {' or '.join(sorted(types))}"


# --- data view and saved search -------------------------------------------------------------------


def _data_view(each: Json, fields: Fields) -> Iterator[str]:
    attributes = each["attributes"]
    yield from _aggregated(attributes["timeFieldName"], fields, "time field", DATES)
    for name in json.loads(attributes["fieldFormatMap"]):
        yield from _field(name, fields, "a format")


def _saved_search(each: Json, fields: Fields) -> Iterator[str]:
    attributes = each["attributes"]
    for name in set(attributes["columns"]) - {"_score"}:
        yield from _field(name, fields, "a column")
    for name, direction in attributes["sort"]:
        if name != "_score":
            yield from _aggregated(name, fields, "the order")
        if direction not in ("asc", "desc"):
            yield f"the order is {direction}, not asc or desc"
    source = json.loads(attributes["kibanaSavedObjectMeta"]["searchSourceJSON"])
    yield from _query(source["query"], fields, "the query")
    if source["indexRefName"] not in _reference_names(each, "index-pattern"):
        yield f"names the data view {source['indexRefName']}, for which there is no reference"


# --- Lens -----------------------------------------------------------------------------------------


def _lens(each: Json, fields: Fields) -> Iterator[str]:
    state = each["attributes"]["state"]
    yield from _query(state["query"], fields, "the query")
    layers = state["datasourceStates"]["formBased"]["layers"]
    if not layers:
        yield "has no layers"
    shown = state["visualization"]
    shown_layers = shown["layers"] if each["attributes"]["visualizationType"] == "lnsXY" else [shown]
    for layer_id in {layer["layerId"] for layer in shown_layers} ^ set(layers):
        yield f"layer {layer_id} is either shown or read, not both"
    for layer_id, layer in layers.items():
        name = f"indexpattern-datasource-layer-{layer_id}"
        if name not in _reference_names(each, "index-pattern"):
            yield f"layer {layer_id} has no reference {name} to a data view"
        yield from _layer(layer, fields)
        used = {column for shown in shown_layers if shown["layerId"] == layer_id for column in _shown(shown)}
        for column in sorted(used ^ set(layer["columns"])):
            yield f"column {column} is either shown or read, not both"


def _shown(layer: Json) -> Iterator[str]:
    """The column ids that a visualization's layer shows."""
    yield from layer.get("accessors", [])
    yield from (layer[name] for name in ("xAccessor", "splitAccessor", "metricAccessor") if name in layer)
    yield from (column["columnId"] for column in layer.get("columns", []))


def _layer(layer: Json, fields: Fields) -> Iterator[str]:
    columns = layer["columns"]
    if sorted(layer["columnOrder"]) != sorted(columns):
        yield "columnOrder does not name every column once"
    for id, column in columns.items():
        if not column["label"].strip():
            yield f"column {id} has no label"
        yield from _column(id, column, columns, fields)


def _column(id: str, column: Json, columns: Mapping[str, Json], fields: Fields) -> Iterator[str]:
    where, operation, params = f"column {id}", column["operationType"], column["params"]
    if operation == "count":
        if column["sourceField"] != RECORDS:
            yield f"{where} counts {column['sourceField']}, not {RECORDS}"
    elif operation == "filters":
        for case in params["filters"]:
            yield from _query(case["input"], fields, where)
    elif operation in _OPERATIONS:
        yield from _aggregated(column["sourceField"], fields, where, _OPERATIONS[operation])
    else:
        yield f"{where} does {operation}, which is not checked here"
    if operation == "terms" and params["orderBy"].get("columnId") not in columns:
        yield f"{where} is ordered by {params['orderBy'].get('columnId')}, which is no column"
    if operation == "last_value":
        yield from _aggregated(params["sortField"], fields, where, DATES)
    if "filter" in column:
        yield from _query(column["filter"], fields, where)


_OPERATIONS: Mapping[str, Iterable[str]] = {
    "terms": (),
    "date_histogram": DATES,
    "median": NUMBERS,
    "percentile": NUMBERS,
    "max": NUMBERS | DATES,
    "unique_count": (),
    "last_value": (),
}
"""Which types an operation can read; empty: all that can be aggregated."""


# --- dashboard ------------------------------------------------------------------------------------


def _dashboard(each: Json, fields: Fields) -> Iterator[str]:
    attributes = each["attributes"]
    for name in sorted(attributes.keys() - _DASHBOARD_ATTRIBUTES):
        yield f"has an attribute {name}, which Kibana does not know"
    source = json.loads(attributes["kibanaSavedObjectMeta"]["searchSourceJSON"])
    yield from _query(source["query"], fields, "the query")
    panels = json.loads(attributes["panelsJSON"])
    if not panels:
        yield "has no panels"
    yield from _grid(panels)
    for name, count in Counter(panel["panelIndex"] for panel in panels).items():
        if count > 1:
            yield f"has {count} panels {name}"
    yield from _panel_references(each, panels)


def _grid(panels: list[Json]) -> Iterator[str]:
    for panel in panels:
        box, index = panel["gridData"], panel["panelIndex"]
        if box["i"] != index:
            yield f"panel {index} has the grid index {box['i']}"
        if min(box["x"], box["y"]) < 0 or min(box["w"], box["h"]) < 1 or box["x"] + box["w"] > GRID:
            yield f"panel {index} stands outside the grid of {GRID} columns"
    for one, other in combinations(panels, 2):
        if _overlap(one["gridData"], other["gridData"]):
            yield f"panels {one['panelIndex']} and {other['panelIndex']} overlap"


def _overlap(one: Json, other: Json) -> bool:
    return all(
        one[start] < other[start] + other[size] and other[start] < one[start] + one[size]
        for start, size in (("x", "w"), ("y", "h"))
    )


def _panel_references(each: Json, panels: list[Json]) -> Iterator[str]:
    wanted = {
        f"{panel['panelIndex']}:{panel['panelRefName']}": panel["type"]
        for panel in panels
        if "panelRefName" in panel
    }
    given = {reference["name"]: reference["type"] for reference in each["references"]}
    for name, kind in wanted.items():
        if given.get(name) != kind:
            yield f"has no reference {name} to a {kind}"
    for name in given.keys() - wanted.keys():
        yield f"has a reference {name} that no panel uses"
    for panel in panels:
        if "panelRefName" not in panel and not panel["embeddableConfig"].get("savedVis"):
            yield f"panel {panel['panelIndex']} is empty"


_CHECKS: Mapping[str, Callable[[Json, Fields], Iterable[str]]] = {
    "index-pattern": _data_view,
    "search": _saved_search,
    "lens": _lens,
    "dashboard": _dashboard,
}
