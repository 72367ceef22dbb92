"""Learn the weights of newscrawl/extraction/echo.py, and print how often it is right.

    python scripts/learn_echo.py FILE.jsonl.gz …

Each line of a file is a JSON object with `docno`, `title` and `text` (paragraphs on lines). Every article is
followed by another's headline and text (another begins), and is interrupted by that headline (none begins);
once by an article with the most similar headline, once by any. Where an article itself has a pointer in its
midst, none begins either; these cases are few, and what they cost is a report's text, so that they count
more. Weights are fitted on the articles of one half of the days, the bar is set there, and both are judged on
the other half. Lines of real articles that look like headlines count the cuts that nothing announces.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from newscrawl.extraction import echo
from newscrawl.extraction.echo import unfinished
from newscrawl.extraction.lines import fits, pointed_to
from newscrawl.extraction.phrases import Kind, find


class Document(NamedTuple):
    """An article."""

    title: str
    lines: list[str]
    even: bool
    """Whether its day is of the half that is learned from."""


class Case(NamedTuple):
    """A headline between two texts."""

    texts: tuple[str, str, list[str], list[str]]
    """The article's own headline, the one between, the paragraphs before, the paragraphs after."""
    begins: bool
    natural: bool
    """Whether the article itself has the pointer."""
    even: bool


TRIALS = 3_000
NATURAL = 12_000
COST = 3.0
"""A real pointer counts so much in the fit."""
MOST_FALSE = 0.005
"""Share of the real pointers at which a text may be cut."""
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
    table = Table([*joined_cases(documents, trials), *natural_cases(documents)])
    learn(table)
    found = [echo.begins_at_heading(*joined(documents[i], documents[j])) for i, j in trials]
    print(f"at a heading: {np.mean(found):.3f} of {len(found)} second articles found")
    whole = documents[:NATURAL]
    cut = sum(
        any(
            echo.begins_at_heading(document.title, document.lines, index)
            for index in range(len(document.lines))
        )
        for document in whole
    )
    print(f"at a heading: {cut} of {len(whole)} whole articles cut")


class Table:
    """Cases with their evidence."""

    def __init__(self, cases: Iterable[Case]) -> None:
        told = [(case, evidence) for case in cases if (evidence := echo.weigh(*case.texts))]
        self.rows = np.array([evidence for _, evidence in told])
        self.begins = np.array([case.begins for case, _ in told])
        self.natural = np.array([case.natural for case, _ in told])
        self.even = np.array([case.even for case, _ in told])


def learn(table: Table) -> None:
    """Fit on the even days; print the weights, the bar, and how often both are right on the odd days."""
    weights = np.where(table.natural, COST, 1.0)
    model = LogisticRegression(max_iter=1000, C=10)
    model.fit(table.rows[table.even], table.begins[table.even], weights[table.even])
    for name, weight in zip(echo.Evidence._fields, model.coef_[0], strict=True):
        print(f"{name:8} {weight:6.1f}")
    print(f"bias     {model.intercept_[0]:6.1f}")
    chances = model.predict_proba(table.rows)[:, 1]
    false = np.sort(chances[table.even & table.natural])
    bar = false[-1 - int(MOST_FALSE * len(false))]
    print(f"bar: {bar:.3f} on the even days, {echo.AFTER_A_POINTER} as it stands; judged on the odd days:")
    for name, value in (("that of the even days", bar), ("as it stands", echo.AFTER_A_POINTER)):
        said = chances >= value
        print(f"{name}:")
        for kind, those in (
            ("second articles found", table.begins),
            ("interrupted ones cut", ~table.begins & ~table.natural),
            ("real pointers cut at", table.natural),
        ):
            judged = said[those & ~table.even]
            print(f"   {kind}: {judged.mean():.4f} of {len(judged)}")


def read(files: Iterable[str]) -> Iterable[Document]:
    """The articles, briefs among them."""
    for name in files:
        with gzip.open(name, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                paragraphs = [text.strip() for text in row["text"].split("\n") if len(text.strip()) > 1]
                if len(paragraphs) >= 2 and sum(len(text.split()) for text in paragraphs) >= 40:
                    day = row["docno"].rsplit("-", 1)[-1]
                    even = hashlib.sha256(day.encode()).digest()[0] % 2 == 0
                    yield Document(row["title"].strip(), paragraphs, even)


def pairs(documents: list[Document]) -> Iterable[tuple[int, int]]:
    """Each of the first articles with its likest by headline, and with any."""
    stems = [set(echo.stems(document.title)) for document in documents]
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
            if not set(documents[other].lines[:2]) & set(documents[number].lines[:2]):
                yield number, other
                break
        yield number, chance.randrange(len(documents))


def joined_cases(documents: list[Document], trials: list[tuple[int, int]]) -> Iterable[Case]:
    """An article with another behind it, and with the other's headline in its midst."""
    for number, other in trials:
        title, paragraphs, even = documents[number]
        headline = documents[other].title
        middle = 2 + (number * 7919) % max(1, len(paragraphs) - 2)
        yield Case((title, headline, paragraphs, documents[other].lines), True, False, even)
        if middle < len(paragraphs):
            yield Case((title, headline, paragraphs[:middle], paragraphs[middle:]), False, False, even)


def natural_cases(documents: Iterable[Document]) -> Iterable[Case]:
    """Articles that have a pointer in their midst, with each line that may be the headline it points to."""
    for title, lines, even in documents:
        for index, line in enumerate(lines):
            found = find(line)
            if (
                found is None
                or found.kind is not Kind.RELATED
                or not (fits(found, line) and unfinished(line))
            ):
                continue
            after = lines[index + 1 :]
            places, _ = pointed_to(after) if found.alone else ((), 0)
            headlines = [(found.rest, after)] if not found.alone else []
            headlines += [(after[place], after[place + 1 :]) for place in places]
            for headline, text in headlines:
                if echo.has_words(text, 40):
                    yield Case((title, headline, lines[:index], text), False, True, even)


def joined(one: Document, other: Document) -> tuple[str, list[str], int]:
    """Two articles as one text, and the line of the second's headline."""
    return one.title, [*one.lines, other.title, *other.lines], len(one.lines)


if __name__ == "__main__":
    main()
