"""The model by CAMeL Tools' own catalogue and downloader, in a process of its own.

Importing `camel_tools.data` downloads its catalogue, writes where $CAMELTOOLS_DATA points, and does so once
and for all. So the whole takes place in a child whose variable points to a temporary folder; only what has
arrived and is what the catalogue promises moves to its place.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from newscrawl.entities.camel.model_files import ModelError, original_folder, sha256_of
from newscrawl.files import replace_folder, replacing
from newscrawl.terminal import say

PACKAGE = "ner-arabert"


def download() -> Path:
    """Download the model to where CAMeL Tools looks for it; a progress bar on a terminal.

    Returns:
        The folder of the model.

    Raises:
        ModelError: no network, or what came is not what the catalogue promises. Nothing is left behind.
        OSError: the folder cannot be written.
    """
    target = original_folder()
    data = target.parents[2]
    data.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".downloading-", dir=data) as temporary:
        _run_child(Path(temporary))
        arrived = Path(temporary)
        target.parent.mkdir(parents=True, exist_ok=True)
        replace_folder(arrived / target.relative_to(data), target)
        _keep_record(arrived, data)
    return target


def _run_child(folder: Path) -> None:
    environment = {**os.environ, "CAMELTOOLS_DATA": str(folder), "TMPDIR": str(folder)}
    words = [sys.executable, "-m", __name__]
    # Standard error is the terminal's: the progress bar.
    child = subprocess.run(words, env=environment, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603
    if child.returncode:
        reason = (child.stdout.strip().splitlines() or [f"the download ended with {child.returncode}"])[-1]
        raise ModelError(
            f"CAMeL Tools' model could not be downloaded ({reason}): check the network and try again, or "
            "copy the model's folder from another machine and run `newscrawl models install camel --from DIR`"
        )


def _keep_record(arrived: Path, data: Path) -> None:
    """Tell CAMeL Tools what it has now: its catalogue, and the list of installed versions."""
    if not (data / "catalogue.json").exists():
        (arrived / "catalogue.json").rename(data / "catalogue.json")
    versions = {**_read(data / "versions.json"), **_read(arrived / "versions.json")}
    with replacing(data / "versions.json") as stream:
        stream.write(json.dumps(versions, indent=4).encode())


def _read(path: Path) -> dict[str, Any]:
    try:
        values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return values


def _fetch() -> str:
    """In the child: download into $CAMELTOOLS_DATA. Returns what is wrong, or ""."""
    try:
        from camel_tools.data import CATALOGUE

        CATALOGUE.download_package(PACKAGE, print_status=sys.stderr.isatty())
        package = CATALOGUE.get_package(PACKAGE)
    except Exception as error:  # its own classes, requests', json's where an error page came instead
        return f"{type(error).__name__}: {error}"
    # CAMeL Tools knows the digests and does not look at them; an error page passes for a model.
    for file in package.files or ():
        if sha256_of(Path(package.destination) / file.path) != file.sha256:
            return f"{file.path} is not what the catalogue promises"
    if not (Path(os.environ["CAMELTOOLS_DATA"]) / "data" / "ner" / "arabert" / "config.json").is_file():
        return f"the package {PACKAGE} holds no model"
    return ""


if __name__ == "__main__":
    fault = _fetch()
    if fault:
        say(fault)
    sys.exit(bool(fault))
