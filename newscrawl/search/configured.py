"""Whether an Elasticsearch is named, asked without importing its client, which takes half a second."""

from __future__ import annotations

from newscrawl.config import Config, load_config


def is_configured(config: Config | None = None) -> bool:
    """Whether an Elasticsearch is named in the configuration (None: this process's)."""
    return bool((config or load_config()).elasticsearch_url)
