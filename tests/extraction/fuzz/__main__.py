"""`python -m tests.extraction.fuzz SEED …`: such pages once more."""

from __future__ import annotations

import sys

from tests.extraction.fuzz import fuzzed, read

for number in map(int, sys.argv[1:]):
    found = read(fuzzed(number))
    size, made = len(found.page.content), found.page.made
    print(
        f"{number}: {made}, {size:,} bytes, {found.outcome}, {found.seconds:.2f} s", *found.faults, sep="\n  "
    )
