"""Where terms stand in a text."""

from newscrawl.arabic.tokens import words
from newscrawl.search.places import Place, Places, places_of
from newscrawl.search.query import parse_query


def places(query, text):
    return Places(parse_query(query).terms).find(words(text))


def test_each_word_in_any_form_by_the_number_of_its_term():
    assert places("وزير مصر", "قال الوزير في مصر، ووزير آخر") == [
        Place(1, 0, 1),
        Place(3, 1, 1),
        Place(4, 0, 1),
    ]
    assert places("غائب", "قال الوزير") == []


def test_phrases_stand_side_by_side_and_whole():
    assert places('"كأس العالم"', "كأس من ذهب في كأس العالم") == [Place(4, 0, 2)]
    assert places('"كأس العالم"', "في كأس") == []


def test_beginnings_are_those_of_words_and_of_stems():
    assert [one.first for one in places("وزار*", "الوزارة وزارتنا الوزير")] == [0, 1]


def test_two_spellings_at_one_place_are_one():
    assert places("أمريكا", "أميركا وأمريكا") == [Place(0, 0, 1), Place(1, 0, 1)]


def test_a_second_text_is_read_like_the_first():
    both = Places(parse_query("وزير").terms)
    assert both.find(words("الوزير قال")) == both.find(words("الوزير قال")) == [Place(0, 0, 1)]
    assert both.find(words("قال")) == []


def test_the_same_terms_are_found_by_the_same():
    assert places_of(parse_query("وزير").terms) is places_of(parse_query("الوزير").terms)
