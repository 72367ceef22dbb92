"""Pipeline: every story ends here, in one transaction and exactly one Outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from newscrawl.extensions.bookkeeper import Bookkeeper

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from newscrawl.pipelines.story import Story


class StorePipeline:
    """Hands the story to the archive, on the archive's own thread."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make a component."""
        return cls(crawler)

    async def process_item(self, story: Story) -> Story:
        """Keep the article or note the rejection."""
        books = Bookkeeper.of(self._crawler)
        if story.article is not None:
            outcome, _ = await books.on_store(books.run.keep, story.arrival, story.article)
            if books.tagger is not None:
                books.tagger.note_stored(story.article, outcome)
        else:
            assert story.rejection is not None, f"{story.arrival.url} came through without an end"
            outcome = story.rejection.outcome
            await books.on_store(books.run.reject, story.arrival, outcome, story.rejection.reason)
        books.count(story.arrival.outlet, outcome)
        return story
