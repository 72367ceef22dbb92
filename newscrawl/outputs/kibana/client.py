"""Imports saved objects into a Kibana over its HTTP API, and says in words what Kibana answered."""

from __future__ import annotations

import json
import re
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    LocationParseError,
    NameResolutionError,
    NewConnectionError,
    ReadTimeoutError,
    SSLError,
)

from newscrawl.config import variable
from newscrawl.outputs.kibana.credentials import Credentials, CredentialsError

_SPACE = re.compile(r"^[a-z0-9_-]+$")
_NOT_READY = (502, 503, 504)
"""Statuses of a Kibana that is starting, and of a proxy in front of it."""
_PAUSE = 1.0
_NEW_ENOUGH = "it needs Kibana 8.12 or newer"


class KibanaError(Exception):
    """Kibana did not take the objects; the message says why and how to mend it, without secrets."""


class _NotReadyError(KibanaError):
    """Kibana does not answer yet; it may later."""


@dataclass(frozen=True, slots=True)
class Imported:
    """One object that Kibana took. In a second space it may have been given another id."""

    type: str
    id: str
    title: str
    replaced: bool


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The objects that Kibana took: all that were sent."""

    objects: tuple[Imported, ...]

    @property
    def replaced(self) -> int:
        """How many replaced an older object."""
        return sum(each.replaced for each in self.objects)


def import_objects(
    url: str,
    ndjson: bytes,
    *,
    credentials: Credentials | None = None,
    ca_file: Path | None = None,
    space: str | None = None,
    overwrite: bool = True,
    wait: float = 0,
    on_wait: Callable[[str], None] = lambda _: None,
) -> ImportReport:
    """Import saved objects; they replace those with the same ids.

    Args:
        url: Kibana's address with its base path, if it has one.
        ndjson: the objects, one a line.
        credentials: who we are; None for a Kibana without security.
        ca_file: certificates to trust instead of the system's.
        space: the space to import into; None for the default one.
        overwrite: replace objects that are there.
        wait: seconds to wait for a Kibana that does not answer yet.
        on_wait: called once with a sentence on what we wait for.

    Raises:
        KibanaError: the objects are not, or not all, in Kibana.
        ValueError: the address or the space's name is not valid.
    """
    address = _address(url)
    path = _path(space)
    headers = {"kbn-xsrf": "true"}
    hide = credentials.hide if credentials else str
    if credentials:
        try:
            headers["Authorization"] = credentials.header()
        except CredentialsError as error:
            raise KibanaError(str(error)) from None
    target = f"{address}{path}?overwrite={'true' if overwrite else 'false'}"
    with urllib3.PoolManager(ssl_context=_context(ca_file), headers=headers) as pool:
        response = _post(pool, target, ndjson, address, wait=wait, on_wait=on_wait)
    try:
        return _report(response, address, space, anonymous=credentials is None)
    except KibanaError as error:
        raise KibanaError(hide(str(error))) from None


def _address(url: str) -> str:
    try:
        parts = urlsplit(url.strip())
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise ValueError("Kibana's address is no http:// or https:// address")
    if parts.username is not None or parts.password is not None:
        raise ValueError("Kibana's address holds a user or password; they belong into the environment")
    if parts.query or parts.fragment:
        raise ValueError("Kibana's address ends before ? and #")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"


def _path(space: str | None) -> str:
    if not space or space == "default":
        return "/api/saved_objects/_import"
    if not _SPACE.match(space):
        raise ValueError(f"{space!r} is no space's name: lower-case letters, digits, _ and - (not its title)")
    return f"/s/{space}/api/saved_objects/_import"


def _context(ca_file: Path | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=str(ca_file) if ca_file else None)
    except OSError as error:  # ssl.SSLError is one
        raise KibanaError(f"the CA file {ca_file} holds no certificates: {error.strerror or error}") from None


# --- the request ----------------------------------------------------------------------------------


def _post(
    pool: urllib3.PoolManager,
    target: str,
    ndjson: bytes,
    address: str,
    *,
    wait: float,
    on_wait: Callable[[str], None],
) -> urllib3.BaseHTTPResponse:
    deadline = time.monotonic() + wait
    told = False
    while True:
        try:
            return _post_once(pool, target, ndjson, address)
        except _NotReadyError as error:
            left = deadline - time.monotonic()
            if left <= 0:
                waited = f", after waiting {wait:g} s" if wait else ""
                raise KibanaError(f"{error}{waited}") from None
            if not told:
                on_wait(f"{error}; waiting up to {wait:g} s")
                told = True
            time.sleep(min(_PAUSE, left))


def _post_once(
    pool: urllib3.PoolManager, target: str, ndjson: bytes, address: str
) -> urllib3.BaseHTTPResponse:
    try:
        response = pool.request(
            "POST",
            target,
            fields={"file": ("newscrawl.ndjson", ndjson, "application/ndjson")},
            retries=False,  # a redirect would carry the credentials elsewhere
            redirect=False,
            timeout=urllib3.Timeout(connect=10, read=120),
        )
    except HTTPError as error:
        raise _unanswered(error, address) from None
    if response.status in _NOT_READY:
        raise _NotReadyError(f"Kibana at {address} is not ready (status {response.status})")
    return response


def _unanswered(error: HTTPError, address: str) -> KibanaError:
    match error:
        case LocationParseError():
            return KibanaError(f"{address} is no address that can be looked up")
        case SSLError():
            return KibanaError(
                f"Kibana at {address} has no certificate that is trusted here ({_short(str(error))}); "
                f"name its CA in {variable('kibana_ca_file')}"
            )
        case ReadTimeoutError():
            return KibanaError(f"Kibana at {address} gave no answer within 120 s")
        case NameResolutionError():
            reason = "there is no such host"
        case NewConnectionError():
            reason = (str(error).rpartition("] ")[2] or "no connection").lower()
        case ConnectTimeoutError():
            reason = "no connection within 10 s"
        case _:
            reason = "it broke the connection off"
    return _NotReadyError(f"Kibana at {address} cannot be reached: {reason}")


# --- the answer -----------------------------------------------------------------------------------


def _report(
    response: urllib3.BaseHTTPResponse, address: str, space: str | None, *, anonymous: bool
) -> ImportReport:
    body = _body(response)
    if "x-elastic-product" in response.headers and "kbn-name" not in response.headers:
        raise KibanaError(f"{address} is an Elasticsearch, not a Kibana, whose own port is 5601 by default")
    if response.status == 401 and anonymous:
        raise KibanaError(
            f"Kibana at {address} asks who we are (401); set {variable('kibana_api_key')}, or "
            f"{variable('kibana_user')} and {variable('kibana_password')}"
        )
    if response.status in (401, 403):
        refused = "does not accept the credentials"
        forbids = "does not let this key or user import, which takes the privilege Saved Objects Management"
        what = refused if response.status == 401 else forbids
        raise KibanaError(f"Kibana at {address} {what} ({response.status}){_said(body)}")
    if 300 <= response.status < 400:
        where = _short(response.headers.get("location", "nowhere"))
        raise KibanaError(f"{address} redirects to {where}; give Kibana's own address with its base path")
    if response.status == 404 and "message" in body and _path(space).startswith("/s/"):
        raise KibanaError(f"Kibana at {address} has no space {space}{_said(body)}")
    if response.status == 422:
        raise KibanaError(
            f"Kibana at {address} does not know objects of this version, {_NEW_ENOUGH}{_said(body)}"
        )
    if response.status >= 400 and "message" in body:
        raise KibanaError(f"Kibana at {address} refused the import ({response.status}){_said(body)}")
    if response.status != 200 or not isinstance(body.get("success"), bool):
        raise KibanaError(f"{address} is no Kibana: it answered {response.status} to an import")
    taken = tuple(_imported(each) for each in body.get("successResults", []))
    if not body["success"]:
        raise KibanaError(_failures(body, taken, address))
    return ImportReport(taken)


def _body(response: urllib3.BaseHTTPResponse) -> dict[str, Any]:
    try:
        body = json.loads(response.data)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _said(body: Mapping[str, Any]) -> str:
    message = body.get("message")
    return f": {_short(message)}" if isinstance(message, str) and message else ""


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 300 else f"{line[:300]}…"


def _imported(each: Mapping[str, Any]) -> Imported:
    return Imported(
        type=str(each.get("type")),
        id=str(each.get("destinationId") or each.get("id")),
        title=str(each.get("meta", {}).get("title", "")),
        replaced=bool(each.get("overwrite")),
    )


def _failures(body: Mapping[str, Any], taken: tuple[Imported, ...], address: str) -> str:
    errors = body.get("errors", [])
    lines = [f"Kibana at {address} took {len(taken)} objects and refused {len(errors)}:"]
    for each in errors:
        title = each.get("title") or each.get("meta", {}).get("title")
        name = f"{each.get('type')} {each.get('id')}" + (f" ({title})" if title else "")
        lines.append(f"  {name}: {_reason(each.get('error', {}))}")
    return "\n".join(lines)


def _reason(error: Mapping[str, Any]) -> str:
    match error.get("type"):
        case "conflict":
            return "it is there already"
        case "ambiguous_conflict":
            return "several objects there have come from it"
        case "missing_references":
            missing = [f"{each.get('type')} {each.get('id')}" for each in error.get("references", [])]
            return f"it refers to {', '.join(missing)}, which Kibana has not"
        case "unsupported_type":
            return "Kibana does not know this type"
        case _:
            return _short(str(error.get("message") or error.get("type") or "no reason given"))
