"""The client, made from the configuration; waiting for its server; what went wrong, in one sentence."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

import elastic_transport
from elasticsearch import ApiError, AuthenticationException, Elasticsearch

from newscrawl.config import Config, load_config, variable
from newscrawl.search.results import IndexUnavailableError

REQUEST_TIMEOUT_S = 60.0
_PAUSE_S = 1.0
_REQUEST_S = 10.0
_STARTING = (429, 502, 503, 504)
"""Statuses that a server, or a proxy before it, answers with before it can do its work."""
_UNSURE_S = 30.0
"""How long a refused login may be the server's fault: an 8.19 restarted on its data refused the right
password for 4 s, until its index of users was ready."""
_NO_SECURITY = (400, 405)
"""Statuses with which a server whose security is off answers the login API, which it does not have then."""


class ElasticError(IndexUnavailableError):
    """Elasticsearch cannot be used as configured; the message says why and how to mend it."""


def connect(config: Config | None = None, *, retries: int = 2) -> Elasticsearch:
    """A client for the configured server. Nothing is sent yet.

    Args:
        config: the configuration, of which the settings of Elasticsearch count. None: this process's.
        retries: how often the client itself repeats a request that found no server.

    Raises:
        ElasticError: no URL is configured, or the client refuses what is.
    """
    logging.getLogger("elastic_transport").setLevel(logging.ERROR)  # what it warns of, we report ourselves
    config = config or load_config()
    urls, login = _addresses(config.elasticsearch_url)
    options: dict[str, Any] = {
        "request_timeout": REQUEST_TIMEOUT_S,
        "max_retries": retries,
        "retry_on_timeout": retries > 0,
    }
    if config.elasticsearch_api_key:
        options["api_key"] = config.elasticsearch_api_key.get_secret_value()
    elif config.elasticsearch_user:
        password = config.elasticsearch_password
        options["basic_auth"] = (config.elasticsearch_user, password.get_secret_value() if password else "")
    elif login:
        options["basic_auth"] = login
    if config.elasticsearch_ca_file:
        options["ca_certs"] = str(config.elasticsearch_ca_file)
    try:
        return Elasticsearch(urls, **options)
    except (ValueError, TypeError, OSError) as error:
        raise ElasticError(f"{variable('elasticsearch_url')}: {error}") from error


def shown_url(config: Config | None = None) -> str:
    """The configured addresses as they may be printed: without user and password."""
    return ",".join(_addresses((config or load_config()).elasticsearch_url)[0])


def addresses(client: Elasticsearch) -> str:
    """The addresses of a client as they may be printed: without user and password."""
    return ",".join(node.base_url for node in client.transport.node_pool.all())


def _addresses(text: str) -> tuple[list[str], tuple[str, str] | None]:
    """URLs without login, and the login if one stood in them."""
    urls, login = [], None
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        pieces = urlsplit(part)
        if pieces.username:
            login = unquote(pieces.username), unquote(pieces.password or "")
        hostname = pieces.hostname or ""
        host = f"[{hostname}]" if ":" in hostname else hostname
        port = pieces.port or (443 if pieces.scheme == "https" else 9200)
        urls.append(urlunsplit((pieces.scheme, f"{host}:{port}", pieces.path, "", "")))
    if not urls:
        raise ElasticError(f"{variable('elasticsearch_url')} is not set; write e.g. http://localhost:9200")
    return urls, login


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
            reason = _why_no_login(error, addresses(client))
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


def _why_no_login(error: Exception, where: str) -> str:
    if isinstance(error, ApiError) and error.status_code in _NO_SECURITY:
        return (
            "security is off on this Elasticsearch: it knows no users and no API keys; "
            "`newscrawl index --setup` puts its templates"
        )
    return explain(error, where)


def explain(error: Exception, where: str) -> str:
    """One sentence on a failed request to a server (`addresses`), with the mend where there is one.

    No secret is in it.
    """
    if isinstance(error, ElasticError):
        return str(error)
    if isinstance(error, elastic_transport.TlsError):
        return (
            f"{where}: its certificate is not trusted; "
            f"name the authority's PEM file in {variable('elasticsearch_ca_file')}"
        )
    if isinstance(error, elastic_transport.ConnectionTimeout):
        return f"{where}: no answer in time"
    if isinstance(error, elastic_transport.ConnectionError):
        return f"{where}: cannot connect ({_root(error)}); is Elasticsearch running there?"
    if isinstance(error, ApiError):
        return _explain_answer(error.status_code, *fault_of(error.body), where)
    return f"{where}: {type(error).__name__}: {error}"


def _explain_answer(status: int, kind: str, reason: str, where: str) -> str:
    if status == 401:
        key, user, password = (variable(f"elasticsearch_{one}") for one in ("api_key", "user", "password"))
        return f"{where}: refused the login (401); check {key}, or {user} and {password}"
    if status == 403 and kind != "cluster_block_exception":
        return f"{where}: the login may not do this (403): {_short(reason)}"
    return f"{where}: answered {status} {kind}: {_short(reason)}"


def fault_of(body: Any) -> tuple[str, str]:
    """The type and reason of an error answer's body, or of one item of a bulk answer; with its cause."""
    error = body.get("error") if isinstance(body, dict) else None
    if isinstance(error, dict):
        cause = error.get("caused_by") or {}
        reasons = [str(one.get("reason") or "") for one in (error, cause)]
        return str(error.get("type", "")), ": ".join(filter(None, reasons))
    return "", str(error or body or "")


def _root(error: elastic_transport.TransportError) -> str:
    text = str(error.errors[-1] if error.errors else error.message)
    for known in ("Connection refused", "Name or service not known", "No route to host", "timed out"):
        if known.lower() in text.lower():
            return known.lower()
    return _short(text)


def _short(text: str) -> str:
    return text if len(text) <= 300 else f"{text[:300]}…"
