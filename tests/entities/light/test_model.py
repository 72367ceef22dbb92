from itertools import pairwise, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.entities.light.model import Chain


def score(chain: Chain, scores: np.ndarray, path: tuple[int, ...]) -> float:
    total = (
        chain.first[path[0]]
        + chain.last[path[-1]]
        + sum(scores[place, tag] for place, tag in enumerate(path))
    )
    return float(total + sum(chain.between[a, b] for a, b in pairwise(path)))


@given(st.integers(0, 2**32 - 1), st.lists(st.integers(1, 4), min_size=1, max_size=4))
def test_the_path_found_is_the_best_of_all(seed: int, lengths: list[int]) -> None:
    random = np.random.default_rng(seed)
    chain = Chain(random.normal(size=(3, 3)), random.normal(size=3), random.normal(size=3))
    scores = random.normal(size=(max(lengths), len(lengths), 3))
    found = chain.best(scores, np.array(lengths))
    for row, (length, path) in enumerate(zip(lengths, found, strict=True)):
        best = max(score(chain, scores[:length, row], other) for other in product(range(3), repeat=length))
        assert len(path) == length
        assert np.isclose(score(chain, scores[:length, row], tuple(path)), best)
