"""The model as CAMeL Tools keeps it, on torch: the export's reference, and for who never exported it."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from newscrawl.entities.camel.errors import ModelError
from newscrawl.entities.camel.recogniser import Integers, Special
from newscrawl.entities.camel.threads import threads_here
from newscrawl.entities.camel.wordpieces import WordPieces


class TorchRunner:
    """The trained model in memory, and all that is read beside it.

    Attributes:
        model: transformers' BertForTokenClassification.
        tokenizer: the `tokenizers.Tokenizer` of its BertTokenizer.
        special, labels: as a Recogniser takes them.

    Raises:
        ModelError: the folder holds no such model.
    """

    def __init__(self, folder: Path, threads: int | None = None) -> None:
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
