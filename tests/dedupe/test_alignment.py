"""Which words of two texts stand for each other."""

from difflib import SequenceMatcher

from hypothesis import given
from hypothesis import strategies as st

from newscrawl.dedupe import alignment
from newscrawl.dedupe.alignment import same_runs

WORDS = st.lists(st.sampled_from("abcdefgh"), max_size=40)


def check(before, now, found):
    ends = (0, 0)
    for a, b, size in found:
        assert size > 0
        assert before[a : a + size] == now[b : b + size]
        assert a >= ends[0]
        assert b >= ends[1]
        assert (a, b) != ends or ends == (0, 0)  # it would be one run with the last one
        ends = a + size, b + size


@given(WORDS, WORDS)
def test_runs_are_common_in_order_and_apart(before, now):
    check(before, now, same_runs(before, now))


@given(WORDS, WORDS)
def test_the_same_holds_where_difflib_is_given_nothing(before, now):
    usual, alignment.PAIRS = alignment.PAIRS, 0
    try:
        check(before, now, same_runs(before, now))
    finally:
        alignment.PAIRS = usual


def test_long_texts_are_held_together_by_words_that_stand_once():
    before = [word for at in range(20_000) for word in ("في", f"كلمة{at}")]
    now = [*before[:10_000], "هنا", *before[10_000:30_000], *before[30_004:]]
    found = same_runs(before, now)
    check(before, now, found)
    assert sum(size for _, _, size in found) == len(before) - 4


def test_a_text_that_repeats_two_words_is_not_searched_for_ever():
    before, now = ["أ", "ب"] * 20_000, ["ب", "ب", "أ"] * 20_000
    check(before, now, same_runs(before, now))


def test_usual_texts_are_compared_as_difflib_does():
    before, now = "a b c x d e f".split(), "a b y c d e f".split()
    blocks = SequenceMatcher(None, before, now).get_matching_blocks()
    assert same_runs(before, now) == [tuple(one) for one in blocks if one.size]
