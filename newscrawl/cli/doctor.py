"""`newscrawl doctor`: what is installed, configured and reachable, and the mend for each fault."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version

import click

from newscrawl.cli.elastic_checks import elastic_checks
from newscrawl.config import Config, ConfigError, load_config, unknown_variables, variable


@click.command()
def command() -> None:
    """Check what is installed, configured and reachable.

    Exits with 1 when something needs a mend.
    """
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
    try:
        config, faults = load_config(), list[str]()
    except ConfigError as error:
        config, faults = error.config, list(error.faults)
    yield from _settings(faults)
    yield _outlets(config)
    yield _tagger(config)
    yield _archive(config)
    yield from elastic_checks(config)
    mend = f"set {variable('contact')} to an address where a site's owner reaches you"
    yield "contact in the user agent", config.contact or "none", "" if config.contact else mend


def _settings(faults: Sequence[str]) -> Iterator[tuple[str, str, str]]:
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


def _full_text_search() -> tuple[str, str, str]:
    try:
        sqlite3.connect(":memory:").execute("CREATE VIRTUAL TABLE probe USING fts5(text)")
    except sqlite3.OperationalError as error:
        return "SQLite full-text search", str(error), "use a Python whose SQLite has FTS5"
    return "SQLite full-text search", f"FTS5 in SQLite {sqlite3.sqlite_version}", ""


def _outlets(config: Config) -> tuple[str, str, str]:
    from newscrawl.outlets import OutletError, load_outlets

    try:
        return "outlets", f"{len(load_outlets(config.outlets_dir))} read", ""
    except OutletError as error:
        return "outlets", "refused", str(error)


def _tagger(config: Config) -> tuple[str, str, str]:
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


def _archive(config: Config) -> tuple[str, str, str]:
    from newscrawl.store import StoreError, open_store

    where = config.store_url.rpartition("@")[2]
    try:
        archive = open_store(config.store_url, create=False)
    except StoreError as error:
        return "archive", where, str(error)
    return "archive", f"{archive.count():,} articles at {where}", ""
