"""All chosen articles in one file, or on standard output; always whole, never incremental."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import IO

from newscrawl.outputs.export.atomic import replacing
from newscrawl.outputs.export.writers import Format, open_writer
from newscrawl.store.changes import Selection, Snapshot

Advance = Callable[[int], None]
"""Called with the number of articles just written."""


def export_file(
    path: Path,
    form: Format,
    snapshot: Snapshot,
    selection: Selection,
    days: Iterable[date],
    advance: Advance,
) -> None:
    """Write days into one file, which takes the place of an older one at the end.

    Raises:
        OSError: it cannot be written.
    """
    with replacing(path) as stream:
        export_stream(
            stream, form, snapshot, selection, days, advance, packed=path.name.endswith(".jsonl.gz")
        )


def export_stream(
    stream: IO[bytes],
    form: Format,
    snapshot: Snapshot,
    selection: Selection,
    days: Iterable[date],
    advance: Advance,
    *,
    packed: bool = False,
) -> None:
    """Write days to an open file, one after the other.

    Raises:
        OSError: it cannot be written.
    """
    writer = open_writer(form, stream, packed=packed)
    try:
        for day in days:
            for batch in snapshot.articles(selection, day):
                writer.write(batch)
                advance(len(batch))
    finally:
        writer.close()
