"""Learn which blocks of a page are the article: weights of `newscrawl/extraction/data/learned.json`.

    python -m scripts.learn_choice [--write] [--blind]

Reads the pages of ../shared/layouts as they are and with Arabic articles in them. Prints P, R and F1 by
cross-validation over *sites* (five folds; no site is both learned from and judged), and trafilatura's.
`--blind`: instead learn from 70 % of the sites and judge on the other 30 %, which no decision was made on.
`--write`: learn from all sites and write the file.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from newscrawl.arabic.letters import letters
from newscrawl.extraction.body import by_trafilatura, stated_text
from newscrawl.extraction.choice import Weights, best_set, chance
from newscrawl.extraction.features import (
    DISPUTED,
    NAMES,
    Matrix,
    Places,
    disputed,
    features,
    found_in,
)
from newscrawl.extraction.headline import find_headline
from newscrawl.extraction.sections import stated_sections
from newscrawl.extraction.sitenames import site_names
from newscrawl.page import Block, Source, parse, read_page

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
FILE = Path(__file__).resolve().parents[1] / "newscrawl" / "extraction" / "data" / "learned.json"
sys.path[:0] = [str(SHARED / "layouts"), str(SHARED / "tools")]
FOLDS, BLIND = 5, 3
"""Folds of the cross-validation; tenths of the sites that are kept blind."""
PENALTY_BLOCKS, PENALTY_DISPUTED = 1e-4, 1e-3
"""Of the weights' squares: keeps rare features small."""
SETS = ("newspapers", "WCXB", "arabic")


@dataclass
class Sample:
    """One page made ready for learning."""

    set: str
    site: str
    gold: str
    must_not: list[str]
    texts: list[str]
    words: Matrix
    truth: Matrix
    """1.0 for each block that is the article's."""
    read: Matrix
    rows: Matrix
    at: Places | None
    default: str
    """trafilatura's own text, with its fallbacks."""


def samples() -> list[Sample]:
    """Every page of the layouts, in its own words and in Arabic."""
    with multiprocessing.Pool(2) as pool:
        found = pool.map(_sample, list(_pages()), chunksize=4)
    return [sample for sample in found if sample is not None]


def _pages() -> Iterator[tuple[Any, ...]]:
    import score
    from transplant import transplant

    articles, made = score.corpus(), 0
    for name, html, url, gold, title in score.rows():
        newspaper = name.startswith("fundus")
        site = (
            name.rsplit("__", 1)[0]
            if newspaper
            else ".".join((urlsplit(url).hostname or name).split(".")[-2:])
        )
        yield SETS[0 if newspaper else 1], site, html, url, gold, []
        others = articles[(7 * made + 1) % len(articles) :][:6] + articles[:3]
        paragraphs = [line for line in gold.split("\n") if line.strip()]
        arabic = transplant(html, paragraphs, title, articles[7 * made % len(articles)], others, seed=made)
        if arabic is not None:
            made += 1
            yield (
                SETS[2],
                site,
                arabic.html,
                "https://www.example.com/news/1",
                "\n".join(arabic.paragraphs),
                arabic.must_not,
            )


def _sample(given: tuple[Any, ...]) -> Sample | None:
    kind, site, html, url, gold, must_not = given
    import score

    source = parse(html)
    if not isinstance(source, Source):
        return None
    page = read_page(source.tree)
    names = site_names(page.said, url, None, page.tagged("img"))
    find_headline(page, names, stated_sections(page.said))
    read = found_in(page, by_trafilatura(page))
    at = Places(page, read, found_in(page, stated_text(page.said)))
    words = np.array([block.words for block in page.blocks], dtype=np.float64)
    rows = features(at)
    sample = Sample(
        kind, site, gold, must_not, [block.text for block in page.blocks], words, _truth(page.blocks, gold),
        np.array(read, dtype=np.float64), rows, at, score.by_trafilatura()(html, url),
    )  # fmt: skip
    at.page.tree = None  # type: ignore[assignment]  # lxml's trees do not travel between processes
    page.scripts = []
    for node in page.nodes:
        node.element = None  # type: ignore[assignment]
    return sample if page.blocks else None


def _truth(blocks: Sequence[Block], gold: str) -> Matrix:
    """Which blocks stand in the gold text: whole, or most of their runs of three words."""
    lines, whole = {letters(line, None) for line in gold.split("\n")}, letters(gold, None)
    words = gold.lower().split()
    runs = set(zip(words, words[1:], words[2:], strict=False))
    found = []
    for block in blocks:
        key, own = letters(block.text, None), block.text.lower().split()
        three = list(zip(own, own[1:], own[2:], strict=False))
        most = len(three) > 3 and 2 * sum(run in runs for run in three) > len(three)
        found.append(bool(key) and (key in lines or (len(key) >= 20 and key in whole) or most))
    return np.array(found, dtype=np.float64)


