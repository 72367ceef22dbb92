"""`newscrawl …`: one file per command, imported only when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from newscrawl import __version__

COMMANDS = {
    "bootstrap": "newscrawl.cli.bootstrap",
    "deadletters": "newscrawl.cli.deadletters",
    "doctor": "newscrawl.cli.doctor",
    "entities": "newscrawl.cli.entities",
    "entity": "newscrawl.cli.entity",
    "export": "newscrawl.cli.export",
    "extract": "newscrawl.cli.extract",
    "index": "newscrawl.cli.index",
    "ingest": "newscrawl.cli.ingest",
    "kibana": "newscrawl.cli.kibana",
    "models": "newscrawl.cli.models",
    "outlets": "newscrawl.cli.outlets",
    "retag": "newscrawl.cli.retag",
    "runs": "newscrawl.cli.runs",
    "search": "newscrawl.cli.search",
}
SUMMARIES = {
    "bootstrap": "Prepare a new, secured Elasticsearch: password, templates, API key.",
    "deadletters": "Show what Elasticsearch refused, and send it again.",
    "doctor": "Check what is installed, configured and reachable.",
    "entities": "Show the people, organisations and places named most.",
    "entity": "Show when, where and with whom a name is mentioned.",
    "export": "Write the archive out as JSON Lines or Parquet.",
    "extract": "Turn one saved page into one JSON article.",
    "index": "Bring the archive's articles into Elasticsearch.",
    "ingest": "Take a corpus of your own (JSONL) into the archive.",
    "kibana": "Bring the data view, searches and dashboard into Kibana.",
    "models": "Show and install the models that find names.",
    "outlets": "Show the outlets this archive can read, and check how well.",
    "retag": "Find the names in the archive's articles again.",
    "runs": "Show past runs: where every URL ended, per outlet.",
    "search": "Search the archive in Arabic.",
}


class LazyGroup(click.Group):
    """A group that imports a command's module when it is run, so that `--help` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands, in alphabetical order."""
        return sorted(SUMMARIES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in SUMMARIES:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with their summaries, without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, SUMMARIES[name]) for name in self.list_commands(ctx)])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="newscrawl")
def main(**_: Any) -> None:
    """An Arabic news archive you run yourself.

    Crawl with `scrapy crawl OUTLET` (see `scrapy list`), then search and export here. State lives
    where the setting store_url says (default: sqlite:///data/newscrawl.db); docs/settings.md has all
    settings. Exit codes: 0 done, 1 something failed or nothing was found, 2 a wrong option or setting.
    """
