import pytest
from hypothesis import given
from hypothesis import strategies as st
from seqeval.metrics.sequence_labeling import get_entities

from newscrawl.entities.protocol import LABELS, Span, spans_of

TAGS = ["O", *(f"{prefix}-{kind}" for prefix in "BI" for kind in LABELS)]


def test_spans_run_from_first_to_last_token() -> None:
    tags = ["B-PERS", "I-PERS", "O", "B-LOC", "B-LOC"]
    places = [(0, 3), (4, 8), (9, 11), (12, 15), (16, 20)]
    assert spans_of(tags, places) == [
        Span("PERSON", 0, 8),
        Span("LOCATION", 12, 15),
        Span("LOCATION", 16, 20),
    ]


def test_tags_and_places_must_be_as_many() -> None:
    with pytest.raises(ValueError, match="shorter"):
        spans_of(["O", "O"], [(0, 1)])


@given(st.lists(st.sampled_from(TAGS), max_size=12))
def test_spans_are_those_that_the_evaluation_counts(tags: list[str]) -> None:
    found = spans_of(tags, [(place, place + 1) for place in range(len(tags))])
    expected = [Span(LABELS[kind], first, last + 1) for kind, first, last in get_entities(tags)]
    assert found == expected
