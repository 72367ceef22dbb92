"""What `make evaluate ARGS=stories` measures, and that it stays above its floors."""

import pytest

from bench.evaluate.floors import below
from bench.evaluate.stories import report
from bench.evaluate.stories.labels import AFFAIR, OTHER, SAME, Judged
from bench.evaluate.stories.report import Row, links, measure
from newscrawl.dedupe.reports import DAY, packed


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


def test_articles_are_compared_across_weeks():
    names = {number: packed({f"اسم{number}": 6, f"لقب{number}": 6}) for number in range(20)}
    others = [Row(f"other{number}", f"o{number}", 7 * DAY - 60, terms) for number, terms in names.items()]
    late = Row("late", "x", 7 * DAY - 1, names[3])
    early = Row("early", "y", 7 * DAY + 1, names[3])
    assert links([early, *others, late]).keys() == {
        ("other3", "late"),
        ("other3", "early"),
        ("late", "early"),
    }
