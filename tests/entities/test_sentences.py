import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.entities.sentences import LONGEST, sentences, spelling

ARABIC = st.text("ابجدهوزحطيكلمنسعفصقرشتثخذضظغءأإآىةؤئ ًٌٍَُِّْـ\u200f\n.،؟!ـ0١x_#@😀", max_size=200)


def spelled(text: str) -> list[list[str]]:
    return [[piece.exact for piece in sentence] for sentence in sentences(text)]


def test_words_numbers_and_signs_are_pieces() -> None:
    assert spelled("قال «أحمد»: 25% من G20!") == [["قال", "«", "احمد", "»", ":", "00", "%", "من", "g00", "!"]]


def test_marks_and_tatweel_do_not_divide_a_word() -> None:
    text = "مُحَمَّــد\u200f بن"
    (sentence,) = sentences(text)
    assert [(piece.exact, text[piece.start : piece.end].strip("\u200f")) for piece in sentence] == [
        ("محمد", "مُحَمَّــد"),
        ("بن", "بن"),
    ]


@pytest.mark.parametrize("lone", ["\u0651", "\u200f", "\ufeff", "ـ", "\u200b", "_"])
def test_what_is_not_seen_is_no_piece(lone: str) -> None:
    assert spelled(f"قال {lone} أحمد") == [["قال", "احمد"]]


def test_a_hashtag_is_its_words() -> None:
    assert spelled("#عاصي_الحلاني") == [["#", "عاصي", "الحلاني"]]


def test_sentences_end_at_stops_and_lines() -> None:
    assert spelled("جاء. ذهب؟ عاد\nنام") == [["جاء", "."], ["ذهب", "؟"], ["عاد"], ["نام"]]


def test_a_point_inside_a_number_or_address_ends_nothing() -> None:
    assert len(sentences("ارتفع 3.5 في موقع a.b اليوم")) == 1


def test_a_long_sentence_is_cut_after_a_comma() -> None:
    text = " ".join(["كلمة"] * 80 + ["،"] + ["كلمة"] * 60)
    assert [len(sentence) for sentence in sentences(text)] == [81, 60]


def test_a_long_sentence_without_pauses_is_cut_at_its_limit() -> None:
    assert [len(sentence) for sentence in sentences("كلمة " * 600)] == [LONGEST] * 6 + [600 - 6 * LONGEST]


@given(ARABIC)
def test_pieces_stand_in_order_and_read_as_they_are_written(text: str) -> None:
    last = 0
    for sentence in sentences(text):
        assert 0 < len(sentence) <= LONGEST
        for piece in sentence:
            assert last <= piece.start < piece.end <= len(text)
            assert piece.exact == spelling(text[piece.start : piece.end]) != ""
            last = piece.end


@given(ARABIC)
def test_every_letter_is_in_a_piece(text: str) -> None:
    covered = {place for part in sentences(text) for piece in part for place in range(piece.start, piece.end)}
    assert all(
        place in covered for place, character in enumerate(text) if character.isalnum() and character != "ـ"
    )
