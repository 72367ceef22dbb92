"""Words and their places in the text as published."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.arabic.normalise import normalise
from newscrawl.arabic.tokens import index_terms, tokenise

SPLIT = [
    ("قال «الوزير»، أمس", ["قال", "الوزير", "أمس"]),
    ("#عاصي_الحلاني", ["عاصي", "الحلاني"]),
    ("روسيا-أوكرانيا", ["روسيا", "أوكرانيا"]),
    ('بـ"ذا فويس The Voice"', ["بـ", "ذا", "فويس", "The", "Voice"]),
    ("كـتـ\u200cـابٌ جميل", ["كـتـ\u200cـابٌ", "جميل"]),
    ("في2026عام", ["في", "2026", "عام"]),
    ("الـCIA وG20 5G", ["الـ", "CIA", "و", "G20", "5G"]),
    ("1,000,000 1.5 ٣٫٥ ١٠:٣٠", ["1,000,000", "1.5", "٣٫٥", "١٠", "٣٠"]),
    ("(أ.ف.ب)", ["أ", "ف", "ب"]),
    ("محمد ﷺ ـ ــ", ["محمد"]),
    ("«ذا»قال", ["ذا", "قال"]),
    ("e\u0301te\u0301 москва", ["e\u0301te\u0301", "москва"]),
]


@pytest.mark.parametrize(("text", "words"), SPLIT)
def test_words(text, words):
    assert [text[token.start : token.end] for token in tokenise(text)] == words


@pytest.mark.parametrize(
    ("text", "exact"),
    [("1,000,000", "1000000"), ("٣٬٥٠٠", "3500"), ("٣٫٥", "3.5"), ("1,5", "1.5"), ("١٬٢٣٤٫٥", "1234.5")],
)
def test_numbers_lose_their_separators(text, exact):
    assert [token.exact for token in tokenise(text)] == [exact]


@given(st.text(st.one_of(st.characters(min_codepoint=0x0600, max_codepoint=0x06FF), st.characters())))
def test_offsets_hold_and_forms_are_plain(text):
    end = 0
    for token in tokenise(text):
        assert end <= token.start < token.end <= len(text)
        end = token.end
        assert token.exact
        assert token.stem
        assert " " not in token.exact
        assert token.exact == normalise(token.exact)
        assert token.exact.endswith(token.stem) or token.stem == "الله"


@given(st.text())
def test_index_terms_are_the_tokens(text):
    stems, exact = index_terms(text)
    assert exact.split() == [token.exact for token in tokenise(text)]
    assert stems.split() == [token.stem for token in tokenise(text)]
