"""Snippets: the right window, marks on the very words."""

from hypothesis import given
from hypothesis import strategies as st

from newscrawl.arabic.tokens import tokenise
from newscrawl.search.query import parse_query
from newscrawl.search.snippets import WINDOW, highlight, snippet


def marked(piece):
    return [piece.text[start:end] for start, end in piece.highlights]


def test_marks_words_as_published():
    piece = snippet("قال الوَزِيرُ «للــوزير» والوزراء، وزير.", parse_query("وزير"))
    assert marked(piece) == ["الوَزِيرُ", "للــوزير", "وزير"]


def test_marks_phrases_only_where_they_stand_together():
    piece = snippet("كأس من ذهب في كأس العالم", parse_query('"كأس العالم"'))
    assert marked(piece) == ["كأس", "العالم"]
    assert piece.highlights[0][0] == 14


def test_marks_other_spellings_and_endings():
    assert marked(snippet("أميركا وأمريكا", parse_query("أمريكا"))) == ["أميركا", "وأمريكا"]
    assert marked(snippet("الاقتصادية واقتصادنا", parse_query("اقتصاد*"))) == ["الاقتصادية", "واقتصادنا"]


def test_shows_the_window_with_most_different_words():
    text = "مصر " * 3 + "كلمة " * 100 + "\n\nلبنان ومصر معا " + "كلمة " * 100
    piece = snippet(text, parse_query("مصر لبنان"))
    assert marked(piece) == ["لبنان", "ومصر"]
    assert piece.text.startswith("… ")
    assert piece.text.endswith(" …")
    assert "\n" not in piece.text


def test_begins_at_the_beginning_where_nothing_is_found():
    piece = snippet("أول النص. " + "كلمة " * 50, parse_query("غائب"))
    assert piece.text.startswith("أول النص.")
    assert piece.highlights == ()


def test_falls_back_to_the_summary():
    assert marked(snippet("متن الخبر", parse_query("وزير"), fallback="رأي الوزير")) == ["الوزير"]
    assert snippet("", parse_query("وزير"), fallback="ملخص").text == "ملخص"


def test_words_wanted_in_the_title_are_marked_there_only():
    query = parse_query("title:مصر لبنان")
    assert marked(highlight("مصر ولبنان", query)) == ["مصر", "ولبنان"]
    assert marked(snippet("مصر ولبنان", query)) == ["ولبنان"]


@given(st.lists(st.sampled_from(["وزير", "الوزيرُ", "كلمة،", "«نص»", "\n\n", "12"])).map(" ".join))
def test_marks_are_hits_and_windows_are_short(text):
    query = parse_query("وزير")
    piece = snippet(text, query)
    assert all(token.stem == "وزير" for mark in marked(piece) for token in tokenise(mark))
    assert len(list(tokenise(piece.text))) <= WINDOW
    if "وزير" in text or "الوزيرُ" in text:
        assert piece.highlights
