"""Search: one query language; the embedded index today, Elasticsearch later."""

from newscrawl.search.embedded import EmbeddedIndex, Filters, Hit, Results
from newscrawl.search.query import QueryError

__all__ = ["EmbeddedIndex", "Filters", "Hit", "QueryError", "Results"]
