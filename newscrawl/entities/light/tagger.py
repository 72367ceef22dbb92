"""`LightTagger`: our own recogniser behind the Tagger protocol."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from newscrawl.article import Mention
from newscrawl.entities.light.consistency import consistent
from newscrawl.entities.light.model import load_model
from newscrawl.entities.names import name_mentions
from newscrawl.entities.pieces import Piece, sentences
from newscrawl.entities.spans import Span, spans_of


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
