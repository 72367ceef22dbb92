"""The golden queries of the embedded index, asked of Elasticsearch: the same answers, in the same order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.search import Filters, Match, QueryError
from tests.search.test_finding import (
    ROWS,
    numbers,
    test_a_hit_tells_where_it_is_from,  # noqa: F401  (run here with this file's index)
    test_a_title_weighs_more_and_time_breaks_ties,  # noqa: F401
    test_filters,  # noqa: F401
    test_finds,  # noqa: F401
    test_pages_share_one_total,  # noqa: F401
    test_suggests_words_of_the_archive,  # noqa: F401
    test_the_summary_lends_its_snippet,  # noqa: F401
)
from tests.servers.search.conftest import filled


@pytest.fixture(scope="module")
def index(cluster):
    return filled(cluster, ROWS)


def test_counts(index):
    assert index.count() == len(ROWS)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("في", {2, 3, 6}), ("وزير في", {2}), ("من", {5}), ('"في القاهرة"', {2}), ("عاصي_الحلاني", set()),
        ("كأس_العالم", {5}), ("title:في", {2, 6}), ("وزير الخارج*", {2}), ('"وزير" -السودان', set()),
        ("العال*", {5, 6}), ("-مصر القاهرة OR العالم", {5, 6}),
    ],
)  # fmt: skip
def test_stop_words_phrases_and_beginnings(index, query, found):
    assert set(numbers(index, query, match=Match.ALL)) == found


def test_filters_alone_do_not_make_a_query(index):
    with pytest.raises(QueryError):
        index.search("", Filters(outlets=("x",)))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["وزير", "OR", "NOT", "-", '"', "«", "title:", "*", "(", "^", "في", "ه*", "7"]))
)
def test_anything_typed_is_found_or_explained(index, parts):
    for query in ("".join(parts), " ".join(parts)):
        try:
            results = index.search(query)
            index.suggest(query)
        except QueryError as error:
            assert str(error)
        else:
            assert results.total_most >= len(results.hits)
