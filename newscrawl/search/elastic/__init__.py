"""The Elasticsearch index: connection, analysis, mapping, templates, migration, search."""

from __future__ import annotations

from newscrawl.search.elastic.connection import ElasticError, connect, explain

__all__ = ["ElasticError", "connect", "explain"]
