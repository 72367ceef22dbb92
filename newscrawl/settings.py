"""Scrapy's settings for newscrawl. Every knob of ours is NEWSCRAWL_*, and the environment overrides it."""

import logging
import os

from newscrawl import __version__


def _env(name: str, default: str) -> str:
    return os.environ.get(f"NEWSCRAWL_{name}") or default


BOT_NAME = "newscrawl"
SPIDER_LOADER_CLASS = "newscrawl.spiders.loader.OutletSpiderLoader"
SPIDER_MODULES: list[str] = []
COMMANDS_MODULE = "newscrawl.commands"

# --- ours ---------------------------------------------------------------------------------------
NEWSCRAWL_CONTACT = _env("CONTACT", "")
"""An address or page where a site's owner reaches you; part of the user agent."""
NEWSCRAWL_WORKERS = int(_env("WORKERS", str(min(os.cpu_count() or 2, 8))))
NEWSCRAWL_PAGE_TIMEOUT = float(_env("PAGE_TIMEOUT", "30"))
"""Seconds that extracting one page may take, and again finding the names in it."""
NEWSCRAWL_REFRESH_HOURS = float(_env("REFRESH_HOURS", "48"))
"""How long a stored article is looked at again for corrections; 0: only when its listing says so."""
NEWSCRAWL_MAX_CANDIDATES = int(_env("MAX_CANDIDATES", "5000"))
"""Candidates per outlet and run when -a limit= is not given."""
NEWSCRAWL_MAX_SITEMAPS = int(_env("MAX_SITEMAPS", "50"))
"""Sitemaps read per outlet and run through sitemap indexes, newest first."""
NEWSCRAWL_KEEP_CANDIDATES_DAYS = float(_env("KEEP_CANDIDATES_DAYS", "30"))
"""Days after which a run's single URLs are forgotten; its counts stay."""
NEWSCRAWL_ELASTICSEARCH_URL = _env("ELASTICSEARCH_URL", "")
"""Where to deliver to; the login's variables are read by the delivery alone and stand in no setting."""
NEWSCRAWL_DELIVERY_GRACE = float(_env("DELIVERY_GRACE", "30"))
"""Seconds that a crawl, when it has ended, still delivers to an Elasticsearch that is well."""

# --- politeness -----------------------------------------------------------------------------------
USER_AGENT = f"newscrawl/{__version__} (Arabic news archive" + (
    f"; +{NEWSCRAWL_CONTACT})" if NEWSCRAWL_CONTACT else "; contact not configured)"
)
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "newscrawl"
CONCURRENT_REQUESTS = int(_env("CONCURRENT_REQUESTS", "32"))
CONCURRENT_REQUESTS_PER_DOMAIN = int(_env("CONCURRENT_REQUESTS_PER_DOMAIN", "2"))
DOWNLOAD_DELAY = float(_env("DOWNLOAD_DELAY", "1"))
AUTOTHROTTLE_ENABLED = DOWNLOAD_DELAY > 0
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
AUTOTHROTTLE_MAX_DELAY = 30.0
COOKIES_ENABLED = False
TELNETCONSOLE_ENABLED = False
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "ar,en;q=0.3",
}

# --- limits ---------------------------------------------------------------------------------------
DOWNLOAD_TIMEOUT = float(_env("DOWNLOAD_TIMEOUT", "30"))
DOWNLOAD_MAXSIZE = int(_env("MAX_PAGE_BYTES", str(10 * 1024 * 1024)))
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_FAIL_ON_DATALOSS = True
REDIRECT_MAX_TIMES = 5
RETRY_TIMES = int(_env("RETRIES", "2"))
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 20_000_000
TWISTED_DNS_RESOLVER = "newscrawl.extensions.resolver.PublicResolver"

# --- components -------------------------------------------------------------------------------------
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # site_guard knows aliases and says why
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "newscrawl.extensions.site_guard.SiteGuard": 50,
    "newscrawl.extensions.robots.RobotsMiddleware": 100,
}
EXTENSIONS = {
    "scrapy.extensions.memusage.MemoryUsage": None,
    "scrapy.extensions.logstats.LogStats": None,
    "newscrawl.extensions.bookkeeper.Bookkeeper": 0,
    "newscrawl.extensions.delivery.Delivery": 50,
    "newscrawl.extensions.progress.Progress": 100,
}
ITEM_PIPELINES = {
    "newscrawl.pipelines.extract.ExtractPipeline": 100,
    "newscrawl.pipelines.entities.EntitiesPipeline": 200,
    "newscrawl.pipelines.store.StorePipeline": 900,
}
CONCURRENT_ITEMS = 100

# --- logs: the run ends with a table; the log is for what went wrong ----------------------------------
LOG_LEVEL = _env("LOG_LEVEL", "WARNING")
LOG_FILE = os.environ.get("NEWSCRAWL_LOG_FILE")
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # the outcome says it
FEED_EXPORT_ENCODING = "utf-8"
for _name in ("scrapy.core.downloader.handlers", "scrapy.downloadermiddlewares.httpcompression"):
    # What these warn of (a page too large, a broken answer) ends in an Outcome with the same words.
    logging.getLogger(_name).setLevel(logging.ERROR)
