"""A word's pieces by the model's own vocabulary: Hugging Face's `tokenizers`, without transformers."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from newscrawl.entities.camel.windows import LIMIT

CACHED = 65_536
"""How many different words are remembered: about 15 MB."""


class WordPieces:
    """Pieces of words.

    Args:
        tokenizer: a `tokenizers.Tokenizer`: the one inside transformers' BertTokenizer, so that both agree.
    """

    def __init__(self, tokenizer: Any) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self.pieces = lru_cache(CACHED)(self._pieces)

    @classmethod
    def read(cls, path: Path) -> WordPieces:
        """From a tokenizer.json."""
        from tokenizers import Tokenizer

        return cls(Tokenizer.from_file(str(path)))

    def _pieces(self, word: str) -> tuple[int, ...]:
        """The numbers of a word's pieces: none where nothing of it is seen, LIMIT at most."""
        return tuple(self._tokenizer.encode(word, add_special_tokens=False).ids[:LIMIT])
