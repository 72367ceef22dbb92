"""Of each cluster one hit: which one, how many hits that makes, and their pages."""

import itertools

import pytest

from newscrawl.search import EmbeddedIndex, Filters, Match

from .world import archive, row

ONE = Filters(collapse=True)
"""Of each cluster one."""


def of_cluster(cluster, size, number, title, body, **fields):
    copy = number != cluster
    described = {"cluster_id": f"{cluster:032x}", "cluster_size": size, "copy_of": f"{cluster:032x}" * copy}
    return row(number, title, body, **described, **fields)


ROWS = [
    # Four articles of one text; one of them is cut, and has other words in its title.
    of_cluster(1, 4, 1, "افتتاح الميناء", "قال الوزير إن الميناء الجديد بدأ العمل أمس."),
    of_cluster(1, 4, 2, "افتتاح الميناء", "قال الوزير إن الميناء الجديد بدأ العمل أمس.", outlet="y"),
    of_cluster(1, 4, 3, "الوزير والميناء", "قال الوزير إن الميناء الجديد بدأ العمل أمس.", outlet="y"),
    of_cluster(1, 4, 4, "سفن كثيرة", "قال الوزير إن سفنا كثيرة وصلت."),
    # Two of another, and three that were not compared or have a text of their own.
    of_cluster(5, 2, 5, "أسعار الخبز", "قال الوزير إن الأسعار ثابتة."),
    of_cluster(5, 2, 6, "أسعار الخبز", "قال الوزير إن الأسعار ثابتة."),
    row(7, "الوزير في القاهرة", "وصل الوزير أمس."),
    row(8, "الوزير في الميناء", "زار الوزير الميناء."),
    row(9, "الميناء القديم", "أغلق الميناء.", cluster_id=f"{9:032x}"),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return EmbeddedIndex(archive(tmp_path_factory.mktemp("collapse") / "a.db", ROWS))


def numbers(results):
    return [int(hit.id, 16) for hit in results.hits]


def clusters(results):
    return [1 if number < 5 else 5 if number < 7 else number for number in numbers(results)]


def test_each_cluster_is_one_hit_by_the_article_that_ranks_first(index):
    every = index.search("الوزير", match=Match.ALL)
    results = index.search("الوزير", ONE, match=Match.ALL)
    assert (every.total, results.total, results.total_most) == (8, 4, 4)
    assert sorted(clusters(results)) == [1, 5, 7, 8]
    first = next(number for number in numbers(every) if number < 5)
    assert first == 3  # the word is in its title
    assert first in numbers(results)


def test_a_hit_tells_how_many_copies_the_archive_has_besides(index):
    results = index.search("الوزير", ONE, match=Match.ALL)
    assert {number: hit.copies for number, hit in zip(clusters(results), results.hits, strict=True)} == {
        1: 3, 5: 1, 7: 0, 8: 0,
    }  # fmt: skip


def test_by_date_the_newest_of_a_cluster_stands_for_it(index):
    results = index.search("الوزير", ONE, newest_first=True)
    assert numbers(results) == [8, 7, 6, 4]
    assert results.total == 4


def test_filters_hold_before_one_is_chosen(index):
    results = index.search("الوزير", Filters(collapse=True, outlets=("y",)), match=Match.ALL)
    assert numbers(results) == [3]
    results = index.search("سفن", Filters(collapse=True, originals=True))
    assert results.hits == []


def test_articles_without_a_cluster_are_each_their_own(index):
    results = index.search("الميناء", ONE, match=Match.ALL)
    assert sorted(clusters(results)) == [1, 8, 9]


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("query", ["الوزير", "الوزير الميناء", "الوزير الميناء القاهرة"])
def test_pages_join_without_gap_or_double(index, query, newest_first):
    whole = index.search(query, ONE, limit=50, newest_first=newest_first)
    pages = [
        index.search(query, ONE, limit=2, offset=offset, newest_first=newest_first)
        for offset in range(0, 8, 2)
    ]
    assert list(itertools.chain.from_iterable(map(numbers, pages))) == numbers(whole)
    assert len(set(clusters(whole))) == len(whole.hits) == whole.total_most
    assert {page.total for page in pages} == {whole.total}


def test_a_cluster_with_all_words_is_not_there_again_with_most_of_them(index):
    """Of the first cluster three articles have both words, and one only the first."""
    results = index.search("الوزير الميناء", ONE)
    assert (results.total, results.total_most) == (2, 5)
    assert sorted(clusters(results)[:2]) == [1, 8]
    assert sorted(clusters(results)[2:]) == [5, 7, 9]
    assert all(hit.missing for hit in results.hits[2:])


def test_what_leaving_a_word_out_finds_is_counted_in_clusters(index):
    results = index.search("الوزير الميناء", ONE)
    assert results.without == {"الوزير": 3, "الميناء": 4}


def test_an_index_of_originals_has_no_copy(tmp_path):
    engine = archive(tmp_path / "a.db", ROWS)
    index = EmbeddedIndex(engine, originals=True)
    assert index.count() == len(ROWS) - 4
    assert sorted(numbers(index.search("الوزير", match=Match.ALL))) == [1, 5, 7, 8]
    assert numbers(index.search("سفن")) == []
