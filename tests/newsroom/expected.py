"""Where every candidate URL must end: the accounting that a crawl of the newsroom is held against."""

from __future__ import annotations

from collections.abc import Iterable

from newscrawl.article import Outcome
from tests.newsroom.site import Ending, Link, Site

TRIED_AGAIN = frozenset({Outcome.HTTP_ERROR, Outcome.TIMEOUT, Outcome.NETWORK_ERROR})
"""Failures that pass: the second visit tries again, and here fails again."""

MAY_BE_KNOWN = frozenset(
    {
        Outcome.DUPLICATE,
        Outcome.ROBOTS,
        Outcome.OFF_SITE,
        Outcome.REDIRECT_LOOP,
        Outcome.TOO_LARGE,
    }
)
"""Decided anew from the link or by another try, or remembered: both are honest on the second visit."""


def expected(sites: Iterable[Site], *, second_visit: bool = False) -> dict[str, dict[str, Ending]]:
    """Outlet → candidate URL → its outcome, or the set of those allowed.

    Raises:
        ValueError: two listings of an outlet promise different ends for one URL.
    """
    return {site.outlet: _of_site(site, second_visit=second_visit) for site in sites}


def _of_site(site: Site, *, second_visit: bool) -> dict[str, Ending]:
    ends: dict[str, Ending] = {}
    for links in site.listings.values():
        for link in links:
            end = _again(link) if second_visit else link.ends
            if ends.setdefault(link.candidate, end) != end:
                raise ValueError(f"{link.candidate} is to end both as {ends[link.candidate]} and as {end}")
    return ends


def _again(link: Link) -> Ending:
    """The rule for the second visit, unless the link says otherwise."""
    if link.again is not None:
        return link.again
    if link.ends in TRIED_AGAIN:
        return link.ends
    if link.ends in MAY_BE_KNOWN:
        return frozenset({link.ends, Outcome.KNOWN})
    return Outcome.KNOWN
