"""Candidates in bounds: each URL counted once, the newest kept, whatever the listings' order and number."""

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.article import Outcome
from newscrawl.discovery import Gathering, choose
from newscrawl.discovery.forgotten import Forgotten

from .conftest import NOW, make_outlet
from .test_choose import SITE, candidate, candidates, hours_ago, moments

OUTLET = make_outlet()


def story(number, hours=None, **values):
    return candidate(f"/story/{number}", published_at=None if hours is None else hours_ago(hours), **values)


def gathered(*listings, **options):
    gathering = Gathering(OUTLET, **{"now": NOW, "limit": 10, "examples": 3, **options})
    for listing in listings:
        gathering.add(listing)
    return gathering.choice()


def numbers(choice):
    """How many ended how; None is to be fetched."""
    refused = Counter(refusal.outcome for refusal in choice.refused)
    return {None: len(choice.accepted)} | dict(refused + choice.counted)


@pytest.mark.parametrize("order", ["oldest first", "newest first", "mixed"])
def test_the_newest_are_kept_in_whatever_order_they_come(order):
    found = [story(number, hours=number) for number in range(6000)]
    if order == "oldest first":
        found.reverse()
    elif order == "mixed":
        random.Random(1).shuffle(found)
    gathering = Gathering(OUTLET, now=NOW, limit=10, examples=3)
    for start in range(0, 6000, 700):
        gathering.add(found[start : start + 700])
        assert len(gathering._held) < 1100
    choice = gathering.choice()
    assert [one.url for one in choice.accepted] == [f"{SITE}/story/{number}" for number in range(10)]
    assert numbers(choice) == {None: 10, Outcome.OVER_LIMIT: 5990}
    assert len(choice.refused) == 3


def test_what_several_listings_name_is_counted_once():
    found = [story(number, hours=number) for number in range(3000)]
    undated = [candidate(f"/story/{number}", source="section") for number in range(4000)]
    strangers = [candidate(f"https://adverts.example/{number}") for number in range(500)]
    choice = gathered(found, strangers, found, undated, strangers, reversed(found), undated)
    assert numbers(choice) == {None: 10, Outcome.OVER_LIMIT: 3990, Outcome.OFF_SITE: 500}
    assert [one.url for one in choice.accepted] == [f"{SITE}/story/{number}" for number in range(10)]


def test_the_first_of_the_undated_are_kept_once_no_dated_one_is_newer():
    choice = gathered([story(number) for number in range(5000)], [story(9000, hours=3)])
    assert [one.url.rpartition("/")[2] for one in choice.accepted] == ["9000", *map(str, range(9))]


PLENTY = [candidate(f"/topic/{number}") for number in range(50)]


@pytest.mark.parametrize(
    ("first", "better"),
    [
        # the outlet's pattern has aged, and the feed knows better
        (candidate("/new/1"), candidate("/new/1", source="feed")),
        # the tag is the system's default, and another listing has the headline
        (
            candidate("/story/1", source="feed", language="en", title="x"),
            candidate("/story/1", source="news-sitemap", title="وصول السفن"),
        ),
        (
            candidate("/story/1", modified_at=hours_ago(900)),
            candidate("/story/1", modified_at=hours_ago(2)),
        ),
    ],
)
def test_a_refused_url_is_taken_up_again_where_a_later_listing_says_better_of_it(first, better):
    before = [
        *PLENTY,
        *(candidate(f"/story/1{number}", source="feed", language="en", title="x") for number in range(50)),
        *(story(f"2{number}", 900) for number in range(50)),
    ]
    lacking = {Outcome.NOT_ARTICLE: 50, Outcome.NOT_ARABIC: 50, Outcome.OUT_OF_RANGE: 50}
    choice = gathered([*before, first], [better], [better], since=hours_ago(100))
    assert [one.url for one in choice.accepted] == [better.url]
    assert numbers(choice) == {None: 1, **lacking}


def test_one_that_was_let_go_comes_back_with_a_newer_date_and_leaves_the_count():
    found = [story(number, hours=100 + number) for number in range(3000)]
    choice = gathered(found, [story(2999, hours=1)], [story(2998, hours=2), story(2999)])
    assert [one.url.rpartition("/")[2] for one in choice.accepted][:3] == ["2999", "2998", "0"]
    assert numbers(choice) == {None: 10, Outcome.OVER_LIMIT: 2990}


def test_an_undated_link_or_a_page_in_another_language_brings_nothing_back():
    old = [story(number, hours=900) for number in range(50)]
    foreign = [candidate(f"/story/9{number}", language="fr") for number in range(50)]
    sections = [candidate(one.url, source="section") for one in [*old, *foreign]]
    choice = gathered(old, foreign, sections, since=hours_ago(100))
    # the first three of each are kept whole, and their refusals told from all that is known of them
    assert numbers(choice) == {None: 0, Outcome.OUT_OF_RANGE: 50, Outcome.NOT_ARABIC: 50}


def test_a_full_gathering_looks_at_no_more_urls_but_still_at_those_it_knows():
    gathering = Gathering(OUTLET, now=NOW, limit=10, examples=3, max_urls=2000)
    gathering.add(story(number, hours=100 + number) for number in range(2500))
    assert gathering.full
    gathering.add([story(1999, hours=1), story(3000, hours=1)])
    assert gathering.passed_over == 501
    choice = gathering.choice()
    assert choice.accepted[0].url == f"{SITE}/story/1999"
    assert sum(numbers(choice).values()) == 2000


@given(st.lists(st.lists(candidates, max_size=30), max_size=4), moments, moments, st.integers(0, 5))
def test_every_url_is_in_one_place_and_counted_once(listings, since, until, limit):
    choice = gathered(*listings, since=since, until=until, limit=limit, examples=1)
    accepted = [one.url for one in choice.accepted]
    told = accepted + [refusal.candidate.url for refusal in choice.refused]
    every = {one.url for listing in listings for one in listing}
    assert len(told) == len(set(told))
    assert set(told) <= every
    assert len(told) + choice.counted.total() == len(every)
    assert min(choice.counted.values(), default=0) >= 0
    assert max(Counter(refusal.outcome for refusal in choice.refused).values(), default=0) <= 1


@given(st.lists(candidates, max_size=30, unique_by=lambda one: one.url), moments, moments, st.integers(0, 5))
def test_where_each_url_is_listed_once_the_choice_is_the_same_as_of_all_at_hand(found, since, until, limit):
    wanted = {"since": since, "until": until, "limit": limit}
    choice, all_at_hand = gathered(found, **wanted), choose(found, outlet=OUTLET, now=NOW, **wanted)
    assert choice.accepted == all_at_hand.accepted
    assert numbers(choice) == numbers(all_at_hand)


@given(st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 7))))
def test_the_table_of_forgotten_urls_is_a_mapping(entries):
    forgotten, mapping = Forgotten(), {}
    for number, state in [*entries, *((n, n % 8) for n in range(0, 3000, 2))]:
        forgotten.put(f"https://marfa.example/{number}", state)
        mapping[number] = state
    assert len(forgotten) == len(mapping)
    assert [forgotten.find(f"https://marfa.example/{n}") for n in range(3001)] == [
        mapping.get(n) for n in range(3001)
    ]
