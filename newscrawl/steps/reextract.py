"""Read kept pages again by today's rules: what differs is told, and put into the archive chunk by chunk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from newscrawl.article import Article, Outcome, Rejected
from newscrawl.extraction.differences import differences, reread
from newscrawl.outlets import Outlet
from newscrawl.outlets.domains import registered_domain
from newscrawl.steps.jobs import Job, chunks, look_ahead
from newscrawl.steps.reread import PlacedPage, Unreadable, kept_job
from newscrawl.steps.session import Session
from newscrawl.steps.tag import TagJob, fill_in
from newscrawl.store import Reading, StoredPage
from newscrawl.store.articles import Versioned
from newscrawl.warc.places import Folder

CHUNK = 20
"""Pages in a worker's job and in a transaction."""
GONE = "its page is not kept any more"

ReadJob = Job[PlacedPage, Article | Rejected | Unreadable]


def reextract(
    session: Session, folder: Folder, numbers: Sequence[int], outlets: Mapping[str, Outlet], *, ahead: int
) -> Iterator[list[Reading]]:
    """Read kept pages again, and find the names of articles whose words changed; nothing is stored.

    Args:
        session: an archive, its workers, and its tagger, which may be off.
        folder: where pages are kept now.
        numbers: of the pages, from `Archive.to_reread`.
        outlets: by id; a page of a host that is no outlet's is read by what it says itself.
        ahead: how many jobs run beside the one that is waited for.

    Yields:
        The readings of a chunk of pages, in their order.
    """
    archive = session.archive

    def begin(some: Sequence[int]) -> tuple[list[StoredPage], ReadJob]:
        pages = archive.pages.numbered(some)
        return pages, _read(session, folder, pages, outlets)

    def compared(pages: list[StoredPage], job: ReadJob) -> list[Reading]:
        articles = archive.articles_of(pages)
        results = iter(job.result())
        return [
            _reading(
                page,
                articles.get(page.article_id or ""),
                next(results) if page.body_at else Unreadable(GONE, known=True),
                known=page.outlet in outlets,
            )
            for page in pages
        ]

    reading = look_ahead((begin(some) for some in chunks(numbers, CHUNK)), ahead)
    naming = (_name(session, compared(*one)) for one in reading)
    for readings, job in look_ahead(naming, ahead):
        fill_in(job)
        yield readings


def _read(
    session: Session, folder: Folder, pages: Sequence[StoredPage], outlets: Mapping[str, Outlet]
) -> ReadJob:
    kept = [
        PlacedPage(
            body.place,
            body.name,
            body.offset,
            body.length,
            body.digest,
            page.at.url,
            outlets.get(page.outlet),
            page.listed_at,
        )
        for page in pages
        if (body := page.body_at)
    ]
    config = session.config
    return kept_job(
        session.workers,
        folder,
        kept,
        config.page_timeout,
        min_words=config.min_words,
        max_bytes=config.max_page_bytes,
    )


def _reading(
    page: StoredPage, before: Versioned | None, result: Article | Rejected | Unreadable, *, known: bool
) -> Reading:
    if not known and _needs_outlet(page, before):
        why = f"outlet {page.outlet} has no file any more, and without it pages read otherwise"
        result = Unreadable(why, known=True)
    if isinstance(result, Unreadable):
        rejected = Rejected(Outcome.EXTRACT_ERROR, result.why)
        return Reading(page, before, rejected, failed=True, known=result.known)
    if before and isinstance(result, Article) and not known:
        same = before.article
        result = replace(result, outlet_name=same.outlet_name, country=same.country, domain=same.domain)
    found = differences(before.article if before else None, result)
    if before and isinstance(result, Article):
        result = reread(before.article, result)
    return Reading(page, before, result, found)


def _needs_outlet(page: StoredPage, before: Versioned | None) -> bool:
    """Whether an outlet's file, with its zone and names, was at hand when the page was read first."""
    if before:
        return bool(before.article.country)
    return page.outlet != registered_domain(page.at.url)


def _name(session: Session, readings: list[Reading]) -> tuple[list[Reading], TagJob]:
    """Begin to find the names of articles whose words are new; others keep those they have."""
    texts = [one.now for one in readings if isinstance(one.now, Article) and _has_new_words(one)]
    for article in texts:
        article.mentions, article.entities, article.tagger = [], {}, ""
    return readings, session.tagging.start(texts if session.tagging.identity() else [])


def _has_new_words(reading: Reading) -> bool:
    now, before = reading.now, reading.before
    assert isinstance(now, Article)
    return before is None or (now.title, now.body) != (before.article.title, before.article.body)
