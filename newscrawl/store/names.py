"""The names in articles: rows of their own, so that they can be counted and looked up by any spelling.

They follow `Article.entities` and `mentions`, in the same transaction. `key` is the normalised name.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from typing import Any

import sqlalchemy as sa

from newscrawl.arabic.normalise import normalise
from newscrawl.article import Article
from newscrawl.entities.taggers import KINDS, Names, canonical_names
from newscrawl.filters import Filters
from newscrawl.store import outbox
from newscrawl.store.articles import conditions, from_row, mention_values
from newscrawl.store.given import given
from newscrawl.store.schema import article_names, articles
from newscrawl.store.schema import names as known

CHUNK = 500
"""Ids in one query."""


def name_rows(
    number: int, entities: Mapping[str, Sequence[str]], mentions: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """What `insert` takes: spellings of one name share a row, under the most mentioned.

    Args:
        number: the article's.
        entities: as `Article.entities`.
        mentions: as `Article.mentions`, in their JSON form.
    """
    times = Counter((KINDS[mention["label"]], normalise(mention["name"])) for mention in mentions)
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for kind, names in entities.items():
        for name in names:
            key = normalise(name)
            if key:
                row = {"number": number, "kind": kind, "key": key, "name": name}
                rows.setdefault((kind, key), {**row, "mentions": times[kind, key] or 1})
    return list(rows.values())


def delete(connection: sa.Connection, number: int) -> None:
    """Take an article's names out, before others take their place."""
    connection.execute(sa.delete(article_names).where(article_names.c.number == number))


def write_rows(connection: sa.Connection, some: Mapping[int, Article]) -> None:
    """Enter the names of articles that have none entered, by their numbers."""
    rows: list[dict[str, Any]] = []
    for number, article in some.items():
        rows += name_rows(number, article.entities, mention_values(article.mentions))
    insert(connection, rows)


_Name = tuple[str, str, str]
"""Kind, key and name: what `names` keeps once."""


