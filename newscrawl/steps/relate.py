"""What each run ends with: its articles are held against the archive's, for copies and for stories."""

from __future__ import annotations

from newscrawl.steps.cluster import cluster
from newscrawl.steps.session import Session
from newscrawl.steps.story import find_stories


def relate(session: Session) -> list[str]:
    """Find out who copied whom, then who reports one event; what was done, in sentences.

    Args:
        session: an archive and its workers.

    Raises:
        NoWorkersError: there is nobody to compare; what is not done waits.
        StoreError: nothing can be stored.
    """
    return [*cluster(session).sentences(), *find_stories(session).sentences()]
