"""Names in Elasticsearch that other systems rely on."""

from __future__ import annotations

READ_ALIAS = "news-articles"
"""What people and programs search."""
WRITE_ALIAS = "news-articles-write"
"""What the delivery writes to."""
INDEX_PATTERN = "news-articles-v*"
"""Every concrete index, one for each version of the mapping."""
TEMPLATE = "news-articles"
"""The component template and the index template."""


def index_name(version: int) -> str:
    """The concrete index of a mapping version.

    >>> index_name(1)
    'news-articles-v1-000001'
    """
    return f"news-articles-v{version}-000001"
