"""What is no text goes, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from newscrawl.page.parse import only_text

REFUSED = [*range(1, 9), 0xB, 0xC, *range(0xE, 0x20), 0xFFFE, 0xFFFF]
"""What lxml refuses to write and libxml2 reads from a reference all the same."""
TEXT = [0x9, 0xA, 0xD, 0x20, 0x7F, 0xA0, 0x627, 0x200F, 0xFFFD, 0x1F600, 11111, 0xB0, 0x1FF, 0xFFFE1]


@pytest.mark.parametrize("code", REFUSED, ids=hex)
def test_what_lxml_refuses_goes_in_every_spelling(code):
    for spelled in (f"&#{code};", f"&#0{code}", f"&#x{code:x};", f"&#X00{code:X}", chr(code)):
        assert only_text(f"قال{spelled} ") == "قال ", spelled


@pytest.mark.parametrize("code", TEXT, ids=hex)
def test_text_stays(code):
    source = f"قال {chr(code)} &#{code};&#x{code:x};&#{code} &#x{code:x} ثم"
    assert only_text(source) == source


def test_halves_of_characters_go():
    assert only_text("a\ud800b\udfffc") == "abc"


def test_a_reference_made_of_what_is_left_is_none():
    assert "&#1" not in only_text("&#&#1;1;")


@given(st.text(st.one_of(st.sampled_from("&#xX0123456789bdefBDEF; "), st.characters(codec=None))))
def test_lxml_takes_back_what_it_reads(text):
    sound = only_text(text)
    assert only_text(sound) == sound
    tree = html.fromstring(f"<div>{sound.replace('<', '')}</div>")
    tree.text = tree.text_content()  # raises ValueError where it is no text