def learn(given: Sequence[Sample]) -> Weights:
    """Both weighings; the second from chances of sites that the first was not learned from."""
    blocks = _learn_blocks(given)
    outside = _by_folds(given, _learn_blocks, lambda sample, weights: chance(sample.rows @ weights), 4)
    rows, gains = [], []
    for sample, chances in zip(given, outside, strict=True):
        taken = best_set(chances, sample.words)
        more = disputed(sample.at, sample.rows, chances, taken)
        if more is not None:
            rows.append(more)
            gains.append(_f1(sample, np.maximum(taken, sample.read)) - _f1(sample, taken))
    gain = np.array(gains)
    second = _logistic(np.array(rows), (gain > 0).astype(float), np.abs(gain) + 1e-4, PENALTY_DISPUTED)
    return Weights(blocks, second)


def _learn_blocks(given: Sequence[Sample]) -> Matrix:
    """A page's article counts as much as another's; a block as much as its words."""
    weights = [sample.words / max(20.0, (sample.words * sample.truth).sum()) for sample in given]
    return _logistic(
        np.concatenate([sample.rows for sample in given]),
        np.concatenate([sample.truth for sample in given]),
        np.concatenate(weights),
        PENALTY_BLOCKS,
    )


def _logistic(rows: Matrix, truth: Matrix, weights: Matrix, penalty: float) -> Matrix:
    """Logistic regression by Newton's method."""
    found = np.zeros(rows.shape[1])
    weights = weights / weights.sum()
    for _ in range(25):
        chances = chance(rows @ found)
        slope = rows.T @ (weights * (chances - truth)) + penalty * found
        curve = (rows * (weights * chances * (1 - chances))[:, None]).T @ rows + penalty * np.eye(len(found))
        step = np.linalg.solve(curve, slope)
        found -= step
        if np.abs(step).max() < 1e-4:
            break
    return found


def choose(sample: Sample, weights: Weights) -> Matrix:
    """1.0 for each block that the weights choose."""
    chances = chance(sample.rows @ weights.blocks)
    taken = best_set(chances, sample.words)
    more = disputed(sample.at, sample.rows, chances, taken)
    return np.maximum(taken, sample.read) if more is not None and more @ weights.disputed > 0 else taken


def _f1(sample: Sample, taken: Matrix) -> float:
    hits = (sample.words * taken * sample.truth).sum()
    return float(2 * hits / max(1.0, (sample.words * taken).sum() + (sample.words * sample.truth).sum()))


def _fold(site: str, folds: int) -> int:
    return int(hashlib.sha256(site.encode()).hexdigest(), 16) % folds


def _by_folds(
    given: Sequence[Sample], learner: Callable[..., Any], judge: Callable[..., Matrix], folds: int
) -> list[Matrix]:
    """What is judged of each sample by weights that its site had no part in."""
    found: list[Any] = [None] * len(given)
    for fold in range(folds):
        weights = learner([sample for sample in given if _fold(sample.site, folds) != fold])
        for index, sample in enumerate(given):
            if _fold(sample.site, folds) == fold:
                found[index] = judge(sample, weights)
    return found


def report(given: Sequence[Sample], chosen: Sequence[Matrix]) -> None:
    """Print the scores of each set of pages."""
    import score

    print(
        f"{'pages':12}{'n':>5}{'P':>8}{'R':>8}{'F1':>8}{'trafilatura':>13}{'leaks':>7}{'its':>6}{'lost':>6}"
    )
    for name in SETS:
        pairs = [(sample, taken) for sample, taken in zip(given, chosen, strict=True) if sample.set == name]
        texts = [
            "\n".join(text for text, one in zip(sample.texts, taken, strict=True) if one)
            for sample, taken in pairs
        ]
        ours = [score.prf(text, sample.gold) for (sample, _), text in zip(pairs, texts, strict=True)]
        theirs = [score.prf(sample.default, sample.gold) for sample, _ in pairs]
        lost = sum(a[1] < 0.6 and b[1] > 0.8 for a, b in zip(ours, theirs, strict=True))
        leaks = [
            sum(
                text in body
                for (sample, _), body in zip(pairs, bodies, strict=True)
                for text in sample.must_not
            )
            for bodies in (texts, [sample.default for sample, _ in pairs])
        ]
        mean = [float(np.mean([one[part] for one in ours])) for part in range(3)]
        print(
            f"{name:12}{len(pairs):>5}{mean[0]:>8.4f}{mean[1]:>8.4f}{mean[2]:>8.4f}"
            f"{np.mean([one[2] for one in theirs]):>13.4f}{leaks[0]:>7}{leaks[1]:>6}{lost:>6}"
        )


def main() -> None:
    """Learn, judge, and write when asked to."""
    given = samples()
    if "--blind" in sys.argv:
        blind = [sample for sample in given if _fold(sample.site, 10) < BLIND]
        weights = learn([sample for sample in given if _fold(sample.site, 10) >= BLIND])
        report(blind, [choose(sample, weights) for sample in blind])
    else:
        shown = [sample for sample in given if _fold(sample.site, 10) >= BLIND]
        report(shown, _by_folds(shown, learn, choose, FOLDS))
    if "--write" in sys.argv:
        weights = learn(given)
        table = {
            "blocks": dict(zip(NAMES, (round(float(one), 3) for one in weights.blocks), strict=True)),
            "disputed": dict(zip(DISPUTED, (round(float(one), 3) for one in weights.disputed), strict=True)),
        }
        FILE.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
