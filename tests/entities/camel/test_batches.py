"""Batches hold everything once, stay small, and are the cheapest cut."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from newscrawl.entities.camel.batches import LARGEST, PER_BATCH, batches


def cost(groups):
    return sum(len(group) * max(group) + PER_BATCH for group in groups)


@given(st.lists(st.integers(3, 256), max_size=120))
def test_each_sequence_once_and_no_batch_too_large(lengths):
    found = batches(lengths)
    assert sorted(number for batch in found for number in batch) == list(range(len(lengths)))
    for batch in found:
        assert len(batch) * max(lengths[number] for number in batch) <= LARGEST


@given(st.lists(st.integers(3, 256), min_size=1, max_size=9))
def test_no_other_cut_is_cheaper(lengths):
    found = cost([[lengths[number] for number in batch] for batch in batches(lengths)])
    row = sorted(lengths, reverse=True)
    for cuts in product([False, True], repeat=len(row) - 1):
        groups = [[row[0]]]
        for length, cut in zip(row[1:], cuts, strict=True):
            if cut:
                groups.append([length])
            else:
                groups[-1].append(length)
        if all(len(group) * group[0] <= LARGEST for group in groups):
            assert found <= cost(groups)


def test_what_is_too_long_goes_alone():
    assert batches([600, 5], largest=500) == [[0], [1]]
