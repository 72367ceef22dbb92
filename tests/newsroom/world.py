"""All sites of the newsroom in one edition, by host."""

from __future__ import annotations

from pathlib import Path

from tests.newsroom.desk import TEXTS_DIR, load_desks
from tests.newsroom.site import Site
from tests.newsroom.sites import albaydar, almarfa, majma, sahel


def build_world(edition: int, texts_dir: Path = TEXTS_DIR) -> dict[str, Site]:
    """Host → site."""
    desks = load_desks(edition, texts_dir)
    agency = sahel.build(desks["sahel"])
    sites = [
        agency,
        almarfa.build(desks["almarfa"]),
        albaydar.build(desks["albaydar"]),
        # An aggregator corrects nothing that it has taken over.
        majma.build(desks["majma"], desks["sahel"], agency, load_desks(1, texts_dir)["almarfa"]),
    ]
    return {site.host: site for site in sites}
