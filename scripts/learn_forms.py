"""Learn newscrawl/arabic/data/proclitic_forms.txt: forms in the news that clitic patterns get wrong.

    python scripts/learn_forms.py FILE.jsonl.gz …

The files are those of scripts/learn_lexicon.py; run this after it. A form is listed when it was seen at
least five times, with و and ف taken off first, and the patterns of newscrawl/arabic/stem.py do not
bring out what `stem` says. Only the forms are kept: their stems follow from the lexicon at run time.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from learn_lexicon import read

from newscrawl.arabic.normalise import normalise
from newscrawl.arabic.stem import CONJUNCTION_PATTERN, exceptions_for, known_words, stem, stem_by_rules
from newscrawl.arabic.tokens import words

OUTPUT = Path(__file__).parent.parent / "newscrawl" / "arabic" / "data" / "proclitic_forms.txt"
LEAST = 2
"""Seen once, a form is as likely a slip of the pen, and not worth its rule in the settings of an index."""


def count(files: list[Path]) -> Counter[str]:
    """How often each Arabic word was seen, and each word without its conjunction."""
    raw: Counter[str] = Counter()
    for text in read(files):
        raw.update(words(text))
    seen: Counter[str] = Counter()
    for word, number in raw.items():
        exact = normalise(word)
        if "\u0620" <= exact[:1] <= "\u064a":
            seen[exact] += number
    bare: Counter[str] = Counter()
    for word, number in seen.items():
        rest = re.sub(CONJUNCTION_PATTERN, "", word)
        if rest != word:
            bare[rest] += number
    return seen + bare


def main() -> None:
    """Count, keep the exceptions that are no words of the lexicon, write them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    files: list[Path] = parser.parse_args().files
    seen = count(files)
    tables = exceptions_for([word for word, number in seen.items() if number >= LEAST])
    learned = sorted({*tables.whole, *tables.bare} - known_words())
    names = ", ".join(path.name for path in files)
    header = [
        "Forms with proclitics that patterns alone get wrong, normalised; one a line.",
        f"Learned by scripts/learn_forms.py from {names}",
        f"on {datetime.now(UTC):%Y-%m-%d}: {len(learned):,} forms, seen at least {LEAST} times.",
    ]
    OUTPUT.write_text("".join(f"# {line}\n" for line in header) + "\n".join(learned) + "\n", encoding="utf-8")
    wrong = sum(number for word, number in seen.items() if stem_by_rules(word, tables) != stem(word))
    sys.stdout.write(
        f"{OUTPUT.name}: {len(learned):,} forms; the tables agree with `stem` on "
        f"{1 - wrong / seen.total():.2%} of the running words\n"
    )


if __name__ == "__main__":
    main()
