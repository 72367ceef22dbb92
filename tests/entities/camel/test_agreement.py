"""Agreement, and the refusal below 99 %."""

import pytest

from newscrawl.entities.camel.agreement import agreement


def test_all_alike():
    tags = [["O", "B-PERS", "I-PERS"], []]
    found = agreement(tags, tags)
    assert (found.tokens, found.tags, found.named, found.entities, found.enough) == (3, 1.0, 1.0, 1.0, True)


def test_over_all_tokens_over_names_and_over_entities():
    first = [["O", "B-PERS", "I-PERS", "O", "B-LOC"]]
    second = [["O", "B-PERS", "O", "O", "B-LOC"]]
    found = agreement(first, second)
    assert found.tags == pytest.approx(4 / 5)
    assert found.named == pytest.approx(2 / 3)
    assert found.entities == pytest.approx(2 * 1 / 4)
    assert not found.enough


@pytest.mark.parametrize(("wrong", "enough"), [(0, True), (10, True), (11, False)])
def test_the_line_is_at_99_per_cent(wrong, enough):
    first = [["O"] * 1000]
    second = [["B-LOC"] * wrong + ["O"] * (1000 - wrong)]
    assert agreement(first, second).enough is enough


def test_nothing_to_compare():
    found = agreement([], [])
    assert (found.tokens, found.tags, found.named, found.entities) == (0, 1.0, 1.0, 1.0)


def test_a_missing_tag_is_a_fault():
    with pytest.raises(ValueError, match="shorter"):
        agreement([["O", "O"]], [["O"]])
