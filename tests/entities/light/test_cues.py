import numpy as np
import pytest

from newscrawl.entities.light.cues import CUES, sentence_cues


def cues(*spelled: str) -> list[set[str]]:
    return [{CUES[column] for column in np.nonzero(row)[0]} for row in sentence_cues(spelled)]


def test_a_name_of_several_words_begins_and_goes_on() -> None:
    first, second, third = cues("وفلاديمير", "بوتين", "امس")
    assert "B-person" in first
    assert "I-person" in second
    assert not {"B-person", "I-person"} & third


def test_the_longest_name_wins() -> None:
    marked = cues("الولايات", "المتحده", "الامريكيه")
    assert ["B-country" in one or "I-country" in one for one in marked] == [True, True, True]
    assert "B-country" not in marked[1]


@pytest.mark.parametrize(
    ("word", "cue"),
    [
        ("الرءيس", "title"), ("وشركه", "organisation head"), ("مدينه", "place head"), ("قال", "saying"),
        ("بن", "name part"), ("باريس", "B-city"), ("وباريس", "conjunction"), ("بباريس", "preposition"),
        ("الرءيس", "article"), ("000", "number"),
        ("reuters", "latin"), ("(", "sign"), ("لبنان", "B-country"), ("محمد", "B-given"),
    ],
)  # fmt: skip
def test_cues_of_single_words(word: str, cue: str) -> None:
    assert cue in cues(word)[0]


def test_every_piece_has_a_row_of_zeros_and_ones() -> None:
    found = sentence_cues(["قال", "😀", "a", "0"])
    assert found.shape == (4, len(CUES))
    assert set(np.unique(found)) <= {0.0, 1.0}
