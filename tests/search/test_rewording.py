"""Where a query's own words find little, other words stand for them and count for less."""

import pytest

from newscrawl.arabic.related import load_related
from newscrawl.search import Match, open_index
from newscrawl.search.query import parse_query
from newscrawl.search.rewording import reworded
from tests.search.world import archive, row

ROWS = [
    row(1, "إضراب سائقي الحافلات", "توقفت الحافلات عن العمل في المدينة."),
    row(2, "أوتوبيس جديد", "وصل أوتوبيس إلى المدينة."),
    row(3, "استقالة رئيس الحكومة", "أعلن رئيس الحكومة تنحيه."),
    row(4, "خطاب رئيس الوزراء", "ألقى رئيس الوزراء كلمة."),
    row(5, "مهندسون شباب", "كرم المعهد مهندسين."),
    row(6, "سرقة", "أوقفت الشرطة اللص في السوق."),
    *(row(day, f"خبر عن النفط {day}", "ارتفع النفط.") for day in range(10, 22)),
    row(22, "البترول", "قطاع البترول في تقدم."),
]  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return open_index(archive(tmp_path_factory.mktemp("rewording") / "a.db", ROWS))


def numbers(index, query, **options):
    return [int(hit.id, 16) for hit in index.search(query, **options).hits]


def test_the_word_typed_comes_first_then_its_synonyms(index):
    assert numbers(index, "أوتوبيس المدينة") == [2, 1]
    assert numbers(index, "باص") in ([1, 2], [2, 1])


def test_a_hit_by_another_word_lacks_nothing_and_the_words_are_told(index):
    results = index.search("حرامي السوق")
    assert [(int(hit.id, 16), hit.missing) for hit in results.hits] == [(6, ())]
    assert results.total == 1
    assert "لص" in results.other_words["حرامي"]


def test_a_phrase_is_replaced_as_a_whole(index):
    assert numbers(index, "رئيس الوزراء") == [4, 3]
    assert numbers(index, "الوزير الأول") == [4, 3]


def test_nouns_are_found_in_another_number(index):
    assert numbers(index, "مهندس") == [5]


def test_where_the_own_words_find_a_page_no_others_are_looked_for(index):
    results = index.search("النفط", limit=50)
    assert 22 not in {int(hit.id, 16) for hit in results.hits}
    assert (results.total, results.other_words) == (12, {})
    assert 10 in numbers(index, "البترول", limit=50)


def test_all_any_dates_and_quotations_are_as_typed(index):
    assert numbers(index, "أوتوبيس", match=Match.ALL) == [2]
    assert numbers(index, "أوتوبيس", match=Match.ANY) == [2]
    assert numbers(index, "أوتوبيس", newest_first=True) == [2]
    assert numbers(index, '"أوتوبيس"') == [2]


def test_pages_follow_each_other(index):
    whole = numbers(index, "البترول", limit=13)
    assert len(set(whole)) == 13
    assert [numbers(index, "البترول", limit=5, offset=first) for first in (0, 5, 10)] == [
        whole[:5],
        whole[5:10],
        whole[10:],
    ]


def test_what_is_left_out_stays_out(index):
    assert numbers(index, "أوتوبيس -إضراب") == [2]


def test_other_words_are_written_as_people_write_them():
    query = reworded(parse_query("الرئيس شركة"), Everything(), {})
    assert [group[1].text.split("، ")[0] for group in query.groups] == ["رئيسات", "شركات"]
    query = reworded(parse_query("رئيس الحكومة"), Everything(), load_related())
    assert "رئيس الوزراء" in {term.text for term in query.groups[0]}


class Everything:
    """A vocabulary that has every word."""

    def known(self, words):
        return dict.fromkeys(words, 1)
