"""`newscrawl …`: one file per command, imported only when it is called."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

import click

from newscrawl import __version__
from newscrawl.streams import OutputError, guard_streams
from newscrawl.terminal import say, say_lines

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it; 1 would mean "nothing found" after a search."""

COMMANDS = {
    "bootstrap": "newscrawl.cli.bootstrap",
    "cluster": "newscrawl.cli.cluster",
    "clusters": "newscrawl.cli.clusters",
    "crawl": "newscrawl.cli.crawl",
    "deadletters": "newscrawl.cli.deadletters",
    "doctor": "newscrawl.cli.doctor",
    "edits": "newscrawl.cli.edits",
    "entities": "newscrawl.cli.entities",
    "entity": "newscrawl.cli.entity",
    "export": "newscrawl.cli.export",
    "extract": "newscrawl.cli.extract",
    "history": "newscrawl.cli.history",
    "index": "newscrawl.cli.index",
    "ingest": "newscrawl.cli.ingest",
    "kibana": "newscrawl.cli.kibana",
    "models": "newscrawl.cli.models",
    "outlets": "newscrawl.cli.outlets",
    "page": "newscrawl.cli.page",
    "pages": "newscrawl.cli.pages",
    "reextract": "newscrawl.cli.reextract",
    "retag": "newscrawl.cli.retag",
    "runs": "newscrawl.cli.runs",
    "search": "newscrawl.cli.search",
    "stories": "newscrawl.cli.stories",
    "story": "newscrawl.cli.story",
    "syndication": "newscrawl.cli.syndication",
}
SUMMARIES = {
    "bootstrap": "Prepare a new, secured Elasticsearch: password, templates, API key.",
    "cluster": "Show who published a text when, and what each changed.",
    "clusters": "List texts that several articles have in common.",
    "crawl": "Crawl outlets into the archive, from any folder.",
    "deadletters": "Show what Elasticsearch refused, and send it again.",
    "doctor": "Check what is installed, configured and reachable.",
    "edits": "List what outlets changed in their articles.",
    "entities": "Show the people, organisations and places named most.",
    "entity": "Show when, where and with whom a name is mentioned.",
    "export": "Write the archive out as JSON Lines or Parquet.",
    "extract": "Turn one saved page into one JSON article.",
    "history": "Show the texts that an article had, and who changed them.",
    "index": "Bring the archive's articles into Elasticsearch.",
    "ingest": "Take a corpus of your own, or WARC files, into the archive.",
    "kibana": "Bring the data view, searches and dashboard into Kibana.",
    "models": "Show and install the models that find names.",
    "outlets": "Show the outlets this archive can read, and check how well.",
    "page": "Give back a page as it was fetched.",
    "pages": "Show the files of kept pages, and delete old ones.",
    "reextract": "Read the kept pages again by today's rules.",
    "retag": "Find the names in the archive's articles again.",
    "runs": "Show past runs: where every URL ended, per outlet.",
    "search": "Search the archive in Arabic.",
    "stories": "List events that several articles report.",
    "story": "Show who reported an event, when, and in whose words.",
    "syndication": "Show which outlet republishes how much of which other.",
}


class LazyGroup(click.Group):
    """A group that imports a command's module when it is run, so that `--help` stays quick."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        """Run the command, and end the process with its exit code; guards stand before both streams."""
        run: Any = super().main
        if not extra.pop("standalone_mode", True):
            return run(args, *rest, standalone_mode=False, **extra)
        guard_streams()
        words = [_as_utf8(word) for word in (sys.argv[1:] if args is None else args)]
        code = _exit_code(lambda: run(words, *rest, standalone_mode=False, **extra))
        code = _exit_code(sys.stdout.flush) or code
        sys.exit(code or _exit_code(getattr(sys.stdout, "check", bool)))

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


def _as_utf8(word: str) -> str:
    """A word of the command line, which is UTF-8 whatever the locale says (cron's is often C).

    Bytes that are no UTF-8 stay as Python escapes them, for they may be a file's name.
    """
    return os.fsencode(word).decode("utf-8", "surrogateescape")


def _exit_code(run: Callable[[], Any]) -> int:
    """What a run's end means for the shell; what stopped it is said in a sentence."""
    try:
        done = run()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except click.ClickException as error:
        message = io.StringIO()
        error.show(message)
        say_lines(message.getvalue(), err=True)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        say("Interrupted.", err=True)
        return INTERRUPTED
    except Exception as error:
        told = _fault(error)
        if not told:
            raise
        say(told, err=True)
        return 2
    return done if isinstance(done, int) else 0


def _fault(error: Exception) -> str:
    """What went wrong outside of our code, in words; "" for an error of our own."""
    if isinstance(error, OutputError):
        return f"Standard output cannot be written: {error}. Free some space, or send it elsewhere."
    if isinstance(error, UnicodeEncodeError) and error.reason == "surrogates not allowed":
        return "A word of the command line is not UTF-8. Set the terminal's encoding to UTF-8."
    return _store_fault(error)


def _store_fault(error: Exception) -> str:
    """What the archive's database refused, in words; "" for any other error. Imported only when needed."""
    from newscrawl.config import load_config
    from newscrawl.store.database import StoreError
    from newscrawl.store.faults import ending

    if isinstance(error, StoreError):
        return str(error)
    return ending(error, load_config().archive_place)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="newscrawl")
def main(**_: Any) -> None:
    """An Arabic news archive you run yourself.

    Crawl outlets (`newscrawl outlets` lists them), then search and export. In a project, a folder with a
    scrapy.cfg, or below it, the archive is the project's data/newscrawl.db; elsewhere it is in your data
    folder; the setting store_url puts it anywhere. docs/settings.md has all settings. Exit codes: 0 done,
    1 something failed or nothing was found, 2 a wrong option or setting, 130 after Ctrl-C.
    """
