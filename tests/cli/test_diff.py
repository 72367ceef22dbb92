"""How two texts differ, as lines."""

import sys

import pytest

from newscrawl.cli.diff import diff_lines, whole_line
from newscrawl.dedupe.changes import changes
from newscrawl.terminal import rendered

LONG = "قال الوزير إن المعرض يفتح أبوابه صباح غد أمام جميع الزوار في القاهرة"


def shown(before, now, *, terminal=False):
    return [rendered(line, terminal=terminal) for line in diff_lines(changes(before, now))]


def test_only_paragraphs_that_changed_are_shown_and_little_around_a_change():
    assert shown(f"{LONG} اليوم.\n\n{LONG}", f"{LONG} أمس.\n\n{LONG}") == [
        "… غد أمام جميع الزوار في القاهرة [-اليوم.-] {+أمس.+}"
    ]


def test_paragraphs_that_came_and_went_have_a_line_each():
    assert shown(f"{LONG}\n\nأول\n\nثان\n\nآخر", f"{LONG}\n\nآخر\n\nثالث") == [
        "[-أول-]",
        "[-ثان-]",
        "{+ثالث+}",
    ]


def test_a_headline_is_shown_whole():
    assert rendered(whole_line(changes(f"{LONG} اليوم", f"{LONG} أمس")), terminal=False) == (
        f"{LONG} [-اليوم-] {{+أمس+}}"
    )


def test_words_are_coloured_on_a_terminal_only(monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    [line] = shown("قال أمس", "قال اليوم", terminal=True)
    assert line == "\u2067قال \x1b[9;31mأمس\x1b[0m \x1b[32mاليوم\x1b[0m\u2069"
    monkeypatch.setenv("NO_COLOR", "1")
    assert shown("قال أمس", "قال اليوم", terminal=True) == ["\u2067قال [-أمس-] {+اليوم+}\u2069"]


@pytest.mark.parametrize("now", ["", "قال،", "..."])
def test_no_change_no_line(now):
    assert shown(now, now) == []


def test_foreign_text_cannot_control_the_terminal():
    assert "\x1b[2J" not in "".join(shown("قال", "قال \x1b[2Jأمس", terminal=True))
