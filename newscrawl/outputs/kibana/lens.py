"""The dashboard's panels: small dataclasses that render the Lens saved objects that Kibana reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from newscrawl.outputs.kibana.objects import Json, saved_object

LAYER = "articles"
RECORDS = "___records___"
"""The name that Lens gives to the field of a count."""


# --- what is counted ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Count:
    """How many articles."""

    label: str = "Articles"

    def column(self) -> Json:
        """The Lens column."""
        return _measure("count", RECORDS, self.label, {"emptyAsNull": True})


@dataclass(frozen=True, slots=True)
class Statistic:
    """One number over a field's values."""

    label: str
    field: str
    operation: Literal["median", "max", "unique_count"]

    def column(self) -> Json:
        """The Lens column."""
        return _measure(self.operation, self.field, self.label, {"emptyAsNull": True})


@dataclass(frozen=True, slots=True)
class Percentile:
    """The value that this many per cent of a field's values stay below."""

    label: str
    field: str
    percentile: int

    def column(self) -> Json:
        """The Lens column."""
        return _measure("percentile", self.field, self.label, {"percentile": self.percentile})


@dataclass(frozen=True, slots=True)
class Newest:
    """A keyword field of the newest article, as an example of what a row is about."""

    label: str
    field: str
    by: str = "event_time"

    def column(self) -> Json:
        """The Lens column.

        With array values Kibana asks by `top_hits`, which every Elasticsearch has; without, by
        `top_metrics`, which takes a module that some servers leave out.
        """
        params = {"sortField": self.by, "showArrayValues": True}
        return {
            **_measure("last_value", self.field, self.label, params),
            "dataType": "string",
            "scale": "ordinal",
        }


Measure = Count | Statistic | Percentile | Newest


# --- what it is split by --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Top:
    """The most frequent values of a keyword field, or those with the largest measure."""

    label: str
    field: str
    size: int = 20
    order_by: int = 0
    """Which of the panel's measures decides, the first being 0."""
    others: bool = False
    """Add up all other values as "Other"; only right where an article has one value."""

    def column(self) -> Json:
        """The Lens column."""
        return {
            "label": self.label,
            "customLabel": True,
            "dataType": "string",
            "operationType": "terms",
            "isBucketed": True,
            "scale": "ordinal",
            "sourceField": self.field,
            "params": {
                "size": self.size,
                "orderBy": {"type": "column", "columnId": measure_id(self.order_by)},
                "orderDirection": "desc",
                "otherBucket": self.others,
                "missingBucket": False,
                "parentFormat": {"id": "terms"},
            },
        }


@dataclass(frozen=True, slots=True)
class Interval:
    """Steps of time."""

    label: str
    field: str = "event_time"
    interval: str = "1d"

    def column(self) -> Json:
        """The Lens column."""
        return {
            "label": self.label,
            "customLabel": True,
            "dataType": "date",
            "operationType": "date_histogram",
            "isBucketed": True,
            "scale": "interval",
            "sourceField": self.field,
            "params": {"interval": self.interval, "includeEmptyRows": True, "dropPartials": False},
        }


@dataclass(frozen=True, slots=True)
class Cases:
    """Named cases, each with the KQL that an article of it meets."""

    label: str
    cases: tuple[tuple[str, str], ...]

    def column(self) -> Json:
        """The Lens column."""
        filters = [
            {"label": label, "input": {"query": query, "language": "kuery"}} for label, query in self.cases
        ]
        return {
            "label": self.label,
            "customLabel": True,
            "dataType": "string",
            "operationType": "filters",
            "isBucketed": True,
            "scale": "ordinal",
            "params": {"filters": filters},
        }


