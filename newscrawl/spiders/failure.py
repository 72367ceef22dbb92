"""What a failed request means: Scrapy's and Twisted's errors → an Outcome with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.internet.error import TimeoutError as TwistedTimeout

from newscrawl.article import Outcome, Rejected
from newscrawl.extensions.refused import Refused

if TYPE_CHECKING:
    from twisted.python.failure import Failure


_TOO_LARGE = ("maxsize", "max size", "larger than")


def rejection_of(failure: Failure) -> Rejected:  # noqa: PLR0911  (one line per kind of failure)
    """The outcome of a request that brought no page."""
    error = failure.value
    if isinstance(error, Refused):
        return Rejected(error.outcome, error.reason)
    if isinstance(error, HttpError):
        return Rejected(Outcome.HTTP_ERROR, f"HTTP {error.response.status}")
    text = str(error).strip() or type(error).__name__
    lower = text.lower()
    if isinstance(error, IgnoreRequest) and "redirect" in lower:
        return Rejected(Outcome.REDIRECT_LOOP, "more redirects than allowed")
    if isinstance(error, DownloadCancelledError) or any(words in lower for words in _TOO_LARGE):
        return Rejected(Outcome.TOO_LARGE, text)
    if isinstance(error, DownloadTimeoutError | TwistedTimeout | TimeoutError):
        return Rejected(Outcome.TIMEOUT, "no whole answer in time")
    if isinstance(error, CannotResolveHostError) and "private network" in lower:
        return Rejected(Outcome.FORBIDDEN_ADDRESS, text)
    return Rejected(Outcome.NETWORK_ERROR, f"{type(error).__name__}: {text}")
