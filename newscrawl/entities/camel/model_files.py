"""The files of CAMeL's model: where they lie, what the manifest says of them, how well the tags agree.

CAMeL Tools keeps the model in its own form; `newscrawl models install camel` exports it for ONNX Runtime.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from newscrawl.config import load_config
from newscrawl.entities.camel.recogniser import Special
from newscrawl.entities.protocol import Span, spans_of


class ModelError(RuntimeError):
    """The model cannot be downloaded, exported or read; the message names the fault and the mend."""


MANIFEST = "manifest.json"
TORCH_PACKAGES = ("torch", "transformers")
"""What reads CAMeL Tools' own form of the model."""


def data_folder() -> Path:
    """CAMeL Tools' own folder: $CAMELTOOLS_DATA, or its default in the user's home."""
    # The rule of camel_tools.data.catalogue, whose import would download something.
    chosen = os.environ.get("CAMELTOOLS_DATA")
    if chosen is not None:
        return Path(chosen).expanduser().absolute()
    return Path.home() / ("AppData/Roaming/camel_tools" if sys.platform == "win32" else ".camel_tools")


def original_folder() -> Path:
    """Where `camel_data -i ner-arabert` puts the recogniser."""
    return data_folder() / "data" / "ner" / "arabert"


def exported_folder() -> Path:
    """Where the exported model lies: `camel` in the configured folder of models."""
    return load_config().models.absolute() / "camel"


def has_original() -> bool:
    """Whether CAMeL Tools' own copy is there."""
    return (original_folder() / "config.json").is_file()


def has_exported() -> bool:
    """Whether an exported model is there."""
    return (exported_folder() / MANIFEST).is_file()


def installed() -> bool:
    """Whether the model is here, exported or with the packages that read CAMeL Tools' own copy; no import."""
    return has_exported() or (has_original() and not missing_packages())


def missing_packages() -> list[str]:
    """Which of TORCH_PACKAGES are not installed; a light set-up has none of them."""
    return [name for name in TORCH_PACKAGES if find_spec(name) is None]


def check_torch() -> None:
    """See that CAMeL Tools' own form of the model can be read here.

    Raises:
        ModelError: torch or transformers is not installed.
    """
    if missing := missing_packages():
        raise ModelError(
            f"reading CAMeL Tools' model needs {' and '.join(missing)}: "
            "make setup CAMEL=1, or pip install 'newscrawl[camel]'"
        )


Tags = Sequence[Sequence[str]]

LEAST_AGREEMENT = 0.99
"""Below this share of equal tags over all tokens a quantised model is refused."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Shares from 0 to 1, over `tokens` tokens.

    `tags`: of tokens, those with equal tags. `named`: the same, of tokens that either model names.
    `entities`: F1 of the second model's entities (class, first and last token) against the first's. Where
    there is nothing to compare, all agree: 1.0.
    """

    tokens: int
    tags: float
    named: float
    entities: float

    @property
    def enough(self) -> bool:
        """Whether the second model may stand in for the first."""
        return self.tags >= LEAST_AGREEMENT


def agreement(first: Tags, second: Tags) -> Agreement:
    """The agreement of two models' tags of the same sentences.

    Raises:
        ValueError: they do not have the same tokens.
    """
    pairs = [
        (one, other)
        for ones, others in zip(first, second, strict=True)
        for one, other in zip(ones, others, strict=True)
    ]
    named = [pair for pair in pairs if pair != ("O", "O")]
    ones, others = set(_entities(first)), set(_entities(second))
    return Agreement(
        tokens=len(pairs),
        tags=_share(sum(one == other for one, other in pairs), len(pairs)),
        named=_share(sum(one == other for one, other in named), len(named)),
        entities=_share(2 * len(ones & others), len(ones) + len(others)),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _entities(tags: Tags) -> Iterator[tuple[int, Span]]:
    for number, sentence in enumerate(tags):
        for span in spans_of(sentence, [(place, place + 1) for place in range(len(sentence))]):
            yield number, span


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
