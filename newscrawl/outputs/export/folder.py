"""A folder with one file per day: an export writes only the days that changed.

A day is written when an article of it has a version past the folder's cursor, when the archive counts other
articles for it than its file holds (one has moved to another day or another outlet), or when its file is
missing. The file of a day without articles is deleted.

A killed export loses nothing: before the first file is touched, the days to be written are struck from the
manifest, and the old cursor stays until the last one is in its place. The next export writes them again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from newscrawl.config import variable
from newscrawl.files import UNFINISHED
from newscrawl.filters import Filters
from newscrawl.outputs.export.contents import ARTICLES, CONTENTS, Content
from newscrawl.outputs.export.manifest import ExportError, Manifest, read_manifest
from newscrawl.outputs.export.schema import LAYOUT, Format
from newscrawl.outputs.export.writers import Advance, export_file
from newscrawl.store.articles import Snapshot

FORMATS: tuple[Format, ...] = ("jsonl", "parquet")
LOCK = "_newscrawl_export.lock"


@dataclass(frozen=True, slots=True)
class Plan:
    """What an export will write to a folder and delete from it."""

    folder: Path
    before: Manifest
    """The manifest while days are written: without these days, and with the old cursor."""
    after: Manifest
    write: dict[date, int]
    """Days to be written, and how many articles each has."""
    drop: tuple[Path, ...]
    """Files of days without articles, or of another format or content."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other exports out of a folder; make the folder if there is none.

    Raises:
        ExportError: another export is at work there.
        OSError: the folder cannot be made or written to.
    """
    import fcntl

    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("wb") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ExportError(f"another export is writing to {folder}: wait until it has ended") from None
        yield


def make_plan(
    folder: Path,
    form: Format,
    snapshot: Snapshot,
    filters: Filters,
    content: Content[Any] = ARTICLES,
    *,
    full: bool = False,
) -> Plan:
    """Find out what must be written, from the folder's manifest and the archive.

    Args:
        folder: the folder, locked.
        form: the format of its files.
        snapshot: the archive.
        filters: which articles.
        content: what its files hold.
        full: write everything anew, whatever the folder holds.

    Raises:
        ExportError: the folder was exported with another content or form, other filters, from another
            archive or by another newscrawl; or it holds days of unknown origin.
    """
    asked = Manifest(form, filters, content=content.name)
    old = asked if full else _old(folder, asked, snapshot)
    version, article = snapshot.newest()
    wanted = content.count(snapshot, filters)
    present = {_day(path): path for path in _files(folder) if path.name == content.file_name(form)}
    stale = {
        day
        for day in wanted.keys() | old.days.keys() | present.keys()
        if wanted.get(day) != old.days.get(day) or (day in wanted) != (day in present)
    }
    if old.cursor is not None:
        stale |= snapshot.days_changed(filters, old.cursor)
    return Plan(
        folder,
        before=replace(old, days={day: count for day, count in old.days.items() if day not in stale}),
        after=replace(
            asked, cursor=version, cursor_article=article, days=wanted, exported_at=datetime.now(UTC)
        ),
        write={day: count for day, count in wanted.items() if day in stale},
        drop=tuple(
            path for path in _files(folder) if path != present.get(_day(path)) or _day(path) not in wanted
        ),
    )


def carry_out(plan: Plan, snapshot: Snapshot, advance: Advance) -> None:
    """Write the days, then the manifest with the new cursor.

    Raises:
        OSError: something cannot be written. The folder is as a killed export leaves it.
    """
    for unfinished in plan.folder.glob(f"**/.*{UNFINISHED}"):  # of an export that was killed
        unfinished.unlink()
    if plan.write or plan.drop:
        plan.before.write(plan.folder)
    manifest = plan.after
    content = CONTENTS[manifest.content]
    for day in plan.write:
        path = plan.folder / f"day={day.isoformat()}" / content.file_name(manifest.format)
        export_file(path, manifest.format, snapshot, manifest.filters, [day], advance, content=content)
    for path in plan.drop:
        path.unlink()
        with suppress(OSError):  # something else lies there
            path.parent.rmdir()
    plan.after.write(plan.folder)


def _old(folder: Path, asked: Manifest, snapshot: Snapshot) -> Manifest:
    manifest = read_manifest(folder)
    if manifest is None:
        if _files(folder):
            raise ExportError(
                f"{folder} holds days but no word of where they are from: choose another folder, "
                "or let them be replaced with --full"
            )
        return asked
    mend = "choose another folder, or write this one anew with --full"
    if manifest.content != asked.content:
        raise ExportError(f"{folder} holds {manifest.content}, not {asked.content}: {mend}")
    if manifest.format != asked.format:
        raise ExportError(f"{folder} was exported as {manifest.format}, not {asked.format}: {mend}")
    if manifest.filters.to_json() != asked.filters.to_json():
        was, now = _words(manifest.filters), _words(asked.filters)
        raise ExportError(f"{folder} was exported with {was}, not with {now}: {mend}")
    if manifest.layout != LAYOUT:
        raise ExportError(
            f"{folder} has layout {manifest.layout}, this newscrawl writes layout {LAYOUT}: {mend}"
        )
    if manifest.cursor and (snapshot.version_of(manifest.cursor_article) or 0) < manifest.cursor:
        raise ExportError(
            f"{folder} was exported from another archive, or from a newer state of this one; "
            f"check {variable('store_url')}, {mend}"
        )
    return manifest


def _files(folder: Path) -> list[Path]:
    """The files of days that an export has written, of any content and format."""
    names = [content.file_name(form) for content in CONTENTS.values() for form in FORMATS]
    return [path for name in names for path in sorted(folder.glob(f"day=????-??-??/{name}"))]


def _day(path: Path) -> date:
    return date.fromisoformat(path.parent.name.removeprefix("day="))


def _words(filters: Filters) -> str:
    """Filters as one types them."""
    given = []
    for name, value in filters.to_json().items():
        given += [f"--{name} {one}" for one in (value if isinstance(value, list) else [value]) if one]
    return " ".join(given) or "no filter"
