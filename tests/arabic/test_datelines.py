import pytest

from newscrawl.arabic.bylines import load_byline_words
from newscrawl.arabic.datelines import is_place, is_town


@pytest.mark.parametrize(
    "text",
    ["القاهرة", "دمشق، سوريا", "دمشق , سوريا", "أبوظبي", "أبو ظبي", "عمّان",
     "واشنطن، الولايات المتحدة الأمريكية", "المنيا",
     "القدس المحتلة", "مصر", "دبي، الإمارات العربية المتحدة"],
)  # fmt: skip
def test_places(text):
    assert is_place(text)


@pytest.mark.parametrize(
    "text", ["", "،", "القاهرة،", "اليوم", "رويترز", "القاهرة أمس", "أحمد علي", "القاهرة " * 40]
)
def test_no_places(text):
    assert not is_place(text)


def test_a_country_is_no_town():
    assert is_town("القاهرة")
    assert not is_town("مصر")


def test_no_word_is_both_a_name_and_a_desk():
    words = load_byline_words()
    assert not words.waw_names & words.desks
    assert not words.leads & words.others
