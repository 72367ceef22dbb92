"""Waiting for an Elasticsearch that is still starting."""

from __future__ import annotations

import time
from collections.abc import Callable

import elastic_transport
from elasticsearch import ApiError, AuthenticationException, Elasticsearch

from newscrawl.search.elastic.connection import ElasticError, addresses, explain

_PAUSE_S = 1.0
_REQUEST_S = 10.0
_STARTING = (429, 502, 503, 504)
"""Statuses that a server, or a proxy before it, answers with before it can do its work."""
_UNSURE_S = 30.0
"""So long a refused login may be the server's fault: started again on its data, 8.19 was seen refusing the
right password for 4 s, until it had its own index of users."""
_NO_SECURITY = (400, 405)
"""Statuses for the address of the login where security is off: there is no such thing then."""


def wait_for_login(client: Elasticsearch, seconds: float, say: Callable[[str], None]) -> str:
    """Wait until the server accepts who we are, and return the user's name.

    Once a login has been refused, half a minute remains at most.

    Args:
        client: with a user and password, or an API key.
        seconds: how long to wait; 0 asks once.
        say: told why there is something to wait for.

    Raises:
        ElasticError: it cannot be reached in time, refuses the login, or has security off.
    """
    asking = client.options(request_timeout=_REQUEST_S, max_retries=0)
    end = time.monotonic() + seconds
    told = ""
    while True:
        try:
            return str(asking.security.authenticate()["username"])
        except (ApiError, elastic_transport.TransportError) as error:
            reason = _why(error, addresses(client))
            if isinstance(error, AuthenticationException) and reason != told:
                end = min(end, time.monotonic() + _UNSURE_S)
            left = end - time.monotonic()
            if left <= 0 or not _may_pass(error):
                raise ElasticError(reason) from error
        if reason != told:
            say(f"{reason}; waiting up to {left:.0f} s")
            told = reason
        time.sleep(min(_PAUSE_S, left))


def _may_pass(error: Exception) -> bool:
    if isinstance(error, ApiError):
        return error.status_code in (401, *_STARTING)
    return not isinstance(error, elastic_transport.TlsError)


def _why(error: Exception, where: str) -> str:
    if isinstance(error, ApiError) and error.status_code in _NO_SECURITY:
        return (
            "security is off on this Elasticsearch: it knows no users and no API keys; "
            "`newscrawl index --setup` puts its templates"
        )
    return explain(error, where)
