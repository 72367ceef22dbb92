"""Scrapy's settings for newscrawl. The NEWSCRAWL_* variables stand above them (newscrawl/config.py)."""

import sys
from typing import Any

from newscrawl import __version__
from newscrawl.config import Config, ConfigError, load_config, unknown_variables
from newscrawl.terminal import say, say_lines

BOT_NAME = "newscrawl"
SPIDER_LOADER_CLASS = "newscrawl.spiders.loader.OutletSpiderLoader"
SPIDER_MODULES: list[str] = []
COMMANDS_MODULE = "newscrawl.commands"

# --- politeness -----------------------------------------------------------------------------------
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "newscrawl"
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
AUTOTHROTTLE_MAX_DELAY = 30.0
COOKIES_ENABLED = True  # one jar an outlet and run: newscrawl/middlewares/cookies.py
TELNETCONSOLE_ENABLED = False
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    # Pages are kept as they come, and few tools for web archives read br or zstd. What comes so is read.
    "Accept-Encoding": "gzip, deflate",
    "Accept-Language": "ar,en;q=0.3",
}

# --- limits ---------------------------------------------------------------------------------------
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_FAIL_ON_DATALOSS = True
REDIRECT_MAX_TIMES = 5
SCHEDULER_PRIORITY_QUEUE = "newscrawl.middlewares.queue.FairQueue"
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"  # an outlet's newest come first, as chosen
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 20_000_000
TWISTED_DNS_RESOLVER = "newscrawl.middlewares.addresses.PublicResolver"
DOWNLOAD_HANDLERS = {
    "http": "newscrawl.middlewares.under_way.NotingDownloadHandler",
    "https": "newscrawl.middlewares.under_way.NotingDownloadHandler",
}

# --- components -------------------------------------------------------------------------------------
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # SiteGuard knows aliases and says why
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "newscrawl.middlewares.addresses.SiteGuard": 50,
    "newscrawl.middlewares.robots.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "newscrawl.middlewares.breaker.CircuitBreaker": 560,  # right below Retry (550): sees every answer
    "newscrawl.middlewares.unpacking.Unpacking": 590,
    "newscrawl.middlewares.as_fetched.NoteAsFetched": 595,  # sees answers to pages before they are unpacked
    "newscrawl.middlewares.redirects.Redirects": 600,
    "newscrawl.middlewares.cookies.OutletCookies": 700,
}
SPIDER_MIDDLEWARES = {"newscrawl.spiders.alone.SuspectListings": 100}
EXTENSIONS = {
    "scrapy.extensions.memusage.MemoryUsage": None,
    "scrapy.extensions.logstats.LogStats": None,
    "scrapy.extensions.throttle.AutoThrottle": None,
    "newscrawl.middlewares.politeness.Throttle": 10,
    "newscrawl.extensions.run.RunAccounting": 0,
    "newscrawl.extensions.watchdog.Watchdog": 10,
    "newscrawl.extensions.delivery.Delivery": 50,
    "newscrawl.extensions.run.Progress": 100,
}
ITEM_PIPELINES = {
    "newscrawl.pipelines.ReadPipeline": 100,
    "newscrawl.pipelines.KeepPipeline": 150,
    "newscrawl.pipelines.TagPipeline": 200,
    "newscrawl.pipelines.StorePipeline": 900,
}
CONCURRENT_ITEMS = 4  # of one answer; Scrapy starts so many tasks for each, and a page is one item

# --- logs: the run ends with a table; the log is for what went wrong ----------------------------------
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # the outcome says it
FEED_EXPORT_ENCODING = "utf-8"


def from_config(config: Config) -> dict[str, Any]:
    """Scrapy's settings that follow from ours, and ours themselves under their variables' names."""
    contact = f"; +{config.contact}" if config.contact else "; contact not configured"
    return config.as_scrapy_settings() | {
        "USER_AGENT": f"newscrawl/{__version__} (Arabic news archive{contact})",
        "CONCURRENT_REQUESTS": config.concurrent_requests,
        "CONCURRENT_REQUESTS_PER_DOMAIN": config.concurrent_requests_per_domain,
        "DOWNLOAD_DELAY": config.download_delay,
        "AUTOTHROTTLE_ENABLED": config.download_delay > 0,
        "DOWNLOAD_TIMEOUT": config.download_timeout,
        "DOWNLOAD_MAXSIZE": config.max_page_bytes,
        "RETRY_TIMES": config.retries,
        "LOG_LEVEL": config.log_level,
        "LOG_FILE": str(config.log_file) if config.log_file else None,
    }


try:
    globals().update(from_config(load_config()))
except ConfigError as error:
    # Every Scrapy command imports this file first, and would show a traceback.
    say_lines(str(error), err=True)
    sys.exit(2)
for _sentence in unknown_variables():
    say(_sentence, err=True)
