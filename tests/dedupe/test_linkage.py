"""Articles put together by pairs of them that are alike."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.dedupe.linkage import linked


def all_pairs(ids, like=0.5):
    return dict.fromkeys(combinations(ids, 2), like)


def test_what_is_like_nothing_is_in_no_part():
    assert linked("abc", {("a", "b"): 0.5}, 0.4) == [["a", "b"]]
    assert linked("abc", {}, 0.4) == []


def test_a_chain_leads_from_nothing_to_nothing():
    ids = "abcdefgh"
    parts = linked(ids, dict.fromkeys(pairwise(ids), 0.5), 0.6)
    assert max(map(len, parts)) == 2


def test_one_pair_does_not_make_one_part_of_two():
    links = all_pairs("abcd") | all_pairs("wxyz") | {("d", "w"): 0.9}
    assert linked("abcdwxyz", {**links, ("d", "w"): 0.4}, 0.4) == [list("abcd"), list("wxyz")]


def test_those_that_are_most_alike_come_first():
    links = {("a", "b"): 0.4, ("b", "c"): 0.6}
    assert linked("abc", links, 0.6) == [["b", "c"]]


@pytest.mark.parametrize(("share", "parts"), [(0.5, [["a", "b", "c"]]), (0.51, [["a", "b"]])])
def test_a_share_of_the_pairs_decides(share, parts):
    assert linked("abc", {("a", "b"): 0.9, ("b", "c"): 0.5}, share) == parts


LIKE = st.sampled_from([0.25, 0.5, 0.75])


@given(st.dictionaries(st.sampled_from(list(combinations("abcdefgh", 2))), LIKE), st.randoms())
def test_the_order_makes_no_difference(links, chance):
    turned = [(pair[::-1] if chance.random() < 0.5 else pair, like) for pair, like in links.items()]
    chance.shuffle(turned)
    ids = chance.sample("abcdefgh", 8)
    parts = linked(ids, dict(turned), 0.4)
    assert parts == linked("abcdefgh", links, 0.4)
    members = [id for part in parts for id in part]
    assert len(members) == len(set(members))
