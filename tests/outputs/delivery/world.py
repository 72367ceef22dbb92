"""Archives full of articles, made quickly: the newsroom's texts, each in many numbered editions."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

from newscrawl.article import Article, Outcome
from newscrawl.dedupe.content import content_hash
from newscrawl.store import Arrival, IngestRow, open_store
from tests.newsroom import Newsroom

PEOPLE = ("فلاديمير بوتين", "محمد صلاح", "أنطونيو غوتيريش")


def texts():
    """Title and body of the newsroom's articles, over and over."""
    found = [text for articles in Newsroom().articles().values() for text in articles.values()]
    return itertools.cycle([(text.title, "\n\n".join(text.body)) for text in found])


def articles(number, *, first=0):
    """`number` different articles."""
    for place, (title, body) in zip(range(first, first + number), texts(), strict=False):
        moment = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=place)
        url = f"https://sahifa.example/news/{place}"
        yield Article(
            url=url,
            canonical_url=url,
            outlet=f"sahifa{place % 3}",
            outlet_name="الصحيفة",
            domain="sahifa.example",
            title=f"{title} {place}",
            body=body,
            fetched_at=moment + timedelta(minutes=5),
            published_at=moment,
            published_source="meta",
            word_count=len(body.split()),
            content_hash=content_hash(f"{title} {place}", body),
            entities={"person": [PEOPLE[place % len(PEOPLE)]]},
            agency="رويترز" if place % 5 == 0 else "",
        )


def keep(archive, run, some):
    """Put articles into the archive, in one transaction."""
    run.keep_rows([IngestRow(Arrival(a.url, a.outlet, a.canonical_url), a, Outcome.STORED) for a in some])


def filled(folder, number):
    """A new archive with `number` articles, all of them waiting for Elasticsearch."""
    archive = open_store(f"sqlite:///{folder / 'news.db'}")
    keep(archive, archive.begin_run("ingest", "test", {}), articles(number))
    assert archive.pending() == number
    return archive


def indexed(client, index="news-articles"):
    """Id → (version, content hash) of every document that readers see."""
    client.indices.refresh(index=index)
    found = {}
    after = None
    while True:
        answer = client.search(
            index=index,
            size=1000,
            sort=["id"],
            version=True,
            source={"includes": ["content_hash"]},
            search_after=after,
        )
        hits = answer["hits"]["hits"]
        if not hits:
            return found
        found |= {hit["_id"]: (hit["_version"], hit["_source"]["content_hash"]) for hit in hits}
        after = hits[-1]["sort"]


def stored(archive):
    """The same of the archive."""
    import sqlalchemy as sa

    from newscrawl.store.schema import articles as table

    with archive.engine.connect() as connection:
        rows = connection.execute(sa.select(table.c.id, table.c.version, table.c.content_hash))
        return {row.id: (row.version, row.content_hash) for row in rows}
