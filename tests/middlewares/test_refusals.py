"""The Outcome of a request that brought no page."""

import pytest
from scrapy.exceptions import CannotResolveHostError, DownloadFailedError, DownloadTimeoutError, IgnoreRequest
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.internet.error import ConnectionRefusedError as Refusal
from twisted.internet.error import TimeoutError as TwistedTimeout
from twisted.python.failure import Failure

from newscrawl.article import Outcome
from newscrawl.middlewares.refusals import Refused, rejection_of


@pytest.mark.parametrize(
    ("error", "outcome", "said"),
    [
        (Refused(Outcome.OFF_SITE, "elsewhere"), Outcome.OFF_SITE, "elsewhere"),
        (Refused(Outcome.ROBOTS, "robots.txt forbids it"), Outcome.ROBOTS, "robots.txt forbids it"),
        (HttpError(Response("http://a.example", status=404)), Outcome.HTTP_ERROR, "HTTP 404"),
        (IgnoreRequest("max redirections reached"), Outcome.REDIRECT_LOOP, "redirects"),
        (DownloadTimeoutError("took longer"), Outcome.TIMEOUT, "in time"),
        (TwistedTimeout(), Outcome.TIMEOUT, "in time"),
        (TimeoutError(), Outcome.TIMEOUT, "in time"),
        (CannotResolveHostError("no such host"), Outcome.NETWORK_ERROR, "no such host"),
        (DownloadFailedError("broken"), Outcome.NETWORK_ERROR, "DownloadFailedError: broken"),
        (Refusal(), Outcome.NETWORK_ERROR, "ConnectionRefusedError"),
        (Exception(), Outcome.NETWORK_ERROR, "Exception"),
    ],
)
def test_each_failure_has_its_outcome(error, outcome, said):
    rejected = rejection_of(Failure(error))
    assert rejected.outcome is outcome
    assert said in rejected.reason
