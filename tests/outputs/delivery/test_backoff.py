from hypothesis import given
from hypothesis import strategies as st

from newscrawl.outputs.delivery.backoff import backoff


@given(st.integers(0, 10_000), st.floats(0.01, 10), st.floats(10, 600))
def test_bounded_and_never_zero(tries, first, longest):
    assert 0 < backoff(tries, first=first, longest=longest) <= longest


def test_it_doubles_and_differs():
    for tries in (1, 2, 3, 4):
        waits = {backoff(tries) for _ in range(50)}
        assert all(2 ** (tries - 1) / 2 <= wait <= 2 ** (tries - 1) for wait in waits)
        assert len(waits) > 1
