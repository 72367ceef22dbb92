"""The analysis settings themselves, without a server."""

import json
import re

from newscrawl.arabic.normalise import normalise
from newscrawl.search.elastic.analysis import (
    DONE,
    analysis,
    letter_mappings,
    spelling_rules,
    word_pattern,
)


def test_the_settings_are_json_of_moderate_size():
    assert len(json.dumps(analysis(), ensure_ascii=False).encode()) < 1_000_000


def test_every_letter_rule_is_what_normalise_does():
    for rule in letter_mappings():
        source, target = (
            bytes.fromhex(side.replace("\\u", "")).decode("utf-16-be") for side in rule.split("=>")
        )
        assert normalise(source) == normalise(target), rule
        assert normalise(f"س{source}س") in (f"س{target}س", f"س{target.strip()}س", "س س"), rule


def test_every_named_filter_and_tokenizer_is_defined():
    settings = analysis()
    for analyzer in settings["analyzer"].values():
        assert analyzer["tokenizer"] in settings["tokenizer"]
        assert set(analyzer["filter"]) <= set(settings["filter"])
        assert set(analyzer["char_filter"]) <= set(settings["char_filter"])


def test_no_filter_is_defined_in_vain():
    settings = analysis()
    used = {name for analyzer in settings["analyzer"].values() for name in analyzer["filter"]}
    assert used == set(settings["filter"])


def test_stems_are_marked_so_that_no_later_pattern_touches_them():
    for name in ("ar_whole", "ar_bare"):
        for rule in analysis()["filter"][name]["rules"]:
            words, stem = rule.split(" => ")
            assert stem.startswith(DONE)
            assert not re.search("[^\u0621-\u064aA-Za-z0-9, ]", words), rule


def test_repeated_groups_are_possessive():
    """An ordinary repeated group makes Java recurse, and a stack overflow ends the server."""
    assert re.findall(r"\)[*+]", word_pattern()) == re.findall(r"\)[*+](?=\+)", word_pattern())


def test_stop_words_and_spellings_are_normalised():
    stopped = analysis()["filter"]["ar_stop"]["stopwords"]
    assert all(normalise(word) == word for word in stopped)
    assert {"في", "من", "التي"} <= set(stopped)
    assert "علي" not in stopped  # a name
    assert "امريكا, اميركا" in spelling_rules()
    assert all(len(rule.split(", ")) > 1 for rule in spelling_rules())
