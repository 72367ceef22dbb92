"""Discovery: feeds, sitemaps and section pages → candidate links. Bytes in, values out.

`read_listing` reads one listing of any kind; `choose` decides which of all candidates are fetched.
"""

from newscrawl.discovery.candidate import Candidate, Source
from newscrawl.discovery.choose import Choice, Refusal, choose, merge
from newscrawl.discovery.find import find_listings, guesses, looks_like_feed, sitemaps_in_robots
from newscrawl.discovery.links import tidy_url
from newscrawl.discovery.listing import Expected, read_listing
from newscrawl.discovery.perday import expand, is_template
from newscrawl.discovery.result import ChildSitemap, Kind, Limits, Listing
from newscrawl.discovery.sections import looks_like_article

__all__ = [
    "Candidate",
    "ChildSitemap",
    "Choice",
    "Expected",
    "Kind",
    "Limits",
    "Listing",
    "Refusal",
    "Source",
    "choose",
    "expand",
    "find_listings",
    "guesses",
    "is_template",
    "looks_like_article",
    "looks_like_feed",
    "merge",
    "read_listing",
    "sitemaps_in_robots",
    "tidy_url",
]
