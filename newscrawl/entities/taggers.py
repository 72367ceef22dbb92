"""Which tagger is used: auto, camel, light or off; loads it."""

from __future__ import annotations

from functools import cache
from typing import Literal, get_args

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
