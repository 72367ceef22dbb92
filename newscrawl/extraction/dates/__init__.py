"""A page's dates: every source that states one, brought to one publication and one modification."""

from newscrawl.extraction.dates.read import Dates, read_dates
from newscrawl.extraction.dates.zones import zone_of

__all__ = ["Dates", "read_dates", "zone_of"]
