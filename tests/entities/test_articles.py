"""What an article keeps of a tagger's mentions."""

from datetime import UTC, datetime

import pytest

from newscrawl.article import Article, Mention
from newscrawl.entities.taggers import canonical_names, find_names, tagged_text

from .fake import FakeTagger


def make(title, body):
    url = "https://x.example/1"
    return Article(
        url=url, canonical_url=url, outlet="x", outlet_name="س", domain="x.example", title=title, body=body,
        fetched_at=datetime(2026, 11, 1, tzinfo=UTC),
    )  # fmt: skip


def tag(article):
    [names] = find_names(FakeTagger(), [tagged_text(article)])
    names.put_into(article)


def mention(name, label, start, text=None):
    text = text or name
    return Mention(text, label, start, start + len(text), name)


def test_offsets_count_in_title_line_break_body():
    article = make("صلاح في مصر", "غنت فيروز في لبنان")
    tag(article)
    text = tagged_text(article)
    assert [text[one.start : one.end] for one in article.mentions] == ["صلاح", "مصر", "فيروز", "لبنان"]
    assert text == "صلاح في مصر\nغنت فيروز في لبنان"
    assert article.tagger == "fake 1"


def test_names_come_once_by_how_often_they_are_mentioned_then_by_place():
    mentions = [
        mention("مصر", "LOCATION", 0),
        mention("لبنان", "LOCATION", 5),
        mention("لبنان", "LOCATION", 12, "بيروت"),
        mention("قطر", "LOCATION", 20),
        mention("مصر", "ORGANIZATION", 30),
    ]
    assert canonical_names(mentions) == {
        "person": [],
        "organization": ["مصر"],
        "location": ["لبنان", "مصر", "قطر"],
        "misc": [],
    }


def test_names_of_an_older_tagger_give_way():
    article = make("خبر", "بلا اسم")
    article.entities, article.mentions, article.tagger = (
        {"person": ["س"]},
        [mention("س", "PERSON", 0)],
        "old",
    )
    tag(article)
    assert (article.mentions, article.tagger) == ([], "fake 1")
    assert article.entities == {"person": [], "organization": [], "location": [], "misc": []}


def test_a_tagger_that_forgets_a_text_is_found_out():
    class Forgetful:
        identity = "forgetful"

        def tag(self, texts):
            return [[]]

    with pytest.raises(ValueError, match="zip"):
        find_names(Forgetful(), ["ا", "ب"])
