"""Worker processes for CPU work: supervised, each job with a time limit, each worker with a memory limit."""

from newscrawl.workers.faults import (
    MemoryLimitError,
    NoWorkersError,
    TimeLimitError,
    WorkerDiedError,
    WorkerError,
)
from newscrawl.workers.pool import MEMORY_MB, Workers

__all__ = [
    "MEMORY_MB",
    "MemoryLimitError",
    "NoWorkersError",
    "TimeLimitError",
    "WorkerDiedError",
    "WorkerError",
    "Workers",
]
