"""Search: one query language over two indexes, the embedded one and Elasticsearch."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from newscrawl.filters import Filters
from newscrawl.search.configured import is_configured
from newscrawl.search.embedded import EmbeddedIndex
from newscrawl.search.index import Hit, Results, SearchIndex
from newscrawl.search.query import QueryError

if TYPE_CHECKING:
    import sqlalchemy as sa

__all__ = [
    "EmbeddedIndex",
    "Filters",
    "Hit",
    "QueryError",
    "Results",
    "SearchIndex",
    "elastic_index",
    "open_index",
]


def open_index(engine: sa.Engine) -> SearchIndex:
    """The index in the store's own database."""
    return EmbeddedIndex(engine)


def elastic_index(environ: Mapping[str, str] = os.environ) -> SearchIndex | None:
    """The index on the Elasticsearch that the environment names; None where it names none.

    Raises:
        ElasticError: what the environment says cannot be used.
    """
    if not is_configured(environ):
        return None
    from newscrawl.search.elastic.connection import connect
    from newscrawl.search.elastic.index import ElasticIndex

    return ElasticIndex(connect(environ))
