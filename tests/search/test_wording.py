"""What else a search by relevance finds: other spellings and other words, each below what was typed."""

import pytest

from newscrawl.arabic.tokens import tokenise
from newscrawl.search import Match, open_index
from newscrawl.search.query import parse_query
from newscrawl.search.wording import other_words, widened
from tests.search.world import archive, row

ROWS = [
    row(1, "غرامة على زوكربيرغ", "كلام عن الشركة وصاحبها."),
    row(2, "لقاء مع زوكربيرغ", "حديث طويل."),
    row(3, "زوكربيرج في الكونغرس", "شهادة."),
    row(4, "افتتاح متحف في أبو ظبي", "حضر الوزير."),
    row(5, "سباق في أبو ظبي", "فاز الفريق."),
    row(6, "معرض أبوظبي", "كتب كثيرة."),
    row(7, "متحف أبوظبي الجديد", "لوحات."),
    row(8, "طماطم بلا سعر", "ارتفعت كثيرا."),
    row(9, "البندورة في الأسواق", "وفرة."),
    row(10, "مباراة الأهلي", "انتهت بالتعادل."),
    row(11, "ماتش الأهلي", "كما يقول الجمهور."),
    row(12, "مونديال روسيا", "افتتاح."),
    row(13, "كأس العالم", "قرعة."),
    row(14, "عالم في كأس من ماء", "تجربة."),
    row(15, "قرار المحكمة", "حكم."), row(16, "على غرار ما جرى", "مثل."), row(17, "على غرار أمس", "مثل."),
]  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return open_index(archive(tmp_path_factory.mktemp("wording") / "a.db", ROWS))


def found(index, query, **options):
    return [int(hit.id, 16) for hit in index.search(query, limit=20, **options).hits]


def test_another_transcription_is_found_below_the_one_typed(index):
    assert found(index, "زوكربيرج")[0] == 3
    assert {*found(index, "زوكربيرج")} == {1, 2, 3}


def test_a_spelling_of_one_article_is_a_slip(index):
    assert {*found(index, "زوكربيرغ")} == {1, 2}


def test_arabic_words_of_like_sound_stay_apart(index):
    assert found(index, "قرار") == [15]


@pytest.mark.parametrize("query", ["أبوظبي", "ابو ظبي"])
def test_joined_and_split_words_find_each_other(index, query):
    assert {*found(index, query)} == {4, 5, 6, 7}


def test_a_word_of_dialect_finds_the_written_one_and_not_the_other_way_round(index):
    assert found(index, "ماتش الأهلي")[:2] == [11, 10]
    assert found(index, "ماتش") == [11, 10]
    assert found(index, "مباراة") == [10]


def test_other_words_of_several_words_stand_for_all_of_them(index):
    results = index.search("كأس العالم")
    assert {int(hit.id, 16): hit.missing for hit in results.hits}[12] == ()
    assert found(index, "طماطم") == [8, 9]
    assert {*found(index, "مونديال")} == {12, 13}


def test_what_was_found_by_another_word_is_shown(index):
    hit = next(hit for hit in index.search("طماطم").hits if "البندورة" in hit.title.text)
    assert [hit.title.text[start:end] for start, end in hit.title.highlights] == ["البندورة"]


@pytest.mark.parametrize("query", ['"طماطم"', "طماط*", "title:طماطم"])
def test_what_was_marked_is_taken_as_it_stands(index, query):
    assert found(index, query) == [8]


@pytest.mark.parametrize("options", [{"match": Match.ALL}, {"match": Match.ANY}, {"newest_first": True}])
def test_only_relevance_widens(index, options):
    assert found(index, "طماطم", **options) == [8]


def test_the_table_is_of_words_the_index_can_hold():
    for typed, others in other_words().items():
        assert typed
        for other in others:
            assert other
            assert [token.exact for token in tokenise(" ".join(other))] == [*other]


def test_a_query_that_has_no_other_wording_stays_itself():
    class Nothing:
        def words(self, candidates):
            return {}

        def having(self, terms):
            return dict.fromkeys(terms, 0)

    query = parse_query("كلمات مصر OR السودان -كرة")
    assert widened(query, Nothing()) == query
