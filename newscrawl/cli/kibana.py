"""`newscrawl kibana …`: bring the dashboard "Arabic news" into a Kibana."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click


@click.group()
def command() -> None:
    """Bring the dashboard "Arabic news" into a Kibana (8.12 or newer)."""


@command.command("objects")
def objects() -> None:
    """Print the saved objects, for Stack Management → Saved Objects → Import."""
    from newscrawl.outputs.kibana import to_ndjson

    sys.stdout.buffer.write(to_ndjson())


@command.command("import")
@click.option(
    "--url", envvar="NEWSCRAWL_KIBANA_URL", show_envvar=True, help="Kibana's address, http://localhost:5601."
)
@click.option("--space", help="The Kibana space to import into (default: the default one).")
@click.option(
    "--wait",
    type=click.FloatRange(min=0),
    default=0,
    metavar="SECONDS",
    help="Wait so long for a Kibana that is still starting.",
)
def import_(url: str | None, space: str | None, wait: float) -> None:
    """Import data view, searches, panels and dashboard, in place of an earlier import.

    Credentials come from the environment only: NEWSCRAWL_KIBANA_API_KEY, or NEWSCRAWL_KIBANA_USER and
    NEWSCRAWL_KIBANA_PASSWORD, else the same names with ELASTICSEARCH; each also with _FILE, a file that
    holds the value. NEWSCRAWL_KIBANA_CA_FILE names certificates to trust. Exits with 1 when Kibana cannot
    be reached or refuses.
    """
    from newscrawl.outputs.kibana import KibanaError, import_objects, to_ndjson
    from newscrawl.outputs.kibana.credentials import credentials_from_environment

    if not url:
        raise click.UsageError("name Kibana's address with --url or NEWSCRAWL_KIBANA_URL")
    ca_file = os.environ.get("NEWSCRAWL_KIBANA_CA_FILE")
    try:
        report = import_objects(
            url,
            to_ndjson(),
            credentials=credentials_from_environment(os.environ),
            ca_file=Path(ca_file) if ca_file else None,
            space=space,
            wait=wait,
            on_wait=lambda reason: click.echo(reason, err=True),
        )
    except ValueError as error:  # an address, a space's name or credentials that are none
        raise click.UsageError(str(error)) from error
    except KibanaError as error:
        raise click.ClickException(str(error)) from error
    new = len(report.objects) - report.replaced
    click.echo(f"{len(report.objects)} objects imported, {new} of them new.")
    in_space = f"/s/{space}" if space and space != "default" else ""
    for each in report.objects:
        if each.type == "dashboard":
            click.echo(f"Open {url.rstrip('/')}{in_space}/app/dashboards#/view/{each.id}")
