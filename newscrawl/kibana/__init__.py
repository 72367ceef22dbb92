"""Kibana: the dashboard "Arabic news" as saved objects, their checks, and their import."""

from __future__ import annotations

from newscrawl.kibana.client import ImportReport, KibanaError, import_objects
from newscrawl.kibana.credentials import Credentials
from newscrawl.kibana.dashboard import saved_objects, to_ndjson
from newscrawl.kibana.validate import validate

__all__ = [
    "Credentials",
    "ImportReport",
    "KibanaError",
    "import_objects",
    "saved_objects",
    "to_ndjson",
    "validate",
]
