"""A query of several words loosens by itself: all words first, then most of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.search import Filters, Match, QueryError, open_index
from tests.search.world import archive, row

WORDS = ["نفط", "سعر", "روسيا", "قمح", "ميناء"]
ROWS = [
    row(1, "ارتفاع سعر النفط في روسيا", "زاد الطلب."),
    row(2, "سعر القمح", "تراجع الطلب في روسيا.", outlet="y"),
    row(3, "نفط", "وصلت ناقلة إلى الميناء."),
    row(4, "رياضة", "فاز الفريق في روسيا."),
    row(5, "سعر النفط", "بعيدا عن السياسة.", outlet="y"),
    row(6, "أخبار", "لا شيء في هذا اليوم من كل ذلك."),
]  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return open_index(archive(tmp_path_factory.mktemp("matching") / "a.db", ROWS))


def found(results):
    return {int(hit.id, 16): set(hit.missing) for hit in results.hits}


def test_all_words_come_first_then_most_each_with_what_it_lacks(index):
    results = index.search("سعر النفط روسيا")
    assert found(results) == {1: set(), 5: {"روسيا"}, 2: {"النفط"}}
    assert int(results.hits[0].id, 16) == 1
    assert (results.total, results.total_most) == (1, 3)
    assert results.without == {"النفط": 2, "روسيا": 2}


def test_of_two_words_one_will_do(index):
    results = index.search("قمح ميناء")
    assert found(results) == {2: {"ميناء"}, 3: {"قمح"}}
    assert (results.total, results.total_most) == (0, 2)


def test_stop_words_decide_nothing(index):
    assert found(index.search("سعر النفط في روسيا")) == found(index.search("سعر النفط روسيا"))
    assert found(index.search("نفط من كل ذلك")) == {1: set(), 3: set(), 5: set()}


def test_a_query_of_stop_words_is_what_was_typed(index):
    assert found(index.search("من كل ذلك", match=Match.ALL)) == {6: set()}


def test_a_word_of_no_article_does_not_count(index):
    results = index.search("سعر القمح غائبة")
    assert found(results)[2] == {"غائبة"}
    assert next(iter(found(results))) == 2
    assert (results.total, results.without) == (0, {})
    assert found(index.search("غائبة")) == {} == found(index.search("غائبة مفقودة"))


def test_where_none_has_half_one_word_will_do(index):
    results = index.search("قمح ميناء فريق")
    assert set(found(results)) == {2, 3, 4}
    assert results.total_most == 3


def test_all_and_any(index):
    assert set(found(index.search("سعر النفط روسيا", match=Match.ALL))) == {1}
    every = index.search("سعر النفط روسيا", match=Match.ANY)
    assert set(found(every)) == {1, 2, 3, 4, 5}
    assert every.total == every.total_most == 5


def test_by_date_all_words_must_occur(index):
    assert set(found(index.search("سعر النفط روسيا", newest_first=True))) == {1}


def test_filters_and_exclusions_hold_for_loosened_hits(index):
    assert set(found(index.search("سعر النفط روسيا", Filters(outlets=("y",))))) == {2, 5}
    assert set(found(index.search("سعر النفط روسيا -قمح"))) == {1, 5}
    assert set(found(index.search('"سعر النفط" روسيا قمح'))) == {1, 2}


def test_a_phrase_and_alternatives_are_one_word_each(index):
    results = index.search("قمح OR ميناء سعر روسيا")
    assert found(results)[2] == set()
    assert found(results)[1] == {"قمح OR ميناء"}


def test_pages_join_both_parts_without_gap_or_double(index):
    whole = [hit.id for hit in index.search("سعر النفط روسيا").hits]
    for size in (1, 2):
        pages = [index.search("سعر النفط روسيا", limit=size, offset=at).hits for at in range(0, 4, size)]
        assert [hit.id for page in pages for hit in page] == whole


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from([*WORDS, "في", "غائبة", "-قمح", "OR", '"سعر النفط"', "title:سعر"]), max_size=6)
)
def test_loosening_never_loses_a_hit(index, parts):
    try:
        strict = index.search(" ".join(parts), match=Match.ALL)
    except QueryError:
        return
    loose = index.search(" ".join(parts))
    assert {hit.id for hit in strict.hits} <= {hit.id for hit in loose.hits}
    assert loose.total <= loose.total_most == len(loose.hits)
    assert len({hit.id for hit in loose.hits}) == len(loose.hits)
