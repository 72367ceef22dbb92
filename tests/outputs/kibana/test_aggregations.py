"""What a panel asks, from the saved object alone; and no guess where it cannot be known."""

import copy

import pytest

from newscrawl.outputs.kibana import saved_objects
from tests.outputs.kibana.aggregations import UnsupportedPanelError, read_rows, request_body

LENSES = {each["id"]: each for each in saved_objects() if each["type"] == "lens"}


def layer(lens):
    return lens["attributes"]["state"]["datasourceStates"]["formBased"]["layers"]["articles"]


def test_a_table():
    assert request_body(LENSES["news-clusters"]) == {
        "size": 0,
        "track_total_hits": True,
        "query": {"kql": {"query": "cluster_size > 1"}},
        "aggs": {
            "top": {
                "terms": {"field": "cluster_id", "size": 15, "order": {"measure-1": "desc"}},
                "aggs": {
                    "measure-0": {
                        "top_hits": {
                            "size": 1,
                            "sort": [{"event_time": {"order": "desc"}}],
                            "_source": False,
                            "docvalue_fields": ["title.raw"],
                        }
                    },
                    "measure-1": {"max": {"field": "cluster_size"}},
                    "measure-3": {"cardinality": {"field": "outlet"}},
                },
            }
        },
    }


def test_bars_over_time():
    body = request_body(LENSES["news-per-day"], time_zone="Asia/Riyadh")
    assert body["query"] == {"match_all": {}}
    assert body["aggs"]["split"]["terms"] == {
        "field": "outlet_name",
        "size": 12,
        "order": {"_count": "desc"},
    }
    assert body["aggs"]["split"]["aggs"] == {
        "time": {
            "date_histogram": {
                "field": "event_time",
                "calendar_interval": "1d",
                "time_zone": "Asia/Riyadh",
                "min_doc_count": 0,
            }
        }
    }


def test_cases():
    body = request_body(LENSES["news-syndication"])
    assert body["aggs"]["top"]["aggs"]["split"] == {
        "filters": {
            "filters": {
                "original": {"kql": {"query": "not copy_of: *"}},
                "copy": {"kql": {"query": "copy_of: *"}},
            }
        }
    }


def test_a_number_needs_no_aggregation():
    body = request_body(LENSES["news-total"])
    assert "aggs" not in body
    assert read_rows(LENSES["news-total"], {"hits": {"total": {"value": 7}}}) == [{"measure-0": 7}]


def test_ordered_by_a_percentile():
    lens = copy.deepcopy(LENSES["news-lag"])
    layer(lens)["columns"]["top"]["params"]["orderBy"]["columnId"] = "measure-2"
    assert request_body(lens)["aggs"]["top"]["terms"]["order"] == {"measure-2.95": "desc"}


def test_ordered_by_a_measure_of_an_inner_level():
    lens = copy.deepcopy(LENSES["news-syndication"])
    columns = layer(lens)["columns"]
    columns["measure-0"] = copy.deepcopy(layer(LENSES["news-lag"])["columns"]["measure-1"])
    inner = request_body(lens)["aggs"]["top"]["aggs"]
    assert inner["measure-0"] == inner["split"]["aggs"]["measure-0"]


@pytest.mark.parametrize(
    ("interval", "step"),
    [
        ("d", {"calendar_interval": "1d"}),
        ("1h", {"calendar_interval": "1h"}),
        ("1w", {"calendar_interval": "1w"}),
        ("30m", {"fixed_interval": "30m"}),
    ],
)
def test_intervals(interval, step):
    lens = copy.deepcopy(LENSES["news-per-day"])
    layer(lens)["columns"]["time"]["params"]["interval"] = interval
    histogram = request_body(lens)["aggs"]["split"]["aggs"]["time"]["date_histogram"]
    assert histogram.items() >= step.items()


def change(lens, *path):
    *keys, last, value = path
    for key in keys:
        lens = lens[key]
    lens[last] = value


@pytest.mark.parametrize(
    ("id", "path"),
    [
        ("news-per-day", ("columns", "time", "params", "interval", "auto")),
        ("news-per-day", ("columns", "time", "params", "dropPartials", True)),
        ("news-per-day", ("columns", "time", "operationType", "range")),
        ("news-people", ("columns", "top", "params", "missingBucket", True)),
        ("news-people", ("columns", "top", "params", "secondaryFields", ["agency"])),
        ("news-people", ("columns", "top", "params", "include", ["a"])),
        ("news-people", ("columns", "top", "params", "orderBy", {"type": "rare"})),
        ("news-people", ("columns", "measure-0", "filter", {"query": "a", "language": "kuery"})),
        ("news-people", ("columns", "measure-0", "timeShift", "1d")),
        ("news-lag", ("columns", "measure-1", "operationType", "sum")),
        ("news-clusters", ("columns", "measure-0", "params", "showArrayValues", False)),
    ],
)
def test_what_would_be_a_guess_is_refused(id, path):
    lens = copy.deepcopy(LENSES[id])
    change(layer(lens), *path)
    with pytest.raises(UnsupportedPanelError):
        request_body(lens)


def test_filters_and_second_layers_are_refused():
    lens = copy.deepcopy(LENSES["news-people"])
    lens["attributes"]["state"]["filters"] = [{"meta": {}}]
    with pytest.raises(UnsupportedPanelError, match="filters"):
        request_body(lens)
    lens = copy.deepcopy(LENSES["news-people"])
    lens["attributes"]["state"]["datasourceStates"]["formBased"]["layers"]["second"] = layer(lens)
    with pytest.raises(UnsupportedPanelError, match="2 layers"):
        request_body(lens)


def test_alphabetical_order():
    lens = copy.deepcopy(LENSES["news-people"])
    layer(lens)["columns"]["top"]["params"].update(orderBy={"type": "alphabetical"}, orderDirection="asc")
    assert request_body(lens)["aggs"]["top"]["terms"]["order"] == {"_key": "asc"}
