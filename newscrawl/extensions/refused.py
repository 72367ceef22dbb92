"""Why a request was not sent, with the Outcome it ends in."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest

from newscrawl.article import Outcome


class Refused(IgnoreRequest):
    """A request that we will not send."""

    def __init__(self, outcome: Outcome, reason: str) -> None:
        super().__init__(reason)
        self.outcome = outcome
        self.reason = reason
