"""Articles put into clusters by the pairs of them that are copies."""

import random
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.dedupe.clusters import COMPARED, clusters
from newscrawl.dedupe.copies import Likeness

NEAR, FAR = Likeness(0.9, 0.95), Likeness(0.5, 0.8)


def all_pairs(ids, likeness):
    return dict.fromkeys(combinations(ids, 2), likeness)


def test_an_article_like_no_other_is_a_cluster_of_its_own():
    assert clusters("cab", {}) == [["a"], ["b"], ["c"]]


def test_a_report_that_puts_two_others_together_does_not_make_one_of_them():
    links = all_pairs("abc", FAR) | all_pairs("xyz", FAR) | {("m", "x"): FAR}
    links |= dict.fromkeys([("m", "a"), ("b", "m")], Likeness(0.6, 0.9))
    assert clusters("abcxyzm", links) == [["a", "b", "c", "m"], ["x", "y", "z"]]


def test_a_chain_of_follow_ups_does_not_lead_from_one_text_to_another():
    chain = {(str(n), str(n + 1)): FAR for n in range(8)}
    found = clusters(list("012345678"), chain)
    assert max(map(len, found)) <= 4
    assert sum(map(len, found)) == 9


def test_cut_copies_that_share_nothing_with_each_other_are_with_the_whole():
    assert clusters("abc", {("a", "b"): FAR, ("a", "c"): FAR}) == [["a", "b", "c"]]


def test_a_copy_of_a_large_cluster_of_which_no_more_pairs_can_be_known():
    many = [f"n{n:04}" for n in range(4 * COMPARED)]
    links = dict.fromkeys(pairwise(many), NEAR)
    links |= {(one, "z"): FAR for one in many[:COMPARED]}
    assert clusters([*many, "z"], links) == [sorted([*many, "z"])]


@pytest.mark.parametrize("size", [2000])
def test_a_statement_that_all_print(size):
    many = [str(n) for n in range(size)]
    links = {(many[n], many[m]): NEAR for n in range(size) for m in range(n + 1, min(n + 20, size))}
    assert clusters(many, links) == [sorted(many)]


PAIRS = list(combinations("abcdefgh", 2))


LIKENESSES = [NEAR, FAR, Likeness(0.6, 0.9)]


@given(st.dictionaries(st.sampled_from(PAIRS), st.sampled_from(LIKENESSES)), st.randoms())
def test_the_order_makes_no_difference(links, chance):
    found = clusters("abcdefgh", links)
    turned = [(pair[::-1] if chance.random() < 0.5 else pair, likeness) for pair, likeness in links.items()]
    chance.shuffle(turned)
    ids = list("abcdefgh")
    chance.shuffle(ids)
    assert clusters(ids, dict(turned)) == found
    assert sorted(id for cluster in found for id in cluster) == list("abcdefgh")


def test_the_order_of_many():
    chance = random.Random(3)
    ids = [f"{n:03}" for n in range(120)]
    links = {pair: chance.choice([NEAR, FAR]) for pair in chance.sample(list(combinations(ids, 2)), 300)}
    found = clusters(ids, links)
    assert clusters(ids[::-1], dict(reversed(links.items()))) == found
