"""Kibana: the dashboard "Arabic news" as saved objects, and their import."""

from __future__ import annotations

from newscrawl.outputs.kibana.client import ImportReport, KibanaError, import_objects
from newscrawl.outputs.kibana.credentials import Credentials
from newscrawl.outputs.kibana.dashboard import saved_objects, to_ndjson

__all__ = [
    "Credentials",
    "ImportReport",
    "KibanaError",
    "import_objects",
    "saved_objects",
    "to_ndjson",
]
