"""`newscrawl index`: bring the archive's articles into Elasticsearch."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from newscrawl.cli.common import open_archive, pass_config, reported_errors
from newscrawl.config import Config, variable
from newscrawl.tables import progress
from newscrawl.terminal import say

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

    from newscrawl.outputs.delivery import Report
    from newscrawl.store import Archive


@click.command()
@click.option("--setup", "what", flag_value="setup", help="Put templates and aliases, and nothing more.")
@click.option("--migrate", "what", flag_value="migrate", help="Move to the newest mapping version.")
@click.option("--rebuild", "what", flag_value="rebuild", help="Fill a new index from the store, then use it.")
@click.option("--delete-old", is_flag=True, help="After --migrate or --rebuild: delete the index replaced.")
@click.option(
    "--patience", default=60.0, show_default=True, help="Seconds without progress before giving up."
)
@pass_config
def command(config: Config, what: str | None, patience: float, *, delete_old: bool) -> None:
    """Deliver what waits for Elasticsearch.

    Every article that was stored or changed waits in the outbox until Elasticsearch has acknowledged it. This
    sends what waits, tries again while the server is busy or away, and ends when nothing is left. Articles
    that it refuses for what they are become dead letters (`newscrawl deadletters`). The server is the one
    in $elasticsearch_url; a login goes into $elasticsearch_api_key, or …_USER and …_PASSWORD.

    --migrate and --rebuild may be run while crawls deliver and people search, and again after a kill.

    Exits with 0 when everything is delivered, 1 when articles still wait or were refused, 2 when a
    setting or option is wrong.
    """
    if delete_old and what not in ("migrate", "rebuild"):
        raise click.UsageError("--delete-old goes with --migrate or --rebuild")
    with reported_errors(config):
        client = _client(config)
        if what == "setup":
            _set_up(client)
        elif what == "migrate":
            _migrate(client, delete_old=delete_old)
        else:
            _deliver(config, client, what, patience, delete_old=delete_old)


def _client(config: Config) -> Elasticsearch:
    from newscrawl.search.elastic import connect

    if not config.elasticsearch_url:
        mend = f"export {variable('elasticsearch_url')}=http://localhost:9200"
        raise click.UsageError(f"no Elasticsearch is configured; name it: {mend}")
    return connect(config)


def _set_up(client: Elasticsearch) -> None:
    from newscrawl.search.elastic.setup import set_up

    for done in set_up(client):
        say(done)


def _migrate(client: Elasticsearch, *, delete_old: bool) -> None:
    from newscrawl.search.elastic.migrate import migrate

    with _counter() as show:
        migration = migrate(client, progress=show)
    if not migration.old:
        say(f"{migration.index} is in use and up to date.")
        return
    say(f"{migration.copied:,} documents copied; {migration.index} is in use.")
    _delete(client, migration.old, really=delete_old)


def _deliver(
    config: Config, client: Elasticsearch, what: str | None, patience: float, *, delete_old: bool
) -> None:
    from newscrawl.outputs.delivery import Deliverer, rebuild

    archive = open_archive(config)
    total = archive.count() if what == "rebuild" else archive.pending()
    with _counter() as show:
        deliverer = Deliverer(
            archive,
            client,
            on_progress=lambda report: show("delivering", report.arrived + report.refused, total),
        )
        try:
            if what == "rebuild":
                report, olds = rebuild(archive, client, deliverer, patience)
            else:
                report, olds = deliverer.drain(patience), ()
        except KeyboardInterrupt:
            report, olds = deliverer.report, ()
            report.trouble = report.trouble or "interrupted"
        finally:
            deliverer.close()
    _delete(client, olds, really=delete_old)
    _end(archive, report)


def _end(archive: Archive, report: Report) -> None:
    pending = archive.pending()
    say(report.sentence(pending, archive.count_dead_letters()))
    archive.close()
    sys.exit(1 if pending or report.refused else 0)


def _delete(client: Elasticsearch, olds: tuple[str, ...], *, really: bool) -> None:
    for old in olds:
        if really:
            client.indices.delete(index=old)
            say(f"{old} is deleted.")
        else:
            say(f"{old} is out of use and kept; --delete-old would delete it.")


@contextmanager
def _counter() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar that takes what is done, how much of it, and of how much."""
    with progress("…") as update:
        yield lambda what, done, total: update(done, f"{what}: {done:,} of {total:,}", total)
