"""Annotated text: our own gold.txt, and BIO files, each as an article's text with its spans."""

from __future__ import annotations

import re
from pathlib import Path

from newscrawl.entities.protocol import LABELS, Span

GOLD = Path(__file__).parent / "gold.txt"
_MARKED = re.compile(r"\[(PERS|LOC|ORG|MISC) ([^\[\]]+)\]")

Annotated = tuple[str, list[Span]]


def read_marked(path: Path = GOLD) -> list[Annotated]:
    """Articles of a file in which names are marked inline: [PERS فلاديمير بوتين]."""
    articles = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.split("\n") if line and not line.startswith("#")]
        if lines:
            articles.append(_unmark("\n".join(lines)))
    return articles


def _unmark(marked: str) -> Annotated:
    text, spans, last = "", [], 0
    for match in _MARKED.finditer(marked):
        text += marked[last : match.start()]
        spans.append(Span(LABELS[match[1]], len(text), len(text) + len(match[2])))
        text += match[2]
        last = match.end()
    return text + marked[last:], spans
