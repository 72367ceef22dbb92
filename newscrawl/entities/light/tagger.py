"""`LightTagger`: our own recogniser behind the Tagger protocol; it makes names consistent in an article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import islice

from newscrawl.arabic.stem import known_words, stem
from newscrawl.article import Mention
from newscrawl.entities.canonical_names import name_mentions
from newscrawl.entities.light.model import load_model
from newscrawl.entities.protocol import Span, spans_of
from newscrawl.entities.sentences import Piece, sentences


class LightTagger:
    """A two-way LSTM over word vectors that were learned from news; see data/MODEL_CARD.md.

    Attributes:
        identity: "light" and the day the model was made.
    """

    def __init__(self) -> None:
        self._model = load_model()
        self.identity = f"light {self._model.version}"

    def tag(self, texts: Sequence[str]) -> list[list[Mention]]:
        """The mentions of each text; see `Tagger.tag`."""
        cut = [sentences(text) for text in texts]
        tags = iter(self._model.tag([[piece.exact for piece in one] for text in cut for one in text]))
        return [
            name_mentions(text, _spans(parts, list(islice(tags, len(parts)))))
            for text, parts in zip(texts, cut, strict=True)
        ]


def _spans(parts: list[list[Piece]], tags: list[list[str]]) -> list[Span]:
    """The spans of one article."""
    tags = consistent([[piece.exact for piece in part] for part in parts], tags)
    return [
        span
        for part, tagged in zip(parts, tags, strict=True)
        for span in spans_of(tagged, [(piece.start, piece.end) for piece in part])
    ]


SPREADING = ("PERS", "LOC", "ORG")


def consistent(spelled: Sequence[Sequence[str]], tags: Sequence[Sequence[str]]) -> list[list[str]]:
    """The tags of an article's sentences with what the article itself says of its names added.

    Untagged runs of words that are a name elsewhere in the article get that name's class, when the article
    has it as that class only; a person's last word alone does so too, unless it is a listed common word.
    Tags that are there stay.

    Args:
        spelled: spellings of the pieces of each sentence.
        tags: a BIO tag for each.
    """
    names = _names(spelled, tags)
    if not names:
        return [list(one) for one in tags]
    longest = max(map(len, names))
    changed = []
    for words, old in zip(spelled, tags, strict=True):
        stems = [stem(word) for word in words]
        new = list(old)
        start = 0
        while start < len(words):
            start += _spread(start, stems, new, names, longest)
        changed.append(new)
    return changed


def _names(spelled: Sequence[Sequence[str]], tags: Sequence[Sequence[str]]) -> dict[tuple[str, ...], str]:
    """Names of the article, by their stems, with their class; those of two classes are left out."""
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for words, old in zip(spelled, tags, strict=True):
        start = 0
        while start < len(words):
            end = start + 1
            kind = old[start][2:]
            if kind in SPREADING:
                while end < len(words) and old[end] == f"I-{kind}":
                    end += 1
                key = tuple(stem(word) for word in words[start:end])
                if len(key) > 1 or key[0] not in known_words():
                    found[key].add(kind)
                if kind == "PERS" and len(key) > 1 and len(key[-1]) > 3 and key[-1] not in known_words():
                    found[key[-1:]].add(kind)
            start = end
    return {key: next(iter(kinds)) for key, kinds in found.items() if len(kinds) == 1}


def _spread(
    start: int, stems: list[str], tags: list[str], names: dict[tuple[str, ...], str], longest: int
) -> int:
    """Tag the longest name that begins at `start` over untagged pieces; how many pieces to go on by."""
    for length in range(min(longest, len(stems) - start), 0, -1):
        kind = names.get(tuple(stems[start : start + length]))
        if kind and all(tag == "O" for tag in tags[start : start + length]):
            tags[start] = f"B-{kind}"
            tags[start + 1 : start + length] = [f"I-{kind}"] * (length - 1)
            return length
    return 1
