"""Who is a house, which text is a place, which words make a byline."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.arabic.credits import house_key, is_place, is_town, load_byline_words, load_houses


@pytest.mark.parametrize(
    "name",
    ["رويترز", "وكالة رويترز", "«رويترز»", "Reuters", "reuters", "أ ف ب", "أ.ف.ب", "أ. ف. ب.",
     "ا ف ب", "(أ ف ب)", "AFP",
     "فرانس برس", "وكالة فرانس برس", "د ب أ", "د.ب.أ", "واس", "و ا س", "وام", "كونا", "قنا",
     "بترا", "سانا", "سبأ", "واج",
     "و م ع", "أ ش أ", "الأناضول", "الاناضول", "شينخوا", "وكالات", "الوكالة الوطنية للإعلام",
     "UPI", "بلومبرغ"],
)  # fmt: skip
def test_agencies(name):
    assert load_houses().is_agency(name)


@pytest.mark.parametrize(
    "name", ["", "وكالة", "دبا", "أفب", "الجزيرة", "رويترز قالت", "قال", "أ", "ف ب", "رويترز " * 40]
)
def test_no_agencies(name):
    assert not load_houses().is_agency(name)


@pytest.mark.parametrize(
    "name", ["الجزيرة", "موقع دايلي ميل", "صحيفة الغارديان", "CNN", "Middle East Eye", "واس"]
)
def test_houses(name):
    assert load_houses().is_house(name)


@given(st.text(max_size=100))
def test_a_key_is_its_own_key(name):
    assert house_key(house_key(name)) == house_key(name)


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
