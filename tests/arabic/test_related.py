"""The table of related words, a user's own beside it, and other numbers of a noun."""

import pytest

from newscrawl.arabic.related import RelatedWordsError, load_related, other_numbers, stems


def others(phrase, own=None):
    return set(load_related(own).get(stems(phrase), ()))


def test_words_that_are_alike_find_each_other():
    assert "مترو الأنفاق" in others("المترو")
    assert "المترو" in others("مترو الأنفاق")
    assert {"مشفى", "مستشفيات"} <= others("المستشفى")


def test_a_word_of_one_way_is_not_found_by_the_other():
    assert "لص" in others("حرامي")
    assert "حرامي" not in others("لص")


def test_the_other_names_of_the_gazetteer_stand_for_each_other():
    assert "هنغاريا" in others("المجر")
    assert "جامعة الدول العربية" in others("الجامعة العربية")
    assert not {"فرنسيس", "البابا"} & others("البابا فرنسيس")


def test_no_word_stands_for_itself():
    assert [words for words, found in load_related().items() if words in map(stems, found)] == []


def test_a_users_own_file_adds_to_the_table(tmp_path):
    own = tmp_path / "own.tsv"
    own.write_text("\ufeff# ours\n\n=\tلجنة المال | لجنة الموازنة\n>\tحرامي | نشال\tEG\n", encoding="utf-8")
    assert others("لجنه المال", own) == {"لجنة الموازنة"}
    assert {"لص", "نشال"} <= others("حرامي", own)


@pytest.mark.parametrize("line", ["=\tكلمة", "?\tكلمة | أخرى", "= كلمة | أخرى", "=\tكلمة | ", "كلمة"])
def test_a_line_that_cannot_be_read_is_named(tmp_path, line):
    own = tmp_path / "own.tsv"
    own.write_text(f"=\tسيارة | عربة\n{line}\n", encoding="utf-8")
    with pytest.raises(RelatedWordsError, match=r"own\.tsv, line 2: .* = or >, a tab"):
        load_related(own)


def test_a_file_in_another_encoding_is_named(tmp_path):
    own = tmp_path / "own.tsv"
    own.write_bytes("=\tسيارة | عربة\n".encode("windows-1256"))
    with pytest.raises(RelatedWordsError, match="UTF-8"):
        load_related(own)


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("شركه", {"شركات", "شركتان", "شركتين"}), ("لاعبين", {"لاعب", "لاعبون", "لاعبان"}),
        ("مطارات", {"مطار", "مطارين"}), ("رساله", {"رسالتين"}),
    ],
)  # fmt: skip
def test_a_noun_has_other_numbers(word, found):
    assert found <= other_numbers(word)


def test_names_have_no_number_and_are_none():
    assert other_numbers("ماكرون") == frozenset()
    assert "ماكرون" not in other_numbers("ماكر")
    assert "ماكرين" in other_numbers("ماكر")


@pytest.mark.parametrize("word", ["لبنان", "رمضان", "عمان", "سنين", "حسين", "موسيقي", "ايطاليا", "ه", ""])
def test_a_short_word_that_ends_like_a_number_is_none(word):
    assert other_numbers(word) == frozenset()
