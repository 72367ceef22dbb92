"""Kibana's saved objects: what all have in common; data view, saved search, dashboard (panels: lens.py)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]

CORE_VERSION = "8.8.0"
VERSIONS = {"index-pattern": "8.0.0", "search": "7.9.3", "lens": "8.9.0", "dashboard": "8.9.0"}
"""The version of each type's attributes.

These are the oldest that Kibana 8.12 still writes alike. Kibana migrates older objects on import and refuses
newer ones, so every Kibana from 8.12 on takes them.
"""

SEARCH_SOURCE = "kibanaSavedObjectMeta.searchSourceJSON.index"


def saved_object(kind: str, id: str, attributes: Json, references: list[Json] | None = None) -> Json:
    """A saved object of a type in `VERSIONS`."""
    return {
        "id": id,
        "type": kind,
        "coreMigrationVersion": CORE_VERSION,
        "typeMigrationVersion": VERSIONS[kind],
        "managed": False,
        "attributes": attributes,
        "references": references or [],
    }


def as_json(value: Any) -> str:
    """JSON on one line, the same for the same value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class DataView:
    """The indices that panels and searches read; Kibana's own type name is still `index-pattern`."""

    id: str
    title: str
    """Index, alias or pattern."""
    name: str
    time_field: str
    formats: Mapping[str, Json] = field(default_factory=dict)
    """How Kibana shows a field's values."""

    def render(self) -> Json:
        """The saved object."""
        return saved_object(
            "index-pattern",
            self.id,
            {
                "title": self.title,
                "name": self.name,
                "timeFieldName": self.time_field,
                "fields": "[]",
                "fieldAttrs": "{}",
                "fieldFormatMap": as_json(dict(self.formats)),
                "runtimeFieldMap": "{}",
                "sourceFilters": "[]",
            },
        )


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A table of articles in Discover, with its KQL query."""

    id: str
    title: str
    columns: tuple[str, ...]
    description: str = ""
    query: str = ""
    sort: tuple[str, ...] = ("event_time",)

    def render(self, data_view: str) -> Json:
        """The saved object; `data_view` is the id of the data view it reads."""
        source = {
            "highlightAll": True,
            "version": True,
            "query": {"query": self.query, "language": "kuery"},
            "filter": [],
            "indexRefName": SEARCH_SOURCE,
        }
        return saved_object(
            "search",
            self.id,
            {
                "title": self.title,
                "description": self.description,
                "columns": list(self.columns),
                "sort": [[field, "desc"] for field in self.sort],
                "kibanaSavedObjectMeta": {"searchSourceJSON": as_json(source)},
            },
            [{"name": SEARCH_SOURCE, "type": "index-pattern", "id": data_view}],
        )


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the dashboard's grid, which is 48 wide."""

    x: int
    y: int
    w: int
    h: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A saved panel or search on a dashboard."""

    type: Literal["lens", "search"]
    id: str
    box: Box

    def panel(self, index: str) -> Json:
        """The dashboard's entry."""
        return {**_panel(self.type, index, self.box), "panelRefName": f"panel_{index}"}


@dataclass(frozen=True, slots=True)
class Note:
    """Text on a dashboard, in Markdown."""

    text: str
    box: Box

    def panel(self, index: str) -> Json:
        """The dashboard's entry."""
        panel = _panel("visualization", index, self.box)
        panel["embeddableConfig"] = {
            "savedVis": {
                "id": "",
                "title": "",
                "description": "",
                "type": "markdown",
                "params": {"fontSize": 12, "openLinksInNewTab": False, "markdown": self.text},
                "uiState": {},
                "data": {
                    "aggs": [],
                    "searchSource": {"query": {"query": "", "language": "kuery"}, "filter": []},
                },
            },
            "hidePanelTitles": True,
            "enhancements": {},
        }
        return panel


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Panels on a grid, over one time range."""

    id: str
    title: str
    description: str
    panels: tuple[Placed | Note, ...]
    time_from: str = "now-7d"

    def render(self) -> Json:
        """The saved object."""
        numbered = [(f"p{number}", panel) for number, panel in enumerate(self.panels, 1)]
        options = {
            "useMargins": True,
            "syncColors": False,
            "syncCursor": True,
            "syncTooltips": False,
            "hidePanelTitles": False,
        }
        source = {"query": {"query": "", "language": "kuery"}, "filter": []}
        return saved_object(
            "dashboard",
            self.id,
            {
                "title": self.title,
                "description": self.description,
                "version": 1,
                "timeRestore": True,
                "timeFrom": self.time_from,
                "timeTo": "now",
                "refreshInterval": {"pause": True, "value": 60000},
                "optionsJSON": as_json(options),
                "panelsJSON": as_json([panel.panel(index) for index, panel in numbered]),
                "kibanaSavedObjectMeta": {"searchSourceJSON": as_json(source)},
            },
            [
                {"name": f"{index}:panel_{index}", "type": panel.type, "id": panel.id}
                for index, panel in numbered
                if isinstance(panel, Placed)
            ],
        )


def _panel(kind: str, index: str, box: Box) -> Json:
    return {
        "type": kind,
        "gridData": {"x": box.x, "y": box.y, "w": box.w, "h": box.h, "i": index},
        "panelIndex": index,
        "embeddableConfig": {"enhancements": {}},
    }
