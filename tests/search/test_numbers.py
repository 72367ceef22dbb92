"""Sets of numbers as long integers."""

from hypothesis import given
from hypothesis import strategies as st

from newscrawl.search.numbers import NONE, as_bytes, gathered, has, in_some, less, members, size, union

sets = st.sets(st.integers(0, 300))


@given(sets, sets)
def test_they_are_sets(one, other):
    a, b = gathered(sorted(one)), gathered(list(other))
    assert members(a) == sorted(one)
    assert size(a) == len(one)
    assert set(members(union([a, b]))) == one | other
    assert set(members(a & b)) == one & other
    assert set(members(less(a, b))) == one - other
    assert {number for number in range(400) if has(as_bytes(a), number)} == one


@given(st.lists(sets, max_size=8), st.integers(0, 3), st.integers(0, 9))
def test_how_many_sets_have_a_number(several, least, most):
    least = max(least, 1)
    found = in_some([gathered(sorted(one)) for one in several], least, most)
    counts = {number: sum(number in one for one in several) for number in range(301)}
    assert members(found) == [number for number, count in counts.items() if least <= count <= most]


def test_no_sets_have_nothing():
    assert in_some([], 1, 2) == union([]) == gathered([]) == NONE
