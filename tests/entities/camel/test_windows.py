"""Windows cover all words, fit the model, and leave no word without company."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.entities.camel.windows import LIMIT, OVERLAP, best_window, windows

SIZES = st.lists(st.integers(1, 12) | st.sampled_from([1, 100, LIMIT]), max_size=400)


def test_a_sentence_that_fits_is_one_window():
    assert windows([1] * LIMIT) == [range(LIMIT)]
    assert windows([]) == []


def test_one_piece_more_is_a_second_window_with_an_overlap():
    first, second = windows([1] * (LIMIT + 1))
    assert first == range(LIMIT)
    assert second == range(LIMIT - OVERLAP, LIMIT + 1)


@given(SIZES)
@settings(max_examples=60)
def test_windows_fit_and_cover(sizes):
    found = windows(sizes)
    assert all(0 < sum(sizes[word] for word in window) <= LIMIT for window in found)
    assert {word for window in found for word in window} == set(range(len(sizes)))
    for one, following in pairwise(found):
        assert one.start < following.start <= one.stop < following.stop
        assert sum(sizes[word] for word in range(following.start, one.stop)) <= OVERLAP
    for word, number in enumerate(best_window(sizes, found)):
        assert word in found[number]


@given(st.lists(st.integers(1, 4), min_size=1, max_size=600))
@settings(max_examples=60)
def test_usual_words_see_half_an_overlap_on_both_sides(sizes):
    found = windows(sizes)
    for word, number in enumerate(best_window(sizes, found)):
        window = found[number]
        least = OVERLAP // 2 - 8
        assert window.start == 0 or sum(sizes[window.start : word]) >= least
        assert window.stop == len(sizes) or sum(sizes[word + 1 : window.stop]) >= least
