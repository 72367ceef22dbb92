"""What `newscrawl doctor` says of the archive: whether it is whole, what rests in it, what it keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from newscrawl.config import Config
from newscrawl.terminal import amount

if TYPE_CHECKING:
    from newscrawl.store import Archive

Check = tuple[str, str, str]
"""What was looked at, how it stands, and the mend ("" where none is needed)."""

_RECENT = timedelta(days=30)


def archive_check(config: Config) -> Check:
    """Whether there is an archive, and the first damage of its file."""
    from newscrawl.store import StoreError, open_store
    from newscrawl.store.faults import damaged

    where = config.archive_place
    try:
        archive = open_store(config.store_url, create=False)
    except StoreError as error:
        return "archive", where, str(error)
    damage = archive.damage()
    state = "" if damage else f"{archive.count():,} articles at {where}"
    archive.close()
    return ("archive", "damaged", damaged(damage, where)) if damage else ("archive", state, "")


def archive_checks(config: Config) -> Iterator[Check]:
    """Of a sound archive: kept pages, runs that nobody has closed, what rests, outlets that have moved.

    A killed run needs no mend: the next run closes it, and goes on.
    """
    from newscrawl.store import StoreError, open_store

    try:
        archive = open_store(config.store_url, create=False)
    except StoreError:
        return  # said of the archive already
    found, resting = archive.runs_not_closed(), archive.quarantined()
    listings = archive.quarantined_listings()
    moved = archive.led_elsewhere(datetime.now(UTC) - _RECENT)
    kept = _kept_pages(archive)
    archive.close()
    yield kept
    for run in found:
        since = f"began {run.started_at:%Y-%m-%d %H:%M} UTC"
        if run.status == "running":
            beat = f", newest heartbeat {run.heartbeat_at:%H:%M:%S} UTC" if run.heartbeat_at else ""
            state = f"under way, {since}{beat}"
        else:
            state = f"{run.status} ({run.reason}), {since}; the next run goes on with what it left open"
        yield f"run {run.id}, {run.kind} {run.name}", state, ""
    for outlet, url, reason in resting:
        yield (
            "quarantine",
            f"{url}: {reason}; asked for anyway by: newscrawl crawl {outlet} -a urls={url}",
            "",
        )
    for outlet, url, reason in listings:
        what = f"a listing of {outlet}" if "://" in url else "a row of a file"
        yield what, f"{url}: {reason}", ""
    yield from _moved(config, moved)


def _kept_pages(archive: Archive) -> Check:
    """The kept pages, and whether there is something to read again."""
    from newscrawl.extraction.rules import RULES

    files = archive.pages.files()
    number, size = sum(file.pages for file in files), sum(file.bytes for file in files)
    state = f"{amount(number, 'page')} in {amount(len(files), 'file')} ({size / 1e6:,.1f} MB)"
    older = len(archive.to_reread(below=RULES))
    again = f"; older rules read {older:,} of them: newscrawl reextract --dry-run" if older else ""
    return "kept pages", state + again, ""


def _moved(config: Config, led: Mapping[tuple[str, str], int]) -> Iterator[Check]:
    """The outlets whose pages lead to another site, until that is among their domains."""
    from newscrawl.outlets import OutletError, load_outlets
    from newscrawl.outlets.moved import moves

    try:
        outlets = load_outlets(config.outlets_dir)
    except OutletError:
        return
    yield from ((id, said, "") for id, _, said in moves(outlets.values(), led))
