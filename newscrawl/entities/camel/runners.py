"""What runs the model: ONNX Runtime on the exported files, or torch on CAMeL Tools' own.

ONNX Runtime needs neither torch nor transformers. Word embeddings are a third of the model (64,000 rows of
3 KB), and a text needs a few hundred: mapped into memory they would all be resident after an hour of news;
read row by row as they are needed, they cost a thousandth of the model's time.
"""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newscrawl.entities.camel.model_files import ModelError, check_torch
from newscrawl.entities.camel.recogniser import Integers, Special, WordPieces


def threads_here() -> int:
    """How many processors this process may use: at least 1, fewer than the machine has where it is bound."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


FORM = "<f4"
"""Of a number in the file of word embeddings."""


class WordRows:
    """The word embeddings: rows of a file of float32, little-endian, `width` to a row."""

    def __init__(self, path: Path, width: int) -> None:
        self._file = path.open("rb", buffering=0)
        self._width = width

    def rows(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """The rows of these numbers, in the shape of `ids` and one dimension more.

        Raises:
            EOFError: the file has no such row.
        """
        wanted, places = np.unique(ids, return_inverse=True)
        found = np.empty((len(wanted), self._width), FORM)
        size = self._width * found.itemsize
        for number, row in zip(wanted.tolist(), found, strict=True):
            self._file.seek(number * size)
            if self._file.readinto(row.data) != size:
                raise EOFError(f"{self._file.name} ends before row {number}")
        rows: NDArray[np.float32] = found[places.reshape(ids.shape)]
        return rows


def write_words(values: NDArray[np.float32], path: Path) -> None:
    """Write the file that WordRows reads."""
    values.astype(FORM).tofile(path)


class OnnxRunner:
    """The exported model on ONNX Runtime, on the processor.

    Args:
        path: the `.onnx` file.
        words: the file of its word embeddings.
        threads: how many work on one batch; default: as many as this process may use.
    """

    def __init__(self, path: Path, words: Path, threads: int | None = None) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or threads_here()
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Each batch has a shape of its own: plans made for past shapes would only pile up.
        options.enable_mem_pattern = False
        # Idle threads sleep: a crawl shares these cores.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(
            str(path),
            options,
            providers=["CPUExecutionProvider"],
            # It would undo what graph.py says of layer norms.
            disabled_optimizers=["SkipLayerNormFusion"],
        )
        self._words = WordRows(words, self._session.get_inputs()[0].shape[2])

    def best(self, ids: Integers, mask: Integers) -> NDArray[Any]:
        """The number of the best label for each piece of a padded batch."""
        (logits,) = self._session.run(["logits"], {"words": self._words.rows(ids), "attention_mask": mask})
        best: NDArray[Any] = np.asarray(logits).argmax(axis=2)
        return best


class TorchRunner:
    """CAMeL Tools' own copy on torch: the reference of an export, and what runs without one.

    Attributes:
        model: transformers' BertForTokenClassification.
        tokenizer: the `tokenizers.Tokenizer` of its BertTokenizer.
        special, labels: as a Recogniser takes them.

    Raises:
        ModelError: the folder holds no such model, or torch or transformers is not installed.
    """

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        check_torch()
        import torch

        transformers: Any = import_module("transformers")
        torch.set_num_threads(threads or threads_here())
        transformers.utils.logging.disable_progress_bar()
        transformers.utils.logging.set_verbosity_error()
        try:
            self.model: Any = transformers.BertForTokenClassification.from_pretrained(
                folder, local_files_only=True
            )
            tokenizer: Any = transformers.BertTokenizerFast.from_pretrained(folder, local_files_only=True)
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(
                f"{folder} holds no BERT model that can be read ({str(error).splitlines()[0]}): "
                "take it away and run `newscrawl models install camel`"
            ) from error
        self.model.eval()
        self.tokenizer = tokenizer.backend_tokenizer
        self.special = Special(tokenizer.cls_token_id, tokenizer.sep_token_id, tokenizer.pad_token_id)
        names = self.model.config.id2label
        self.labels = [str(names[number]) for number in range(len(names))]

    def pieces(self) -> WordPieces:
        """The vocabulary."""
        return WordPieces(self.tokenizer)

    def best(self, ids: Integers, mask: Integers) -> NDArray[Any]:
        """The number of the best label for each piece of a padded batch."""
        import torch

        with torch.inference_mode():
            logits = self.model(input_ids=torch.from_numpy(ids), attention_mask=torch.from_numpy(mask)).logits
        best: NDArray[Any] = logits.argmax(dim=2).numpy()
        return best
