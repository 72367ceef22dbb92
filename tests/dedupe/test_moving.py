"""Lines that change though nobody edits the text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.dedupe.moving import moving

MOVE = """
آخر تحديث: 12:30
آخر تحديث ١٢ نوفمبر ٢٠٢٦، الساعة ١٤:٣٠ بتوقيت القاهرة
12 نوفمبر 2026 - 14:30
الأحد 3 مايو 2020 | 10:30 م | عدد المشاهدات 55
منذ 3 ساعات
قبل يومين
نشر في: 12/11/2026
1203 مشاهدة
المشاهدات: 1,203
12 تعليقا
مدة القراءة: 3 دقائق
Last updated: Nov 3, 2026 10:30 AM
""".strip().splitlines()
STAY = """
4500
2026
عيار 21: 4500 جنيه
حقق الفيديو 1200 مشاهدة
تعديل القانون
آخر الأخبار
القراء
قتل 12 شخصا أمس
15 أكتوبر
20:00
خمس مرات
وصل الوزير في (12 نوفمبر 2026) إلى القاهرة
""".strip().splitlines()


@pytest.mark.parametrize("line", MOVE)
def test_stamps_and_counters_move(line):
    text = f"افتتح الوزير المعرض.\n{line}\nوقال إنه سعيد."
    assert [text[start:end] for start, end in moving(text)] == [line]
    assert moving(line) == [(0, len(line))]


@pytest.mark.parametrize("line", STAY)
def test_facts_do_not(line):
    assert moving(line) == []


def test_a_piece_in_brackets_or_between_bars_needs_its_label():
    text = "القاهرة (آخر تحديث 14:30) قال | 7 مشاركات | إن"
    assert [text[start:end].strip() for start, end in moving(text)] == ["آخر تحديث 14:30", "7 مشاركات"]


@given(st.text(st.sampled_from("\n(|) 12:30تحديثآخر مشاهدة"), max_size=60))
def test_spans_are_in_order_and_apart(text):
    found = moving(text)
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
