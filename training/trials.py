"""`python -m training.trials`: families of models compared, on the last tenth of ANERcorp's training file.

Each is trained on the nine tenths before it. A quarter of an hour on two cores; `make model` must have run.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pycrfsuite

from newscrawl.arabic.stem import stem
from newscrawl.entities.light.cues import CUES, sentence_cues
from newscrawl.entities.light.model import Model
from training.__main__ import BUILD, ROOT, kept
from training.annotated import Sentence, pieces, read_bio
from training.corpus import ranked_words, rows_of
from training.export import export
from training.fit import example, fit_ensemble
from training.score import Tag, report


def _crf_features(spelled: Sequence[str]) -> list[list[str]]:
    """Word, stem, beginnings, endings and cues of each piece; stems and cues of two neighbours each way."""
    cues, stems = sentence_cues(spelled), [stem(word) for word in spelled]
    found = []
    for place, word in enumerate(spelled):
        features = [f"w={word}", f"p2={word[:2]}", f"p3={word[:3]}", f"x2={word[-2:]}", f"x3={word[-3:]}"]
        for step in (-2, -1, 0, 1, 2):
            if 0 <= place + step < len(spelled):
                features.append(f"s{step}={stems[place + step]}")
                features += [f"c{step}={CUES[column]}" for column in cues[place + step].nonzero()[0]]
        found.append(features)
    return found


def crf(train: list[Sentence]) -> Tag:
    """A linear-chain CRF over such features, without vectors."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for spelled, tags, _ in map(pieces, train):
        trainer.append(_crf_features(spelled), tags)
    trainer.set_params({"c1": 0.1, "c2": 0.01, "max_iterations": 80})
    tagger = pycrfsuite.Tagger()
    with tempfile.TemporaryDirectory() as folder:
        trainer.train(f"{folder}/crf")
        tagger.open(f"{folder}/crf")
        return lambda sentences: [tagger.tag(_crf_features(one)) for one in sentences]


def networks(train: list[Sentence], members: int) -> list[Tag]:
    """Networks as they are shipped: the first alone, the first two together, and so on."""
    words = ranked_words(Counter(word for sentence in kept("sentences", list) for word in sentence))
    vectors, rows = kept("vectors", list), rows_of(words)
    examples = [example(spelled, tags, rows) for spelled, tags, _ in map(pieces, train) if spelled]
    met, fitted = fit_ensemble(examples, vectors, members)
    found = []
    for number in range(1, members + 1):
        with tempfile.TemporaryDirectory() as folder:
            export(fitted[:number], vectors, met, words, Path(folder), "trial")
            found.append(Model(Path(folder)).tag)
    return found


def _print(name: str, tag: Tag, held: list[Sentence]) -> None:
    for spread in (False, True):
        scores = report(tag, held, spread=spread)
        row = "  ".join(f"{key} {value:.3f}" for key, value in scores.items())
        print(f"{name:26} {'names spread' if spread else 'as tagged':12} {row}", flush=True)


def main() -> None:
    """Print the table."""
    if not (BUILD / "vectors.pkl").exists():
        sys.exit("build/model/vectors.pkl is absent: run `make model` first")
    annotated = read_bio(ROOT.parent / "shared" / "ner" / "anercorp_train.txt")
    cut = len(annotated) * 9 // 10
    train, held = annotated[:cut], annotated[cut:]
    _print("CRF, words and cues", crf(train), held)
    for number, tag in enumerate(networks(train, 2), start=1):
        _print(f"BiLSTM-CRF, networks: {number}", tag, held)


if __name__ == "__main__":
    main()
