"""Search: one query language over two indexes, the embedded one and Elasticsearch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.arabic.related import RelatedWordsError, load_related
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
    "RelatedWordsError",
    "Results",
    "SearchIndex",
    "elastic_index",
    "is_configured",
    "open_index",
]


def open_index(engine: sa.Engine, config: Config | None = None) -> SearchIndex:
    """The index in the store's own database.

    Args:
        engine: the store's.
        config: names the user's own file of related words, if there is one, and says whether copies can be
            found. None: there is none, and they can.

    Raises:
        RelatedWordsError: that file has a line that cannot be read.
        OSError: it cannot be read.
    """
    if config is None:
        return EmbeddedIndex(engine)
    return EmbeddedIndex(engine, load_related(config.related_words_file), originals=config.drops_copies)


def is_configured(config: Config | None = None) -> bool:
    """Whether an Elasticsearch is configured (None: in this process); its client is not imported for it."""
    return bool((config or load_config()).elasticsearch_url)


def elastic_index(config: Config | None = None) -> SearchIndex | None:
    """The index on the Elasticsearch that is configured; None where none is.

    Args:
        config: the configuration. None: this process's.

    Raises:
        ElasticError: what is configured cannot be used.
        RelatedWordsError: the file of related words has a line that cannot be read.
        OSError: it cannot be read.
    """
    config = config or load_config()
    if not is_configured(config):
        return None
    from newscrawl.search.elastic.connection import connect
    from newscrawl.search.elastic.search import ElasticIndex

    related = load_related(config.related_words_file)
    return ElasticIndex(connect(config), related, originals=config.drops_copies)
