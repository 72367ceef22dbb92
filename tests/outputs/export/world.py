"""A small archive to export: three outlets, four days, two offsets, names in the text."""

import tempfile
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from pathlib import Path

import sqlalchemy as sa

from newscrawl.article import Article, Mention
from newscrawl.dedupe.content import content_hash
from newscrawl.store import Arrival, Proposal, open_store
from newscrawl.store.database import write
from newscrawl.store.outbox import next_version
from newscrawl.store.schema import articles

CAIRO, RIYADH = timezone(timedelta(hours=2)), timezone(timedelta(hours=3))
BODY = "قال وزيرُ الخارجيّة في القاهرة إنّ «الزيارة» ناجحة.\n\nوأضاف أن الوفد سيغادر غدًا ٢٤ نوفمبر."
OUTLETS = {
    "sahel": ("الساحل", "EG", CAIRO),
    "almarfa": ("المرفأ", "SA", RIYADH),
    "majma": ("المجمع", "", UTC),
}


def make(number, outlet="sahel", *, day=21, hour=12, body=BODY, **fields):
    """Article `number` of an outlet, published on a day of November 2026 by the outlet's clock."""
    name, country, zone = OUTLETS[outlet]
    url = f"https://{outlet}.example/{number}"
    values = {
        "url": url,
        "canonical_url": url,
        "outlet": outlet,
        "outlet_name": name,
        "domain": f"{outlet}.example",
        "country": country,
        "title": f"الخبر رقم {number}",
        "body": f"{body} ({number})",
        "published_at": datetime(2026, 11, day, hour, 30, tzinfo=zone),
        "published_source": "json-ld",
        "fetched_at": datetime(2026, 11, 24, 6, 0, 0, 250_000, tzinfo=UTC),
        "word_count": 15,
    } | fields
    values["content_hash"] = content_hash(values["title"], values["body"])
    return Article(**values)


def keep(archive, *some):
    """Put articles into the archive, as a crawl does."""
    run = archive.begin_run("crawl", "test", {})
    for article in some:
        run.propose([Proposal(article.url, article.outlet, "feed")])
        run.keep(Arrival(article.url, article.outlet, article.canonical_url), article)


def fill(archive):
    """Seven articles on 21 to 24 November (UTC)."""
    copy = make(6, "almarfa", day=23)
    keep(
        archive,
        make(
            1,
            authors=["منى الشامي"],
            tags=["مصر", "دبلوماسية"],
            section="سياسة",
            summary="موجز",
            modified_at=datetime(2026, 11, 21, 15, 0, tzinfo=CAIRO),
            entities={"person": ["سامح شكري"], "location": ["القاهرة", "مصر"]},
            mentions=[Mention("القاهرة", "LOCATION", 25, 32, "القاهرة")],
            tagger="light",
        ),
        make(2, hour=18),
        make(3, "almarfa", day=22),
        make(4, "almarfa", day=23, hour=1),  # still the 22nd in UTC
        make(5, "sahel", day=23, entities={"location": ["القاهرة"], "person": []}, tagger="light"),
        copy,
        make(7, "majma", published_at=None, published_source=None),  # its day is the one it was fetched: 24
    )
    values = {"similarity": 0.91, "cluster_id": "c" * 32, "cluster_size": 2, "copy_of": "c" * 32}
    with write(archive.engine) as connection:
        connection.execute(sa.update(articles).where(articles.c.id == copy.id).values(values))


def filled(path):
    """The small archive, opened at a path."""
    path.write_bytes(_template())
    return open_store(f"sqlite:///{path}")


@cache
def _template():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "news.db"
        archive = open_store(f"sqlite:///{path}")
        fill(archive)
        archive.close()
        return path.read_bytes()


def put_together(archive, *some):
    """Make articles one cluster, the first its original, as the cluster step does."""
    original = some[0]
    with write(archive.engine) as connection:
        for article in some:
            values = {"cluster_id": original.id, "cluster_size": len(some)}
            values["copy_of"] = "" if article is original else original.id
            values["version"] = next_version(connection)
            chosen = sa.update(articles).where(articles.c.id == article.id)
            connection.execute(chosen.values(values))
