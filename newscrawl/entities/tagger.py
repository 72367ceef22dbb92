"""The Tagger protocol, and which tagger is used: auto, camel, light or off."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal, Protocol, get_args

from newscrawl.article import Mention
from newscrawl.config import load_config

TaggerChoice = Literal["auto", "camel", "light"]


class TaggerUnavailable(RuntimeError):  # noqa: N818  (it is a state, not a fault)
    """A tagger that was asked for cannot be used; the message says why, and what to do."""


class Tagger(Protocol):
    """Finds people, organisations, places and other names in Arabic text.

    Attributes:
        identity: name and version ("light 2026.11", "camel arabert int8"): what `Article.tagger` records.
    """

    identity: str

    def tag(self, texts: Sequence[str]) -> list[list[Mention]]:
        """The mentions of each text in order of place, with character offsets into that text.

        Each text is read as one article: a short name is resolved within it.
        """


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
