"""What an ensemble's tags are worth: exact spans, four classes, by seqeval."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from seqeval.metrics import classification_report

from newscrawl.entities.light.tagger import consistent
from training.annotated import Sentence, pieces, token_tags

ARTICLE = 20
"""Sentences taken for one article where the annotated file does not say where one ends."""

Tag = Callable[[Sequence[Sequence[str]]], list[list[str]]]
"""Sentences of spellings → a tag for each, as `newscrawl.entities.light.model.Model.tag`."""


def report(tag: Tag, annotated: list[Sentence], *, spread: bool = True) -> dict[str, float]:
    """F1 of each class and of all ("micro avg") on a sentence's own tokens; names spread or as tagged."""
    ready = [(sentence, *pieces(sentence)) for sentence in annotated]
    ready = [one for one in ready if one[1]]
    predicted = tag([spelled for _, spelled, _, _ in ready])
    gold, found = [], []
    for start in range(0, len(ready), ARTICLE):
        part, tags = ready[start : start + ARTICLE], predicted[start : start + ARTICLE]
        if spread:
            tags = consistent([one[1] for one in part], tags)
        for (sentence, _, _, origins), new in zip(part, tags, strict=True):
            gold.append(list(sentence.tags))
            found.append(token_tags(sentence, new, origins))
    scores = classification_report(gold, found, output_dict=True, zero_division=0)
    kept = ("PERS", "LOC", "ORG", "MISC", "micro avg")
    return {name: round(float(scores[name]["f1-score"]), 3) for name in kept if name in scores}
