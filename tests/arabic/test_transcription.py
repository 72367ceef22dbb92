"""Foreign names in other spellings, and Arabic words that have none."""

import pytest

from newscrawl.arabic.stem import stem
from newscrawl.arabic.transcription import looks_foreign, other_spellings

ONE_NAME = """
    غورباتشوف جورباتشوف | زوكربيرغ زوكربيرج | روبرتو روبيرتو | كامبريدج كمبريدج | بنغلادش بنغلاديش |
    برلسكوني برلوسكوني | دميرتاش دميرطاش | كاثوليكوس كاتوليكوس | بلومبرغ بلومبيرغ | كونفدرالية كونفيدرالية |
    سامسونغ سامسونج | إنستاغرام إنستاجرام | وستمنستر ويستمنستر
"""
TWO_WORDS = """
    تستغل تستقل | فندق بندق | ينفذ ينفد | قلب كلب | يستقيل يستقل | اعتقال اعتقل | مستقله مستغله | طلاب تلاب |
    ضرب زرب | سورة صورة | سيكلف سيخلف | حكومه حكامه | بينما بنما |
    ينحسر ينحصر | تنحسر تنحصر
"""


def pairs(text):
    return [tuple(pair.split()) for pair in text.split("|")]


def test_a_foreign_name_has_its_other_spellings():
    missing = [pair for pair in pairs(ONE_NAME) if stem(pair[1]) not in other_spellings(stem(pair[0]))]
    assert missing == []


def test_the_spellings_of_a_name_name_each_other():
    one_way = [pair for pair in pairs(ONE_NAME) if stem(pair[0]) not in other_spellings(stem(pair[1]))]
    assert one_way == []


def test_arabic_words_that_differ_in_a_letter_are_two():
    joined = [pair for pair in pairs(TWO_WORDS) if stem(pair[1]) in other_spellings(stem(pair[0]))]
    assert joined == []


@pytest.mark.parametrize("word", ["", "كتب", "g20", "zuckerberg", "1,000", "ا" * 200, "ستنافس", "غ" * 31])
def test_what_is_no_foreign_arabic_word_has_none(word):
    assert not looks_foreign(word)
    assert other_spellings(word) == frozenset()
