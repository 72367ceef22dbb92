"""What changed from one text to the next, word by word.

Words are compared in normalised form: other harakat, another hamza, a moved comma or a word written in two
are no change, and neither is a line that changes by itself (`moving`): a counter, a time stamp. Whatever
stands between the words goes with them, so that the newer text can be read from its changes to the letter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from newscrawl.arabic.tokens import forms, word_spans
from newscrawl.dedupe.alignment import same_runs
from newscrawl.dedupe.moving import moving

Kind = Literal["same", "cut", "added"]


@dataclass(frozen=True, slots=True)
class Change:
    """A piece that both texts have, or only one of them."""

    kind: Kind
    text: str
    """As published; of what stayed, as the newer text has it."""
    words: int


@dataclass(frozen=True, slots=True)
class Edit:
    """How much changed from one text of an article to the next."""

    headline: bool
    added: int
    """Words of the body; so is what was cut."""
    cut: int

    def __bool__(self) -> bool:
        """Whether any word is another one."""
        return self.headline or bool(self.added or self.cut)


def changes(before: str, now: str) -> list[Change]:
    """The way from one text to another: what stands in `before` and what in `now`, in their order.

    >>> [(one.kind, one.text.strip()) for one in changes("قال الوزير، أمس", "قال الوزير اليوم")]
    [('same', 'قال الوزير'), ('cut', 'أمس'), ('added', 'اليوم')]
    """
    was, becomes = _Words.of(before), _Words.of(now)
    found: list[Change] = []
    for kind, start, end in _steps(was.keys, becomes.keys):
        words = was if kind == "cut" else becomes
        found.append(Change(kind, words.text[words.begins[start] : words.begins[end]], end - start))
    if now and not becomes.keys:  # no word, but marks that somebody may want to see
        found.append(Change("same", now, 0))
    return found


def count(found: list[Change], kind: Kind) -> int:
    """How many words were cut, or added, or stayed."""
    return sum(one.words for one in found if one.kind == kind)


def edit(before: tuple[str, str], now: tuple[str, str]) -> Edit:
    """How much changed between two texts of an article, each a headline and a body.

    >>> edit(("معرض", "افتتح الوزير المعرض."), ("معرض!", "افتتح الوزير صباحا المعرض"))
    Edit(headline=False, added=1, cut=0)
    """
    was, becomes = telling_words(before[1]), telling_words(now[1])
    added = cut = 0
    for kind, start, end in _steps(was, becomes):
        added += (end - start) * (kind == "added")
        cut += (end - start) * (kind == "cut")
    return Edit(not _one_spelling(_heading(before[0]), _heading(now[0])), added, cut)


def same_words(before: tuple[str, str], now: tuple[str, str]) -> bool:
    """Whether two texts of an article, each a headline and a body, have the same words: there is no edit."""
    return _one_spelling(_heading(before[0]), _heading(now[0])) and _one_spelling(
        telling_words(before[1]), telling_words(now[1])
    )


def telling_words(text: str) -> list[str]:
    """The words of a text that somebody wrote, normalised, in order."""
    return _Words.of(text).keys


def _heading(title: str) -> list[str]:
    return [key for start, end in word_spans(title) if (key := forms(title[start:end])[0])]


@dataclass(frozen=True, slots=True)
class _Words:
    text: str
    keys: list[str]
    begins: list[int]
    """Where the piece of each word begins, marks before it included; at last, where the text ends."""

    @classmethod
    def of(cls, text: str) -> _Words:
        keys: list[str] = []
        begins: list[int] = []
        last = 0
        for start, end in _outside(word_spans(text), moving(text)):
            key = forms(text[start:end])[0]
            if key:
                keys.append(key)
                begins.append(_break(text, last, start) if begins else 0)
                last = end
        return cls(text, keys, [*begins, len(text)])


def _outside(spans: list[tuple[int, int]], left_out: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans that begin in none of those left out; both are in order."""
    out = iter(left_out)
    start, end = next(out, (-1, -1))
    for span in spans:
        while start >= 0 and end <= span[0]:
            start, end = next(out, (-1, -1))
        if not (start >= 0 and start <= span[0]):
            yield span


def _break(text: str, end: int, start: int) -> int:
    """Where one word's piece ends and the next one's begins: a bracket goes with the word that it opens."""
    between = text[end:start]
    size = 0 if between[-1:].isspace() else len("".join(between.rsplit(maxsplit=1)[-1:]))
    return start - size if size < len(between) else start


def _steps(was: list[str], becomes: list[str]) -> Iterator[tuple[Kind, int, int]]:
    """What stayed and was added, as places in `becomes`, and what was cut, as places in `was`."""
    a = b = 0
    stayed = 0  # from here to b everything stayed
    for i, j, size in [*same_runs(was, becomes), (len(was), len(becomes), 0)]:
        if not _one_spelling(was[a:i], becomes[b:j]):
            if b > stayed:
                yield "same", stayed, b
            if i > a:
                yield "cut", a, i
            if j > b:
                yield "added", b, j
            stayed = j
        a, b = i + size, j + size
    if b > stayed:
        yield "same", stayed, b


def _one_spelling(some: list[str], others: list[str]) -> bool:
    """Whether words differ in nothing but white space: عبد الله, عبدالله; figures are never joined."""
    return some == others or _joined(some) == _joined(others)


def _joined(words: list[str]) -> str:
    return "".join(f" {word} " if word[0].isdigit() else word for word in words)
