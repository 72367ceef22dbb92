"""Where a tagger works: the light one in workers that are there anyway, CAMeL's in one process of its own.

CAMeL's model is too big to be loaded by every worker, and uses all cores by itself.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from typing import Literal

from newscrawl.article import Article, Outcome
from newscrawl.entities.articles import Names, find_names_by, identity_of
from newscrawl.entities.taggers import TaggerChoice, configured_tagger, load_tagger
from newscrawl.workers import Workers

LOAD_TIMEOUT_S = 180.0
"""For loading a tagger, from a cold disk."""
TEXT_TIMEOUT_S = 30.0
"""For one text of a batch."""

_log = logging.getLogger(__name__)

Kind = Literal["camel", "light"]


def settle(choice: TaggerChoice) -> Kind:
    """Which tagger a choice stands for on this machine; nothing is loaded.

    Raises:
        TaggerUnavailable: "camel" is not installed.
    """
    from newscrawl.entities.camel import installed

    here = installed()
    if choice == "camel" and not here:
        load_tagger(choice)  # it says why it cannot be used, and the mend
    return "camel" if choice == "camel" or (choice == "auto" and here) else "light"


def chosen_kind() -> Kind | None:
    """Which tagger the configured choice stands for on this machine; None if it is off.

    Raises:
        TaggerUnavailable: "camel" is not installed.
        ConfigError: a setting is wrong.
    """
    choice = configured_tagger()
    return None if choice is None else settle(choice)


def preparation(kind: Kind | None) -> Callable[[], object] | None:
    """What workers that a tagger shares do at their start (`Workers(prepare=…)`)."""
    return partial(load_tagger, kind) if kind == "light" else None


class TaggerPool:
    """A tagger at work in worker processes.

    Args:
        kind: from `settle`.
        workers: the workers it may share; the caller closes them.

    Attributes:
        unnamed: articles that were stored without names though there is a tagger.
    """

    def __init__(self, kind: Kind, workers: Workers) -> None:
        self.kind = kind
        self.unnamed = 0
        self._own = Workers(1) if kind == "camel" else None
        self._workers = self._own or workers

    def identity(self) -> Future[str]:
        """The tagger's identity; to be asked for first, for it loads the tagger without a text's time limit.

        The future raises what loading the tagger raised, or as `Workers.submit` says.
        """
        return self._workers.submit(LOAD_TIMEOUT_S, identity_of, self.kind)

    def load(self) -> str:
        """Wait for the identity; "" where the tagger cannot be loaded: the log says why."""
        try:
            return self.identity().result()
        except Exception:
            _log.exception("the tagger %s cannot be loaded", self.kind)
            return ""

    def submit(self, texts: Sequence[str], timeout: float | None = None) -> Future[list[Names]]:
        """Have texts tagged within `timeout` seconds; without one, TEXT_TIMEOUT_S for each.

        The future raises what the tagger raised, or as `Workers.submit` says.
        """
        seconds = TEXT_TIMEOUT_S * max(len(texts), 1) if timeout is None else timeout
        return self._workers.submit(seconds, find_names_by, self.kind, texts)

    def collect(self, texts: Sequence[str], job: Future[list[Names]]) -> list[Names | None]:
        """Wait for a job. Where it failed, each text is tried once more by itself, so that one costs one.

        Returns:
            For each text its names; None where they could not be found: the log says why.
        """
        try:
            return [*job.result()]
        except Exception as error:
            if len(texts) == 1:
                _log.exception("tagging failed on the text that begins %r", texts[0][:60])
                return [None]
            _log.warning("tagging %d texts failed (%s); trying each by itself", len(texts), error)
        return [names for text in texts for names in self.collect([text], self.submit([text]))]

    def note_stored(self, article: Article, outcome: Outcome) -> None:
        """Count an article that came into the archive without names."""
        self.unnamed += not article.tagger and outcome in (Outcome.STORED, Outcome.UPDATED)

    def close(self) -> None:
        """Stop the tagger's own process, if it has one."""
        if self._own:
            self._own.close()
