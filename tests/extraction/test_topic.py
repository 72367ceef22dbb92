"""Lines that speak of a headline, and lines that each speak of something else."""

import pytest
from lxml import html

from newscrawl.extraction.topic import Topic, is_headline
from newscrawl.page import read_page
from tests.extraction.test_kinds import HEADLINES, SENTENCES


def topic(lines, title):
    page = read_page(html.document_fromstring("".join(f"<p>{line}</p>" for line in lines)))
    return Topic(page, page.blocks, title)


def test_a_report_comes_back_to_its_headline():
    assert topic(SENTENCES, "توسعة الطريق الدائري في المدينة بعد توقف").spoken > 0.1


@pytest.mark.parametrize("title", ["آخر الأخبار", "الصحيفة", "", "نشرة المساء من الصحيفة"])
def test_a_list_does_not_come_back_to_its_name(title):
    assert topic(HEADLINES, title).spoken == 0
    assert topic(HEADLINES, title).headline_share == 1


def test_a_lead_speaks_for_the_table_under_it():
    table = [f"المجموعة {number} تضم أربعة منتخبات جديدة" for number in range(20)]
    lead = "أوقعت قرعة البطولة التي سحبت مساء أمس في العاصمة حامل اللقب في مجموعة صعبة وأعلن الاتحاد موعدها."
    assert topic([lead, *table], "نتائج قرعة البطولة").spoken == 1


def test_a_text_in_another_language_is_not_judged():
    assert topic(["The council met on Friday to talk about the new road"] * 3, "Weekly news").spoken == 1


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (HEADLINES[0], True),
        (f"10:45 {HEADLINES[1]}", True),
        (f"7. {HEADLINES[2]}", True),
        ("هل يعود السباق إلى المدينة هذا العام؟", True),
        ("قال الوزير: «لن نعود إلى الوراء»", True),
        (SENTENCES[0], False),
        ("20 نوفمبر 2026", False),
        ("اقرأ المزيد", False),
    ],
)
def test_a_headline_is_short_and_has_no_full_stop(text, is_one):
    assert is_headline(text) is is_one
