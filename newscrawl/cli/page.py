"""`newscrawl page URL`: a page as it was fetched."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from newscrawl.cli.common import article_at, ids_at, open_archive, pass_config
from newscrawl.config import Config
from newscrawl.terminal import say, say_lines

if TYPE_CHECKING:
    from newscrawl.store import Archive, StoredPage
    from newscrawl.warc.as_fetched import AsFetched


@click.command()
@click.argument("url")
@click.option("--revision", type=click.IntRange(1), help="The page that gave this revision of the article.")
@click.option("--headers", is_flag=True, help="The server's headers instead of the page.")
@click.option("--packed", is_flag=True, help="The body as it came, its compression (gzip …) not undone.")
@pass_config
def command(config: Config, *, url: str, revision: int | None, headers: bool, packed: bool) -> None:
    """Give back a page as it was fetched, byte for byte, on standard output.

    URL is the page's, as a listing had it, or its article's canonical one. Without --revision it is the
    newest page that is kept of it. To a terminal it goes as text. A line on standard error says when it was
    fetched. Pages are kept as $pages says; `newscrawl pages` shows them.

    Exits with 1 when no such page is kept, or it cannot be read.
    """
    from newscrawl.steps.kept import KeptPageError, KeptPages

    archive = open_archive(config)
    found = _find(archive, url, revision)
    archive.close()
    if found is None:
        what = "No page" if revision is None else f"No page of revision {revision}"
        say(f"{what} is kept of {url}.", err=True)
        sys.exit(1)
    try:
        page = KeptPages(config).read(found)
    except KeptPageError as error:
        say(str(error), err=True)
        sys.exit(1)
    _say_which(found)
    if headers:
        say_lines(page.head.decode("latin-1").rstrip())
    else:
        _send(page, packed=packed)


def _find(archive: Archive, url: str, revision: int | None) -> StoredPage | None:
    if revision is None:
        return next(filter(None, map(archive.pages.find, ids_at(url))), None)
    id = article_at(archive, url)  # only an article has revisions; the address may be another than its own
    return archive.pages.find(id, _of_the_outlet(archive, id, revision)) if id else None


def _of_the_outlet(archive: Archive, id: str, revision: int) -> int:
    """The revision whose page a revision was read from: one that our rules made is of the page before it."""
    ours = {one.revision for one in archive.history(id) if one.cause == "rules"}
    while revision in ours:
        revision -= 1
    return revision


def _say_which(found: StoredPage) -> None:
    revision = f", revision {found.revision}" if found.revision else ""
    when = f"{found.at.fetched_at:%Y-%m-%d %H:%M:%S} UTC"
    say(f"{found.at.url}, fetched {when}: {found.outcome}{revision}; {found.at.name}", err=True)


def _send(page: AsFetched, *, packed: bool) -> None:
    from newscrawl.page.parse import decode
    from newscrawl.streams import send_bytes
    from newscrawl.warc.encodings import UnpackError

    try:
        body = page.body if packed else page.payload(0)
    except UnpackError as error:
        say(f"Its body is {error}; --packed gives it as it came.", err=True)
        sys.exit(1)
    if sys.stdout.isatty():
        say_lines(decode(body, page.charset))
    else:
        send_bytes(body)
