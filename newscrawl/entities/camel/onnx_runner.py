"""The exported model on ONNX Runtime: neither torch nor transformers is loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newscrawl.entities.camel.recogniser import Integers
from newscrawl.entities.camel.threads import threads_here
from newscrawl.entities.camel.words import Words


class OnnxRunner:
    """A session on the processor.

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
        self._words = Words(words, self._session.get_inputs()[0].shape[2])

    def best(self, ids: Integers, mask: Integers) -> NDArray[Any]:
        """The number of the best label for each piece of a padded batch."""
        (logits,) = self._session.run(["logits"], {"words": self._words.rows(ids), "attention_mask": mask})
        best: NDArray[Any] = np.asarray(logits).argmax(axis=2)
        return best
