"""Counting names and looking one up."""

from datetime import timedelta

import pytest

from newscrawl.entities.taggers import KINDS
from newscrawl.filters import Filters

from .conftest import NOW, keep, make

EVERYTHING = Filters()
ARTICLES = [
    ("sahifa", 1, {"person": ["محمد صلاح"], "location": ["مصر", "القاهرة"]}),
    ("sahifa", 1, {"person": ["محمد صلاح"], "location": ["القاهره"], "organization": ["فيفا"]}),
    ("other", 3, {"person": ["محمد صلاح الدين"], "location": ["القاهرة"]}),
    ("other", 5, {"location": ["القاهرة", "مصر"], "organization": ["مصر"]}),
    ("other", 5, {}),
]
"""Outlet, days ago, names."""


@pytest.fixture
def named(archive, run):
    for number, (outlet, days, entities) in enumerate(ARTICLES):
        moment = NOW - timedelta(days=days, minutes=number)
        keep(
            run,
            make(f"/{number}", body=f"نص {number}", outlet=outlet, published_at=moment, entities=entities),
        )
    with archive.named() as named:
        yield named


def counts(found):
    return {(one.kind, one.name): one.articles for one in found}


def test_spellings_of_one_name_are_counted_together_under_the_most_frequent(named):
    found = named.count(EVERYTHING)
    assert counts(found) == {
        ("location", "القاهرة"): 4,
        ("location", "مصر"): 2,
        ("person", "محمد صلاح"): 2,
        ("organization", "فيفا"): 1,
        ("organization", "مصر"): 1,
        ("person", "محمد صلاح الدين"): 1,
    }
    assert [one.articles for one in found] == [4, 2, 2, 1, 1, 1]


def test_counts_of_a_span_an_outlet_a_kind(named):
    span = Filters(since=NOW - timedelta(days=4), until=NOW - timedelta(days=2))
    assert counts(named.count(span)) == {("location", "القاهرة"): 1, ("person", "محمد صلاح الدين"): 1}
    assert counts(named.count(Filters(outlets=("sahifa",)), ["organization"])) == {
        ("organization", "فيفا"): 1
    }
    assert (named.count_articles(span), named.count_articles(EVERYTHING)) == (1, 5)
    assert set(KINDS.values()) >= {one.kind for one in named.count(EVERYTHING)}


def test_a_name_is_found_in_any_spelling_with_its_kinds(named):
    assert counts(named.look_up("الْقَاهِرَه", EVERYTHING)) == {("location", "القاهرة"): 4}
    assert counts(named.look_up("مصر", EVERYTHING)) == {("location", "مصر"): 2, ("organization", "مصر"): 1}
    assert named.look_up("مصر", Filters(since=NOW - timedelta(hours=1))) == []
    assert named.look_up("صلاح", EVERYTHING) == []


def test_articles_of_two_kinds_are_there_once_the_newest_first(named):
    places = named.articles("مصر", EVERYTHING)
    assert [place.outlet for place in places] == ["sahifa", "other"]
    assert places[0].event_time > places[1].event_time
    assert [line.url[-1] for line in named.headlines([place.number for place in places])] == ["0", "3"]
    assert len(named.articles("مصر", Filters(since=NOW - timedelta(days=2)))) == 1


def test_names_in_the_same_articles(named):
    assert counts(named.together("محمد صلاح", EVERYTHING)) == {
        ("location", "القاهرة"): 2,
        ("location", "مصر"): 1,
        ("organization", "فيفا"): 1,
    }
    assert counts(named.together("مصر", Filters(since=NOW - timedelta(days=2)))) == {
        ("location", "القاهرة"): 1,
        ("person", "محمد صلاح"): 1,
    }


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("صلاح", ["محمد صلاح", "محمد صلاح الدين"]),  # contains the word; those in most articles first
        ("الدين محمد", ["محمد صلاح الدين"]),
        ("محمد صلح", ["محمد صلاح"]),  # a slip
        ("قاهرة", ["القاهرة"]),
        ("مح%", []),
        ("؟", []),
        ("ـ", []),
    ],
)
def test_near_names(named, typed, near):
    assert [one.name for one in named.near(typed, 3)] == near


def test_the_newest_article(named):
    assert named.newest(EVERYTHING) == NOW - timedelta(days=1)
    assert named.newest(Filters(outlets=("other",))) == NOW - timedelta(days=3, minutes=2)
    assert named.newest(Filters(outlets=("nobody",))) is None
