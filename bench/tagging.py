"""The light tagger: seconds to load, articles a second on one core, memory, and what its names are worth."""

from __future__ import annotations

import gzip
import json
import os
import statistics
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path

WORDS = 400
ARTICLES = 300

_LOAD = """
import time
began = time.perf_counter()
from newscrawl.entities import load_tagger
load_tagger("light")
loaded = time.perf_counter() - began
import resource
print(loaded, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def _articles(corpus: Path) -> list[str]:
    """Texts of WORDS words each."""
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        words = (word for line in lines for word in [*json.loads(line)["text"].split(" "), "\n"])
        return [" ".join(islice(words, WORDS)) for _ in range(ARTICLES)]


def bench(shared: Path, corpus: Path) -> None:
    """Print the figures."""
    ran = [
        subprocess.run(
            [sys.executable, "-c", _LOAD], capture_output=True, text=True, check=True
        ).stdout.split()
        for _ in range(5)
    ]
    loads = sorted(float(one[0]) for one in ran)
    print(
        f"## light tagger: loads in {statistics.median(loads):.2f} s (median of 5), {float(ran[0][1]):.0f} MB"
    )

    from newscrawl.entities import load_tagger

    tagger = load_tagger("light")
    if corpus.exists():
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        texts = _articles(corpus)
        rates = []
        for start in range(0, ARTICLES, 100):
            began = time.process_time()
            for text in texts[start : start + 100]:
                tagger.tag([text])
            rates.append(100 / (time.process_time() - began))
        print(f"{statistics.median(rates):.0f} articles of {WORDS} words a second and core, one at a time")
        os.sched_setaffinity(0, range(os.cpu_count() or 1))
    if (shared / "ner").is_dir():
        _scores(shared / "ner")


def _scores(folder: Path) -> None:
    from newscrawl.entities.light.model import load_model
    from training.annotated import aqmar, read_bio, split
    from training.score import report

    texts = {
        "ANERcorp, development part": split(read_bio(folder / "anercorp_train.txt"))[1],
        "AQMAR, all": aqmar(folder / "aqmar"),
    }
    for name, annotated in texts.items():
        scores = report(load_model().tag, annotated)
        print(f"{name:28} " + "  ".join(f"{key} {value:.3f}" for key, value in scores.items()))
