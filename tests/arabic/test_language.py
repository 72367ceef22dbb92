"""Passages of our own in every language of the script, a file for each, separated by blank lines."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.arabic.language import NEIGHBOURS, SAMPLE, UNNAMED, other_language

LANGUAGES = Path(__file__).parent / "languages"
SHARED = Path(__file__).resolve().parents[2].parent / "shared"
ARABIC = ("ar", "arz", "apc", "acm", "ary", "aeb", "arq", "afb", "apd")
OTHERS = {
    "fa": "Persian",
    "ur": "Urdu",
    "ckb": "Sorani Kurdish",
    "kmr": "Kurmanji Kurdish",
    "ps": "Pashto",
    "ug": "Uyghur",
    "kk": "Kazakh",
    "sd": "Sindhi",
    "azb": "Azerbaijani",
    "ms": "Malay",
    "pnb": "Punjabi",
    "skr": "Saraiki",
    "ks": "Kashmiri",
}
SHORT = 25
"""Words of the shortest text that has to be told."""


def passages(*codes):
    return list(_passages(codes))


def _passages(codes):
    for code in codes:
        for text in (LANGUAGES / f"{code}.txt").read_text(encoding="utf-8").strip().split("\n\n"):
            yield code, text


def pieces(text):
    words = text.split()
    return {" ".join(words[start : start + SHORT]) for start in range(len(words) - SHORT + 1)}


def test_arabic_and_its_dialects_are_arabic():
    assert [(code, text) for code, text in passages(*ARABIC) if other_language(text)] == []


def test_any_25_words_of_a_dialect_are_arabic():
    dialects = [code for code in ARABIC if code != "ar"]
    short = [(code, piece) for code, text in passages(*dialects) for piece in pieces(text)]
    assert [(code, piece) for code, piece in short if other_language(piece)] == []


def test_other_languages_are_named():
    found = [(code, text, other_language(text)) for code, text in passages(*OTHERS)]
    assert [row for row in found if row[2] != OTHERS[row[0]]] == []


def test_any_25_words_of_another_language_are_not_arabic():
    short = [(code, piece) for code, text in passages(*OTHERS) for piece in pieces(text)]
    found = [(code, piece, other_language(piece)) for code, piece in short]
    assert [row for row in found if not row[2]] == []
    # In some pieces of Saraiki nothing parts it from Punjabi.
    assert [row for row in found if row[0] != "skr" and row[2] != OTHERS[row[0]]] == []


def test_every_language_has_passages():
    assert {path.stem for path in LANGUAGES.glob("*.txt")} == {*ARABIC, *OTHERS}
    assert {neighbour.name for neighbour in NEIGHBOURS} == set(OTHERS.values())


def _text(code):
    return (LANGUAGES / f"{code}.txt").read_text(encoding="utf-8")


def test_the_larger_part_of_a_mixed_text_decides():
    arabic, persian = _text("arz"), _text("fa")
    assert other_language(arabic + persian[: len(arabic) // 2]) == ""
    assert other_language(persian + arabic[: len(persian) // 6]) == "Persian"


def test_an_arabic_keyboard_does_not_hide_persian_nor_a_persian_one_arabic():
    persian = _text("fa").replace("ی", "ي").replace("ک", "ك").replace("\u200c", " ")
    assert other_language(persian) == "Persian"
    arabic = _text("arz").replace("ي", "ی").replace("ك", "ک")
    assert other_language(arabic) == ""


def test_letters_of_a_language_that_has_no_list_here():
    # Not a language: words of letters that no list and no Arabic has.
    assert other_language(" ".join(["ݬݯ", "ݭࢭࢮ", "ࢡݖ"] * 12)) == UNNAMED


@pytest.mark.parametrize("text", ["", " ", "12.5 %", "CNN Apple iOS", "د. فيصل بن مشعل", "دي ماريا"])
def test_a_text_with_too_few_words_counts_as_arabic(text):
    assert other_language(text) == ""


def test_only_the_beginning_is_read():
    arabic = _text("arz") * 30
    assert len(arabic) > SAMPLE
    assert other_language(arabic[:SAMPLE] + _text("fa") * 60) == ""


@given(st.text(max_size=300) | st.text(alphabet="ابتيىکكپچگەہےں \u064e\u0640\u200cﻻ", max_size=300))
def test_whatever_the_text_there_is_an_answer(text):
    assert other_language(text) in {"", UNNAMED, *OTHERS.values()}


REAL = (SHARED / "corpus" / "antcorpus_2018.jsonl.gz", SHARED / "syndication" / "articles.jsonl.gz")


@pytest.mark.skipif(
    not all(path.exists() for path in REAL),
    reason="the real articles (../shared) are not beside this checkout",
)
def test_no_real_arabic_article_is_turned_away():
    seen = 0
    wrong = []
    for path in REAL:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                if number % 8:
                    continue
                seen += 1
                row = json.loads(line)
                wrong += [row["url"]] if other_language(row["text"]) else []
    assert seen > 5_000
    assert wrong == []
