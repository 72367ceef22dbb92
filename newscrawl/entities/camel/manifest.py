"""What is known of an exported model: how it is read, how well it agrees, when and by what it was made."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from newscrawl.entities.camel.agreement import Agreement
from newscrawl.entities.camel.errors import ModelError
from newscrawl.entities.camel.folders import MANIFEST
from newscrawl.entities.camel.recogniser import Special

Precision = Literal["fp32", "int8"]
TOKENIZER = "tokenizer.json"
WORD_ROWS = "words.f32"
AGAIN = "run `newscrawl models install camel` again"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The JSON beside the exported files.

    `precision` is the one that is used; `agreement` is int8's with the original; `exported_at` is UTC, ISO
    8601; `sha256` has every file of the folder.
    """

    model: str
    precision: Precision
    labels: list[str]
    special: Special
    agreement: Agreement
    exported_at: str
    versions: dict[str, str]
    sha256: dict[str, str]

    def write(self, folder: Path) -> None:
        """Write it into the folder."""
        values = json.dumps(dataclasses.asdict(self), ensure_ascii=False, indent=1)
        (folder / MANIFEST).write_text(values + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read it from the folder.

        Raises:
            ModelError: it is missing, or not one of ours.
        """
        path = folder / MANIFEST
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            values["special"] = Special(**values["special"])
            values["agreement"] = Agreement(**values["agreement"])
            return cls(**values)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(f"{path} cannot be read ({error}): {AGAIN}") from error

    def damaged(self, folder: Path) -> list[str]:
        """Names of files that are missing or not as they were written; reads them all through."""
        return [name for name, digest in self.sha256.items() if sha256_of(folder / name) != digest]


def sha256_of(path: Path) -> str:
    """A file's SHA-256 in hexadecimal; "" if it is not there."""
    if not path.is_file():
        return ""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
