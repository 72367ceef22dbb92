"""Which texts are compared with which."""

from newscrawl.dedupe.candidates import HOLDERS, Candidates
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
