"""New articles of a batch, told by one look at all of it, and put in together.

One by one, each article takes two questions (is its address known? its text?) and a handful of statements.
Of a batch of a corpus nearly all articles are new, and these need no more than the batch as a whole does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from newscrawl.article import Article
from newscrawl.store.given import given
from newscrawl.store.save import New, Saved, begin, put_in
from newscrawl.store.schema import articles

_IDS = sa.select(articles.c.id).where(articles.c.id.in_(given("some")))
_TEXTS = sa.select(articles.c.content_hash, articles.c.outlet).where(
    articles.c.content_hash.in_(given("some"))
)


class Newcomers:
    """Articles of a batch that the archive surely does not have, by id and by text.

    Args:
        connection: in a write transaction.
        run_id: the run that brings them.
        some: the articles of the batch.
    """

    def __init__(self, connection: sa.Connection, run_id: int, some: Iterable[Article]) -> None:
        self._connection, self._run_id = connection, run_id
        self._taken: list[New] = []
        batch = list(some)
        self._ids = {one.id for one in batch}
        self._texts = {(one.content_hash, one.outlet) for one in batch}
        if batch:
            self._ids -= {row.id for row in self._known(_IDS, self._ids)}
            known = self._known(_TEXTS, {text for text, _ in self._texts})
            self._texts -= {(row.content_hash, row.outlet) for row in known}

    def _known(self, query: sa.Select[Any], some: set[str]) -> sa.Result[Any]:
        return self._connection.execute(query, {"some": json.dumps(list(some))})

    def take(
        self, article: Article, read_at: str, terms: dict[str, str] | None, sample: bytes | None = None
    ) -> Saved | None:
        """Take an article, to be put in; None: its address or text may be known, so it goes the whole way.

        Args:
            article: as read.
            read_at: the canonical form of the address where it was read; an article that states another one
                goes the whole way, too (`claims`).
            terms: its search terms, where a worker has made them already.
            sample: what it is compared with others by, in the same way.
        """
        id, text = article.id, (article.content_hash, article.outlet)
        if article.canonical_url != read_at or id not in self._ids or text not in self._texts:
            return None
        self.forget(article)
        saved, new = begin(self._connection, article, terms, sample)
        self._taken.append(new)
        return saved

    def forget(self, article: Article, moved: str = "") -> None:
        """The archive may have this article from now on, and one whose id is `moved`."""
        self._ids -= {article.id, moved}
        self._texts.discard((article.content_hash, article.outlet))

    def put_in(self) -> None:
        """Put in those that were taken, before anything else looks for them or refers to them."""
        if self._taken:
            put_in(self._connection, self._taken, self._run_id)
            self._taken = []
