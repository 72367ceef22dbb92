import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.entities.light.vectors import (
    LETTERS,
    UNKNOWN,
    Learned,
    LetterReader,
    Quantised,
    WordVectors,
    letter_codes,
    word_row,
)


@given(st.integers(0, 2**32 - 1), st.floats(0.01, 100), st.sampled_from([15, 127]))
def test_few_bits_are_near_the_number(seed: int, size: float, largest: int) -> None:
    matrix = (np.random.default_rng(seed).normal(size=(5, 7)) * size).astype(np.float32)
    error = np.abs(Quantised.of(matrix, largest).rows(range(5)) - matrix).max(axis=1)
    assert (error <= np.abs(matrix).max(axis=1) / largest).all()


def test_a_row_of_zeros_stays_zero() -> None:
    assert not Quantised.of(np.zeros((1, 3), dtype=np.float32)).rows([0]).any()


def test_a_word_unknown_with_a_proclitic_is_read_without_it() -> None:
    assert word_row("ولبنان", {"لبنان": 3}) == 3
    assert word_row("زورنيك", {"لبنان": 3}) == UNKNOWN


@given(st.text(max_size=60))
def test_letters_have_codes_within_the_table(spelling: str) -> None:
    codes = letter_codes(spelling)
    assert len(codes) == min(len(spelling), LETTERS)
    assert all(0 < code < 256 for code in codes)


@pytest.mark.parametrize("spelling", ["", "ب", "زيلينسكي", "كلمهطويلهجداجداجدا"])
def test_letters_are_read_in_threes(spelling: str) -> None:
    random = np.random.default_rng(0)
    codes, kernel, bias = random.normal(size=(256, 6)), random.normal(size=(4, 6, 3)), random.normal(size=4)
    codes[0] = 0
    numbers = [0, *letter_codes(spelling), *[0] * (LETTERS - len(letter_codes(spelling))), 0]
    answers = [
        bias + sum(kernel[:, :, step] @ codes[numbers[place + step]] for step in range(3))
        for place in range(LETTERS)
    ]
    assert np.allclose(
        LetterReader(codes, kernel, bias).read(spelling), np.maximum(answers, 0).max(axis=0), atol=1e-5
    )


def test_words_met_in_training_have_vectors_of_each_network() -> None:
    letters = LetterReader(np.zeros((256, 1)), np.zeros((1, 1, 3)), np.zeros(1))
    common = Quantised.of(np.full((4, 2), 1.0, dtype=np.float32))
    networks = [
        Learned(Quantised.of(np.full((2, 2), value, dtype=np.float32)), letters) for value in (5.0, 7.0)
    ]
    vectors = WordVectors({"لبنان": 1, "قال": 2, "زورنيك": 3}, common, np.array([0, 2]), networks)
    assert np.allclose(vectors.of("قال"), [[5, 5, 0], [7, 7, 0]], atol=0.05)
    assert np.allclose(vectors.of("ولبنان"), [[1, 1, 0], [1, 1, 0]], atol=0.05)
    assert np.allclose(vectors.of("ما لا يعرف"), [[5, 5, 0], [7, 7, 0]], atol=0.05)
