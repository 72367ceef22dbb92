"""What changed from one text to the next."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.dedupe import alignment, moving
from newscrawl.dedupe import changes as module
from newscrawl.dedupe.changes import Edit, changes, count, edit, same_words, telling_words

WORD = st.sampled_from(["قال", "الوزير", "أمس،", "«اليوم»", "في", "إن", "الخطة.", "12", "(سابقا)", "-"])
SPACE = st.sampled_from([" ", "  ", "\n\n", "\nآخر تحديث: 12:30\n"])
TEXT = st.lists(st.tuples(WORD, SPACE), max_size=30).map(lambda pairs: "".join(map("".join, pairs)))
PLAIN = st.lists(st.sampled_from(["قال", "«الوزير»", "في،", "إن", "الخطة."]), max_size=30).map(" ".join)

REPORT = "افتتح الوزير صباح اليوم، في القاهرة، معرض «الكتاب» بحضور 12 سفيرا."


@given(PLAIN, PLAIN)
def test_both_texts_can_be_read_from_their_changes(before, now):
    found = changes(before, now)
    assert "".join(one.text for one in found if one.kind != "cut") == now
    was = [key for one in found if one.kind != "added" for key in telling_words(one.text)]
    assert "".join(was) == "".join(telling_words(before))
    assert count(found, "same") + count(found, "added") == len(telling_words(now))


@given(TEXT, TEXT)
def test_an_edit_counts_the_words_of_its_changes(before, now):
    found = changes(before, now)
    told = edit(("عنوان", before), ("عنوان", now))
    assert told == Edit(False, count(found, "added"), count(found, "cut"))
    assert bool(told) != same_words(("عنوان", before), ("عنوان", now))


@given(TEXT)
def test_a_text_does_not_differ_from_itself(text):
    assert {one.kind for one in changes(text, text)} <= {"same"}
    assert not edit((text, text), (text, text))


@pytest.mark.parametrize(
    "now",
    [
        "افتتح الوزير، صباح اليوم في القاهرة معرض الكتاب، بحضور 12 سفيرا",
        'افتَتَح الوزير صباح اليوم، في القاهره، معرض "الكتاب" بحضور ١٢ سفيراً.',
        f"{REPORT}\nآخر تحديث: 14:30",
        f"1203 مشاهدة\n\n{REPORT}",
        REPORT.replace("، ", " ،\n\n"),
    ],
)
def test_marks_spelling_stamps_and_counters_are_no_edit(now):
    assert same_words(("معرض الكتاب", REPORT), ("معرض الكتاب:", now))
    assert not edit(("معرض الكتاب", REPORT), ("«معرض الكتاب»", now))


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (REPORT.replace("صباح", "مساء"), (1, 1)),
        (REPORT.replace("12", "21"), (1, 1)),
        (REPORT + " وقال إنه سعيد.", (3, 0)),
        (REPORT.replace("صباح اليوم، ", ""), (0, 2)),
    ],
)
def test_one_word_or_figure_is_an_edit(now, words):
    assert edit(("معرض", REPORT), ("معرض", now)) == Edit(False, *words)
    assert not same_words(("معرض", REPORT), ("معرض", now))


def test_another_headline_is_an_edit():
    assert edit(("معرض", REPORT), ("معرض الكتاب", REPORT)) == Edit(True, 0, 0)


def test_a_word_written_in_two_is_the_same_and_figures_are_not():
    assert not edit(("", "قال عبد الله أمس"), ("", "قال عبدالله أمس"))
    assert edit(("", "قتل 1 2"), ("", "قتل 12")) == Edit(False, 1, 2)


def test_a_bracket_goes_with_the_word_that_it_opens():
    found = changes('قال: "نعم" (أمس)', 'قال: "لا" (أمس)')
    assert [(one.kind, one.text) for one in found] == [
        ("same", "قال: "),
        ("cut", '"نعم" '),
        ("added", '"لا" '),
        ("same", "(أمس)"),
    ]


def test_a_text_without_words_is_shown():
    assert [(one.kind, one.text, one.words) for one in changes("..", "…")] == [("same", "…", 0)]
    assert changes("", "") == []


def test_a_word_often_said_is_no_reason_to_give_up():
    often = " ".join(["في"] * 300)
    found = changes(f"{often} الصباح {often}", f"{often} المساء {often}")
    assert [(one.kind, one.words) for one in found] == [
        ("same", 300),
        ("cut", 1),
        ("added", 1),
        ("same", 300),
    ]


@pytest.mark.parametrize("one", [module, alignment, moving])
def test_the_examples_hold(one):
    assert not doctest.testmod(one).failed
