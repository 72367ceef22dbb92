"""Discovery: feeds, sitemaps and section pages → candidate links. Bytes in, values out.

`read_listing` reads one listing of any kind; a `Gathering` takes the candidates of all and decides which
are fetched.
"""

from newscrawl.discovery.choose import Choice, Refusal, merge
from newscrawl.discovery.find import find_listings, guesses, looks_like_feed, sitemaps_in_robots
from newscrawl.discovery.gathering import Gathering, choose
from newscrawl.discovery.links import tidy_url
from newscrawl.discovery.listing import Candidate, ChildSitemap, Kind, Limits, Listing, Source
from newscrawl.discovery.recognise import Expected, read_listing
from newscrawl.discovery.sections import looks_like_article
from newscrawl.discovery.sitemaps import expand, is_template

__all__ = [
    "Candidate",
    "ChildSitemap",
    "Choice",
    "Expected",
    "Gathering",
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
