"""A text's shingles, and the sample of them that is looked up."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.dedupe.shingles import LEAST, MOST, RATE, shingled

WORDS = st.lists(st.text("ابتثجحخدذرز", min_size=1, max_size=6), min_size=1, max_size=200)


def _text(count: int, word: str = "كلمة") -> str:
    return " ".join(f"{word}{number}" for number in range(count))


@given(WORDS)
def test_a_sample_is_of_the_texts_own_shingles_and_large_enough(words):
    text = shingled(" ".join(words))
    own = set(text.all.astype(np.uint32).view(np.int32).tolist())
    assert set(text.sample) <= own
    assert min(len(text.all), LEAST) <= len(text.sample) <= MOST
    assert list(text.all) == sorted(set(text.all.tolist()))


@given(WORDS, WORDS)
def test_a_part_has_no_shingle_that_the_whole_has_not(part, more):
    whole = shingled(" ".join([*part, *more]))
    if len(part) >= 3:
        assert np.isin(shingled(" ".join(part)).all, whole.all).all()


def test_spellings_of_hamza_marks_and_figures_are_one_text():
    one = shingled("أكّد إبراهيم أنّ الأسعار ارتفعت ١٢٫٥ في المئة")
    assert np.array_equal(one.all, shingled("اكد ابراهيم ان الاسعار ارتفعت 12.5 في المئة").all)


def test_the_order_of_words_counts():
    assert not np.intersect1d(shingled("قال الوزير أمس").all, shingled("أمس الوزير قال").all).size


def test_a_text_without_words_has_none_and_a_word_is_one():
    assert shingled(" … ! ").sample == ()
    assert len(shingled("خبر").all) == 1


def test_the_sample_grows_with_the_text_up_to_a_limit():
    assert len(shingled(_text(30)).sample) == LEAST
    text = shingled(_text(600))
    assert 0.6 * len(text.all) / RATE < len(text.sample) < 1.4 * len(text.all) / RATE
    assert len(shingled(_text(20_000)).sample) == MOST


def test_a_part_of_a_long_text_shares_its_sample():
    whole, part = shingled(_text(6000)), shingled(_text(600))
    assert len(set(whole.sample) & set(part.sample)) > 5
