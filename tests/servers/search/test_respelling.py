"""Other spellings of a word, asked of Elasticsearch: what the embedded index finds."""

import pytest

from newscrawl.search import Match
from tests.search.test_respelling import (
    FOUND,
    ROWS,
    numbers,
    test_another_spelling_lacks_nothing_and_is_shown,  # noqa: F401  (run here with this file's index)
    test_it_is_left_out_in_every_spelling,  # noqa: F401
    test_spellings_are_counted_and_newest_first_finds_them,  # noqa: F401
    test_what_is_quoted_or_begun_is_as_typed,  # noqa: F401
)
from tests.servers.search.conftest import filled


@pytest.fixture(scope="module")
def index(cluster):
    return filled(cluster, ROWS)


@pytest.mark.parametrize(("query", "found"), FOUND)
def test_finds(index, query, found):
    assert numbers(index, query, match=Match.ALL) == found
