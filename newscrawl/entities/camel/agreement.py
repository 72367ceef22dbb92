"""How far a model's tags agree with those of the model it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newscrawl.entities.spans import Span, spans_of

Tags = Sequence[Sequence[str]]

LEAST = 0.99
"""Below this share of equal tags over all tokens a quantised model is refused."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Shares from 0 to 1, over `tokens` tokens.

    `tags`: of tokens, those with equal tags. `named`: the same, of tokens that either model names.
    `entities`: F1 of the second model's entities (class, first and last token) against the first's. Where
    there is nothing to compare, all agree: 1.0.
    """

    tokens: int
    tags: float
    named: float
    entities: float

    @property
    def enough(self) -> bool:
        """Whether the second model may stand in for the first."""
        return self.tags >= LEAST


def agreement(first: Tags, second: Tags) -> Agreement:
    """The agreement of two models' tags of the same sentences.

    Raises:
        ValueError: they do not have the same tokens.
    """
    pairs = [
        (one, other)
        for ones, others in zip(first, second, strict=True)
        for one, other in zip(ones, others, strict=True)
    ]
    named = [pair for pair in pairs if pair != ("O", "O")]
    ones, others = set(_entities(first)), set(_entities(second))
    return Agreement(
        tokens=len(pairs),
        tags=_share(sum(one == other for one, other in pairs), len(pairs)),
        named=_share(sum(one == other for one, other in named), len(named)),
        entities=_share(2 * len(ones & others), len(ones) + len(others)),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _entities(tags: Tags) -> Iterator[tuple[int, Span]]:
    for number, sentence in enumerate(tags):
        for span in spans_of(sentence, [(place, place + 1) for place in range(len(sentence))]):
            yield number, span
