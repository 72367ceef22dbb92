"""What a Lens panel asks Elasticsearch, worked out from the saved object that Kibana would read.

So a test can run every panel on a real server and compare its numbers. Kibana adds three things that are
left out here: the dashboard's time range, the rows of a table that it fills in for days without articles at
both ends of that range, and a second request for the rest that "Other" adds up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from newscrawl.outputs.kibana.objects import Json

Row = dict[str, Any]
"""Column id to value: what Kibana's table of a panel holds."""

_CALENDAR = re.compile(r"^1?(m|h|d|w|M|q|y)$")
_FIXED = re.compile(r"^\d+(ms|s|m|h|d)$")


class UnsupportedPanelError(ValueError):
    """The panel holds something that this module would have to guess."""


def kql_query(query: str) -> Json:
    """The Elasticsearch query of a KQL string, for servers that have the `kql` query."""
    return {"kql": {"query": query}}


def request_body(lens: Json, *, kql: Callable[[str], Json] = kql_query, time_zone: str = "UTC") -> Json:
    """The search body of a panel: its query, and its columns as aggregations named by column id.

    Args:
        lens: the saved object.
        kql: makes an Elasticsearch query of a KQL string.
        time_zone: where days begin, which in Kibana is `dateFormat:tz`.

    Raises:
        UnsupportedPanelError: an operation or parameter that is not known here.
    """
    state = lens["attributes"]["state"]
    if state["filters"]:
        raise UnsupportedPanelError("the panel has filters beside its query")
    query = state["query"]["query"]
    body = {
        "size": 0,
        "track_total_hits": True,
        "query": kql(query) if query else {"match_all": {}},
    }
    columns = _columns(lens)
    buckets = [id for id, column in columns.items() if column["isBucketed"]]
    aggregations = _aggregations(buckets, columns, kql, time_zone)
    return {**body, "aggs": aggregations} if aggregations else body


def read_rows(lens: Json, response: Mapping[str, Any]) -> list[Row]:
    """The rows of a panel from the answer to its request; cases in the panel's order, else the answer's."""
    columns = _columns(lens)
    buckets = [id for id, column in columns.items() if column["isBucketed"]]
    whole = {**response.get("aggregations", {}), "doc_count": response["hits"]["total"]["value"]}
    return list(_rows(buckets, columns, whole))


def _columns(lens: Json) -> dict[str, Json]:
    """The columns of a panel's only layer in their order, which for buckets is from outer to inner."""
    layers = list(lens["attributes"]["state"]["datasourceStates"]["formBased"]["layers"].values())
    if len(layers) != 1:
        raise UnsupportedPanelError(f"the panel has {len(layers)} layers, not one")
    columns = {id: layers[0]["columns"][id] for id in layers[0]["columnOrder"]}
    for id, column in columns.items():
        if odd := {"filter", "timeShift", "reducedTimeRange", "timeScale"} & column.keys():
            raise UnsupportedPanelError(f"column {id} has {', '.join(sorted(odd))}")
    return columns


def _aggregations(
    buckets: list[str], columns: Mapping[str, Json], kql: Callable[[str], Json], time_zone: str
) -> Json:
    if not buckets:
        return {
            id: _measure(column)
            for id, column in columns.items()
            if not column["isBucketed"] and column["operationType"] != "count"
        }
    id, *inner = buckets
    column = columns[id]
    inside = _aggregations(inner, columns, kql, time_zone)
    if column["operationType"] == "terms":
        # The measure that decides which values are on top must be known at their own level.
        decides = column["params"]["orderBy"].get("columnId")
        if decides and columns[decides]["operationType"] != "count":
            inside = {**inside, decides: _measure(columns[decides])}
        aggregation = _terms(id, column, columns)
    elif column["operationType"] == "date_histogram":
        aggregation = _date_histogram(id, column, time_zone)
    elif column["operationType"] == "filters":
        cases = {case["label"]: kql(case["input"]["query"]) for case in column["params"]["filters"]}
        aggregation = {"filters": {"filters": cases}}
    else:
        raise UnsupportedPanelError(f"column {id} splits by {column['operationType']}")
    return {id: {**aggregation, "aggs": inside} if inside else aggregation}


