"""Which texts are compared with which."""

from hypothesis import given
from hypothesis import strategies as st

from newscrawl.dedupe.candidates import HOLDERS, SHARED, Candidates
from newscrawl.dedupe.shingles import shingled


def _text(word: str, count: int = 300) -> str:
    return " ".join(f"{word}{number}" for number in range(count))


def test_a_copy_a_part_and_a_text_with_more_behind_it_are_found_and_no_other():
    known = Candidates()
    known.add(1, shingled(_text("خبر")))
    known.add(2, shingled(_text("نبأ")))
    for text in (_text("خبر"), _text("خبر", 100), f"{_text('خبر')} {_text('جديد')}"):
        assert known.find(shingled(text)) == [1]
    assert known.find(shingled(_text("سواه"))) == []
    assert known.find(shingled("")) == []


def test_the_likest_comes_first():
    known = Candidates()
    known.add(1, shingled(_text("خبر", 120)))
    known.add(2, shingled(_text("خبر", 290)))
    assert known.find(shingled(_text("خبر"))) == [2, 1]


def test_thousands_of_copies_are_not_all_looked_at():
    known = Candidates()
    statement = shingled(_text("بيان"))
    for number in range(500):
        known.add(number, statement)
    assert known.find(statement) == list(range(HOLDERS))


def test_a_phrase_that_both_quote_makes_no_candidate():
    known = Candidates()
    quoted = _text("بيان", 40)
    known.add(1, shingled(f"{_text('خبر')} {quoted}"))
    other = shingled(f"{_text('نبأ')} {quoted}")
    shared = {*shingled(f"{_text('خبر')} {quoted}").sample} & {*other.sample}
    assert len(shared) >= SHARED
    assert known.find(other) == []


@given(st.integers(60, 2000), st.integers(0, 2000), st.randoms(use_true_random=False))
def test_what_is_contained_as_a_copy_is_is_a_candidate(length, behind, dice):
    """However short and however long: of the part that both samples reach, a copy has most."""
    part = " ".join(f"خ{dice.randrange(10**9)}" for _ in range(length))
    known = Candidates()
    known.add(1, shingled(f"{part} {' '.join(f'ب{dice.randrange(10**9)}' for _ in range(behind))}"))
    shared = len({*known._holders} & {*shingled(part).sample})
    assert known.find(shingled(part)) == [1] or shared < SHARED
