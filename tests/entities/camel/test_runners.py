"""Rows of a file, as a matrix has them."""

import numpy as np
import pytest

from newscrawl.entities.camel.runners import WordRows, write_words


@pytest.fixture
def path(tmp_path):
    write_words(np.arange(20, dtype=np.float32).reshape(5, 4), tmp_path / "words.f32")
    return tmp_path / "words.f32"


def test_rows_are_those_of_the_matrix(path):
    ids = np.array([[4, 0, 4], [1, 1, 3]])
    expected = np.arange(20, dtype=np.float32).reshape(5, 4)[ids]
    assert (WordRows(path, 4).rows(ids) == expected).all()


def test_a_file_that_is_too_short(path):
    with pytest.raises(EOFError, match=r"words\.f32 ends before row 5"):
        WordRows(path, 4).rows(np.array([[0, 5]]))
