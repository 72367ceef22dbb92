"""The pairs by which stories are measured are whole: both halves, both answers, each pair once."""

from __future__ import annotations

from collections import Counter

import pytest

from bench.evaluate.stories.labels import AFFAIR, OTHER, SAME, read_pairs

PAIRS = list(read_pairs())


@pytest.mark.parametrize("half", ["odd", "even"])
@pytest.mark.parametrize("grade", [SAME, OTHER])
def test_each_half_has_as_many_pairs_of_one_event_as_of_two(half, grade):
    assert sum(pair.half == half and pair.grade == grade for pair in PAIRS) == 75


def test_no_article_is_in_two_pairs():
    named = Counter(article for pair in PAIRS for article in (pair.one, pair.other))
    assert max(named.values()) == 1
    assert {len(article) for article in named} == {32}


def test_every_pair_has_a_grade():
    assert {pair.grade for pair in PAIRS} == {SAME, AFFAIR, OTHER}
