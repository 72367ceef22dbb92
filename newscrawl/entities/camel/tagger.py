"""CamelTagger: mentions by CAMeL Tools' recogniser."""

from __future__ import annotations

from collections.abc import Sequence

from newscrawl.article import Mention
from newscrawl.entities.camel.errors import ModelError
from newscrawl.entities.camel.load import load
from newscrawl.entities.camel.tokens import sentences
from newscrawl.entities.names import name_mentions
from newscrawl.entities.spans import spans_of
from newscrawl.entities.tagger import TaggerUnavailable


class CamelTagger:
    """The recogniser `ner-arabert`. Sentences of all texts given at once are batched together.

    Args:
        threads: how many work on one batch; default: as many as this process may use.

    Attributes:
        identity: "camel arabert", then how it runs: int8, fp32 or torch.

    Raises:
        TaggerUnavailable: the model is not installed, or damaged; the message says what to do.
    """

    def __init__(self, threads: int | None = None) -> None:
        try:
            self._recogniser, self.identity = load(threads)
        except ModelError as error:
            raise TaggerUnavailable(str(error)) from error

    def tag(self, texts: Sequence[str]) -> list[list[Mention]]:
        """The mentions of each text in order of place, with character offsets into that text."""
        read = [sentences(text) for text in texts]
        tags = iter(
            self._recogniser.tag_tokens([[token.text for token in one] for text in read for one in text])
        )
        found = []
        for text, tokens in zip(texts, read, strict=True):
            spans = [
                span
                for sentence in tokens
                for span in spans_of(next(tags), [(token.start, token.end) for token in sentence])
            ]
            found.append(name_mentions(text, spans))
        return found
