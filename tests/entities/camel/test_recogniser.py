"""Windows cover all words, batches are the cheapest cut, tokens have the stock recogniser's own tags."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.entities.camel.recogniser import (
    LARGEST,
    LIMIT,
    OVERLAP,
    PER_BATCH,
    Recogniser,
    Special,
    WordPieces,
    batches,
    best_window,
    windows,
)
from tests.entities.camel.workshop import LABELS, WORDS, vocabulary

SIZES = st.lists(st.integers(1, 12) | st.sampled_from([1, 100, LIMIT]), max_size=400)


def test_a_sentence_that_fits_is_one_window():
    assert windows([1] * LIMIT) == [range(LIMIT)]
    assert windows([]) == []


def test_one_piece_more_is_a_second_window_with_an_overlap():
    first, second = windows([1] * (LIMIT + 1))
    assert first == range(LIMIT)
    assert second == range(LIMIT - OVERLAP, LIMIT + 1)


@given(SIZES)
@settings(max_examples=60)
def test_windows_fit_and_cover(sizes):
    found = windows(sizes)
    assert all(0 < sum(sizes[word] for word in window) <= LIMIT for window in found)
    assert {word for window in found for word in window} == set(range(len(sizes)))
    for one, following in pairwise(found):
        assert one.start < following.start <= one.stop < following.stop
        assert sum(sizes[word] for word in range(following.start, one.stop)) <= OVERLAP
    for word, number in enumerate(best_window(sizes, found)):
        assert word in found[number]


@given(st.lists(st.integers(1, 4), min_size=1, max_size=600))
@settings(max_examples=60)
def test_usual_words_see_half_an_overlap_on_both_sides(sizes):
    found = windows(sizes)
    for word, number in enumerate(best_window(sizes, found)):
        window = found[number]
        least = OVERLAP // 2 - 8
        assert window.start == 0 or sum(sizes[window.start : word]) >= least
        assert window.stop == len(sizes) or sum(sizes[word + 1 : window.stop]) >= least


def cost(groups):
    return sum(len(group) * max(group) + PER_BATCH for group in groups)


@given(st.lists(st.integers(3, 256), max_size=120))
def test_each_sequence_once_and_no_batch_too_large(lengths):
    found = batches(lengths)
    assert sorted(number for batch in found for number in batch) == list(range(len(lengths)))
    for batch in found:
        assert len(batch) * max(lengths[number] for number in batch) <= LARGEST


@given(st.lists(st.integers(3, 256), min_size=1, max_size=9))
def test_no_other_cut_is_cheaper(lengths):
    found = cost([[lengths[number] for number in batch] for batch in batches(lengths)])
    row = sorted(lengths, reverse=True)
    for cuts in product([False, True], repeat=len(row) - 1):
        groups = [[row[0]]]
        for length, cut in zip(row[1:], cuts, strict=True):
            if cut:
                groups.append([length])
            else:
                groups[-1].append(length)
        if all(len(group) * group[0] <= LARGEST for group in groups):
            assert found <= cost(groups)


def test_what_is_too_long_goes_alone():
    assert batches([600, 5], largest=500) == [[0], [1]]


DIRTY = [
    "\u0651",  # a lone shadda
    "\u200f",
    "\ufeff",
    "\u00ad",
    "\x00",
    " ",
    "",
    "👨\u200d👩\u200d👧",
    "🇱🇧",
    "ـــ",
    "[SEP]",
    "[MASK]",
    "ا" * 300,  # longer than a word may be: unknown
    "漢" * 600,  # every sign a word of its own: more pieces than the model reads
    "مُحَمَّد",
]


def test_tags_are_those_of_the_stock_recogniser(world, recogniser):
    sentences, stock = world.record["sentences"], world.record["stock"]
    assert len(sentences) > 50
    assert {tag for tags in stock for tag in tags} >= {"O", "B-PERS", "I-ORG"}
    assert max(map(len, sentences)) == 254
    for sentence, found, expected in zip(sentences, recogniser.tag_tokens(sentences), stock, strict=True):
        assert found == expected, sentence


def test_company_in_a_batch_changes_nothing(world, recogniser):
    for number in (0, 7, 30):
        alone = recogniser.tag_tokens([world.record["sentences"][number]])
        assert alone == [world.record["stock"][number]]


def test_torch_gives_the_same_where_nothing_was_exported(world):
    assert world.record["torch_identity"] == "camel arabert torch"
    assert world.record["torch"] == world.record["stock"]


@pytest.mark.parametrize("dirt", DIRTY, ids=ascii)
def test_every_token_has_a_tag(recogniser, dirt):
    sentence = ["قال", dirt, "محمد", dirt, dirt, "لبنان"]
    (tags,) = recogniser.tag_tokens([sentence])
    assert len(tags) == len(sentence)
    assert set(tags) <= set(LABELS)


def test_tokens_without_pieces_are_nothing_and_move_no_other_tag(recogniser):
    (plain,) = recogniser.tag_tokens([["قال", "محمد", "لبنان"]])
    (tags,) = recogniser.tag_tokens([["\x00", "قال", "\u200f", "محمد", " ", "", "لبنان", "\ufeff"]])
    assert tags == ["O", plain[0], "O", plain[1], "O", "O", plain[2], "O"]


def test_nothing_at_all(recogniser):
    assert recogniser.tag_tokens([]) == []
    assert recogniser.tag_tokens([[], ["\u200f", ""], []]) == [[], ["O", "O"], []]


def test_a_long_sentence_is_tagged_to_its_end(recogniser):
    sentence = [WORDS[number * 7 % len(WORDS)] for number in range(600)]
    (tags,) = recogniser.tag_tokens([sentence])
    assert len(tags) == 600
    assert set(tags[-100:]) != {"O"}


class Seen:
    """A model that says of each piece whether more than 31 pieces stand on both its sides."""

    def best(self, ids, mask):
        lengths = mask.sum(axis=1)
        assert ids.shape[1] <= 256
        assert ((ids != 0) == (mask == 1)).all()
        places = np.arange(ids.shape[1])
        left, right = places[None, :] - 1, lengths[:, None] - 2 - places[None, :]
        return np.where(np.minimum(left, right) > 31, LABELS.index("B-PERS"), LABELS.index("O"))


def test_a_tag_comes_from_the_window_that_shows_most(recogniser):
    pieces = WordPieces(make_tokenizer())
    sentence = ["محمد"] * 600
    (tags,) = Recogniser(Seen(), pieces, Special(2, 3, 0), LABELS).tag_tokens([sentence])
    # All but the sentence's own ends: no seam is seen.
    assert tags == [*["O"] * 32, *["B-PERS"] * 536, *["O"] * 32]


def make_tokenizer():
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    numbers = {piece: number for number, piece in enumerate(vocabulary())}
    tokenizer = Tokenizer(models.WordPiece(numbers, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=False)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer
