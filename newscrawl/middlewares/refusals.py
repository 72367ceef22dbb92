"""Why a request brought no page: `Refused`, for what we do not send or read, and any failure's Outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.exceptions import DownloadTimeoutError, IgnoreRequest
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.internet.error import TimeoutError as TwistedTimeout

from newscrawl.article import Outcome, Rejected

if TYPE_CHECKING:
    from twisted.python.failure import Failure


class Refused(IgnoreRequest):
    """A request that is not sent, or whose answer is not read. Scrapy does not retry it."""

    def __init__(self, outcome: Outcome, reason: str) -> None:
        super().__init__(reason)
        self.outcome = outcome
        self.reason = reason


def rejection_of(failure: Failure | Exception) -> Rejected:
    """The Outcome of a request that brought no page, by our, Scrapy's or Twisted's error."""
    error = failure if isinstance(failure, Exception) else failure.value
    if isinstance(error, Refused):
        return Rejected(error.outcome, error.reason)
    if isinstance(error, HttpError):
        return Rejected(Outcome.HTTP_ERROR, f"HTTP {error.response.status}")
    text = str(error).strip() or type(error).__name__
    if isinstance(error, IgnoreRequest) and "redirect" in text.lower():
        return Rejected(Outcome.REDIRECT_LOOP, "more redirects than allowed")
    if isinstance(error, DownloadTimeoutError | TwistedTimeout | TimeoutError):
        return Rejected(Outcome.TIMEOUT, "no whole answer in time")
    return Rejected(Outcome.NETWORK_ERROR, f"{type(error).__name__}: {text}")
