"""Which of an outlet's candidates a run fetches, and how each of the others ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from newscrawl.article import Outcome, article_id
from newscrawl.dedupe.canonical import canonical_url
from newscrawl.discovery import Candidate
from newscrawl.discovery.choose import Choice
from newscrawl.outlets.model import Outlet
from newscrawl.store import Arrival, Proposal, Visit
from newscrawl.store.refresh import due_now


@dataclass(slots=True)
class Plan:
    """What a run does with the candidates of one outlet.

    Attributes:
        ended: the candidates that are not fetched, each with its Outcome.
        wanted: those that are, in the order to ask for them, by the `article_id` of their canonical URL.
        suspects: those of the wanted that were under way when a run was killed (`store.quarantine`).
    """

    ended: list[Proposal]
    wanted: dict[str, tuple[Candidate, Arrival]]
    suspects: list[str] = field(default_factory=list)

    def leave_out(self, visits: Mapping[str, Visit], now: datetime, *, asked_for: bool = False) -> None:
        """End those of the wanted that were visited before and are not due again.

        Args:
            visits: the last visits, by `article_id`.
            now: aware.
            asked_for: a person has named them, so each is due.
        """
        due = due_now(visits, {id: self.wanted[id][1].listed_at for id in visits}, now)
        due |= visits.keys() if asked_for else set()
        for id, visit in visits.items():
            candidate, arrival = self.wanted[id]
            if id not in due:
                del self.wanted[id]
                outcome, reason = (
                    Outcome.KNOWN,
                    f"{visit.outcome} on {visit.last_visited_at:%Y-%m-%d %H:%M} UTC",
                )
                if visit.outcome is Outcome.QUARANTINED:
                    outcome, reason = visit.outcome, visit.reason
                self.ended.append(_proposal(candidate, arrival.outlet, outcome, reason))
            elif visit.strikes:
                self.suspects.append(id)

    def proposals(self) -> list[Proposal]:
        """Every candidate once: those to fetch, still open, and those that have ended."""
        open_ones = [_proposal(candidate, arrival.outlet) for candidate, arrival in self.wanted.values()]
        return [*self.ended, *open_ones]


def plan(choice: Choice, outlet: Outlet) -> Plan:
    """Plan the visits of chosen candidates; those that lead to the same canonical URL are fetched once."""
    ended = [_proposal(one.candidate, outlet.id, one.outcome, one.reason) for one in choice.refused]
    found: dict[str, tuple[Candidate, Arrival]] = {}
    # The plain address goes before its AMP and tracking twins, whichever listing named it first.
    for candidate in sorted(choice.accepted, key=lambda one: _is_plain(one.url, outlet), reverse=True):
        canonical = canonical_url(candidate.url, outlet.canonical)
        first, _ = found.setdefault(
            article_id(canonical), (candidate, _arrival(candidate, outlet, canonical))
        )
        if first is not candidate:
            reason = f"the same canonical URL as {first.url}"
            ended.append(_proposal(candidate, outlet.id, Outcome.DUPLICATE, reason))
    # `choose` put the newest first, and our queue keeps the order of equal priorities.
    place = {one.url: number for number, one in enumerate(choice.accepted)}
    return Plan(ended, dict(sorted(found.items(), key=lambda item: place[item[1][0].url])))


def _arrival(candidate: Candidate, outlet: Outlet, canonical: str) -> Arrival:
    return Arrival(candidate.url, outlet.id, canonical, candidate.modified_at or candidate.published_at)


def _proposal(
    candidate: Candidate, outlet: str, outcome: Outcome | None = None, reason: str = ""
) -> Proposal:
    return Proposal(candidate.url, outlet, candidate.found_in, outcome, reason)


def _is_plain(url: str, outlet: Outlet) -> bool:
    """Whether a URL is its own canonical form, but for the scheme."""
    return canonical_url(url, outlet.canonical).partition("://")[2] == url.partition("://")[2]
