"""The client, made from the environment; and what went wrong with it, in one sentence."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

import elastic_transport
from elasticsearch import ApiError, Elasticsearch

from newscrawl.search.configured import ELASTICSEARCH_URL
from newscrawl.search.unavailable import IndexUnavailableError

URL = ELASTICSEARCH_URL
API_KEY = "NEWSCRAWL_ELASTICSEARCH_API_KEY"
USER = "NEWSCRAWL_ELASTICSEARCH_USER"
PASSWORD = "NEWSCRAWL_ELASTICSEARCH_PASSWORD"  # noqa: S105  (the variable's name)
CA_FILE = "NEWSCRAWL_ELASTICSEARCH_CA_FILE"

REQUEST_TIMEOUT_S = 60.0


class ElasticError(IndexUnavailableError):
    """Elasticsearch cannot be used as configured; the message says why and how to mend it."""


def secret(name: str, environ: Mapping[str, str] = os.environ) -> str:
    """A secret from the environment, or from the file that `<name>_FILE` names; "" where neither is set.

    Raises:
        ElasticError: the file cannot be read.
    """
    if environ.get(name):
        return environ[name]
    file = environ.get(f"{name}_FILE", "")
    if not file:
        return ""
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not text"
        raise ElasticError(f"{name}_FILE: {file} cannot be read ({reason})") from error


def connect(environ: Mapping[str, str] = os.environ, *, retries: int = 2) -> Elasticsearch:
    """A client for the server that the environment names. Nothing is sent yet.

    Args:
        environ: NEWSCRAWL_ELASTICSEARCH_URL (several: separated by commas) and, where security is on,
            …_API_KEY, or …_USER and …_PASSWORD (each also as …_FILE), and …_CA_FILE.
        retries: how often the client itself repeats a request that found no server.

    Raises:
        ElasticError: no URL, a URL that is none, a secret's file that cannot be read.
    """
    logging.getLogger("elastic_transport").setLevel(logging.ERROR)  # what it warns of, we report ourselves
    urls, login = _addresses(environ.get(URL, ""))
    options: dict[str, Any] = {
        "request_timeout": REQUEST_TIMEOUT_S,
        "max_retries": retries,
        "retry_on_timeout": retries > 0,
    }
    key, user = secret(API_KEY, environ), environ.get(USER, "")
    if key:
        options["api_key"] = key
    elif user:
        options["basic_auth"] = (user, secret(PASSWORD, environ))
    elif login:
        options["basic_auth"] = login
    authority = environ.get(CA_FILE, "")
    if authority:
        if not Path(authority).is_file():
            raise ElasticError(f"{CA_FILE}: there is no file {authority}")
        options["ca_certs"] = authority
    try:
        return Elasticsearch(urls, **options)
    except (ValueError, TypeError, OSError) as error:
        raise ElasticError(f"{URL}: {error}") from error


def shown_url(environ: Mapping[str, str] = os.environ) -> str:
    """The configured addresses as they may be printed: without user and password."""
    try:
        return ",".join(_addresses(environ.get(URL, ""))[0])
    except ElasticError:
        return "(not a URL)"


def _addresses(text: str) -> tuple[list[str], tuple[str, str] | None]:
    """URLs without login, and the login if one stood in them."""
    urls, login = [], None
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        pieces = urlsplit(part)
        try:
            port = pieces.port or (443 if pieces.scheme == "https" else 9200)
        except ValueError:
            port = 0
        if pieces.scheme not in ("http", "https") or not pieces.hostname or not port:
            raise ElasticError(f"{URL}: not a URL of a server; write e.g. http://localhost:9200")
        if pieces.username:
            login = unquote(pieces.username), unquote(pieces.password or "")
        host = f"[{pieces.hostname}]" if ":" in pieces.hostname else pieces.hostname
        urls.append(urlunsplit((pieces.scheme, f"{host}:{port}", pieces.path, "", "")))
    if not urls:
        raise ElasticError(f"{URL} is not set; write e.g. http://localhost:9200")
    return urls, login


def explain(error: Exception, environ: Mapping[str, str] = os.environ) -> str:
    """One sentence on a failed request, with the mend where there is one. No secret is in it."""
    where = shown_url(environ)
    if isinstance(error, ElasticError):
        return str(error)
    if isinstance(error, elastic_transport.TlsError):
        return f"{where}: its certificate is not trusted; name the authority's PEM file in {CA_FILE}"
    if isinstance(error, elastic_transport.ConnectionTimeout):
        return f"{where}: no answer in time"
    if isinstance(error, elastic_transport.ConnectionError):
        return f"{where}: cannot connect ({_root(error)}); is Elasticsearch running there?"
    if isinstance(error, ApiError):
        return _explain_answer(error.status_code, *fault_of(error.body), where)
    return f"{where}: {type(error).__name__}: {error}"


def _explain_answer(status: int, kind: str, reason: str, where: str) -> str:
    if status == 401:
        return f"{where}: refused the login (401); check {API_KEY}, or {USER} and {PASSWORD}"
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
