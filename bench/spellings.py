"""The words that a search takes for one (`newscrawl.search.respelling`), among those of real articles."""

from __future__ import annotations

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from newscrawl.arabic.language import stop_words
from newscrawl.arabic.related import load_related, stems
from newscrawl.arabic.tokens import common_spelling, tokenise
from newscrawl.arabic.transcription import other_spellings
from newscrawl.search.respelling import COLLOCATION, NAME_BEGINNINGS, SHORTEST_PART

LEAST, LEAST_OTHER = 5, 3
"""Articles that have the commoner word of a pair, and the other: below them stand slips of the pen."""
SHOWN = 60

Near = dict[str, Counter[tuple[str, str]]]


def bench(corpus: Path) -> None:
    """Print how many pairs there are, how many of them stand beside the same words, and some to be read."""
    having: Counter[str] = Counter()
    beside: Counter[tuple[str, str]] = Counter()
    articles = 0
    for words in _articles(corpus):
        articles += 1
        having.update(set(words))
        beside.update(pairwise(words))
    print(f"## spellings: {len(having):,} different words of {articles:,} articles")
    _transcribed(having, _near(beside))
    _apart(having, beside)
    _related(having)


def _articles(corpus: Path) -> Iterator[list[str]]:
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text = f"{row.get('title') or ''}\n{row.get('text') or row.get('body') or ''}"
            yield [common_spelling(token.stem) for token in tokenise(text)]


def _near(beside: Counter[tuple[str, str]]) -> Near:
    near: Near = defaultdict(Counter)
    for (first, second), number in beside.items():
        if number > 1:
            near[first][">", second] += number
            near[second]["<", first] += number
    return near


def _transcribed(having: Counter[str], near: Near) -> None:
    pairs = [
        (word, other)
        for word, number in having.items()
        if number >= LEAST
        for other in other_spellings(word)
        if having[other] >= LEAST_OTHER and (having[other], other) < (number, word)
    ]
    alike = sum(_shared(near[one], near[other]) >= 0.2 for one, other in pairs)
    print(f"in another transcription: {len(pairs)} pairs; {alike} stand beside the same words")
    _sample(f"{one} {having[one]} = {other} {having[other]}" for one, other in pairs)


def _shared(one: Counter[tuple[str, str]], other: Counter[tuple[str, str]]) -> float:
    fewer = min(one.total(), other.total())
    return (one & other).total() / fewer if fewer else 0.0


def _apart(having: Counter[str], beside: Counter[tuple[str, str]]) -> None:
    pairs = []
    for word, number in having.items():
        for place in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
            first, second = word[:place], common_spelling(word[place:].removeprefix("ال"))
            together = beside[first, second]
            if number < LEAST_OTHER or together < 2 or {first, second} & stop_words():
                continue
            if first in NAME_BEGINNINGS or together >= COLLOCATION * min(having[first], having[second]):
                pairs.append(f"{word} {number} = {first} {second} {together}")
    print(f"written apart or together: {len(pairs)} pairs")
    _sample(pairs)


def _related(having: Counter[str]) -> None:
    """Of the table of related words, those that articles have."""
    table = load_related()
    single = {words[0]: list(map(stems, others)) for words, others in table.items() if len(words) == 1}
    known = [word for word in single if having[word]]
    both = sum(having[other[0]] > 0 for word in known for other in single[word] if len(other) == 1)
    print(f"related words: {len(table)} words and phrases; of {len(single)} single words")
    print(f"  articles have {len(known)}, and {both} pairs of them")


def _sample(pairs: Iterable[str]) -> None:
    found = sorted(pairs)
    print("  " + " | ".join(found[:: max(1, len(found) // SHOWN)]))
