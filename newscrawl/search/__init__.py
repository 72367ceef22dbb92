"""Search: one query language over two indexes, the embedded one and Elasticsearch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.config import Config, load_config
from newscrawl.filters import Filters
from newscrawl.search.embedded import EmbeddedIndex
from newscrawl.search.query import QueryError
from newscrawl.search.results import Hit, IndexUnavailableError, Match, Results, SearchIndex

if TYPE_CHECKING:
    import sqlalchemy as sa

__all__ = [
    "EmbeddedIndex",
    "Filters",
    "Hit",
    "IndexUnavailableError",
    "Match",
    "QueryError",
    "Results",
    "SearchIndex",
    "elastic_index",
    "is_configured",
    "open_index",
]


def open_index(engine: sa.Engine) -> SearchIndex:
    """The index in the store's own database."""
    return EmbeddedIndex(engine)


def is_configured(config: Config | None = None) -> bool:
    """Whether an Elasticsearch is configured (None: in this process); its client is not imported for it."""
    return bool((config or load_config()).elasticsearch_url)


def elastic_index(config: Config | None = None) -> SearchIndex | None:
    """The index on the Elasticsearch that is configured; None where none is.

    Args:
        config: the configuration. None: this process's.

    Raises:
        ElasticError: what is configured cannot be used.
    """
    config = config or load_config()
    if not is_configured(config):
        return None
    from newscrawl.search.elastic.connection import connect
    from newscrawl.search.elastic.search import ElasticIndex

    return ElasticIndex(connect(config))
