"""One tag for every token, and the stock recogniser's own wherever it has one."""

import numpy as np
import pytest

from newscrawl.entities.camel.recogniser import Recogniser, Special
from newscrawl.entities.camel.wordpieces import WordPieces
from tests.entities.camel.workshop import LABELS, WORDS, vocabulary

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
