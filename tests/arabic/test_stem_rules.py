"""The tables and patterns that stand for `stem` in other engines."""

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from newscrawl.arabic import stem as module
from newscrawl.arabic.gazetteer import load_gazetteer
from newscrawl.arabic.normalise import normalise
from newscrawl.arabic.stem import (
    exceptions,
    exceptions_for,
    forms,
    known_words,
    learned_forms,
    stem,
    stem_by_rules,
)

from .test_stem import GOLDEN, HELD_OUT

FLOOR_GOLDEN = 0.98
FLOOR_HELD_OUT = 0.97
SHARED = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "antcorpus_2018.jsonl.gz"


def share(rows):
    agree = [stem_by_rules(normalise(word)) == stem(normalise(word)) for word, _ in rows]
    return sum(agree) / len(agree)


def test_rules_agree_with_stem_on_the_golden_words():
    assert share(GOLDEN) >= FLOOR_GOLDEN
    assert share(HELD_OUT) >= FLOOR_HELD_OUT


def test_rules_agree_on_every_word_of_the_lexicon():
    assert [word for word in known_words() if stem_by_rules(word) != stem(word)] == []


def test_rules_agree_on_every_form_of_the_gazetteer():
    named = [form for word in load_gazetteer().base_words()[0] for form in forms(word)]
    assert [form for form in named if stem_by_rules(form) != stem(form)] == []


def test_rules_agree_on_every_learned_form():
    assert len(learned_forms()) > 5_000
    assert [form for form in learned_forms() if stem_by_rules(form) != stem(form)] == []


def test_the_tables_stay_small_enough_for_an_index_setting():
    tables = exceptions()
    assert len(tables.whole) < 2_000
    assert len(tables.bare) < 30_000


@given(st.lists(st.text("وفبكلاتمنرسعيه", min_size=1, max_size=9), max_size=40))
def test_tables_made_for_any_words_agree_on_them(words):
    tables = exceptions_for(words)
    assert [word for word in words if stem_by_rules(word, tables) != stem(word)] == []


def test_the_patterns_mean_the_same_in_python_and_java():
    """No construct that the two read differently: only classes, look-aheads and alternatives."""
    for pattern in (module.CONJUNCTION_PATTERN, module.ARTICLE_PATTERN):
        assert re.fullmatch(r"[\^(?:=)\[\]|.{}\d\u0621-\u064a]+", pattern)
