"""Articles and taggers: the text of an article that is tagged, and what an article keeps of the result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newscrawl.article import Article, EntityLabel, Mention
from newscrawl.entities.protocol import Tagger

KINDS: dict[EntityLabel, str] = {
    "PERSON": "person",
    "ORGANIZATION": "organization",
    "LOCATION": "location",
    "MISC": "misc",
}
"""Label of a mention → its key in `Article.entities`."""


@dataclass(frozen=True, slots=True)
class Names:
    """What a tagger found in one article."""

    tagger: str
    """The tagger's identity."""
    mentions: list[Mention]

    def put_into(self, article: Article) -> None:
        """Fill in `entities`, `mentions` and `tagger`."""
        article.tagger = self.tagger
        article.mentions = self.mentions
        article.entities = canonical_names(self.mentions)


def tagged_text(article: Article) -> str:
    """The text that is tagged, and that the offsets of `Article.mentions` count in."""
    return f"{article.title}\n{article.body}"


def canonical_names(mentions: Iterable[Mention]) -> dict[str, list[str]]:
    """The canonical names of an article's mentions by kind, each once.

    The most mentioned is first; of equals, the one that comes first in the text.
    """
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS.values()}
    for mention in mentions:
        counts[KINDS[mention.label]][mention.name] += 1
    return {kind: [name for name, _ in counter.most_common()] for kind, counter in counts.items()}


def find_names(tagger: Tagger, texts: Sequence[str]) -> list[Names]:
    """What a tagger finds in each text (`tagged_text`)."""
    found = zip(texts, tagger.tag(texts), strict=True)
    return [Names(tagger.identity, mentions) for _, mentions in found]
