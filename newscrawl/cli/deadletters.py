"""`newscrawl deadletters`: the articles that Elasticsearch refused, and how to send them again."""

from __future__ import annotations

import click

from newscrawl.cli.common import open_archive, pass_config
from newscrawl.config import Config
from newscrawl.terminal import say, say_json, say_row


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, the document included.")
@click.pass_context
@pass_config
def command(config: Config, context: click.Context, *, as_json: bool) -> None:
    """Show the articles that Elasticsearch refused, and why.

    They are kept with the document as it was sent. They stay in the archive and in the embedded search. Mend
    the cause (often a mapping of another version: `newscrawl index --migrate`), then `replay`.

    Exits with 2 when there is no archive.
    """
    if context.invoked_subcommand:
        return
    archive = open_archive(config)
    letters = archive.dead_letters()
    archive.close()
    for letter in letters:
        if as_json:
            values = {
                "article_id": letter.article_id,
                "version": letter.version,
                "error_type": letter.error_type,
                "reason": letter.reason,
                "died_at": letter.died_at.isoformat(),
                "document": letter.sent(),
            }
            say_json(values)
        else:
            when, url = f"{letter.died_at:%Y-%m-%d %H:%M}", str(letter.sent().get("url", ""))
            say_row(letter.article_id, when, letter.error_type, url)
            say_row("", letter.reason)
    if not as_json:
        say(
            f"{len(letters)} dead letters."
            + (" Send them again: newscrawl deadletters replay" if letters else "")
        )


@command.command()
@click.argument("ids", metavar="[ID]...", nargs=-1)
@pass_config
def replay(config: Config, ids: tuple[str, ...]) -> None:
    """Queue refused articles again, as they are now: all of them, or those with these IDs.

    Exits with 2 when no refused article has one of the IDs.
    """
    archive = open_archive(config)
    number = archive.replay(ids)
    archive.close()
    if ids and not number:
        raise click.UsageError("no dead letter has that id; `newscrawl deadletters` lists them")
    say(f"{number} articles wait again; `newscrawl index` sends them.")