def _terms(id: str, column: Json, columns: Mapping[str, Json]) -> Json:
    params = column["params"]
    if odd := [
        name for name in ("missingBucket", "include", "exclude", "secondaryFields") if params.get(name)
    ]:
        raise UnsupportedPanelError(f"column {id} has {', '.join(odd)}")
    order_by = params["orderBy"]
    if order_by["type"] == "alphabetical":
        key = "_key"
    elif order_by["type"] == "column":
        key = _order_key(order_by["columnId"], columns[order_by["columnId"]])
    else:
        raise UnsupportedPanelError(f"column {id} is ordered by {order_by['type']}")
    return {
        "terms": {
            "field": column["sourceField"],
            "size": params["size"],
            "order": {key: params["orderDirection"]},
        }
    }


def _order_key(id: str, column: Json) -> str:
    if column["operationType"] == "count":
        return "_count"
    percents = _measure(column).get("percentiles", {}).get("percents")
    return f"{id}.{percents[0]}" if percents else id


def _date_histogram(id: str, column: Json, time_zone: str) -> Json:
    params = column["params"]
    interval = params["interval"]
    if params.get("dropPartials"):
        raise UnsupportedPanelError(f"column {id} drops partial intervals")
    if match := _CALENDAR.match(interval):
        step = {"calendar_interval": f"1{match[1]}"}
    elif _FIXED.match(interval):
        step = {"fixed_interval": interval}
    else:
        raise UnsupportedPanelError(f"column {id} has the interval {interval}, which depends on the screen")
    empty = 0 if params.get("includeEmptyRows") else 1
    return {
        "date_histogram": {
            "field": column["sourceField"],
            **step,
            "time_zone": time_zone,
            "min_doc_count": empty,
        }
    }


def _measure(column: Json) -> Json:
    field, params = column["sourceField"], column["params"]
    match column["operationType"]:
        case "median":
            return {"percentiles": {"field": field, "percents": [50]}}
        case "percentile":
            return {"percentiles": {"field": field, "percents": [params["percentile"]]}}
        case "max":
            return {"max": {"field": field}}
        case "unique_count":
            return {"cardinality": {"field": field}}
        case "last_value" if params.get("showArrayValues"):
            sort = [{params["sortField"]: {"order": "desc"}}]
            return {"top_hits": {"size": 1, "sort": sort, "_source": False, "docvalue_fields": [field]}}
        case other:
            raise UnsupportedPanelError(f"measures by {other}")


def _rows(buckets: list[str], columns: Mapping[str, Json], level: Mapping[str, Any]) -> Iterator[Row]:
    if not buckets:
        yield {id: _value(id, column, level) for id, column in columns.items() if not column["isBucketed"]}
        return
    id, *inner = buckets
    found = level[id]["buckets"]
    if columns[id]["operationType"] == "filters":  # Elasticsearch sorts them by name
        labels = [case["label"] for case in columns[id]["params"]["filters"]]
        pairs = [(label, found[label]) for label in labels]
    else:
        pairs = [(bucket["key"], bucket) for bucket in found]
    for key, bucket in pairs:
        for row in _rows(inner, columns, bucket):
            yield {id: key, **row}


def _value(id: str, column: Json, level: Mapping[str, Any]) -> Any:
    match column["operationType"]:
        case "count":
            return level["doc_count"]
        case "median" | "percentile":
            return next(iter(level[id]["values"].values()))
        case "last_value":
            (hit,) = level[id]["hits"]["hits"]
            return hit.get("fields", {}).get(column["sourceField"], [])
        case _:
            return level[id]["value"]
