"""Which tagger is used (auto, camel, light or off), and what an article keeps of what it finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from newscrawl.article import Article, EntityLabel, Mention
from newscrawl.config import load_config
from newscrawl.entities.protocol import Tagger

TaggerChoice = Literal["auto", "camel", "light"]
TaggerKind = Literal["camel", "light"]


def load_tagger(choice: TaggerChoice = "auto") -> Tagger:
    """A tagger; loaded once for each process.

    Args:
        choice: "light" is always there; "camel" is once `newscrawl models install camel` has run; "auto"
            is "camel" where that is installed, else "light".

    Raises:
        TaggerUnavailable: "camel" is not installed.
        ValueError: there is no such tagger.
    """
    if choice not in get_args(TaggerChoice):
        raise ValueError(f"there is no tagger {choice!r}: choose one of {', '.join(get_args(TaggerChoice))}")
    from newscrawl.entities.camel import installed

    if choice == "auto":
        choice = "camel" if installed() else "light"
    return _load(choice)


@cache
def _load(choice: str) -> Tagger:
    if choice == "camel":
        from newscrawl.entities.camel import CamelTagger

        return CamelTagger()
    from newscrawl.entities.light import LightTagger

    return LightTagger()


def configured_tagger() -> TaggerChoice | None:
    """The configured choice (auto by default); None if it is off.

    Raises:
        ConfigError: a setting is wrong.
    """
    choice = load_config().tagger
    return None if choice == "off" else choice


def settle(choice: TaggerChoice) -> TaggerKind:
    """Which tagger a choice stands for on this machine; nothing is loaded.

    Raises:
        TaggerUnavailable: "camel" is not installed.
    """
    from newscrawl.entities.camel import installed

    here = installed()
    if choice == "camel" and not here:
        load_tagger(choice)  # it says why it cannot be used, and the mend
    return "camel" if choice == "camel" or (choice == "auto" and here) else "light"


def chosen_kind() -> TaggerKind | None:
    """Which tagger the configured choice stands for on this machine; None if it is off.

    Raises:
        TaggerUnavailable: "camel" is not installed.
        ConfigError: a setting is wrong.
    """
    choice = configured_tagger()
    return None if choice is None else settle(choice)


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
