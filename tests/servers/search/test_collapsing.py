"""Of each cluster one hit on Elasticsearch: the same ones, counted alike."""

import pytest

from tests.search.test_collapsing import (
    ROWS,
    test_a_cluster_with_all_words_is_not_there_again_with_most_of_them,  # noqa: F401
    test_a_hit_tells_how_many_copies_the_archive_has_besides,  # noqa: F401
    test_articles_without_a_cluster_are_each_their_own,  # noqa: F401
    test_by_date_the_newest_of_a_cluster_stands_for_it,  # noqa: F401
    test_each_cluster_is_one_hit_by_the_article_that_ranks_first,  # noqa: F401
    test_filters_hold_before_one_is_chosen,  # noqa: F401
    test_pages_join_without_gap_or_double,  # noqa: F401
    test_what_leaving_a_word_out_finds_is_counted_in_clusters,  # noqa: F401
)
from tests.servers.search.conftest import filled


@pytest.fixture(scope="module")
def index(cluster):
    cluster.empty()
    return filled(cluster, ROWS)
