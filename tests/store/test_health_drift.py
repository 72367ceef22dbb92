"""The arithmetic of drift: every limit from both of its sides."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.store.health import FIELDS, Drift, Numbers, drifts

BEFORE = Numbers(articles=100, rejected=0, words=54_000, fields={"authors": 80, "image": 100})
SAME = Numbers(articles=10, rejected=0, words=5_400, fields={"authors": 8, "image": 10})


def found(latest, before=BEFORE):
    return [(drift.measure, drift.latest, drift.before) for drift in drifts("sahifa", latest, before)]


def test_nothing_has_dropped():
    assert found(SAME) == []


@pytest.mark.parametrize(
    ("words", "expected"), [(2_100, [("body", 210.0, 540.0)]), (3_779, [("body", 377.9, 540.0)]), (3_780, [])]
)
def test_bodies_below_seven_tenths(words, expected):
    assert found(replace(SAME, words=words)) == expected


@pytest.mark.parametrize(("authors", "expected"), [(7, []), (6, [("authors", 0.6, 0.8)])])
def test_a_field_lower_by_twenty_points(authors, expected):
    # In floating point .8 - .6 is more than .2, and .9 - .7 less.
    assert found(replace(SAME, fields={"authors": authors, "image": 10})) == expected


def test_a_limit_that_floating_point_misses():
    before = replace(BEFORE, fields={"authors": 90, "image": 100})
    assert found(replace(SAME, fields={"authors": 7, "image": 10}), before) == [("authors", 0.7, 0.9)]


@pytest.mark.parametrize(("rejected", "expected"), [(2, []), (3, [("pages", 10 / 13, 1.0)])])
def test_pages_that_are_no_articles_any_more(rejected, expected):
    assert found(replace(SAME, rejected=rejected)) == expected


def test_a_site_of_which_nothing_is_read_any_more():
    assert found(Numbers(rejected=10)) == [("pages", 0.0, 1.0)]


def test_more_than_before_is_no_drop():
    rich = Numbers(articles=10, words=90_000, fields=dict.fromkeys(FIELDS, 10))
    assert found(rich, replace(BEFORE, rejected=100)) == []


@pytest.mark.parametrize(
    ("latest", "before"),
    [
        (Numbers(articles=9, words=9), BEFORE),
        (Numbers(articles=10, words=10), Numbers(articles=29, words=29_000, fields={"image": 29})),
        (Numbers(), BEFORE),
        (SAME, Numbers()),
    ],
)
def test_too_few_to_judge(latest, before):
    assert found(latest, before) == []


def test_all_that_dropped_is_told_in_order():
    latest = Numbers(articles=10, rejected=30, words=1_000)
    assert [name for name, *_ in found(latest)] == ["pages", "body", "authors", "image"]
    assert drifts("sahifa", latest, BEFORE)[1] == Drift("sahifa", "body", 100.0, 540.0)


@pytest.mark.parametrize(
    ("numbers", "enough"),
    [
        (Numbers(articles=10), True),
        (Numbers(articles=9), False),
        (Numbers(rejected=29), False),
        (Numbers(articles=1, rejected=29), True),
    ],
)
def test_how_many_are_enough(numbers, enough):
    assert numbers.enough is enough


NUMBERS = st.builds(
    Numbers,
    articles=st.integers(0, 60),
    rejected=st.integers(0, 60),
    words=st.integers(0, 10_000),
    fields=st.dictionaries(st.sampled_from(FIELDS), st.integers(0, 60)),
)


@given(NUMBERS, NUMBERS)
def test_a_flag_is_always_a_drop(latest, before):
    for drift in drifts("x", latest, before):
        assert drift.latest < drift.before
    assert drifts("x", before, before) == []


@given(st.lists(NUMBERS))
def test_sums_are_sums(some):
    total = Numbers()
    for one in some:
        total.add(one)
    assert total.articles == sum(one.articles for one in some)
    assert total.words == sum(one.words for one in some)
    assert all(total.fields.get(name, 0) == sum(one.fields.get(name, 0) for one in some) for name in FIELDS)
