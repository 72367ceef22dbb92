"""The tagger's networks: vectors of words, their letters, what lists say of them → a tag a piece."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from newscrawl.entities.light.vectors import LETTERS
from training.annotated import TAGS

INNER = 128
DROP = 0.5
LETTER_SIZE, LETTER_ANSWERS = 30, 50


class Crf(nn.Module):
    """A linear chain over tags (Lafferty et al. 2001), with scores for the first and the last tag."""

    def __init__(self, tags: int) -> None:
        super().__init__()
        self.between = nn.Parameter(torch.zeros(tags, tags))
        self.first = nn.Parameter(torch.zeros(tags))
        self.last = nn.Parameter(torch.zeros(tags))

    def loss(self, scores: torch.Tensor, tags: torch.Tensor, present: torch.Tensor) -> torch.Tensor:
        """Negative log likelihood a sentence. scores (n, length, tags), tags and present (n, length)."""
        total = self.first + scores[:, 0]
        own = self.first[tags[:, 0]] + scores[:, 0].gather(1, tags[:, :1]).squeeze(1)
        for t in range(1, scores.shape[1]):
            here = present[:, t]
            step = torch.logsumexp(total[:, :, None] + self.between, dim=1) + scores[:, t]
            total = torch.where(here[:, None], step, total)
            moved = self.between[tags[:, t - 1], tags[:, t]]
            moved = moved + scores[:, t].gather(1, tags[:, t : t + 1]).squeeze(1)
            own = own + torch.where(here, moved, torch.zeros_like(moved))
        last = tags.gather(1, present.sum(1, keepdim=True) - 1).squeeze(1)
        return torch.logsumexp(total + self.last, dim=1) - own - self.last[last]


class Member(nn.Module):
    """One network of the ensemble: words, letters, cues → a two-way LSTM → scores of each tag.

    Lample et al. 2016 and Ma and Hovy 2016, with our cues beside the vectors.

    Args:
        vectors: of the words that training meets, in the order of their places: (places, width).
        cues: how many there are.
    """

    def __init__(self, vectors: np.ndarray, cues: int) -> None:
        super().__init__()
        self.words = nn.Embedding.from_pretrained(torch.from_numpy(vectors).clone(), freeze=False)
        self.letters = nn.Embedding(256, LETTER_SIZE, padding_idx=0)
        self.runs = nn.Conv1d(LETTER_SIZE, LETTER_ANSWERS, 3, padding=1)
        self.drop = nn.Dropout(DROP)
        seen = vectors.shape[1] + LETTER_ANSWERS + cues
        self.lstm = nn.LSTM(seen, INNER, bidirectional=True, batch_first=True)
        self.head = nn.Linear(2 * INNER, len(TAGS))
        self.chain = Crf(len(TAGS))

    def forward(
        self, places: torch.Tensor, letters: torch.Tensor, cues: torch.Tensor, lengths: torch.Tensor
    ) -> torch.Tensor:
        """Scores (n, length, tags).

        Args:
            places: of words, (n, length).
            letters: their codes, 0 where there is none, (n, length, LETTERS).
            cues: (n, length, cues).
            lengths: (n,).
        """
        codes = self.letters(letters.view(-1, LETTERS)).transpose(1, 2)
        answers = functional.relu(self.runs(codes)).amax(dim=2).view(*places.shape, -1)
        parts = [self.drop(self.words(places)), self.drop(answers), cues]
        packed = nn.utils.rnn.pack_padded_sequence(
            torch.cat(parts, dim=-1), lengths, batch_first=True, enforce_sorted=False
        )
        inner, _ = nn.utils.rnn.pad_packed_sequence(self.lstm(packed)[0], batch_first=True)
        scores: torch.Tensor = self.head(self.drop(inner))
        return scores
