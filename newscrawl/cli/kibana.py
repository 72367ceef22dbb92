"""`newscrawl kibana …`: bring the dashboard "Arabic news" into a Kibana."""

from __future__ import annotations

import click

from newscrawl.cli.common import pass_config
from newscrawl.config import Config, variable
from newscrawl.terminal import say, say_lines


@click.group()
def command() -> None:
    """Bring the dashboard "Arabic news" into a Kibana (8.12 or newer)."""


@command.command("objects")
def objects() -> None:
    """Print the saved objects, for Stack Management → Saved Objects → Import."""
    from newscrawl.outputs.kibana import to_ndjson

    say_lines(to_ndjson().decode())


@command.command("import")
@click.option("--url", help=f"Kibana's address, http://localhost:5601 (default: {variable('kibana_url')}).")
@click.option("--space", help="The Kibana space to import into (default: the default one).")
@click.option(
    "--wait",
    type=click.FloatRange(min=0),
    default=0,
    metavar="SECONDS",
    help="Wait so long for a Kibana that is still starting.",
)
@pass_config
def import_(config: Config, url: str | None, space: str | None, wait: float) -> None:
    """Import data view, searches, panels and dashboard, in place of an earlier import.

    Credentials come from $kibana_api_key, or $kibana_user and $kibana_password, else from Elasticsearch's;
    each may be in a file too (docs/settings.md). $kibana_ca_file names certificates to trust.

    Exits with 1 when Kibana cannot be reached or refuses, with 2 when a setting or option is wrong.
    """
    from newscrawl.outputs.kibana import KibanaError, import_objects, to_ndjson
    from newscrawl.outputs.kibana.credentials import configured_credentials

    url = url or config.kibana_url
    if not url:
        raise click.UsageError(f"name Kibana's address with --url or {variable('kibana_url')}")
    try:
        report = import_objects(
            url,
            to_ndjson(),
            credentials=configured_credentials(config),
            ca_file=config.kibana_ca_file,
            space=space,
            wait=wait,
            on_wait=lambda reason: say(reason, err=True),
        )
    except ValueError as error:  # an address, a space's name or credentials that are none
        raise click.UsageError(str(error)) from error
    except KibanaError as error:
        raise click.ClickException(str(error)) from error
    new = len(report.objects) - report.replaced
    say(f"{len(report.objects)} objects imported, {new} of them new.")
    in_space = f"/s/{space}" if space and space != "default" else ""
    for each in report.objects:
        if each.type == "dashboard":
            say(f"Open {url.rstrip('/')}{in_space}/app/dashboards#/view/{each.id}")
