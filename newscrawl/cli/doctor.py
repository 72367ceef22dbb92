"""`newscrawl doctor`: what is installed, configured and reachable, and the mend for each fault."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from newscrawl.cli.common import amount_waiting
from newscrawl.cli.doctor_archive import Check, archive_check, archive_checks
from newscrawl.config import Config, ConfigError, load_config, unknown_variables, variable
from newscrawl.terminal import say, say_lines

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

    from newscrawl.search.elastic.setup import State

TIMEOUT_S = 10.0
_NAME = "Elasticsearch"


@click.command()
def command() -> None:
    """Check what is installed, configured and reachable, and that the archive is whole.

    The archive's file is read from end to end.

    Exits with 1 when something needs a mend.
    """
    faults = 0
    for name, state, mend in _checks():
        faults += bool(mend)
        say(f"{'✗' if mend else '✓'} {name}: {state}")
        if mend:
            say_lines(f"    mend: {mend}")
    sys.exit(1 if faults else 0)


def _checks() -> Iterator[Check]:
    for package in ("scrapy", "trafilatura", "camel-tools", "elasticsearch", "pyarrow"):
        try:
            yield package, version(package), ""
        except PackageNotFoundError:
            yield package, "not installed", "run `make setup`"
    yield _full_text_search()
    try:
        config, faults = load_config(), list[str]()
    except ConfigError as error:
        config, faults = error.config, list(error.faults)
    yield from _settings(faults)
    yield _outlets(config)
    yield _tagger(config)
    archive = archive_check(config)
    yield archive
    sound = not archive[2]
    if sound:
        yield from archive_checks(config)
    yield from _elasticsearch(config, sound)
    mend = f"set {variable('contact')} to an address where a site's owner reaches you"
    yield "contact in the user agent", config.contact or "none", "" if config.contact else mend


def _settings(faults: Sequence[str]) -> Iterator[Check]:
    for fault in faults:
        said, _, mend = fault.rpartition("; ")
        name, _, state = said.partition("=")
        yield name, state, mend
    for sentence in unknown_variables():
        said, _, mend = sentence.rpartition("; ")
        name, _, state = said.partition(" ")
        yield name, state, mend
    if not faults:
        yield "settings", "each can be read", ""


def _full_text_search() -> Check:
    try:
        sqlite3.connect(":memory:").execute("CREATE VIRTUAL TABLE probe USING fts5(text)")
    except sqlite3.OperationalError as error:
        return "SQLite full-text search", str(error), "use a Python whose SQLite has FTS5"
    return "SQLite full-text search", f"FTS5 in SQLite {sqlite3.sqlite_version}", ""


def _outlets(config: Config) -> Check:
    from newscrawl.outlets import OutletError, load_outlets

    try:
        return "outlets", f"{len(load_outlets(config.outlets_dir))} read", ""
    except OutletError as error:
        return "outlets", "refused", str(error)


def _tagger(config: Config) -> Check:
    from newscrawl.entities import TaggerUnavailable, load_tagger
    from newscrawl.entities.taggers import settle

    if config.tagger == "off":
        return "tagger", "off: articles get no names", ""
    try:
        kind = settle(config.tagger)
    except TaggerUnavailable as error:
        return "tagger", "cannot be used", str(error)
    try:
        return "tagger", load_tagger(kind).identity, ""
    except Exception as error:  # whatever a damaged model makes the libraries raise
        other = "light" if kind == "camel" else "off"
        mend = (
            f"install newscrawl anew ({type(error).__name__}: {error}), or set {variable('tagger')}={other}"
        )
        return "tagger", f"{kind} cannot be loaded", mend


# --- Elasticsearch --------------------------------------------------------------------------------


def _elasticsearch(config: Config, sound: bool) -> Iterator[Check]:
    """Whether the configured Elasticsearch can be used, what waits for it, whether a login goes in clear."""
    if not config.elasticsearch_url:
        yield _NAME, "not configured: the embedded index is used", ""
        return
    yield _server(config)
    if sound:
        yield from _queue()
    yield from _open_login(config)


def _server(config: Config) -> Check:
    from elasticsearch import ApiError, AuthorizationException, TransportError

    from newscrawl.search.elastic import ElasticError, connect, explain
    from newscrawl.search.elastic.connection import shown_url

    where = shown_url(config)
    try:
        with connect(config, retries=0).options(request_timeout=TIMEOUT_S) as client:
            return _aliases(client, drops_copies=config.drops_copies)
    except AuthorizationException as error:
        return (
            _NAME,
            "refused",
            f"{explain(error, where)}; `newscrawl bootstrap` makes a key that may do what is needed",
        )
    except (ElasticError, ApiError, TransportError) as error:
        return _NAME, "cannot be used", explain(error, where)


def _aliases(client: Elasticsearch, *, drops_copies: bool) -> Check:
    """By what the crawler's own key may ask: the aliases and their indexes, nothing of the cluster."""
    from elasticsearch import NotFoundError

    from newscrawl.search.elastic.connection import addresses
    from newscrawl.search.elastic.mapping import READ_ALIAS
    from newscrawl.search.elastic.setup import read_state

    state = read_state(client)
    try:
        # Also where no index was seen: a login that may not see them is shown none, and not refused.
        number = int(client.count(index=READ_ALIAS)["count"])
    except NotFoundError:
        return (
            _NAME,
            f"{addresses(client)}: there is no {READ_ALIAS}",
            "`newscrawl index` makes it and fills it",
        )
    held = f"{addresses(client)}: {number:,} articles in {', '.join(state.read) or READ_ALIAS}"
    if not state.versions:
        return (
            _NAME,
            f"{held}; its indexes are hidden from this login",
            "`newscrawl bootstrap` makes a key for it",
        )
    mend = _mend(state)
    if not mend and drops_copies:
        mend = _dropped(client)
    return _NAME, f"{held}, mapping version {state.version}", mend


