"""Which texts copy each other, and which only have the frame of a report in common."""

import random
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.dedupe.copies import Text, _other_gaps, copied

REPORT = (
    "أعلنت وزارة النقل أمس بدء العمل في توسعة الطريق الساحلي بين المدينتين بعد سنوات من الانتظار. وقال "
    "المتحدث باسمها إن المرحلة الأولى تشمل إنشاء أربعة جسور وثلاثة أنفاق وتنتهي خلال عامين. وأضاف أن "
    "الشركة المنفذة تعهدت بإبقاء مسار واحد مفتوحا أمام الشاحنات طوال فترة الأعمال. ورحب سكان القرى "
    "المجاورة بالمشروع، لكنهم طالبوا بتعويضات عادلة عن الأراضي التي انتزعت ملكيتها. وكانت لجنة برلمانية "
    "قد انتقدت تأخر التنفيذ وارتفاع كلفته إلى الضعف."
)
OTHER = (
    "فاز المنتخب الوطني لكرة اليد على ضيفه في المباراة التي جمعتهما مساء الجمعة ضمن تصفيات البطولة "
    "القارية وسط حضور جماهيري كبير. وسجل اللاعبون الشباب معظم الأهداف فيما تألق الحارس في الشوط الثاني. "
    "وأشاد المدرب الأجنبي بانضباط الفريق وقال إن الطريق إلى النهائيات ما زال طويلا ويحتاج إلى صبر وعمل."
)
SENTENCES = REPORT.split(". ")


def _copied(one: str, other: str, **more: bool) -> bool:
    there, back = copied(Text.of(one), Text.of(other), **more), copied(Text.of(other), Text.of(one), **more)
    assert there == back, "neither is the first"
    return there is not None


@pytest.mark.parametrize(
    "copy",
    [
        pytest.param(". ".join(SENTENCES[:2]), id="cut"),
        pytest.param(f"{REPORT}\n{OTHER}\n{OTHER[:200]}", id="another behind it"),
        pytest.param(". ".join(reversed(SENTENCES)), id="in another order"),
        pytest.param(f"صحيفتنا - وكالات: {OTHER[:90]}. {'. '.join(SENTENCES[1:])}", id="a lead of its own"),
        pytest.param(REPORT.replace("أ", "ا").replace("إ", "ا").replace("ة", "ه"), id="without hamza"),
        pytest.param(REPORT.replace("أربعة", "ثلاثة"), id="corrected in one place"),
    ],
)
def test_copies(copy):
    assert _copied(REPORT, copy)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(OTHER, id="another report"),
        pytest.param("", id="nothing"),
        pytest.param("وقال المتحدث باسمها إن المرحلة الأولى تشمل إنشاء أربعة جسور", id="one quoted sentence"),
    ],
)
def test_no_copies(text):
    assert not _copied(REPORT, text)


def test_a_follow_up_of_the_same_outlet_is_no_copy_and_another_outlets_is():
    follow_up = f"{OTHER} {'. '.join(SENTENCES[1:])}"
    assert _copied(REPORT, follow_up)
    assert not _copied(REPORT, follow_up, same_outlet=True)
    assert _copied(REPORT, f"{REPORT} وأغلق الطريق.", same_outlet=True)


RESULTS = (
    "افتتحت بورصة {0} تعاملات الأسبوع على تراجع بضغط من أسهم {1}، فيما ارتفعت أسهم {2} وحدها. وخسر سهم "
    "{3} أكثر من سواه بعد أن أعلنت إدارته توزيعات دون توقعات المستثمرين، وعزا محللون الهبوط إلى عزوف "
    "المتعاملين الأجانب عن الشراء قبل إعلان نتائج الربع، وتوقع {4} أن يستمر التذبذب حتى نهاية الشهر "
    "الجاري."
)
FACTS = (
    ("الكويت", "المصارف", "الاتصالات", "الوطنية", "العنزي"),
    ("مسقط", "العقار", "التأمين", "ظفار", "البلوشي"),
)


def test_one_frame_with_other_names():
    one, other = (RESULTS.format(*facts) for facts in FACTS)
    assert not _copied(one, other)
    assert _copied(one, RESULTS.format(*FACTS[0][:4], "المحلل العنزي"))


def test_one_frame_with_other_figures():
    frame = REPORT + " وبلغت الكميات {} و{} و{} و{} و{} طنا على التوالي بحسب البيان."
    dice = random.Random(3)
    one, other = (frame.format(*(dice.randrange(1000) for _ in range(5))) for _ in range(2))
    assert not _copied(one, other)
    assert _copied(one, one.replace("بحسب البيان", "كما ورد في بيان لها"))


def test_other_spellings_of_names_are_no_other_facts():
    names = "ترامب نتنياهو بوتين غوتيريش ماكرون زيلينسكي".split()
    others = "ترمب نتانياهو بوتن غوتيرش مكرون زيلنسكي".split()
    words = REPORT.split()
    for place, (name, other) in enumerate(zip(names, others, strict=True)):
        words[place * 9] = f"{name} {other}"
    one = " ".join(word.split()[0] if " " in word else word for word in words)
    two = " ".join(word.split()[1] if " " in word else word for word in words)
    assert _copied(one, two)


@given(st.lists(st.sampled_from("ابتثجحخ"), max_size=60), st.lists(st.sampled_from("ابتثدذر"), max_size=60))
def test_texts_without_new_words_enough_are_not_laid_beside_each_other_for_nothing(one, other):
    """Runs of words that the other text has not bound the gaps that are filled otherwise."""
    with patch("newscrawl.dedupe.copies._runs", lambda words, known: len(words)):
        full = _other_gaps(one, other)
    assert _other_gaps(one, other) == full
