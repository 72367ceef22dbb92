"""What all saved objects have in common: their envelope and their versions.

Versions are the oldest that Kibana 8.12 still writes alike, so that every Kibana from 8.12 up takes them:
a Kibana migrates older objects on import and refuses newer ones.
"""

from __future__ import annotations

import json
from typing import Any

Json = dict[str, Any]

CORE_VERSION = "8.8.0"
VERSIONS = {"index-pattern": "8.0.0", "search": "7.9.3", "lens": "8.9.0", "dashboard": "8.9.0"}
"""The version of each type's attributes."""


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
