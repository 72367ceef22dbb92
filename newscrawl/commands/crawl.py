"""`scrapy crawl SPIDER`: Scrapy's own, with arguments checked first and an exit code that cron can trust."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError

from newscrawl.config import Config, ConfigError, unknown_variables
from newscrawl.settings import from_config
from newscrawl.streams import guard_streams
from newscrawl.terminal import say

if TYPE_CHECKING:
    import argparse


class Command(ScrapyCrawl):
    """Exit codes: 0 all outlets yielded something; 1 one yielded nothing, or we broke; 2 bad arguments."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Let `-s` settings of ours take effect everywhere they are read, worker processes included."""
        guard_streams()
        super().process_options(args, opts)
        assert self.settings is not None
        try:
            config = Config.from_scrapy(self.settings)
        except ConfigError as error:
            raise UsageError(str(error), print_help=False) from error
        for sentence in unknown_variables(self.settings):
            say(sentence, err=True)
        self.settings.setdict(from_config(config), priority="project")
        os.environ.update(config.as_environ())

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check the arguments, crawl, and set the exit code as the run went."""
        from newscrawl.entities import TaggerUnavailable
        from newscrawl.entities.taggers import chosen_kind
        from newscrawl.extensions.run import RunAccounting
        from newscrawl.spiders.arguments import ArgumentError
        from newscrawl.store import StoreError, open_store

        if len(args) != 1:
            raise UsageError("name one spider: an outlet (`newscrawl outlets` lists them), news, or site")
        assert self.crawler_process is not None
        assert self.settings is not None
        loader: Any = self.crawler_process.spider_loader
        try:
            spider_class = loader.load(args[0])
            spider_class.check_arguments(**opts.spargs)
            archive = open_store()
            try:
                archive.check_writable(Config.from_scrapy(self.settings).archive_place)
            finally:
                archive.close()
        except KeyError as error:
            raise UsageError(str(error.args[0]), print_help=False) from error
        except (ArgumentError, StoreError) as error:
            raise UsageError(str(error), print_help=False) from error
        try:
            chosen_kind()
        except TaggerUnavailable as error:
            raise UsageError(str(error), print_help=False) from error
        crawler = self.crawler_process.create_crawler(spider_class)
        self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        accounting = crawler.get_extension(RunAccounting) if crawler.extensions else None
        self.exitcode = (
            1 if accounting is None or self.crawler_process.bootstrap_failed else accounting.exit_code
        )
