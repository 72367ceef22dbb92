"""`scrapy crawl SPIDER`: Scrapy's own, with arguments checked first and an exit code that cron can trust."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING, Any, NoReturn

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError

from newscrawl.config import Config, ConfigError, unknown_variables
from newscrawl.settings import from_config
from newscrawl.streams import guard_streams
from newscrawl.terminal import say

if TYPE_CHECKING:
    import argparse

    from newscrawl.spiders.base import ArchiveSpider


class Command(ScrapyCrawl):
    """Exit codes: 0 all outlets yielded something; 1 one yielded nothing, or we broke; 2 bad arguments.

    An outlet that is left to another run is no fault.
    """

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Let `-s` settings of ours take effect everywhere they are read, worker processes included."""
        guard_streams()
        super().process_options(args, opts)
        assert self.settings is not None
        try:
            config = Config.from_scrapy(self.settings)
        except ConfigError as error:
            _refuse(str(error))
        for sentence in unknown_variables(self.settings):
            say(sentence, err=True)
        self.settings.setdict(from_config(config), priority="project")
        os.environ.update(config.as_environ())

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check the arguments, crawl, and set the exit code as the run went."""
        from newscrawl.extensions.run import RunAccounting

        if len(args) != 1:
            raise UsageError("name one spider: an outlet (`newscrawl outlets` lists them), news, or site")
        assert self.crawler_process is not None
        crawler = self.crawler_process.create_crawler(self._checked_spider(args[0], opts.spargs))
        self.crawler_process.crawl(crawler, **opts.spargs)
        _heed_closed_terminal()
        self.crawler_process.start()
        accounting = crawler.get_extension(RunAccounting) if crawler.extensions else None
        self.exitcode = (
            1 if accounting is None or self.crawler_process.bootstrap_failed else accounting.exit_code
        )

    def _checked_spider(self, name: str, arguments: dict[str, str]) -> type[ArchiveSpider]:
        """The spider of this name; its arguments, the archive and the tagger are as a crawl needs them."""
        from newscrawl.entities import TaggerUnavailable
        from newscrawl.entities.taggers import chosen_kind
        from newscrawl.spiders.arguments import ArgumentError
        from newscrawl.steps.keep import folder_of
        from newscrawl.store import StoreError, open_store
        from newscrawl.warc.places import PlaceError

        assert self.crawler_process is not None
        assert self.settings is not None
        config = Config.from_scrapy(self.settings)
        loader: Any = self.crawler_process.spider_loader
        try:
            spider_class: type[ArchiveSpider] = loader.load(name)
            spider_class.check_arguments(**arguments)
            archive = open_store()
            try:
                archive.check_writable(config.archive_place)
            finally:
                archive.close()
            if folder := folder_of(config):
                folder.check()
            chosen_kind()
        except KeyError as error:
            _refuse(str(error.args[0]))
        except (ArgumentError, PlaceError, StoreError, TaggerUnavailable) as error:
            _refuse(str(error))
        return spider_class


def _heed_closed_terminal() -> None:
    """Let SIGHUP end the crawl in order, as SIGTERM does; with `nohup`, which ignores it, it goes on."""
    if signal.getsignal(signal.SIGHUP) is signal.SIG_DFL:
        signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))


def _refuse(reason: str) -> NoReturn:
    """End with code 2, without the usage of `scrapy crawl`: `newscrawl crawl` may have been called."""
    say(f"Error: {reason}", err=True)
    raise SystemExit(2)
