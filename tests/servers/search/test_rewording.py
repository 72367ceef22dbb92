"""Other words for those typed, asked of Elasticsearch: what the embedded index finds."""

import pytest

from tests.search.test_rewording import (
    ROWS,
    test_a_hit_by_another_word_lacks_nothing_and_the_words_are_told,  # noqa: F401  (run with this file's index)
    test_a_phrase_is_replaced_as_a_whole,  # noqa: F401
    test_all_any_dates_and_quotations_are_as_typed,  # noqa: F401
    test_nouns_are_found_in_another_number,  # noqa: F401
    test_pages_follow_each_other,  # noqa: F401
    test_the_word_typed_comes_first_then_its_synonyms,  # noqa: F401
    test_what_is_left_out_stays_out,  # noqa: F401
    test_where_the_own_words_find_a_page_no_others_are_looked_for,  # noqa: F401
)
from tests.servers.search.conftest import filled


@pytest.fixture(scope="module")
def index(cluster):
    return filled(cluster, ROWS)