def insert(connection: sa.Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Enter rows as `name_rows` makes them; a name that no article had before gets its number."""
    if not rows:
        return
    some = [(row["kind"], row["key"], row["name"]) for row in rows]
    numbers = _numbers_of(connection, some)
    # No unique index holds every name once more: writers come one after the other, and look first.
    new = [one for one in dict.fromkeys(some) if one not in numbers]
    if new:
        connection.execute(known.insert(), [{"kind": one[0], "key": one[1], "name": one[2]} for one in new])
        numbers |= _numbers_of(connection, new)
    noted = [
        {"number": row["number"], "name_id": numbers[one], "mentions": row["mentions"]}
        for row, one in zip(rows, some, strict=True)
    ]
    connection.execute(article_names.insert(), noted)


_OF_KEYS = sa.select(known.c.id, known.c.kind, known.c.key, known.c.name).where(
    known.c.key.in_(given("keys"))
)
"""The names of keys in a JSON list: one statement for any number, so that it is compiled once."""


def _numbers_of(connection: sa.Connection, some: Iterable[_Name]) -> dict[_Name, int]:
    """The numbers of those names that are known."""
    keys = json.dumps(list({key for _, key, _ in some}))
    rows = connection.execute(_OF_KEYS, {"keys": keys}).all()
    return {(kind, key, name): number for number, kind, key, name in rows}


def put(connection: sa.Connection, article: Article, names: Names) -> bool:
    """Give an article of the archive its names: a change of the article, but no revision of its text.

    Nothing is written where it has these very names, or where its text is not, letter by letter, that of
    `article`: equal hashes are not enough, for the mentions' offsets must fit.

    Returns:
        Whether it was written.
    """
    row = connection.execute(
        sa.select(
            articles.c.number,
            articles.c.title,
            articles.c.body,
            articles.c.tagger,
            articles.c.entities,
            articles.c.mentions,
        ).where(articles.c.id == article.id)
    ).one_or_none()
    if row is None or (row.title, row.body) != (article.title, article.body):
        return False
    values = {
        "tagger": names.tagger,
        "entities": canonical_names(names.mentions),
        "mentions": mention_values(names.mentions),
    }
    if all(row._mapping[name] == value for name, value in values.items()):
        return False
    names.put_into(article)
    version = outbox.next_version(connection)
    connection.execute(
        sa.update(articles).where(articles.c.number == row.number).values(**values, version=version)
    )
    delete(connection, row.number)
    write_rows(connection, {row.number: article})
    outbox.enqueue(connection, article.id, version)
    return True


def already_tagged(connection: sa.Connection, some: Sequence[Article], tagger: str) -> set[str]:
    """The ids of those articles whose very text the archive has, with the names that this tagger found."""
    hashes = {article.id: article.content_hash for article in some}
    ids = list(hashes)
    found: set[str] = set()
    for start in range(0, len(ids), CHUNK):
        query = sa.select(articles.c.id, articles.c.content_hash).where(
            articles.c.id.in_(ids[start : start + CHUNK]), articles.c.tagger == tagger
        )
        found |= {row.id for row in connection.execute(query) if row.content_hash == hashes[row.id]}
    return found


def to_tag(connection: sa.Connection, filters: Filters, but: str | None) -> list[int]:
    """The numbers of the articles whose names are not those of the tagger `but`, in the order of arrival.

    Args:
        connection: to the store.
        filters: which articles.
        but: a tagger's identity; None: all articles.
    """
    query = sa.select(articles.c.number).where(*conditions(filters))
    if but is not None:
        query = query.where(articles.c.tagger != but)
    return list(connection.execute(query.order_by(articles.c.number)).scalars())


def numbered(connection: sa.Connection, numbers: Sequence[int]) -> list[Article]:
    """The articles of these numbers, in the order of arrival."""
    query = sa.select(articles).where(articles.c.number.in_(numbers)).order_by(articles.c.number)
    return [from_row(row) for row in connection.execute(query)]


ALIKE = 0.75
"""From this likeness on (difflib's ratio), one name is suggested for another."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A name, and how often it is mentioned."""

    kind: str
    """As in `Article.entities`: person, organization, location, misc."""
    name: str
    """In its most frequent spelling."""
    key: str
    """Normalised: one for all spellings."""
    articles: int
    """Articles that mention it."""
    mentions: int
    """Mentions in all these articles."""


@dataclass(frozen=True, slots=True)
class Headline:
    """An article in one line."""

    event_time: datetime
    outlet: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class NamingArticle:
    """An article that mentions a name: its number, time and outlet."""

    number: int
    event_time: datetime
    outlet: str


class Named:
    """The names of the archive at one moment. Made by `Archive.named`."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def count(self, filters: Filters, kinds: Sequence[str] = ()) -> list[Counted]:
        """The names of the chosen articles, those in most articles first."""
        chosen = conditions(filters)
        # Not a join: the planner would look up each name's article, and read past its text to the time.
        among = [article_names.c.number.in_(sa.select(articles.c.number).where(*chosen))] if chosen else []
        return self._counted(*among, kinds=kinds)

    def look_up(self, name: str, filters: Filters) -> list[Counted]:
        """A name, in any spelling, in the chosen articles: one for each kind, the most frequent first."""
        itself = article_names.c.name_id.in_(_ids(known.c.key == normalise(name)))
        return self._counted(itself, article_names.c.number.in_(_chosen(filters, name)))

    def articles(self, name: str, filters: Filters) -> list[NamingArticle]:
        """The chosen articles that mention a name, in any spelling, the newest first."""
        query = (
            sa.select(articles.c.number, articles.c.event_time, articles.c.outlet)
            .where(articles.c.number.in_(_mentioning(name)), *conditions(filters))
            .order_by(articles.c.event_time.desc(), articles.c.number.desc())
        )
        return [NamingArticle(*row) for row in self._connection.execute(query)]

    def together(self, name: str, filters: Filters) -> list[Counted]:
        """The other names in the chosen articles that mention a name, those in most articles first."""
        itself = article_names.c.name_id.in_(_ids(known.c.key == normalise(name)))
        return self._counted(article_names.c.number.in_(_chosen(filters, name)), ~itself)

    def headlines(self, numbers: Sequence[int]) -> list[Headline]:
        """A few articles by their numbers, the newest first."""
        query = (
            sa.select(articles.c.event_time, articles.c.outlet, articles.c.title, articles.c.url)
            .where(articles.c.number.in_(numbers))
            .order_by(articles.c.event_time.desc(), articles.c.number.desc())
        )
        return [Headline(*row) for row in self._connection.execute(query)]

    def near(self, name: str, limit: int) -> list[Counted]:
        """Names that somebody may have meant: those that contain this one's words, else those spelt like it.

        All names of the archive are looked through.
        """
        key = normalise(name)
        if not key:
            return []
        words = sa.literal(" ") + known.c.key + " "
        wanted = [words.contains(f" {word} ", autoescape=True) for word in key.split()]
        found = self._counted(article_names.c.name_id.in_(_ids(*wanted)))
        if not found:
            length = sa.func.length(known.c.key)
            in_articles = sa.exists().where(article_names.c.name_id == known.c.id)
            keys = sa.select(known.c.key).where(length.between(len(key) - 2, len(key) + 2), in_articles)
            similar = list(self._connection.execute(keys.distinct().order_by(known.c.key)).scalars())
            alike = get_close_matches(key, similar, limit, ALIKE)
            found = self._counted(article_names.c.name_id.in_(_ids(known.c.key.in_(alike))))
        return found[:limit]

    def count_articles(self, filters: Filters) -> int:
        """How many articles are chosen."""
        query = sa.select(sa.func.count()).select_from(articles).where(*conditions(filters))
        return self._connection.execute(query).scalar_one()

    def newest(self, filters: Filters) -> datetime | None:
        """The event time of the newest of the chosen articles."""
        query = sa.select(sa.func.max(articles.c.event_time)).where(*conditions(filters))
        return self._connection.execute(query).scalar()

    def _counted(self, *among: sa.ColumnElement[bool], kinds: Sequence[str] = ()) -> list[Counted]:
        """The names of these rows of `article_names`, and of these kinds: all without any."""
        mentions = sa.func.sum(article_names.c.mentions).label("mentions")
        sums = sa.select(article_names.c.name_id, sa.func.count().label("number"), mentions)
        summed = sums.where(*among).group_by(article_names.c.name_id).subquery()
        query = sa.select(known.c.kind, known.c.key, known.c.name, summed.c.number, summed.c.mentions)
        query = query.join(summed, summed.c.name_id == known.c.id)
        return _merged(self._connection.execute(query.where(known.c.kind.in_(kinds)) if kinds else query))


def _ids(*wanted: sa.ColumnElement[bool]) -> sa.Select[tuple[int]]:
    """The numbers of certain names."""
    return sa.select(known.c.id).where(*wanted)


def _mentioning(name: str) -> sa.Select[tuple[int]]:
    """The numbers of the articles that mention a name, whatever its kind."""
    ids = _ids(known.c.key == normalise(name))
    return sa.select(article_names.c.number).where(article_names.c.name_id.in_(ids))


def _chosen(filters: Filters, name: str) -> sa.Select[tuple[int]]:
    """The numbers of the chosen articles that mention a name."""
    chosen = conditions(filters)
    if not chosen:
        return _mentioning(name)
    return sa.select(articles.c.number).where(articles.c.number.in_(_mentioning(name)), *chosen)


def _merged(rows: Iterable[Any]) -> list[Counted]:
    """One for each name: the spellings' counts summed, under the most frequent spelling.

    Of two as frequent, the first in the order of letters, where أ and إ stand before ا, and ة before ه.
    """
    found: dict[tuple[str, str], list[tuple[int, str, int]]] = {}
    for kind, key, name, number, mentions in rows:
        found.setdefault((kind, key), []).append((-number, name, mentions))
    counted = [
        Counted(kind, min(some)[1], key, -sum(one[0] for one in some), sum(one[2] for one in some))
        for (kind, key), some in found.items()
    ]
    return sorted(counted, key=lambda one: (-one.articles, -one.mentions, one.key, one.kind))
