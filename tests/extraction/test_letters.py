import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.arabic.letters import letters

from .test_echo import WHEAT_TEXT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("«شي» – قال: نعم", 'شي" قال نعم'),
        ("\u200fقال  الوزير\u00a0أمس.", "قال الوزير أمس"),
        ("قالَ الوَزيرُ", "قال الوزير"),
        ("قـال الوزير", "قال الوزير"),
        ("* قال_الوزير", "قال الوزير"),
    ],
)
def test_lines_that_say_the_same(one, other):
    assert letters(one) == letters(other)


def test_lines_that_do_not():
    assert len({letters(line) for line in [*WHEAT_TEXT, "عدد 7", "عدد 8", ""]}) == len(WHEAT_TEXT) + 3
    assert letters("قال الوزير 7") == "قالالوزير7"


@given(st.text(max_size=400))
def test_letters_alone_are_left(line):
    found = letters(line)
    assert found == "" or found.isalnum()
    assert set(found) <= set(line)
