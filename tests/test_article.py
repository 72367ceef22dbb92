import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.article import RECORD, Article, Mention, Outcome, article_id

offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
times = st.datetimes(min_value=datetime(1995, 1, 1), timezones=offsets)  # noqa: DTZ001
words = st.text(max_size=30)
mentions = st.builds(
    Mention,
    text=words,
    label=st.sampled_from(["PERSON", "ORGANIZATION", "LOCATION", "MISC"]),
    start=st.integers(0),
    end=st.integers(0),
    name=words,
)
articles = st.builds(
    Article,
    url=words,
    canonical_url=words,
    outlet=words,
    outlet_name=words,
    domain=words,
    title=words,
    body=words,
    fetched_at=times,
    authors=st.lists(words, max_size=3),
    tags=st.lists(words, max_size=3),
    published_at=st.none() | times,
    published_source=st.none() | st.sampled_from(["json-ld", "meta", "feed"]),
    modified_at=st.none() | times,
    first_seen_at=st.none() | times,
    similarity=st.none() | st.floats(0, 1),
    entities=st.dictionaries(words, st.lists(words, max_size=3), max_size=3),
    mentions=st.lists(mentions, max_size=3),
)


@given(articles)
def test_json_and_back(article):
    values = json.loads(json.dumps(article.to_json(), ensure_ascii=False))
    back = Article.from_json(values)
    assert back == article
    assert back.fetched_at.utcoffset() == article.fetched_at.utcoffset()
    assert values["id"] == article.id
    assert datetime.fromisoformat(values["event_time"]) == article.event_time


@given(articles)
def test_json_holds_every_field(article):
    names = set(RECORD)
    assert set(article.to_json()) == names | {"id", "event_time"}


def test_how_the_text_was_read_is_no_part_of_the_record():
    article = Article(*["x"] * 7, fetched_at=datetime(2026, 11, 1, tzinfo=UTC), guarded="more was found")
    assert "guarded" not in article.to_json()
    assert article == Article(*["x"] * 7, fetched_at=article.fetched_at)


KEYS = [
    *(
        "id",
        "url",
        "canonical_url",
        "outlet",
        "outlet_name",
        "domain",
        "title",
        "body",
        "fetched_at",
        "country",
    ),
    *("summary", "authors", "section", "tags", "image", "published_at", "published_source", "modified_at"),
    *(
        "language",
        "agency",
        "dateline",
        "word_count",
        "content_hash",
        "revision",
        "first_seen_at",
        "cluster_id",
    ),
    *(
        "cluster_size",
        "copy_of",
        "similarity",
        "entities",
        "mentions",
        "tagger",
        "schema_version",
        "rules",
        "cause",
        "story_id",
        "event_time",
    ),
]


def test_the_keys_of_the_json_keep_their_order():
    assert list(make().to_json()) == KEYS


def make(**fields):
    values = dict.fromkeys(("url", "canonical_url", "outlet", "outlet_name", "domain", "title", "body"), "x")
    return Article(**values, fetched_at=datetime(2026, 11, 24, tzinfo=UTC), **fields)


def test_what_a_reader_does_not_know_is_left_out():
    assert Article.from_json({**make().to_json(), "later_field": 1}) == make()


def test_a_missing_field_and_a_bad_time():
    values = make().to_json()
    with pytest.raises(ValueError, match="yesterday"):
        Article.from_json({**values, "fetched_at": "yesterday"})
    del values["title"]
    with pytest.raises((KeyError, TypeError), match="title"):
        Article.from_json(values)


def test_the_event_is_the_publication_or_else_the_fetch():
    published = datetime(2026, 11, 1, tzinfo=UTC)
    assert make(published_at=published).event_time == published
    assert make().event_time == make().fetched_at


def test_ids_are_of_the_canonical_url():
    assert make().id == article_id("x")
    assert len(make().id) == 32
    assert article_id("https://a.example/1") != article_id("https://a.example/2")


def test_outcomes_fit_their_column():
    assert all(len(outcome.value) <= 20 for outcome in Outcome)
