"""The recogniser that is here: exported for ONNX Runtime, or else as CAMeL Tools keeps it, on torch.

The second needs three times the memory and time (transformers alone takes seconds to import). It is there for
who installed with `camel_data` and never ran `newscrawl models install camel`.
"""

from __future__ import annotations

from pathlib import Path

from newscrawl.config import variable
from newscrawl.entities.camel.errors import ModelError
from newscrawl.entities.camel.folders import exported_folder, has_exported, has_original, original_folder
from newscrawl.entities.camel.manifest import AGAIN, TOKENIZER, WORD_ROWS, Manifest, Precision
from newscrawl.entities.camel.recogniser import Recogniser
from newscrawl.entities.camel.wordpieces import WordPieces


def load(threads: int | None = None) -> tuple[Recogniser, str]:
    """The recogniser and its identity ("camel arabert int8").

    Raises:
        ModelError: there is none, or it cannot be read.
    """
    if has_exported():
        folder = exported_folder()
        manifest = Manifest.read(folder)
        identity = f"camel {manifest.model} {manifest.precision}"
        return load_exported(folder, manifest, manifest.precision, threads), identity
    if has_original():
        return load_original(original_folder(), threads), "camel arabert torch"
    raise ModelError(
        "CAMeL Tools' recogniser is not installed: `newscrawl models install camel` downloads it (542 MB), "
        f"or set {variable('tagger')}=light"
    )


def load_exported(
    folder: Path, manifest: Manifest, precision: Precision, threads: int | None = None
) -> Recogniser:
    """The recogniser of an export's folder, in one of its precisions.

    Raises:
        ModelError: a file is missing or damaged.
    """
    from newscrawl.entities.camel.onnx_runner import OnnxRunner

    try:
        pieces = WordPieces.read(folder / TOKENIZER)
        runner = OnnxRunner(folder / f"{precision}.onnx", folder / WORD_ROWS, threads)
    except Exception as error:  # onnxruntime and tokenizers raise bare classes of their own
        raise ModelError(f"{folder} is damaged ({str(error).strip()[:200]}): {AGAIN}") from error
    return Recogniser(runner, pieces, manifest.special, manifest.labels)


def load_original(folder: Path, threads: int | None = None) -> Recogniser:
    """The recogniser of a folder in CAMeL Tools' own form.

    Raises:
        ModelError: the folder holds no such model.
    """
    from newscrawl.entities.camel.torch_runner import TorchRunner

    runner = TorchRunner(folder, threads)
    return Recogniser(runner, runner.pieces(), runner.special, runner.labels)
