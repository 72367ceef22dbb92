"""Whether an Elasticsearch is named, asked without importing its client, which takes half a second."""

from __future__ import annotations

import os
from collections.abc import Mapping

ELASTICSEARCH_URL = "NEWSCRAWL_ELASTICSEARCH_URL"


def is_configured(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether an Elasticsearch is named in the environment."""
    return bool(environ.get(ELASTICSEARCH_URL, "").strip())
