"""The tag step: the names in articles, found in worker processes; no article waits for them or is lost.

The light tagger works in the workers that are there anyway. CAMeL's model has a process of its own: it is too
big to be loaded by every worker, and uses all cores by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING

from newscrawl.article import Article, Outcome
from newscrawl.entities.taggers import Names, TaggerKind, find_names, load_tagger, tagged_text
from newscrawl.steps.jobs import Job
from newscrawl.workers import MEMORY_MB, Workers

if TYPE_CHECKING:  # workers import this module, and the database is not theirs
    from newscrawl.store import Archive

LOAD_SECONDS = 180.0
"""How long loading a tagger may take, from a cold disk."""

CAMEL_MEMORY = 4
"""How many times the memory of a worker that reads pages CAMeL's process may use."""

TagJob = Job[Article, Names | None]
"""Articles whose names are being found; None for an article where that failed."""


def preparation(kind: TaggerKind | None) -> Callable[[], object] | None:
    """What workers that a tagger shares do at their start (`Workers(prepare=…)`)."""
    return partial(load_tagger, kind) if kind == "light" else None


class Tagging:
    """One tagger at work for one archive.

    Args:
        kind: which tagger (`settle`); None where tagging is off, and no article gets names.
        workers: what the light tagger works in; the caller closes them.
        archive: where articles that the tagger has tagged already may be.
        seconds: how long the names of one article may take.
        memory_mb: megabytes that a worker may use.

    Attributes:
        unnamed: how many articles were stored without names though tagging is on.
    """

    def __init__(
        self,
        kind: TaggerKind | None,
        workers: Workers,
        archive: Archive,
        seconds: float,
        memory_mb: int = MEMORY_MB,
    ) -> None:
        self.kind = kind
        self.unnamed = 0
        self._own = Workers(1, memory_mb=CAMEL_MEMORY * memory_mb) if kind == "camel" else None
        self._workers = self._own or workers
        self._archive = archive
        self._seconds = seconds
        self._loading: Job[TaggerKind, str] | None = None

    def identity(self) -> str:
        """Load the tagger and return its identity; "" where tagging is off or loading failed."""
        return "".join(self._load().result())

    async def loaded(self) -> str:
        """`identity` for an event loop, which goes on meanwhile."""
        return "".join(await self._load().wait())

    def untagged(self, articles: Sequence[Article]) -> list[Article]:
        """The articles to tag: those whose very text the archive does not have with this tagger's names.

        None where there is no tagger. Asks the archive; once `loaded`, waits for nothing else.
        """
        identity = self.identity()
        if not identity:
            return []
        known = self._archive.already_tagged(articles, identity)
        return [article for article in articles if article.id not in known]

    def start(self, articles: Sequence[Article]) -> TagJob:
        """Begin to find the names of articles, in one batch. `fill_in` then gives them to the articles."""

        def submit(some: Sequence[Article], limit: float) -> Future[list[Names | None]]:
            assert self.kind, "tagging is off"
            return self._workers.submit(limit, find_names_by, self.kind, list(map(tagged_text, some)))

        return Job(
            articles,
            submit,
            seconds=self._seconds,
            failed=lambda *_: None,
            doing=lambda article: f"finding the names in {article.url}",
        )

    def note_stored(self, article: Article, outcome: Outcome) -> None:
        """Count an article that came into the archive without names."""
        if self.kind and not article.tagger and outcome in (Outcome.STORED, Outcome.UPDATED):
            self.unnamed += 1

    @property
    def answered(self) -> int:
        """How many jobs of the tagger's own process, if it has one, have ended."""
        return self._own.answered if self._own else 0

    @property
    def broken(self) -> str:
        """Why the tagger's own process can do nothing any more; "" while it can, or where it has none."""
        return self._own.broken if self._own else ""

    def close(self) -> None:
        """Stop the tagger's own process, if it has one."""
        if self._own:
            self._own.close()

    def _load(self) -> Job[TaggerKind, str]:
        if self._loading is None:
            self._loading = Job(
                [self.kind] if self.kind else [],
                lambda kinds, limit: self._workers.submit(limit, identities_of, kinds),
                seconds=LOAD_SECONDS,
                failed=lambda *_: "",
                doing="loading the tagger {}".format,
            )
        return self._loading


def fill_in(job: TagJob) -> None:
    """Put what a job found into its articles; those whose names could not be found stay as they are."""
    for article, names in zip(job.inputs, job.result(), strict=True):
        if names:
            names.put_into(article)


def find_names_by(kind: TaggerKind, texts: Sequence[str]) -> list[Names | None]:
    """What a tagger finds in each text, in a worker process, which loads the tagger the first time.

    Raises:
        TaggerUnavailable: the tagger is not installed.
    """
    return [*find_names(load_tagger(kind), texts)]


def identities_of(kinds: Sequence[TaggerKind]) -> list[str]:
    """The identities of taggers, in a worker process, which loads them.

    Raises:
        TaggerUnavailable: the tagger is not installed.
    """
    return [load_tagger(kind).identity for kind in kinds]
