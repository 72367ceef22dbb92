"""Transcriptions of foreign names, and that Arabic words have none."""

import pytest

from newscrawl.arabic.normalise import normalise
from newscrawl.arabic.transcription import looks_foreign, transcriptions

PAIRS = [
    ("زوكربيرج", "زوكربيرغ"), ("زوكربيرج", "زوكربرغ"), ("سكريبل", "سكريبال"), ("جريزمان", "غريزمان"),
    ("بنجلادش", "بنغلاديش"), ("كامبردج", "كمبريدج"), ("سبورتنج", "سبورتينغ"), ("لوبيتيجي", "لوبتيغي"),
    ("نتفلكس", "نتفليكس"), ("دانييلز", "دانيلز"), ("ديكتاتور", "دكتاتور"), ("بلومبرج", "بلومبيرغ"),
]  # fmt: skip
ARABIC = (
    "قرار غرار يحضر يحظر استقلال استغلال مجال مقال صورة سورة قلب كلب انتصار تتضمن يتطلب منتخب معارضة "
    "اجتماعات مستشفى التقط يقترح مفاوضات مسؤولون تظاهرات استقالة محكمة"
).split()


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_transcriptions_are_each_others(one, other):
    assert other in transcriptions(one)
    assert one in transcriptions(other)


@pytest.mark.parametrize("word", ARABIC)
def test_arabic_words_have_none(word):
    assert not looks_foreign(normalise(word))
    assert transcriptions(normalise(word)) == []


def test_a_vowel_at_the_end_makes_another_word():
    assert not {"كريستيانا", "كريستيان"} & {*transcriptions("كريستيانو")}


@pytest.mark.parametrize("word", ["", "و", "google", "2018", "جي20", "…"])
def test_other_scripts_have_none(word):
    assert transcriptions(word) == []
