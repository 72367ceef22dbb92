"""What PATH and --format ask for: a folder of days, one file, or standard output."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from newscrawl.outputs.export.fault import ExportError
from newscrawl.outputs.export.manifest import read_manifest
from newscrawl.outputs.export.writers import Format

ENDINGS: dict[str, Format] = {".parquet": "parquet", ".jsonl": "jsonl", ".jsonl.gz": "jsonl"}
STRANGE = (".json", ".ndjson", ".csv", ".tsv", ".gz", ".zip", ".pq")
"""Endings of files that we do not write; nobody means a folder of that name."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where to write, and in which form."""

    kind: Literal["folder", "file", "stdout"]
    format: Format
    path: Path


def read_target(text: str, form: Format | None, *, full: bool = False) -> Target:
    """Read the command line's PATH and --format.

    Args:
        text: a path, or - for standard output.
        form: None: by the path's ending, or as the folder was exported before.
        full: what the folder holds does not matter.

    Raises:
        ExportError: they contradict each other, or the format is not known.
    """
    if text == "-":
        if form == "parquet":
            raise ExportError("Parquet cannot be streamed to standard output; give a file: news.parquet")
        return Target("stdout", "jsonl", Path("-"))
    path = Path(text)
    ending = next((end for end in reversed(ENDINGS) if path.name.endswith(end)), None)
    if ending is None or path.is_dir():
        return Target("folder", _folder_format(path, form, full=full), path)
    if form not in (None, ENDINGS[ending]):
        raise ExportError(f"{text} ends in {ending} but --format is {form}: change one of them")
    return Target("file", ENDINGS[ending], path)


def _folder_format(path: Path, form: Format | None, *, full: bool) -> Format:
    if path.is_file() or (path.name.endswith(STRANGE) and not path.is_dir()):
        raise ExportError(f"{path} is no folder, and a file must end in .parquet, .jsonl or .jsonl.gz")
    if form is not None:
        return form
    try:
        manifest = read_manifest(path)
    except ExportError:
        if not full:
            raise
        manifest = None
    if manifest is None:
        raise ExportError(f"{path}: say which --format, jsonl or parquet")
    return manifest.format
