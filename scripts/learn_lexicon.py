"""Learn newscrawl/arabic/data/lexicon.txt: which words stand by themselves, and which carry a proclitic.

    python scripts/learn_lexicon.py FILE.jsonl.gz …

Each line of a file is a JSON object; its `title`, `abstract`, `summary`, `body` and `text` are read. A word
that begins like a proclitic (و ف ب ل ك ال) is weighed by how often it and its relatives were seen:

* A word of its own takes proclitics that cannot follow the one it seems to begin with: الوزير, بوزير speak
  for وزير (no one writes ال + و + زير), while البمصر is never seen.
* A word of its own leaves a rest that is hardly a word: زير.
* A word with a clitic is rarer than its rest, or not much more frequent.
* A word whose alef is mostly written with hamza or madda (أل إل آل) does not begin with the article.

All other words of some frequency are listed too: a clitic comes off only where a listed word remains.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from newscrawl.arabic.normalise import normalise
from newscrawl.arabic.tokens import words

OUTPUT = Path(__file__).parent.parent / "newscrawl" / "arabic" / "data" / "lexicon.txt"

LEAST = 8
"""Seen less often, a word is not listed: names misspelt once would take letters off other words."""
LEAST_SHORT = 200
"""The same for words of two letters, which are the rest of far too many words by chance."""
RATIO = {"و": 100.0, "ف": 10.0, "ب": 10.0, "ل": 10.0, "ك": 10.0}
"""How many times more frequent than its rest a word must be to be its own. News begins so many sentences
with a verb after و (وتابع, وأضاف) that for و the bar is high."""


class Counts:
    """How often each normalised word was seen, and how often its alef was written with hamza or madda."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.seen: Counter[str] = Counter()
        self.hamza: Counter[str] = Counter()
        raw: Counter[str] = Counter()
        for text in texts:
            raw.update(words(text))
        for word, count in raw.items():
            exact = normalise(word)
            if "\u0620" <= exact[:1] <= "\u064a":
                self.seen[exact] += count
                if word[0] in "أإآ":
                    self.hamza[exact] += count

    def with_prefixes(self, word: str, prefixes: Iterable[str]) -> int:
        """How often the word was seen behind any of the prefixes."""
        return sum(self.seen[prefix + word] for prefix in prefixes)

    def as_base(self, word: str) -> int:
        """How often the word was seen bare or with the article."""
        return self.with_prefixes(word, ["", "ال", "لل", "بال", "وال"])


def keeps_letter(word: str, counts: Counts) -> bool:
    """Whether a word that begins with و ف ب ل ك is a word of its own."""
    seen, rest = counts.seen[word], counts.seen[word[1:]]
    if word.startswith("لل"):  # للعراق is ل + العراق: there is no لعراق to compare it with
        rest += counts.as_base(word[2:])
    elif word[1:3] == "ال" and len(word) > 5:  # بالقرب is far more frequent than القرب, not than قرب
        rest += counts.as_base(word[3:])
    articles = ["ال", "وال", "بال", "فال", "كال"]
    others = ["ب", "ك"]
    if word[0] != "ل":  # للجنة may be ل + الجنة, للوزير is not ل + لوزير
        articles.append("لل")
        others.append("ل")
    if word[0] in "وف":
        others += ["و", "ف"]
    own = with_article = counts.with_prefixes(word, articles)
    # A single letter before the word, and only one, may be a name that looks so: بوروسيا (Borussia) is not
    # ب + وروسيا, لوكاس (Lucas) not ل + وكاس. So where the rest is the commoner word, only the article counts.
    if rest < 2 * seen:
        own += counts.with_prefixes(word, others)
    several = sum(counts.seen[prefix + word] > 0 for prefix in articles + others) > 1
    if several or with_article > 1:
        if own >= 0.1 * seen:
            return True
        if own >= 0.02 * seen and seen >= 0.5 * rest:
            return True
    return seen > RATIO[word[0]] * rest


def keeps_article(word: str, counts: Counts) -> bool:
    """Whether the ال at the beginning of a word is part of it."""
    seen, rest = counts.seen[word], word[2:]
    if counts.hamza[word] >= 0.5 * seen:
        return True
    if counts.seen["لل" + rest] > 0.01 * seen:
        return False
    own = counts.seen["ال" + word] + counts.seen["ل" + word]
    if own >= 2 and own >= 0.02 * seen and seen > 10 * counts.seen[rest]:
        return True
    # The verbs of the eighth form (التقى, التحق) take neither article nor preposition.
    return (
        word.startswith("الت") and seen >= 30 and seen > 200 * (counts.seen[rest] + counts.seen["لل" + rest])
    )


def stands_alone(word: str, counts: Counts) -> bool:
    """Whether a word is listed."""
    if len(word) < 2 or counts.as_base(word) < (LEAST_SHORT if len(word) == 2 else LEAST):
        return False
    if word.startswith("ال") and len(word) > 3:
        return keeps_article(word, counts)
    if word[0] in RATIO and len(word) > 2:
        return keeps_letter(word, counts)
    return True


def read(paths: Iterable[Path]) -> Iterable[str]:
    """The texts of all files."""
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                for field in ("title", "abstract", "summary", "body", "text"):
                    if row.get(field):
                        yield row[field]


def main() -> None:
    """Read the files, weigh every word, write the list."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    files: list[Path] = parser.parse_args().files
    counts = Counts(read(files))
    lexicon = sorted(word for word in list(counts.seen) if stands_alone(word, counts))
    names = ", ".join(path.name for path in files)
    header = [
        "Words that stand without proclitics, normalised; one a line.",
        f"Learned by scripts/learn_lexicon.py from {names}",
        f"({sum(counts.seen.values()):,} running words) on {datetime.now(UTC):%Y-%m-%d}: "
        f"{len(lexicon):,} words. Not edited by hand: corrections belong in gazetteer.toml.",
    ]
    OUTPUT.write_text("".join(f"# {line}\n" for line in header) + "\n".join(lexicon) + "\n", encoding="utf-8")
    sys.stdout.write(f"{OUTPUT.name}: {len(lexicon):,} words\n")


if __name__ == "__main__":
    main()