def _dropped(client: Elasticsearch) -> str:
    """What to do about copies that were delivered before the setting kept them out."""
    from newscrawl.search.elastic.mapping import READ_ALIAS

    copies = int(client.count(index=READ_ALIAS, query={"exists": {"field": "copy_of"}})["count"])
    told = f"{variable('copies')} is drop, but the index has copies ({copies:,}), delivered before"
    return f"{told}: newscrawl index --rebuild takes them out" if copies else ""


def _mend(state: State) -> str:
    from newscrawl.search.elastic.mapping import MAPPING_VERSION, WRITE_ALIAS

    if state.version is None:
        return f"there is no {WRITE_ALIAS}: newscrawl index --setup"
    if state.version > MAPPING_VERSION:
        return f"update newscrawl: it knows mapping version {MAPPING_VERSION}"
    if state.version < MAPPING_VERSION:
        return f"newscrawl index --migrate moves to mapping version {MAPPING_VERSION}"
    if state.read != state.write:
        return (
            f"articles are written to {', '.join(state.write)}: let --migrate or --rebuild end, "
            "or run it again if it was killed"
        )
    return ""


def _queue() -> Iterator[Check]:
    """Waiting is no fault: a crawl may be about to deliver. A dead letter waits for a person."""
    from newscrawl.store import StoreError, open_store

    try:
        archive = open_store(create=False)
    except StoreError:
        return  # said of the archive already
    waiting, dead = archive.pending(), archive.count_dead_letters()
    archive.close()
    state = f"{amount_waiting(waiting)}{' (newscrawl index)' if waiting else ''}; dead letters: {dead:,}"
    yield (
        f"delivery to {_NAME}",
        state,
        "`newscrawl deadletters` shows why, and how to send them again" if dead else "",
    )


def _open_login(config: Config) -> Iterator[Check]:
    servers = [urlsplit(part.strip()) for part in config.elasticsearch_url.split(",")]
    login = bool(config.elasticsearch_api_key or config.elasticsearch_user)
    for server in servers:
        clear = server.scheme == "http" and not _stays_here(server.hostname or "")
        if clear and (login or server.username):
            state = f"goes to {server.hostname} over plain HTTP, for all on the way to read"
            yield (
                f"login to {_NAME}",
                state,
                f"use https:// in {variable('elasticsearch_url')}, and TLS on the server",
            )


def _stays_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        # A name without a dot is one of a container network of this machine (docker-compose.yml).
        return host.endswith(".localhost") or "." not in host
