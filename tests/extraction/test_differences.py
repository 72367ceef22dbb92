from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from newscrawl.article import RECORD, Article, Mention, Outcome, Rejected
from newscrawl.extraction.differences import FOLLOWING, KINDS, READ, differences, reread

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
KEPT = {
    *("url", "canonical_url", "outlet", "fetched_at", "revision", "first_seen_at", "cause", "schema_version"),
    *("cluster_id", "cluster_size", "copy_of", "similarity", "story_id", "entities", "mentions", "tagger"),
}
"""What reading a page again leaves as it is."""


def article(**values):
    texts = {"title": "افتتاح مكتبة عامة في نابلس", "body": "افتتح رئيس البلدية المكتبة صباح اليوم."}
    base = dict.fromkeys(("url", "canonical_url"), "https://www.example.com/n/7")
    names = {"outlet": "x", "outlet_name": "X", "domain": "example.com"}
    return Article(**{**base, **names, **texts, "fetched_at": AT, **values})


def kinds(before, now):
    return [one.kind for one in differences(before, now)]


def test_every_field_of_the_record_is_read_again_or_kept():
    assert {*READ, *FOLLOWING, *KEPT} == set(RECORD)
    assert not KEPT & {*READ, *FOLLOWING}


def test_the_same_reading_has_none():
    assert differences(article(), article(fetched_at=AT + timedelta(days=3), revision=4)) == []


@pytest.mark.parametrize(
    ("now", "kind"),
    [
        ({"title": "افتتاح مكتبة عامة"}, "headline"),
        ({"body": "افتتح رئيس البلدية المكتبة."}, "body shorter"),
        ({"body": "افتتح رئيس البلدية المكتبة صباح اليوم. وحضر الحفل كثيرون."}, "body longer"),
        ({"body": "افتتح رئيس المجلس المكتبة صباح اليوم."}, "body otherwise"),
        ({"published_at": AT}, "publication"),
        ({"modified_at": AT}, "update"),
        ({"authors": ["سلمى حداد"]}, "authors"),
        ({"tags": ["ثقافة"]}, "tags"),
        ({"agency": "وفا"}, "agency"),
    ],
)
def test_each_kind_is_told(now, kind):
    assert kinds(article(), article(**now)) == [kind]


def test_one_instant_with_another_offset_is_another_statement():
    local = AT.astimezone(timezone(timedelta(hours=2)))
    assert local == AT
    assert kinds(article(published_at=AT), article(published_at=local)) == ["publication"]


def test_a_body_shows_its_words_from_the_first_difference():
    [one] = differences(article(), article(body="افتتح رئيس المجلس المكتبة صباح اليوم."))
    assert one.before.startswith("6: … البلدية المكتبة")
    assert one.now.startswith("6: … المجلس المكتبة")


def test_a_page_that_is_refused_now_and_one_that_is_an_article_now():
    refused = Rejected(Outcome.NOT_ARTICLE, "a gallery")
    assert [one.now for one in differences(article(), refused)] == ["not_article: a gallery"]
    assert kinds(None, article()) == ["article"]
    assert kinds(None, refused) == []


def test_what_reading_does_not_decide_stays():
    mention = Mention("نابلس", "LOCATION", 20, 25, "نابلس")
    before = article(revision=3, cluster_id="c", mentions=[mention], tagger="light 1", rules=1)
    now = article(
        url="https://m.example.com/n/7", canonical_url="https://m.example.com/n/7", title="عنوان", rules=2
    )
    again = reread(before, now)
    assert (again.title, again.rules) == ("عنوان", 2)
    assert {name: getattr(again, name) for name in KEPT} == {name: getattr(before, name) for name in KEPT}


def test_the_kinds_name_fields_of_the_record():
    assert {name for names in KINDS.values() for name in names} <= {one.name for one in fields(Article)}
    assert replace(article()) == article()
