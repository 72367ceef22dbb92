"""A function of single characters, applied to a text: the quick way and the slow one agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.arabic.charmap import CharacterMap

FUNCTIONS = {
    "small letters": str.lower,
    "no digits": lambda sign: "" if sign.isdigit() else sign,
    "ligatures": lambda sign: "ﷲ".join(sign) if sign == "ا" else {"é": "ee", "«": "<<"}.get(sign, sign),
    "nothing": lambda sign: "",
}
TEXTS = st.text(
    st.one_of(st.characters(max_codepoint=0x6FF), st.sampled_from("نصé«»…😀\ufffe\ud800"), st.characters())
)


@pytest.mark.parametrize("name", FUNCTIONS)
@given(text=TEXTS)
def test_each_character_becomes_what_the_function_makes_of_it(name, text):
    mapped = CharacterMap(FUNCTIONS[name])
    assert mapped(text) == "".join(map(FUNCTIONS[name], text))


def test_a_character_is_worked_out_once():
    asked = []

    def seen(sign):
        asked.append(sign)
        return sign

    mapped = CharacterMap(seen)
    assert mapped("نص 😀😀") + mapped("😀نص") == "نص 😀😀😀نص"
    assert len(asked) == len(set(asked))
