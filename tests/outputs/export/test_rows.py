"""An article goes into Parquet and JSON and comes out with the same values."""

import io
import json
from datetime import UTC, datetime, timedelta, timezone

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.article import Article, Mention
from newscrawl.outputs.export.schema import KINDS, mended, to_batch, to_line, to_row
from newscrawl.outputs.export.writers import open_writer
from newscrawl.store.articles import Versioned

from .world import BODY, make


def through_parquet(*articles, versions=None):
    """Articles written and read back as rows."""
    stream = io.BytesIO()
    writer = open_writer("parquet", stream)
    writer.write([Versioned(one, number) for number, one in enumerate(articles, 1)])
    writer.close()
    stream.seek(0)
    return pq.read_table(stream).to_pylist()


def article_of(row):
    """The record in a row, by the documented columns alone."""
    row = dict(row)
    row.pop("version"), row.pop("id"), row.pop("event_time")
    for name in ("published", "modified"):
        minutes = row.pop(f"{name}_offset_minutes")
        moment = row[f"{name}_at"]
        row[f"{name}_at"] = moment and moment.astimezone(timezone(timedelta(minutes=minutes)))
    row["mentions"] = [Mention(**one) for one in row["mentions"]]
    return Article(**row)


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
texts = st.text(max_size=40)  # halves of characters included
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(1995, 1, 2), datetime(2100, 1, 1), timezones=zones)  # noqa: DTZ001
instants = st.datetimes(datetime(1995, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
mentions = st.builds(
    Mention,
    text=words,
    label=st.sampled_from(["PERSON", "ORGANIZATION", "LOCATION", "MISC"]),
    start=st.integers(0, 9_999),
    end=st.integers(0, 9_999),
    name=words,
)
articles = st.builds(
    Article,
    **dict.fromkeys(["url", "canonical_url", "outlet", "outlet_name", "domain", "title", "body"], words),
    **dict.fromkeys(["country", "summary", "section", "image", "agency", "dateline", "tagger"], words),
    authors=st.lists(words, max_size=3),
    tags=st.lists(words, max_size=3),
    published_at=st.none() | moments,
    published_source=st.sampled_from([None, "json-ld", "feed"]),
    modified_at=st.none() | moments,
    fetched_at=instants,
    first_seen_at=instants,
    word_count=st.integers(0, 100_000),
    similarity=st.none() | st.floats(0, 1),
    entities=st.fixed_dictionaries({kind: st.lists(words, max_size=2) for kind in KINDS}),
    mentions=st.lists(mentions, max_size=3),
)


def offsets(article):
    return [moment and moment.utcoffset() for moment in (article.published_at, article.modified_at)]


@settings(deadline=None, max_examples=50)
@given(articles)
def test_parquet_gives_back_the_article(article):
    [row] = through_parquet(article)
    assert article_of(row) == article
    assert offsets(article_of(row)) == offsets(article)
    assert (row["id"], row["event_time"], row["version"]) == (article.id, article.event_time, 1)


@settings(deadline=None, max_examples=50)
@given(articles)
def test_a_line_of_json_gives_back_the_article(article):
    line = to_line(article)
    assert line.count(b"\n") == 1
    assert Article.from_json(json.loads(line)) == article


@settings(deadline=None, max_examples=50)
@given(texts)
def test_halves_of_characters_spoil_nothing(text):
    article = make(1, authors=[text])
    article.first_seen_at = article.fetched_at
    [row] = through_parquet(article)
    assert row["authors"] == json.loads(to_line(article))["authors"] == [mended(text)]
    assert row["body"] == article.body


def test_whole_characters_are_never_mended():
    assert mended(["قَالَ \U0001f600", {"a": "ـ"}, 1, None]) == ["قَالَ \U0001f600", {"a": "ـ"}, 1, None]
    assert mended("a\ud83d") == "a\ufffd"


def test_arabic_text_is_byte_for_byte_as_published():
    article = make(1, body=BODY)
    article.first_seen_at = article.fetched_at
    [row] = through_parquet(article)
    assert row["body"].encode() == article.body.encode()
    assert json.dumps(article.body, ensure_ascii=False).encode() in to_line(article)


@pytest.mark.parametrize(
    ("offset", "minutes"), [("+03:00", 180), ("-04:30", -270), ("Z", 0), ("+05:45", 345)]
)
def test_offsets_are_kept(offset, minutes):
    article = make(1, published_at=datetime.fromisoformat(f"2026-11-24T01:00:00{offset}"))
    row = to_row(article, 1)
    assert row["published_offset_minutes"] == minutes
    assert row["modified_offset_minutes"] is None


def test_a_kind_of_entity_without_a_column_is_not_dropped_in_silence():
    with pytest.raises(ValueError, match="no column for entities of kind planet"):
        to_batch([Versioned(make(1, entities={"planet": ["المريخ"]}), 1)])


def test_names_nobody_looked_for_are_empty_lists():
    article = make(1)
    article.first_seen_at = article.fetched_at
    [row] = through_parquet(article)
    assert row["entities"] == {kind: [] for kind in KINDS}
    assert row["tagger"] == ""
