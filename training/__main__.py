"""`make model`: learn the light tagger from annotated and plain news, and write it into the package.

Some twenty minutes on two cores. What took long is kept in build/model/ and not done again;
`make model ARGS=--fresh` begins anew. The same data and the same libraries give the same files.
"""

from __future__ import annotations

import argparse
import json
import pickle
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from newscrawl.entities.light.model import Model
from training import say
from training.annotated import aqmar, pieces, read_bio, split
from training.card import write_card
from training.corpus import corpus_sentences, neighbour_vectors, ranked_words, rows_of
from training.export import export
from training.fit import example, fit_ensemble
from training.lists import write_lists
from training.score import report

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "newscrawl" / "entities"
BUILD = ROOT / "build" / "model"
CORPORA = ("corpus/antcorpus_2018.jsonl.gz", "syndication/articles.jsonl.gz")
MEMBERS = 2

T = TypeVar("T")


def kept(name: str, make: Callable[[], T]) -> T:
    """What a step made, from the build folder if it is there."""
    file = BUILD / f"{name}.pkl"
    if file.exists():
        made: T = pickle.loads(file.read_bytes())
        return made
    say(f"making {name}")
    made = make()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(pickle.dumps(made))
    return made


def main() -> None:
    """All steps in order."""
    parser = argparse.ArgumentParser(prog="make model", description="Learn the light tagger.")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder of the data")
    parser.add_argument("--fresh", action="store_true", help="do everything again")
    parser.add_argument(
        "--version", default=datetime.now(UTC).date().isoformat(), help="of the model: its day"
    )
    options = parser.parse_args()
    if options.fresh:
        shutil.rmtree(BUILD, ignore_errors=True)

    corpora = [options.shared / name for name in CORPORA]
    sentences = kept("sentences", lambda: list(corpus_sentences(corpora)))
    counts = Counter(word for sentence in sentences for word in sentence)
    write_lists(PACKAGE / "data" / "names.tsv", counts)
    words = ranked_words(counts)
    vectors = kept("vectors", lambda: neighbour_vectors(sentences, words))

    train, held = split(read_bio(options.shared / "ner/anercorp_train.txt"))
    rows = rows_of(words)
    examples = [example(spelled, tags, rows) for spelled, tags, _ in map(pieces, train) if spelled]
    met, members = kept("members", lambda: fit_ensemble(examples, vectors, MEMBERS))

    folder = PACKAGE / "light" / "data"
    export(members, vectors, met, words, folder, options.version)
    tag = Model().tag
    scores = {
        "ANERcorp, development part": report(tag, held),
        "AQMAR, all": report(tag, aqmar(options.shared / "ner/aqmar")),
    }
    write_card(folder, scores, corpora, options.version, len(members))
    say(json.dumps(scores, ensure_ascii=False))


if __name__ == "__main__":
    main()
