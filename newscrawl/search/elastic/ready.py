"""Waiting for an Elasticsearch that is still starting."""

from __future__ import annotations

import time
from collections.abc import Callable

import elastic_transport
from elasticsearch import ApiError, Elasticsearch

from newscrawl.search.elastic.connection import ElasticError, explain

_PAUSE_S = 1.0
_REQUEST_S = 10.0
_STARTING = (429, 502, 503, 504)
"""Statuses that a server, or a proxy before it, answers with before it can do its work."""


def wait_for_login(client: Elasticsearch, seconds: float, say: Callable[[str], None]) -> str:
    """Wait until the server accepts who we are, and return the user's name.

    A login that is refused is refused at once: waiting does not mend a wrong password.

    Args:
        client: with a user and password, or an API key.
        seconds: how long to wait; 0 asks once.
        say: told once why there is something to wait for.

    Raises:
        ElasticError: it cannot be reached in time, refuses the login, or has security off.
    """
    asking = client.options(request_timeout=_REQUEST_S, max_retries=0)
    deadline = time.monotonic() + seconds
    told = False
    while True:
        try:
            return str(asking.security.authenticate()["username"])
        except (ApiError, elastic_transport.TransportError) as error:
            left = deadline - time.monotonic()
            if not _may_pass(error):
                raise ElasticError(_why(error)) from error
            if left <= 0:
                waited = f" (after waiting {seconds:g} s)" if seconds else ""
                raise ElasticError(f"{explain(error)}{waited}") from error
            if not told:
                say(f"{explain(error)}; waiting up to {seconds:g} s")
                told = True
        time.sleep(min(_PAUSE_S, left))


def _may_pass(error: Exception) -> bool:
    if isinstance(error, ApiError):
        return error.status_code in _STARTING
    return isinstance(
        error, elastic_transport.ConnectionError | elastic_transport.ConnectionTimeout
    ) and not isinstance(error, elastic_transport.TlsError)


def _why(error: Exception) -> str:
    if isinstance(error, ApiError) and "no handler found" in str(error.body):
        return (
            "security is off on this Elasticsearch: it knows no users and no API keys; "
            "`newscrawl index --setup` puts its templates"
        )
    return explain(error)
