"""`make bench ARGS=camel`: CAMeL Tools' stock recogniser and ours on the same weights, and ours' memory.

The weights are random, in the shape of `ner-arabert`, so that nothing is downloaded: they cost the same time
and memory, and name nothing. The vocabulary is learned from the text, as the real one was.
"""

from __future__ import annotations

import dataclasses
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

LABELS = ["B-LOC", "B-ORG", "B-PERS", "B-MISC", "I-LOC", "I-ORG", "I-PERS", "I-MISC", "O"]
VOCABULARY = 64_000
LEARNED_FROM = 3_000
ARTICLES = 8
ARTICLES_IN_MEMORY = 32
STOCK_SENTENCES = 6
ROUNDS = 2
WORDS_OF_AN_ARTICLE = 400

Tag = Callable[[Sequence[Sequence[str]]], list[list[str]]]


def bench(corpus: Path) -> None:
    """Print the figures; in a process of its own, whose environment CAMeL Tools reads at import."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "CAMELTOOLS_DATA": folder, "HF_HUB_OFFLINE": "1"}
        environment["NEWSCRAWL_MODELS"] = f"{folder}/models"
        words = [sys.executable, "-m", "bench.camel", folder, str(corpus)]
        subprocess.run(words, env=environment, check=True)


def read_texts(corpus: Path, number: int) -> list[str]:
    """Title and body of articles from all over the corpus; of our own newsroom where there is none."""
    from newscrawl.entities.camel.install import bundled_text

    if not corpus.exists():
        return [bundled_text()]
    with gzip.open(corpus, "rt", encoding="utf-8") as stream:
        # It is sorted by outlet.
        rows = [json.loads(line) for line in islice(stream, 0, None, 7)]
    return [f"{row['title']}\n{row['text']}" for row in rows[:: max(1, len(rows) // number)]][:number]


def make_model(folder: Path, texts: Sequence[str]) -> None:
    """A BERT-base in CAMeL Tools' own form, with random weights."""
    from tokenizers import BertWordPieceTokenizer
    from transformers import BertConfig, BertForTokenClassification

    folder.mkdir(parents=True)
    learner = BertWordPieceTokenizer(lowercase=False, strip_accents=False)
    learner.train_from_iterator(texts, vocab_size=VOCABULARY, min_frequency=1, show_progress=False)
    learner.save_model(str(folder))
    (folder / "tokenizer_config.json").write_text('{"do_lower_case": false, "model_max_length": 512}')
    import torch

    torch.manual_seed(0)
    labels = dict(enumerate(LABELS))
    config = BertConfig(
        vocab_size=VOCABULARY, id2label=labels, label2id={label: n for n, label in labels.items()}
    )
    BertForTokenClassification(config).save_pretrained(folder)


def timed(
    ways: dict[str, tuple[Tag, Sequence[Sequence[str]]]], clock: Callable[[], float]
) -> tuple[dict[str, float], dict[str, Any]]:
    """Seconds a sentence of each way, the best of some rounds in turn; and the tags."""
    best: dict[str, float] = {}
    tags = {}
    for _ in range(ROUNDS):
        for name, (tag, sentences) in ways.items():
            began = clock()
            tags[name] = tag(sentences)
            took = (clock() - began) / len(sentences)
            best[name] = min(took, best.get(name, took))
    return best, tags


