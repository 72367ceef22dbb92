"""CAMeL Tools' own tokens, each at its place in the text as published."""

import pytest
from camel_tools.tokenizers.word import simple_word_tokenize
from camel_tools.utils.dediac import dediac_ar
from hypothesis import example, given
from hypothesis import strategies as st

from newscrawl.entities.camel.install import bundled_text
from newscrawl.entities.camel.tokens import bare_text, sentences

LETTERS = "ابتمحدلنيوهةأإآؤئى"
MARKS = "\u064b\u064e\u064f\u0650\u0651\u0652\u0670"
ODD = "\u0640\u200f\u200e\u200c\u200d\ufeff\u0654\u0653\ufe8d\ufefb\ufdf2\ufdfa\ufe0f\u0301"
OTHER = "az09٣.,،؟!«»()-_#@ \t\n\r\u00a0\u2028😀👍🏽🇱🇧é漢"


def read(text):
    return [(token.text, text[token.start : token.end]) for sentence in sentences(text) for token in sentence]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("مُحَمَّدٌ هنا", [("محمد", "مُحَمَّدٌ"), ("هنا", "هنا")]),
        ("محمـــد", [("محمد", "محمـــد")]),
        ("\u200fمحمد\u200f،", [("محمد", "محمد"), ("،", "،")]),
        ("م\u200fحمد", [("محمد", "م\u200fحمد")]),
        ("اﻹسلام", [("الإسلام", "اﻹسلام")]),
        ("ا\u0654حمد", [("أحمد", "ا\u0654حمد")]),
        ("كافي\u0301ه", [("كافيه", "كافي\u0301ه")]),
        ("cafe\u0301", [("café", "cafe\u0301")]),
        ("(لبنان)\r\nمصر", [("(", "("), ("لبنان", "لبنان"), (")", ")"), ("مصر", "مصر")]),
        ("👍🏽 نعم", [("👍🏽", "👍🏽"), ("نعم", "نعم")]),
        (" \u0651 \u200f ـ ", []),
        ("محمد ﷺ قال", [("محمد", "محمد"), ("قال", "قال")]),
    ],
)
def test_tokens_and_their_places(text, expected):
    assert read(text) == expected


def test_sentences_end_where_lines_and_full_stops_do():
    text = "قال محمد.\r\nثم قال: 3.5 وسكت! نعم\n\nمصر"
    words = [[token.text for token in sentence] for sentence in sentences(text)]
    assert words == [
        ["قال", "محمد", "."],
        ["ثم", "قال", ":", "3", ".", "5", "وسكت", "!"],
        ["نعم"],
        ["مصر"],
    ]


@given(st.text(st.sampled_from(LETTERS + MARKS + ODD + OTHER), max_size=60))
@example("ﷺا")
def test_places_are_right_on_any_text(text):
    end = 0
    for sentence in sentences(text):
        assert sentence
        for token in sentence:
            assert end <= token.start < token.end <= len(text)
            assert bare_text(text[token.start : token.end]).text == token.text
            assert token.text.strip() == token.text
            end = token.end


@given(st.text(st.sampled_from(LETTERS + MARKS + OTHER), max_size=60))
def test_without_oddities_they_are_camel_tools_own(text):
    assert [token for token, _ in read(text)] == simple_word_tokenize(dediac_ar(text))


def test_real_text():
    text = bundled_text().replace("\u0640", "")
    assert [token for token, _ in read(text)] == simple_word_tokenize(dediac_ar(text))
    assert 250 <= len(sentences(text)) <= 400