# --- the panels -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class BarOverTime:
    """Stacked bars over time, one colour for each of the top values."""

    id: str
    title: str
    description: str = ""
    query: str = ""
    time: Interval
    split: Top
    measure: Measure = Count()

    def render(self, data_view: str) -> Json:
        """The saved object; `data_view` is the id of the data view it reads."""
        columns = {"split": self.split.column(), "time": self.time.column(), **_measures(self.measure)}
        visualization = _bars("bar_stacked", xAccessor="time", splitAccessor="split")
        return _lens(self, "lnsXY", visualization, columns, data_view)


@dataclass(frozen=True, slots=True, kw_only=True)
class HorizontalBar:
    """One bar for each of the top values, the longest above; `split` colours its parts."""

    id: str
    title: str
    description: str = ""
    query: str = ""
    top: Top
    split: Cases | None = None
    measure: Measure = Count()

    def render(self, data_view: str) -> Json:
        """The saved object; `data_view` is the id of the data view it reads."""
        columns = {"top": self.top.column()}
        if self.split is None:
            visualization = _bars("bar_horizontal", xAccessor="top")
        else:
            columns["split"] = self.split.column()
            visualization = _bars("bar_horizontal_stacked", xAccessor="top", splitAccessor="split")
        return _lens(self, "lnsXY", visualization, {**columns, **_measures(self.measure)}, data_view)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A row for each of the top values, a column for each measure."""

    id: str
    title: str
    description: str = ""
    query: str = ""
    top: Top
    measures: tuple[Measure, ...]

    def render(self, data_view: str) -> Json:
        """The saved object; `data_view` is the id of the data view it reads."""
        columns = {"top": self.top.column(), **_measures(*self.measures)}
        visualization = {
            "layerId": LAYER,
            "layerType": "data",
            "columns": [{"columnId": column, "isTransposed": False} for column in columns],
        }
        return _lens(self, "lnsDatatable", visualization, columns, data_view)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One large number."""

    id: str
    title: str
    description: str = ""
    query: str = ""
    measure: Measure = Count()

    def render(self, data_view: str) -> Json:
        """The saved object; `data_view` is the id of the data view it reads."""
        visualization = {"layerId": LAYER, "layerType": "data", "metricAccessor": measure_id(0)}
        return _lens(self, "lnsMetric", visualization, _measures(self.measure), data_view)


Panel = BarOverTime | HorizontalBar | Table | Metric


def measure_id(number: int) -> str:
    """The column id of a panel's measure, the first being 0."""
    return f"measure-{number}"


def _measure(operation: str, field: str, label: str, params: Json) -> Json:
    return {
        "label": label,
        "customLabel": True,
        "dataType": "number",
        "operationType": operation,
        "isBucketed": False,
        "scale": "ratio",
        "sourceField": field,
        "params": params,
    }


def _measures(*measures: Measure) -> dict[str, Json]:
    return {measure_id(number): measure.column() for number, measure in enumerate(measures)}


def _bars(series: str, **accessors: str) -> Json:
    layer = {"layerId": LAYER, "layerType": "data", "seriesType": series, **accessors}
    return {
        "legend": {"isVisible": True, "position": "right"},
        "valueLabels": "hide",
        "preferredSeriesType": series,
        "layers": [{**layer, "accessors": [measure_id(0)]}],
    }


def _lens(panel: Panel, kind: str, visualization: Json, columns: dict[str, Json], data_view: str) -> Json:
    layer = {"columns": columns, "columnOrder": list(columns), "incompleteColumns": {}}
    state = {
        "visualization": visualization,
        "query": {"query": panel.query, "language": "kuery"},
        "filters": [],
        "datasourceStates": {"formBased": {"layers": {LAYER: layer}}},
        "internalReferences": [],
        "adHocDataViews": {},
    }
    attributes = {
        "title": panel.title,
        "description": panel.description,
        "visualizationType": kind,
        "state": state,
    }
    reference = {"type": "index-pattern", "id": data_view, "name": f"indexpattern-datasource-layer-{LAYER}"}
    return saved_object("lens", panel.id, attributes, [reference])
