"""`make model` in small: the same data give the same files, and what is written tags as what was fitted."""

from pathlib import Path

import numpy as np
import pytest

from newscrawl.entities.light.model import Chain, Model
from training.annotated import TAGS, Sentence, pieces, read_bio, split, token_tags

torch = pytest.importorskip("torch", reason="torch is not installed: make setup CAMEL=1")

from training.corpus import rows_of  # noqa: E402
from training.export import export  # noqa: E402
from training.fit import example, fit, met_rows  # noqa: E402

WORDS = ["قال", "فلاديمير", "بوتين", "في", "موسكو", "امس", ".", "زار", "لبنان"]
SENTENCES = [
    (["قال", "فلاديمير", "بوتين", "في", "موسكو", "."], ["O", "B-PERS", "I-PERS", "O", "B-LOC", "O"]),
    (["زار", "لبنان", "امس"], ["O", "B-LOC", "O"]),
    (["قال", "بوتين", "امس"], ["O", "B-PERS", "O"]),
] * 6


@pytest.fixture(scope="module")
def fitted():
    vectors = np.random.default_rng(0).normal(size=(len(WORDS) + 1, 100)).astype(np.float32)
    examples = [example(spelled, tags, rows_of(WORDS)) for spelled, tags in SENTENCES]
    met = met_rows(examples)
    return vectors, examples, met, fit(examples, vectors[met], met, seed=1, rounds=60)


def test_what_is_written_tags_as_what_was_fitted(fitted, tmp_path: Path) -> None:
    vectors, examples, met, member = fitted
    export([member], vectors, met, WORDS, tmp_path, "test")
    tagged = Model(tmp_path).tag([spelled for spelled, _ in SENTENCES])
    member.eval()
    chain = Chain(
        *(part.detach().numpy() for part in (member.chain.between, member.chain.first, member.chain.last))
    )
    for one, found in zip(examples, tagged, strict=True):
        places = torch.from_numpy(np.searchsorted(met, one.rows.numpy()))[None]
        scores = member(places, one.letters[None], one.cues[None], torch.tensor([len(one.tags)]))
        path = chain.best(scores.detach().numpy().transpose(1, 0, 2), np.array([len(one.tags)]))[0]
        assert [TAGS[tag] for tag in path] == found
    assert tagged == [tags for _, tags in SENTENCES]  # it has learned them


def test_the_same_data_give_the_same_files(fitted, tmp_path: Path) -> None:
    vectors, examples, met, member = fitted
    again = fit(examples, vectors[met], met, seed=1, rounds=60)
    for name, one in (("first", member), ("second", again)):
        export([one], vectors, met, WORDS, tmp_path / name, "test")
    for file in (tmp_path / "first").iterdir():
        assert file.read_bytes() == (tmp_path / "second" / file.name).read_bytes(), file.name


def test_a_member_that_was_made_by_another_chance_is_another(fitted) -> None:
    vectors, examples, met, member = fitted
    other = fit(examples, vectors[met], met, seed=2, rounds=1)
    assert not torch.equal(member.head.weight, other.head.weight)


def test_annotated_files_are_read_with_their_slips(tmp_path: Path) -> None:
    file = tmp_path / "bio.txt"
    file.write_text("موسكو B-LOC\nامس O\n\n\nذرة B-MIS1\nخطأ I--ORG\nبوتين B-PER\n", encoding="utf-8")
    assert read_bio(file) == [
        Sentence(("موسكو", "امس"), ("B-LOC", "O")),
        Sentence(("ذرة", "خطأ", "بوتين"), ("B-MISC", "O", "B-PERS")),
    ]


def test_tokens_and_our_pieces_agree_on_the_tags() -> None:
    sentence = Sentence(("(د", "أ)", "ديسمبر/كانون", "الأول"), ("O", "B-ORG", "B-MISC", "I-MISC"))
    spelled, tags, origins = pieces(sentence)
    assert spelled == ["(", "د", "ا", ")", "ديسمبر", "/", "كانون", "الاول"]
    assert tags == ["O", "O", "B-ORG", "I-ORG", "B-MISC", "I-MISC", "I-MISC", "I-MISC"]
    assert token_tags(sentence, tags, origins) == list(sentence.tags)


def test_development_is_cut_out_in_runs_and_never_trained_on() -> None:
    annotated = [Sentence((str(number),), ("O",)) for number in range(1000)]
    train, held = split(annotated)
    assert len(train) + len(held) == 1000
    assert not set(train) & set(held)
    numbers = [int(one.tokens[0]) for one in held]
    assert numbers == [number for number in range(1000) if number % 100 >= 95]
