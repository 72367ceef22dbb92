"""`newscrawl doctor`: what is installed, configured and reachable, and the mend for each fault."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

import click

from newscrawl.cli.elastic_checks import elastic_checks


@click.command()
def command() -> None:
    """Check what is installed, configured and reachable. Exits with 1 when something needs a mend."""
    faults = 0
    for name, state, mend in _checks():
        faults += bool(mend)
        click.echo(f"{'✗' if mend else '✓'} {name}: {state}" + (f"\n    mend: {mend}" if mend else ""))
    sys.exit(1 if faults else 0)


def _checks() -> Iterator[tuple[str, str, str]]:
    for package in ("scrapy", "trafilatura", "camel-tools", "elasticsearch", "pyarrow"):
        try:
            yield package, version(package), ""
        except PackageNotFoundError:
            yield package, "not installed", "run `make setup`"
    yield _full_text_search()
    yield _outlets()
    yield _tagger()
    yield _archive()
    yield from elastic_checks()
    contact = os.environ.get("NEWSCRAWL_CONTACT", "")
    mend = "" if contact else "set NEWSCRAWL_CONTACT to an address where a site's owner reaches you"
    yield "contact in the user agent", contact or "none", mend


def _full_text_search() -> tuple[str, str, str]:
    try:
        sqlite3.connect(":memory:").execute("CREATE VIRTUAL TABLE probe USING fts5(text)")
    except sqlite3.OperationalError as error:
        return "SQLite full-text search", str(error), "use a Python whose SQLite has FTS5"
    return "SQLite full-text search", f"FTS5 in SQLite {sqlite3.sqlite_version}", ""


def _outlets() -> tuple[str, str, str]:
    from newscrawl.outlets import OutletError, outlets_from_environment

    try:
        return "outlets", f"{len(outlets_from_environment())} read", ""
    except OutletError as error:
        return "outlets", "refused", str(error)


def _tagger() -> tuple[str, str, str]:
    from newscrawl.entities import TaggerUnavailable, load_tagger
    from newscrawl.entities.taggers import chosen_kind

    try:
        kind = chosen_kind()
    except (TaggerUnavailable, ValueError) as error:
        return "tagger", "cannot be used", str(error)
    if kind is None:
        return "tagger", "off: articles get no names", ""
    try:
        return "tagger", load_tagger(kind).identity, ""
    except Exception as error:  # whatever a damaged model makes the libraries raise
        other = "light" if kind == "camel" else "off"
        mend = f"install newscrawl anew ({type(error).__name__}: {error}), or set NEWSCRAWL_TAGGER={other}"
        return "tagger", f"{kind} cannot be loaded", mend


def _archive() -> tuple[str, str, str]:
    from newscrawl.store import StoreError, open_store, store_url

    try:
        archive = open_store(create=False)
    except StoreError as error:
        return "archive", store_url().rpartition("@")[2], str(error)
    return "archive", f"{archive.count():,} articles at {store_url().rpartition('@')[2]}", ""
