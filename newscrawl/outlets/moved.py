"""Which outlets have moved: their pages lead to another site, which is none of theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from newscrawl.outlets.domains import registered_domain
from newscrawl.outlets.model import Outlet

PAGES_MOVED = 3
"""Pages that lead to one other site before it is named: one may be a video elsewhere."""


def moves(outlets: Iterable[Outlet], led: Mapping[tuple[str, str], int]) -> Iterator[tuple[str, str, str]]:
    """Of each outlet that has moved: its id, the other domain, and what to say and to do.

    Args:
        outlets: those that are looked at.
        led: how many pages led where, by outlet and registered domain.
    """
    by_id = {outlet.id: outlet for outlet in outlets}
    for (id, domain), number in sorted(led.items()):
        outlet = by_id.get(id)
        if outlet and number >= PAGES_MOVED and domain not in map(registered_domain, outlet.domains):
            state = f"{number} pages of {outlet.domain} lead to {domain}"
            yield id, domain, f"{state}; if that is the same outlet, {outlet.with_alias(domain)}"
