"""RULES is raised whenever a golden page is read otherwise; else old articles would pass for new ones."""

import pytest

from newscrawl.article import Article
from newscrawl.extraction import RULES
from tests.extraction import rules
from tests.extraction.golden import FETCHED_AT


def test_the_golden_pages_are_read_as_these_rules_read_them():
    recorded, now = rules.recorded(), rules.read()
    assert recorded.version == RULES, f"RULES is {RULES}: record it with python -m tests.extraction.rules"
    assert now == recorded.pages, (
        f"read otherwise than by rules {RULES}: {', '.join(rules.changed(recorded.pages, now))}. "
        "Raise RULES in newscrawl/extraction/rules.py, then: python -m tests.extraction.rules"
    )


def test_a_change_without_a_higher_number_is_not_recorded(tmp_path):
    file = tmp_path / "rules.json"
    rules.record(file, 7, {"page": "as before", "other": "the same"})
    with pytest.raises(SystemExit, match="page"):
        rules.record(file, 7, {"page": "otherwise", "other": "the same"})
    rules.record(file, 8, {"page": "otherwise", "other": "the same"})
    assert rules.recorded(file) == rules.Recorded(8, {"page": "otherwise", "other": "the same"})


def test_every_value_of_an_article_counts_but_its_rules():
    def fingerprint(**values):
        return rules.fingerprint(Article(*["x"] * 7, fetched_at=FETCHED_AT, **values))

    assert fingerprint(rules=1) == fingerprint(rules=2) != fingerprint(section="محليات")
