"""`newscrawl history URL`: the texts that an article had, and who changed them."""

from __future__ import annotations

import sys
from itertools import pairwise
from typing import Any

import click

from newscrawl.cli.common import article_at, open_archive, pass_config, print_json
from newscrawl.cli.diff import diff_lines, whole_line
from newscrawl.config import Config
from newscrawl.dedupe.changes import Change, changes, count
from newscrawl.store import Revision
from newscrawl.terminal import amount, isolated, say, styled

WHY = {
    "": "first text",
    "outlet": "changed by the outlet",
    "rules": "only our extraction reads the page otherwise: no edit of the outlet's",
    "page": "read from another page than before (print, AMP, mobile): no edit of the outlet's",
}


@click.command()
@click.argument("url")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs; with the whole texts.")
@pass_config
def command(config: Config, *, url: str, as_json: bool) -> None:
    """Show the texts that an article had: when each was fetched, why it is there, and what changed.

    URL is the article's, as a listing had it or in its canonical form. A revision that is there because our
    extraction learned to read the page better (`newscrawl reextract`) says so; it is no edit of the outlet's.
    Shown are the paragraphs that changed: on a terminal with words that were cut in red and struck out, and
    words that were added in green; elsewhere, and with NO_COLOR, in [-…-] and {+…+}. Another comma, another
    spelling of hamza, a counter or a time stamp is no change.

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
        title = changes(before.title, now.title) if before else []
        body = changes(before.body, now.body) if before else []
        revisions.append(
            {
                "revision": now.revision,
                "cause": now.cause,
                "rules": now.rules,
                "fetched_at": now.fetched_at.isoformat(),
                "published_at": now.published_at.isoformat() if now.published_at else None,
                "modified_at": now.modified_at.isoformat() if now.modified_at else None,
                "title": now.title,
                "body": now.body,
                "headline_changed": any(one.kind != "same" for one in title),
                "added": count(body, "added"),
                "cut": count(body, "cut"),
                "title_changes": _told(title),
                "body_changes": _told(body),
            }
        )
    return {"url": found[-1].url, "id": found[-1].article_id, "revisions": revisions}


def _told(found: list[Change]) -> list[dict[str, str]]:
    return [{"kind": one.kind, "text": one.text} for one in found]


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
        if any(one.kind != "same" for one in title):
            say("  headline: ", whole_line(title))
        added, cut = count(body, "added"), count(body, "cut")
        say(f"  body: {amount(added, 'word')} added, {amount(cut, 'word')} cut")
        for line in diff_lines(body):
            say("  ", line)
