"""`newscrawl models install camel`: get the model, export it for ONNX Runtime, compare its tags.

The export has fp32, int8, vocabulary and manifest. int8 is refused where its tags differ too much from the
original's on the given sentences; fp32 is used then. The folder takes its place whole or not at all.
"""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from importlib.resources import files
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from newscrawl.entities.camel.download import download
from newscrawl.entities.camel.graph import CLASSIFIER, WORDS, Shape, save_graph
from newscrawl.entities.camel.model_files import (
    TOKENIZER,
    WORD_ROWS,
    Agreement,
    Manifest,
    ModelError,
    agreement,
    check_torch,
    exported_folder,
    has_original,
    original_folder,
    sha256_of,
)
from newscrawl.entities.camel.recogniser import Recogniser
from newscrawl.entities.camel.runners import TorchRunner, write_words
from newscrawl.entities.camel.tagger import load_exported, sentences
from newscrawl.entities.protocol import LABELS
from newscrawl.files import replace_folder

Say = Callable[[str], None]

MODEL = "arabert"
SAME = 0.999
"""Least agreement of the fp32 graph with the original: all but ties that rounding decides."""
COMPARED = 600
"""Sentences that tags are compared on: some 17,000 tokens, two minutes on two cores."""
FEWEST = 100
"""With fewer sentences than these the bundled ones are added: too few say too little."""


def install(source: Path | None, texts: Iterable[str], say: Say) -> Manifest:
    """Install the model.

    Args:
        source: a folder with the model in CAMeL Tools' own form; None: CAMeL Tools' own copy, which is
            downloaded if it is not there.
        texts: real articles to compare tags on, as many as are needed; the bundled text if too few.
        say: called with a line on each step.

    Raises:
        ModelError: torch or transformers is missing, or the model cannot be downloaded or exported.
        OSError: a folder cannot be written.
    """
    if source is not None and not (source / "config.json").is_file():
        raise ModelError(f"{source} holds no model: name the folder that has config.json and vocab.txt in it")
    check_torch()
    if source is None:
        source = original_folder()
        if not has_original():
            say("downloading CAMeL Tools' recogniser (542 MB)")
            source = download()
    return export(source, exported_folder(), _tokens_to_compare(texts), say)


def _tokens_to_compare(texts: Iterable[str]) -> Sequence[Sequence[str]]:
    found = list(islice(_tokens(texts), COMPARED))
    return found if len(found) >= FEWEST else [*found, *_tokens([bundled_text()])]


def _tokens(texts: Iterable[str]) -> Iterable[list[str]]:
    for text in texts:
        for sentence in sentences(text):
            yield [token.text for token in sentence]


def bundled_text() -> str:
    """Our own newsroom's articles, one paragraph a line: about 300 sentences."""
    return (files("newscrawl.entities.camel") / "data" / "newsroom.txt").read_text(encoding="utf-8")


def export(source: Path, target: Path, sentences: Sequence[Sequence[str]], say: Say) -> Manifest:
    """Export the model in `source` to the folder `target`, replacing what is there.

    Args:
        source: a folder in CAMeL Tools' own form.
        target: the folder for ONNX Runtime.
        sentences: tokens of real sentences, on which tags are compared.
        say: called with a line on each step.

    Raises:
        ModelError: `source` holds no such model, or the exported one does not do as the original.
        OSError: `target` cannot be written.
    """
    say(f"reading the model in {source}")
    original = TorchRunner(source)
    _check_labels(original.labels, source)
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".exporting-", dir=target.parent) as temporary:
        folder = Path(temporary) / "model"
        folder.mkdir()
        say("exporting it to ONNX, fp32 and int8")
        _write_models(original, folder)
        manifest = _compared(original, folder, sentences, say)
        manifest.write(folder)
        replace_folder(folder, target)
    return manifest


def _check_labels(labels: Sequence[str], source: Path) -> None:
    for label in labels:
        prefix, _, kind = label.partition("-")
        if label != "O" and (prefix not in ("B", "I") or kind not in LABELS):
            raise ModelError(
                f"{source}: label {label} is none of CAMeL Tools' own; models with other classes are not read"
            )


def _write_models(original: TorchRunner, folder: Path) -> None:
    config = original.model.config.to_dict()
    weights = {name: tensor.numpy() for name, tensor in original.model.state_dict().items()}
    try:
        save_graph(weights, Shape.read(config), folder / "fp32.onnx")
        write_words(weights[WORDS], folder / WORD_ROWS)
    except (KeyError, ValueError) as error:
        raise ModelError(
            f"the model cannot be exported: {error}; it is no BERT as CAMeL Tools reads"
        ) from error
    _quantise(folder / "fp32.onnx", folder / "int8.onnx")
    original.tokenizer.save(str(folder / TOKENIZER))
    for path in folder.iterdir():
        path.chmod(0o644)  # onnx writes for the owner alone, and a crawl may run as somebody else


def _quantise(source: Path, target: Path) -> None:
    from onnx import TensorProto
    from onnxruntime.quantization import QuantType, quantize_dynamic

    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.ERROR)  # it advises a step that this graph does not need
    try:
        quantize_dynamic(
            source,
            target,
            op_types_to_quantize=["MatMul"],
            nodes_to_exclude=[CLASSIFIER],
            weight_type=QuantType.QInt8,
            per_channel=True,
            # Seven bits: processors without VNNI add products in sixteen bits, which eight would overflow.
            reduce_range=True,
            use_external_data_format=True,
            extra_options={"MatMulConstBOnly": True, "DefaultTensorType": TensorProto.FLOAT},
        )
    finally:
        root.setLevel(level)


def _compared(original: TorchRunner, folder: Path, sentences: Sequence[Sequence[str]], say: Say) -> Manifest:
    """The manifest, once the three models' tags were compared."""
    draft = Manifest(
        model=MODEL,
        precision="fp32",
        labels=original.labels,
        special=original.special,
        agreement=Agreement(0, 1.0, 1.0, 1.0),
        exported_at=datetime.now(UTC).isoformat(timespec="seconds"),
        versions={
            name: version(name)
            for name in ("newscrawl", "camel-tools", "transformers", "onnxruntime", "onnx")
        },
        sha256={path.name: sha256_of(path) for path in sorted(folder.iterdir())},
    )
    say(f"comparing tags on {sum(map(len, sentences)):,} tokens of {len(sentences):,} sentences")
    reference = Recogniser(original, original.pieces(), original.special, original.labels).tag_tokens(
        sentences
    )
    exact = agreement(reference, load_exported(folder, draft, "fp32").tag_tokens(sentences))
    if exact.tags < SAME:
        raise ModelError(
            f"the exported fp32 model gives the original's tag to only {exact.tags:.2%} of {exact.tokens:,} "
            f"tokens: this is a fault of newscrawl; please report it with the versions {draft.versions}"
        )
    found = agreement(reference, load_exported(folder, draft, "int8").tag_tokens(sentences))
    return dataclasses.replace(draft, agreement=found, precision="int8" if found.enough else "fp32")
