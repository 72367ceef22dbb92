"""CamelTagger: mentions by CAMeL Tools' recogniser, exported for ONNX Runtime or else on torch.

Torch needs three times the memory and time (transformers alone takes seconds to import). It serves who
installed the model with `camel_data` and never ran `newscrawl models install camel`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from newscrawl.article import Mention
from newscrawl.config import variable
from newscrawl.entities.camel.model_files import (
    AGAIN,
    TOKENIZER,
    WORD_ROWS,
    Manifest,
    ModelError,
    Precision,
    exported_folder,
    has_exported,
    has_original,
    original_folder,
)
from newscrawl.entities.camel.recogniser import Recogniser, WordPieces
from newscrawl.entities.camel.runners import OnnxRunner, TorchRunner
from newscrawl.entities.camel.tokens import sentences
from newscrawl.entities.names import name_mentions
from newscrawl.entities.protocol import TaggerUnavailable, spans_of


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
    try:
        pieces = WordPieces.read(folder / TOKENIZER)
        runner = OnnxRunner(folder / f"{precision}.onnx", folder / WORD_ROWS, threads)
    except Exception as error:  # onnxruntime and tokenizers raise bare classes of their own
        raise ModelError(f"{folder} is damaged ({str(error).strip()[:200]}): {AGAIN}") from error
    return Recogniser(runner, pieces, manifest.special, manifest.labels)


def load_original(folder: Path, threads: int | None = None) -> Recogniser:
    """The recogniser of a folder in CAMeL Tools' own form.

    Raises:
        ModelError: the folder holds no such model, or torch is missing.
    """
    runner = TorchRunner(folder, threads)
    return Recogniser(runner, runner.pieces(), runner.special, runner.labels)


class CamelTagger:
    """The recogniser `ner-arabert`. Sentences of all texts given at once are batched together.

    Args:
        threads: how many work on one batch; default: as many as this process may use.

    Attributes:
        identity: "camel arabert", then how it runs: int8, fp32 or torch.

    Raises:
        TaggerUnavailable: the model is not installed, or damaged; the message says what to do.
    """

    def __init__(self, threads: int | None = None) -> None:
        try:
            self._recogniser, self.identity = load(threads)
        except ModelError as error:
            raise TaggerUnavailable(str(error)) from error

    def tag(self, texts: Sequence[str]) -> list[list[Mention]]:
        """The mentions of each text in order of place, with character offsets into that text."""
        read = [sentences(text) for text in texts]
        tags = iter(
            self._recogniser.tag_tokens([[token.text for token in one] for text in read for one in text])
        )
        found = []
        for text, tokens in zip(texts, read, strict=True):
            spans = [
                span
                for sentence in tokens
                for span in spans_of(next(tags), [(token.start, token.end) for token in sentence])
            ]
            found.append(name_mentions(text, spans))
        return found
