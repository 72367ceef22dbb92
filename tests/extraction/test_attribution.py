import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.extraction.agencies import credited_houses

CREDITED = [
    ("انتشر المقطع على نطاق واسع، وفق ما نقل موقع دايلي ميل.", "دايلي ميل"),
    ("نشر موقع Middle East Eye البريطاني، أن اللصوص فروا.", "Middle East Eye"),
    ("نشر موقع ميدل إيست آي البريطاني تقريرا", "ميدل إيست آي"),
    ("ذكرت صحيفة وول ستريت جورنال أن الشركة", "وول ستريت جورنال"),
    ('نقلت صحيفة "صباح" التركية عن مصدر', "صباح"),
    ("نشرت صحيفة «جاكرتا بوست» الإندونيسية", "جاكرتا بوست"),
    ("ارتفع السعر، وفقا لصحيفة (سبورت) الإسبانية.", "سبورت"),
    ("ارتفع السعر، بحسب صحيفة الغارديان البريطانية.", "الغارديان"),
    ("قالت وكالة رويترز إن", "رويترز"),
    ("وأفادت وكالة الأناضول التركية بأن", "الأناضول"),
    ('حسبما ذكرت وكالة "كونا" للأنباء.', "كونا"),
    ("نقلا عن موقع صحيفة ماركا الإسبانية", "ماركا"),
    ("بحسب موقع أكسيوس الأميركي", "أكسيوس"),
    ("أوردت قناة فوكس نيوز أن", "فوكس نيوز"),
    ("ذكر موقع The Intercept أن", "The Intercept"),
]

NOT_CREDITED = [
    "قالت وكالة الفضاء الأميركية إن المركبة هبطت",
    "قالت وكالة الطاقة الدولية إن الطلب ارتفع",
    "نشر موقع تويتر تحديثا جديدا",
    "كتب على موقع التواصل الاجتماعي",
    "استهدف القصف موقعا عسكريا قرب الحدود",
    "قالت صحيفة محلية إن الحادث",
    "نقلت صحيفة بريطانية عن مصدر",
    "نقلت صحيفة تصدر في هونغ كونغ عن مصدر",
    "قال مختصون في تصريحات لصحيفة اليوم إن",
    "أعلنت شبكة سي بي إس تسريح موظفيها",
    "زار الوزير موقع المشروع الجديد",
    "وفق شبكة الطرق الجديدة",
    "", "موقع", "نشر موقع", "بحسب صحيفة",
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "house"), CREDITED)
def test_houses_that_a_sentence_credits(sentence, house):
    assert next(credited_houses(sentence), "") == house


@pytest.mark.parametrize("sentence", NOT_CREDITED)
def test_sentences_that_credit_nobody(sentence):
    assert list(credited_houses(sentence)) == []


@given(st.lists(st.sampled_from('وفق ما نقل موقع صحيفة دايلي ميل « » " ، . أن X البريطانية'.split())))
def test_what_is_credited_stands_in_the_text(words):
    text = " ".join(words)
    for house in credited_houses(text):
        assert house in text
