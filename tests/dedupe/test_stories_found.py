"""What `make evaluate ARGS=stories` measures, and that it stays above its floors."""

import pytest

from bench.evaluate.floors import below
from bench.evaluate.stories import report
from bench.evaluate.stories.labels import AFFAIR, OTHER, SAME, Judged
from bench.evaluate.stories.report import measure, weigh


@pytest.mark.evaluation
def test_reports_of_one_event_are_put_together_and_of_two_are_not():
    if not report.CORPUS.exists():
        pytest.skip("../shared/corpus is absent")
    assert below({"stories": report.report()}) == []


def test_pairs_of_one_affair_count_neither_as_right_nor_as_wrong():
    grades = [(SAME, "ab"), (SAME, "cx"), (SAME, "de"), (OTHER, "fg"), (OTHER, "hx"), (AFFAIR, "ij")]
    pairs = [Judged("2018-02", *pair, grade) for grade, pair in grades]
    found = ["ab", "de", "fg", "ij"]
    assert measure(pairs, found) == {
        "precision": pytest.approx(2 / 3),
        "recall": pytest.approx(2 / 3),
        "affair": 1.0,
    }


def test_articles_in_no_story_are_not_together():
    assert measure([Judged("2018-02", "a", "b", OTHER)], []) == {"precision": 0, "recall": 0, "affair": 0}


def test_terms_are_counted_in_the_articles_of_the_days_around():
    far = [(f"far{number}", "x", 50.5, {"نادر": 1.0}) for number in range(9)]
    near = [(f"near{number}", "x", 3.5, {"عام": 1.0}) for number in range(9)]
    weights = dict(weigh([("own", "x", 1.5, {"نادر": 1.0, "عام": 1.0}), *far, *near]))["own"].terms
    assert weights["نادر"] > 0.99
    assert "عام" not in weights or weights["عام"] < 0.1
