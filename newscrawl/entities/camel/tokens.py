"""Sentences of a text in CAMeL Tools' own tokens, each with its place in the text as published."""

from __future__ import annotations

from dataclasses import dataclass

from newscrawl.entities.camel.letters import letters
from newscrawl.entities.pieces import breaks


@dataclass(frozen=True, slots=True)
class CamelToken:
    """A token of `simple_word_tokenize` (a word, or one sign), as the recogniser reads it."""

    text: str
    start: int
    end: int


def sentences(text: str) -> list[list[CamelToken]]:
    """The sentences of a text, none empty. They end where those of the light tagger do; none is cut."""
    from camel_tools.tokenizers.word import simple_word_tokenize

    read = letters(text)
    found: list[list[CamelToken]] = []
    end = 0
    for word in simple_word_tokenize(read.text):
        start = read.text.index(word, end)
        if not found or breaks(read.text, end, start):
            found.append([])
        end = start + len(word)
        found[-1].append(CamelToken(word, read.starts[start], read.ends[end - 1]))
    return found
