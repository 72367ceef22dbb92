"""Fit the networks of the ensemble to annotated sentences."""

from __future__ import annotations

import copy
import pickle
import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from newscrawl.entities.light.cues import CUES, sentence_cues
from newscrawl.entities.light.vectors import LETTERS, UNKNOWN, letter_codes, word_row
from training import say
from training.annotated import TAGS
from training.network import Member

RATE = 1e-3
BATCH = 16
ROUNDS = 13
FORGET = 0.03
"""Share of words whose vector is hidden in training: letters and sentence must do."""
AVERAGE_FROM = 0.45
"""Share of the rounds after which weights are averaged (Polyak and Juditsky 1992)."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence as a network sees it, and its tags' numbers. `rows` are those of all known words."""

    rows: torch.Tensor
    letters: torch.Tensor
    cues: torch.Tensor
    tags: torch.Tensor


def example(spelled: Sequence[str], tags: Sequence[str], rows: dict[str, int]) -> Example:
    """A sentence of spellings and their tags."""
    letters = torch.zeros((len(spelled), LETTERS), dtype=torch.long)
    for place, spelling in enumerate(spelled):
        codes = letter_codes(spelling)
        letters[place, : len(codes)] = torch.tensor(codes)
    return Example(
        torch.tensor([word_row(spelling, rows) for spelling in spelled]),
        letters,
        torch.from_numpy(sentence_cues(spelled)),
        torch.tensor([TAGS.index(tag) for tag in tags]),
    )


def met_rows(examples: list[Example]) -> np.ndarray:
    """Rows of the words that training meets, in order, UNKNOWN first: their vectors are learned on."""
    return np.unique(np.concatenate([[UNKNOWN], *(one.rows.numpy() for one in examples)]))


def fit_ensemble(
    examples: list[Example], vectors: np.ndarray, members: int, together: int = 2
) -> tuple[np.ndarray, list[Member]]:
    """The rows that were learned on, and the members, each fitted in its own process with its own seed."""
    met = met_rows(examples)
    # As bytes: tensors sent to a process as such hold a file open each.
    packed = pickle.dumps((examples, vectors[met], met))
    with ProcessPoolExecutor(together) as processes:
        jobs = [processes.submit(_fit_packed, packed, seed) for seed in range(members)]
        return met, [pickle.loads(job.result()) for job in jobs]


def _fit_packed(packed: bytes, seed: int) -> bytes:
    examples, vectors, met = pickle.loads(packed)
    return pickle.dumps(fit(examples, vectors, met, seed))


def fit(
    examples: list[Example],
    vectors: np.ndarray,
    met: np.ndarray,
    seed: int,
    rounds: int = ROUNDS,
    watch: Callable[[Member], str] = lambda _: "",
) -> Member:
    """A network fitted in some rounds, its weights averaged over the later ones.

    Args:
        examples: sentences.
        vectors: of the rows in `met`.
        met: from `met_rows`.
        seed: of everything that is left to chance.
        rounds: times that it sees each sentence.
        watch: what to say of the averaged network now and then.
    """
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(seed)
    shuffle = random.Random(seed)  # noqa: S311  (to be repeated exactly)
    network = Member(vectors, len(CUES))
    optimiser = torch.optim.Adam(network.parameters(), lr=RATE)
    average, averaged = copy.deepcopy(network), 0
    began = time.monotonic()
    for number in range(rounds):
        network.train()
        for group in optimiser.param_groups:
            group["lr"] = RATE * (1 - 0.9 * number / rounds)
        total = sum(_step(network, optimiser, batch, met) for batch in batches(examples, shuffle))
        if number >= AVERAGE_FROM * rounds:
            averaged += 1
            with torch.no_grad():
                for mean, value in zip(average.parameters(), network.parameters(), strict=True):
                    mean.add_(value - mean, alpha=1 / averaged)
        spent = time.monotonic() - began
        seen = watch(average) if averaged else ""
        say(f"member {seed} round {number + 1}/{rounds} loss {total:.0f} {spent:.0f} s {seen}")
    return average


def batches(examples: list[Example], shuffle: random.Random) -> list[list[Example]]:
    """Examples of like length side by side, in random order."""
    order = sorted(examples, key=lambda one: len(one.tags) + shuffle.random() * 6)
    groups = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
    shuffle.shuffle(groups)
    return groups


def _step(network: Member, optimiser: torch.optim.Optimizer, batch: list[Example], met: np.ndarray) -> float:
    pad = nn.utils.rnn.pad_sequence
    rows = pad([one.rows for one in batch], batch_first=True)
    rows = rows.masked_fill(torch.rand(rows.shape) < FORGET, UNKNOWN)
    lengths = torch.tensor([len(one.tags) for one in batch])
    scores = network(
        torch.from_numpy(np.searchsorted(met, rows.numpy())),
        pad([one.letters for one in batch], batch_first=True),
        pad([one.cues for one in batch], batch_first=True),
        lengths,
    )
    tags = pad([one.tags for one in batch], batch_first=True)
    present = torch.arange(int(lengths.max()))[None] < lengths[:, None]
    loss = network.chain.loss(scores, tags, present).sum() / len(batch)
    optimiser.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 5.0)
    optimiser.step()
    return loss.item() * len(batch)
