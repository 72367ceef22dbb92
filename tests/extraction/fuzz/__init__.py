"""Pages made to hurt the extraction: real ones mutated, and news markup grown from a small grammar.

`fuzzed(seed)` is the same page for the same number; `python -m tests.extraction.fuzz SEED …` extracts such
pages once more and prints how each was made, what became of it and how long that took. `reworded(seed)` is
a real page with other words. `news_pages` and `any_bytes` are hypothesis strategies.
"""

from tests.extraction.fuzz.fuzzed import fuzzed
from tests.extraction.fuzz.grown import any_bytes, news_pages
from tests.extraction.fuzz.reading import FETCHED_AT, SLOWEST_S, Page, Reading, read
from tests.extraction.fuzz.reworded import reworded

__all__ = [
    "FETCHED_AT",
    "SLOWEST_S",
    "Page",
    "Reading",
    "any_bytes",
    "fuzzed",
    "news_pages",
    "read",
    "reworded",
]
