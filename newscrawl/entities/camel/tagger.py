"""CamelTagger: mentions by CAMeL Tools' recogniser, exported for ONNX Runtime or else on torch.

It reads a text in CAMeL's own tokens. The recogniser was trained on bare words, and a word with harakat is
unknown to it. `dediac_ar` takes off nine marks; tatweel, Quranic marks, invisible characters, shaped letters
and decomposed hamzas are mended here too. No letter becomes another one (أ stays أ): the model knows their
difference.

Torch needs three times the memory and time (transformers alone takes seconds to import). It runs where the
model was installed with `camel_data` and `newscrawl models install camel` was never run.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from newscrawl.arabic.letters import COMBINING_HAMZA, INVISIBLE, WORD_MARKS, presentation_forms
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
from newscrawl.entities.canonical_names import name_mentions
from newscrawl.entities.protocol import TaggerUnavailable, spans_of
from newscrawl.entities.sentences import breaks

_MARK = re.compile(f"[{WORD_MARKS}]")
_ODD = re.compile(f"[{WORD_MARKS}\ufb50-\ufdff\ufe70-\ufefe]")
_COMPOSING = re.compile(f"[{COMBINING_HAMZA}\u0300-\u036f]")


@dataclass(frozen=True, slots=True)
class BareText:
    """A text as the recogniser reads it; `text[i]` is written at `starts[i]:ends[i]` of the original."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


@cache
def _forms() -> dict[str, str]:
    return presentation_forms()


def bare_text(text: str) -> BareText:
    """What the recogniser reads of a text. Marks after a letter belong to its place; unseen ones do not."""
    if not _ODD.search(text):
        return BareText(text, range(len(text)), range(1, len(text) + 1))
    read: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for place, character in enumerate(text):
        if _MARK.match(character):
            if read and not read[-1].isspace() and character not in INVISIBLE:
                read[-1] = _with(read[-1], character)
                ends[-1] = place + 1
            continue
        for letter in _forms().get(character, character):
            read.append(letter)
            starts.append(place)
            ends.append(place + 1)
    return BareText("".join(read), starts, ends)


def _with(letter: str, mark: str) -> str:
    """The letter that a letter and a mark of its own make (ا + ٓ → آ), else the letter alone."""
    if not _COMPOSING.match(mark):
        return letter
    composed = unicodedata.normalize("NFC", letter + mark)
    return composed if len(composed) == 1 else letter


@dataclass(frozen=True, slots=True)
class CamelToken:
    """A token of `simple_word_tokenize` (a word, or one sign), as the recogniser reads it."""

    text: str
    start: int
    end: int


def sentences(text: str) -> list[list[CamelToken]]:
    """The sentences of a text, none empty. They end where those of the light tagger do; none is cut."""
    from camel_tools.tokenizers.word import simple_word_tokenize

    read = bare_text(text)
    found: list[list[CamelToken]] = []
    end = 0
    for word in simple_word_tokenize(read.text):
        start = read.text.index(word, end)
        if not found or breaks(read.text, end, start):
            found.append([])
        end = start + len(word)
        found[-1].append(CamelToken(word, read.starts[start], read.ends[end - 1]))
    return found


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
