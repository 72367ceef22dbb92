"""Learn the weights of newscrawl/extraction/echo.py, and print how often it is right.

    python scripts/learn_echo.py FILE.jsonl.gz …

Each line of a file is a JSON object with `title` and `text` (paragraphs on lines). Every article is followed
by another's headline and text (another begins), and is interrupted by that headline (none begins); once by
an article with the most similar headline, once by any. Weights are fitted on one half, measured on the
other. Lines of real articles that look like headlines count the cuts that nothing announces.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable

import numpy as np
from sklearn.linear_model import LogisticRegression

from newscrawl.extraction import echo

Document = tuple[str, list[str]]
"""Title and paragraphs."""
TRIALS = 3_000
NATURAL = 12_000
COMMON = 2_000
"""A stem in more headlines than this says nothing about their likeness."""


def main() -> None:
    """Fit, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+")
    documents = list(read(parser.parse_args().files))
    random.Random(5).shuffle(documents)
    trials = list(pairs(documents))
    rows = [(echo.weigh(*case), begins) for case, begins in cases(documents, trials)]
    table = np.array([evidence for evidence, _ in rows if evidence])
    truth = np.array([begins for evidence, begins in rows if evidence])
    half = np.arange(len(table)) % 4 < 2  # a beginning and an interruption, by turns
    model = LogisticRegression(max_iter=1000, C=10).fit(table[half], truth[half])
    for name, weight in zip(echo.Evidence._fields, model.coef_[0], strict=True):
        print(f"{name:8} {weight:6.1f}")
    print(f"bias     {model.intercept_[0]:6.1f}")
    said = [echo.chance(*case) >= echo.AFTER_A_POINTER for case, _ in cases(documents, trials)]
    print_rates("after a pointer", said, [begins for _, begins in rows])
    found = [echo.begins_at_heading(*joined(documents[i], documents[j])) for i, j in trials]
    print(f"unannounced: {np.mean(found):.3f} of {len(found)} second articles found")
    whole = documents[:NATURAL]
    cut = sum(
        any(echo.begins_at_heading(title, lines, index) for index in range(len(lines)))
        for title, lines in whole
    )
    print(f"unannounced: {cut} of {len(whole)} whole articles cut")


def read(files: Iterable[str]) -> Iterable[Document]:
    """The articles of some length."""
    for name in files:
        with gzip.open(name, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                paragraphs = [text.strip() for text in row["text"].split("\n") if len(text.strip()) > 1]
                if len(paragraphs) >= 4 and sum(len(text.split()) for text in paragraphs) > 120:
                    yield row["title"].strip(), paragraphs


def pairs(documents: list[Document]) -> Iterable[tuple[int, int]]:
    """Each of the first articles with its likest by headline, and with any."""
    stems = [set(echo.stems(title)) for title, _ in documents]
    where: dict[str, list[int]] = defaultdict(list)
    for number, found in enumerate(stems):
        for one in found:
            where[one].append(number)
    chance = random.Random(2)
    for number in range(min(TRIALS, len(documents))):
        score: Counter[int] = Counter()
        for one in stems[number]:
            if len(where[one]) < COMMON:
                for other in where[one]:
                    score[other] += math.log(len(documents) / len(where[one]))  # type: ignore[assignment]
        for other, _ in score.most_common(10):
            if not set(documents[other][1][:2]) & set(documents[number][1][:2]):
                yield number, other
                break
        yield number, chance.randrange(len(documents))


def cases(
    documents: list[Document], trials: list[tuple[int, int]]
) -> Iterable[tuple[tuple[str, str, list[str], list[str]], bool]]:
    """(title, headline, before, after), and whether another article begins there."""
    for number, other in trials:
        title, paragraphs = documents[number]
        headline = documents[other][0]
        middle = min(2 + (number * 7919) % (len(paragraphs) - 2), len(paragraphs) - 1)
        yield (title, headline, paragraphs, documents[other][1]), True
        yield (title, headline, paragraphs[:middle], paragraphs[middle:]), False


def joined(one: Document, other: Document) -> tuple[str, list[str], int]:
    """Two articles as one text, and the line of the second's headline."""
    return one[0], [*one[1], other[0], *other[1]], len(one[1])


def print_rates(name: str, said: list[bool], truth: list[bool]) -> None:
    """How many beginnings were found, and how many were none."""
    told, real = np.array(said), np.array(truth)
    print(f"{name}: {told[real].mean():.3f} of second articles found, {told[~real].mean():.4f} false")


if __name__ == "__main__":
    main()
