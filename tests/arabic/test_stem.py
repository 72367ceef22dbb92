"""Proclitics: the golden table, the families that must meet, the words that must not."""

import time
from pathlib import Path

import pytest

from newscrawl.arabic import stem as module
from newscrawl.arabic.gazetteer import load_gazetteer
from newscrawl.arabic.normalise import normalise
from newscrawl.arabic.stem import forms, known_words, stem


def table(name):
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if not line.startswith("#")]


GOLDEN = table("stem_golden.tsv")
HELD_OUT = table("stem_held_out.tsv")
FLOOR = 0.99
FLOOR_WITHOUT_GAZETTEER = 0.95
FLOOR_HELD_OUT = 0.95


def stem_of(word):
    return stem(normalise(word))


def share_right(rows):
    return sum(stem_of(word) == normalise(base) for word, base in rows) / len(rows)


def test_golden_table():
    assert len(GOLDEN) >= 250
    wrong = [(word, base, stem_of(word)) for word, base in GOLDEN if stem_of(word) != normalise(base)]
    assert share_right(GOLDEN) >= FLOOR, wrong


def test_words_drawn_at_random():
    """The honest figure: ambiguous words only, none of them looked at while tuning."""
    assert share_right(HELD_OUT) >= FLOOR_HELD_OUT


def test_the_learned_list_does_most_of_it(monkeypatch):
    """The gazetteer corrects; it does not carry the golden table."""
    lines = (Path(module.__file__).parent / "data" / "lexicon.txt").read_text(encoding="utf-8").split("\n")
    learned = frozenset(line for line in lines if line and not line.startswith("#"))
    monkeypatch.setattr(module, "known_words", lambda: learned)
    assert share_right(GOLDEN) >= FLOOR_WITHOUT_GAZETTEER


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("لبنان", "لبن"), ("لبنان", "لبناني"), ("إيران", "إيراني"), ("السودان", "السود"), ("بيان", "بي"),
        ("بكين", "كين"), ("وفد", "فد"), ("كتاب", "تاب"), ("ليبيا", "يبيا"), ("ألمانيا", "مانيا"),
        ("طهران", "طهر"), ("بوتين", "بوت"), ("قرآن", "قر"), ("شؤون", "شؤ"), ("إلا", "لا"), ("الله", "له"),
        ("كما", "ما"), ("لكن", "كن"), ("التزام", "تزام"), ("بلد", "لد"), ("سورية", "سورة"),
    ],
)  # fmt: skip
def test_words_that_must_not_meet(one, other):
    assert stem_of(one) != stem_of(other)


@pytest.mark.parametrize("word", ["cia", "2026", "g20", "", "و", "من", "москва"])
def test_other_words_come_back_unchanged(word):
    assert stem(word) == word


def test_gazetteer_words_keep_their_letters():
    names = [entry.name for entry in load_gazetteer().entries if " " not in entry.name]
    assert len(names) > 1000
    assert [
        (form, stem(form)) for name in names for form, base in spellings(name) if stem(form) != base
    ] == []


def spellings(name):
    """Each form in which text has the name, and its stem."""
    exact = normalise(name)
    article = name.startswith("ال") and exact not in load_gazetteer().whole
    base = exact[2:] if article else exact
    yield exact, base
    if "و" + exact not in known_words():  # وجدة is a city, and و + جدة; وفاق an accord
        yield "و" + exact, base
    yield "وال" + base, base
    yield "بال" + base, base


def test_forms_and_stem_are_two_directions_of_one_rule():
    for word in ("وزير", "حكومه", "رءيس", "فريق"):
        assert [form for form in forms(word) if stem(form) != word] == []


def test_reading_the_word_lists_is_quick():
    known_words()  # camel-tools, files and tables into memory
    load_gazetteer.cache_clear()
    began = time.process_time()
    known_words.__wrapped__()
    assert time.process_time() - began < 2  # 30 ms on an idle machine
