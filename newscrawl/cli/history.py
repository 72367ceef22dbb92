"""`newscrawl history URL`: the texts that an article had, and who changed them."""

from __future__ import annotations

import sys
from itertools import pairwise
from typing import Any

import click

from newscrawl.cli.common import article_at, open_archive, pass_config, print_json
from newscrawl.config import Config
from newscrawl.dedupe.changes import Change, changes, count
from newscrawl.store import Revision
from newscrawl.terminal import Piece, amount, isolated, say, styled

WHY = {
    "": "first text",
    "outlet": "changed by the outlet",
    "rules": "only our extraction reads the page otherwise: no edit of the outlet's",
}
AROUND = 6
"""Words of what stayed that are shown on either side of a change."""


@click.command()
@click.argument("url")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs; with the whole texts.")
@pass_config
def command(config: Config, *, url: str, as_json: bool) -> None:
    """Show the texts that an article had: when each was fetched, why it is there, and what changed.

    URL is the article's, as a listing had it or in its canonical form. A revision that is there because our
    extraction learned to read the page better (`newscrawl reextract`) says so; it is no edit of the outlet's.
    Words that were cut stand in [-…-], words that were added in {+…+}; on a terminal they are red and green.

    Exits with 1 when the archive has no such article.
    """
    archive = open_archive(config)
    id = article_at(archive, url)
    found = archive.history(id) if id else []
    archive.close()
    if not found:
        say(f"The archive has no article at {url}.", err=True)
        sys.exit(1)
    if as_json:
        print_json(_as_json(found))
        return
    _show(found)


def _as_json(found: list[Revision]) -> dict[str, Any]:
    revisions: list[dict[str, Any]] = []
    for before, now in pairwise([None, *found]):
        assert now is not None
        body = changes(before.body, now.body) if before else []
        revisions.append(
            {
                "revision": now.revision,
                "cause": now.cause,
                "rules": now.rules,
                "fetched_at": now.fetched_at.isoformat(),
                "title": now.title,
                "body": now.body,
                "added": count(body, "added"),
                "cut": count(body, "cut"),
            }
        )
    return {"url": found[-1].url, "id": found[-1].article_id, "revisions": revisions}


def _show(found: list[Revision]) -> None:
    say(found[-1].url)
    for before, now in pairwise([None, *found]):
        assert now is not None
        say()
        when = f"{now.fetched_at.astimezone():%Y-%m-%d %H:%M}"
        say(styled(f"Revision {now.revision}", bold=True), f" · fetched {when} · {WHY[now.cause]}")
        if before is None:
            say("  ", isolated(now.title), f" · {amount(len(now.body.split()), 'word')}")
            continue
        title, body = changes(before.title, now.title), changes(before.body, now.body)
        if before.title != now.title:
            say("  headline: ", isolated(*_line(title)))
        added, cut = count(body, "added"), count(body, "cut")
        say(f"  body: {amount(added, 'word')} added, {amount(cut, 'word')} cut")
        if added or cut:
            say("  ", isolated(*_line(body)))


def _line(found: list[Change]) -> list[Piece]:
    """Changes in one line; of long runs that stayed, only the words beside a change."""
    pieces: list[Piece] = []
    for at, one in enumerate(found):
        if one.kind == "cut":
            pieces.append(styled(f"[-{' '.join(one.words)}-]", colour="red"))
        elif one.kind == "added":
            pieces.append(styled(f"{{+{' '.join(one.words)}+}}", colour="green"))
        else:
            pieces.append(_shortened(one.words, first=at == 0, last=at == len(found) - 1))
        pieces.append(" ")
    return pieces[:-1]


def _shortened(words: tuple[str, ...], *, first: bool, last: bool) -> str:
    head = () if first else words[:AROUND]
    tail = () if last else words[-AROUND:]
    if len(words) <= len(head) + len(tail):
        return " ".join(words)
    return " ".join([*head, "…", *tail])
