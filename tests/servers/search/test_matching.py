"""Loosened queries on Elasticsearch: the same articles, the same order, the same words named as missing."""

import pytest

from tests.search.test_matching import (
    ROWS,
    test_a_phrase_and_alternatives_are_one_word_each,  # noqa: F401
    test_a_query_of_stop_words_is_what_was_typed,  # noqa: F401
    test_a_word_of_no_article_does_not_count,  # noqa: F401
    test_all_and_any,  # noqa: F401
    test_all_words_come_first_then_most_each_with_what_it_lacks,  # noqa: F401
    test_by_date_all_words_must_occur,  # noqa: F401
    test_filters_and_exclusions_hold_for_loosened_hits,  # noqa: F401
    test_of_two_words_one_will_do,  # noqa: F401
    test_pages_join_both_parts_without_gap_or_double,  # noqa: F401
    test_stop_words_decide_nothing,  # noqa: F401
    test_where_none_has_half_one_word_will_do,  # noqa: F401
)
from tests.servers.search.conftest import filled


@pytest.fixture(scope="module")
def index(cluster):
    cluster.empty()
    return filled(cluster, ROWS)