def compare(texts: Sequence[str]) -> None:
    """Print speeds, ratios, agreement."""
    from camel_tools.ner import NERecognizer

    from newscrawl.entities.camel.install import export
    from newscrawl.entities.camel.model_files import agreement, exported_folder, original_folder
    from newscrawl.entities.camel.runners import threads_here
    from newscrawl.entities.camel.tagger import load_exported, load_original, sentences

    read = [[token.text for token in one] for text in texts for one in sentences(text)]
    few = read[:: max(1, len(read) // STOCK_SENTENCES)][:STOCK_SENTENCES]
    manifest = export(original_folder(), exported_folder(), few, lambda _: None)
    exported = exported_folder()
    stock = NERecognizer.pretrained(use_gpu=False)
    words = sum(map(len, read)) / len(read)
    print(
        f"## CAMeL's recogniser: {len(read)} sentences of {words:.1f} tokens, best of {ROUNDS} rounds in turn"
    )
    for threads, clock, of in (
        (1, time.process_time, "processor time: what else runs matters least"),
        (threads_here(), time.perf_counter, "wall time"),
    ):
        ways: dict[str, tuple[Tag, Sequence[Sequence[str]]]] = {
            # It pads every sentence to 256 pieces: any few cost what the others cost.
            "NERecognizer": (stock.predict, few),
            "ours, torch fp32": (load_original(original_folder(), threads).tag_tokens, read),
            "ours, ONNX fp32": (load_exported(exported, manifest, "fp32", threads).tag_tokens, read),
            "ours, ONNX int8": (load_exported(exported, manifest, "int8", threads).tag_tokens, read),
        }
        seconds, tags = timed(ways, clock)
        print(f"threads: {threads}; {of}")
        print(f"{'':18} articles of {WORDS_OF_AN_ARTICLE} words/s   × NERecognizer")
        for name, took in seconds.items():
            rate, ratio = words / WORDS_OF_AN_ARTICLE / took, seconds["NERecognizer"] / took
            print(f"{name:18} {rate:25.2f}   {ratio:14.1f}")
    fp32 = tags["ours, ONNX fp32"]
    same = agreement(tags["NERecognizer"], [fp32[read.index(one)] for one in few])
    print(f"fp32 as NERecognizer: {same.tags:.2%} of {same.tokens} tags")
    rounded = agreement(fp32, tags["ours, ONNX int8"])
    print(f"int8 as fp32: {rounded.tags:.2%} of {rounded.tokens:,} tags (the weights are random)")


def memory(texts: list[str]) -> tuple[str, int, float]:
    """In a worker: identity, peak resident memory in MB, and seconds to load."""
    from newscrawl.entities.camel import CamelTagger

    began = time.perf_counter()
    tagger = CamelTagger()
    loaded = time.perf_counter() - began
    tagger.tag(texts)
    # Not getrusage: its peak is inherited from the parent.
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return tagger.identity, int(status["VmHWM"].split()[0]) // 1024, loaded


def measure_memory(texts: list[str]) -> None:
    """Print the memory of a tagging process, once for each precision."""
    from bench.camel import memory  # by its real name, which a worker can import
    from newscrawl.entities.camel.model_files import Manifest, exported_folder
    from newscrawl.workers import Workers

    manifest = Manifest.read(exported_folder())
    for precision in ("fp32", "int8"):
        dataclasses.replace(manifest, precision=precision).write(exported_folder())
        pool = Workers(1)
        identity, peak, loaded = pool.submit(600, memory, texts).result()
        pool.close()
        print(f"{identity}: {peak} MB at most over {len(texts)} articles, loaded in {loaded:.1f} s")


def main() -> None:
    """In the process of its own."""
    folder, corpus = Path(sys.argv[1]), Path(sys.argv[2])
    texts = read_texts(corpus, LEARNED_FROM)
    make_model(folder / "data" / "ner" / "arabert", texts)
    datasets = {"arabert": {"path": "ner/arabert"}}
    component = {"NamedEntityRecognition": {"default": "arabert", "datasets": datasets}}
    catalogue = {"version": "1.6.0", "packages": {}, "components": component}
    (folder / "catalogue.json").write_text(json.dumps(catalogue))
    step = max(1, len(texts) // ARTICLES_IN_MEMORY)
    chosen = texts[::step][:ARTICLES_IN_MEMORY]
    compare(chosen[:: max(1, len(chosen) // ARTICLES)][:ARTICLES])
    measure_memory(chosen)


if __name__ == "__main__":
    main()
