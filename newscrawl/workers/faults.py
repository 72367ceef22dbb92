"""What a job can die of though no code of ours raised: time, memory, its worker, or no worker at all."""

from __future__ import annotations


class WorkerError(Exception):
    """A job ended for its worker's sake; the text is the reason, in words for a person."""


class TimeLimitError(WorkerError):
    """The job ran longer than it may; its worker was killed."""


class MemoryLimitError(WorkerError):
    """The job's worker grew larger than it may."""


class WorkerDiedError(WorkerError):
    """The job's worker ended or was killed by somebody else, such as the kernel's OOM killer."""


class NoWorkersError(WorkerError):
    """Nobody will do the job: workers do not start, or they have been stopped. The run cannot go on."""
