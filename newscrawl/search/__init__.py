"""Search: one query language; the embedded index today, Elasticsearch later."""

from __future__ import annotations

import sqlalchemy as sa

from newscrawl.search.embedded import EmbeddedIndex
from newscrawl.search.index import Filters, Hit, Results, SearchIndex
from newscrawl.search.query import QueryError

__all__ = ["EmbeddedIndex", "Filters", "Hit", "QueryError", "Results", "SearchIndex", "open_index"]


def open_index(engine: sa.Engine) -> SearchIndex:
    """The index to search: the one in the store's own database."""
    return EmbeddedIndex(engine)
