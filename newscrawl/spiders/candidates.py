"""Which of an outlet's candidates a run fetches, and how each of the others ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime

from newscrawl.article import Outcome, article_id
from newscrawl.dedupe.canonical import canonical_url
from newscrawl.discovery import Candidate
from newscrawl.discovery.choose import Choice
from newscrawl.discovery.gathering import EXAMPLES
from newscrawl.outlets.model import Outlet
from newscrawl.store import Arrival, Proposal, Visit
from newscrawl.store.refresh import due_now


@dataclass(slots=True)
class Plan:
    """What a run does with the candidates of one outlet.

    Attributes:
        ended: candidates that are not fetched, each with its Outcome: the first `EXAMPLES` of each.
        counted: how many more of them there are.
        wanted: those that are, in the order to ask for them, by the `article_id` of their canonical URL.
        suspects: those of the wanted that were under way when a run was killed (`store.quarantine`).
    """

    ended: list[Proposal] = field(default_factory=list)
    counted: Counter[Outcome] = field(default_factory=Counter)
    wanted: dict[str, tuple[Candidate, Arrival]] = field(default_factory=dict)
    suspects: list[str] = field(default_factory=list)
    _shown: Counter[Outcome] = field(default_factory=Counter)

    def end(self, candidate: Candidate, outlet: str, outcome: Outcome, reason: str) -> None:
        """End a candidate that is not fetched."""
        if self._shown[outcome] < EXAMPLES:
            self._shown[outcome] += 1
            self.ended.append(_proposal(candidate, outlet, outcome, reason))
        else:
            self.counted[outcome] += 1

    def ends(self) -> Counter[Outcome]:
        """How many are not fetched, by outcome."""
        return self._shown + self.counted

    def leave_out(
        self,
        visits: Mapping[str, Visit],
        now: datetime,
        *,
        asked_for: bool = False,
        sites: Set[str] = frozenset(),
    ) -> None:
        """End those of the wanted that were visited before and are not due again.

        Args:
            visits: the last visits, by `article_id`.
            now: aware.
            asked_for: a person has named them, so each is due.
            sites: the registered domains of the outlet; a visit that led to one of these before it was among
                them is due, for now the page can be read.
        """
        due = due_now(visits, {id: self.wanted[id][1].listed_at for id in visits}, now)
        due |= {id for id, visit in visits.items() if asked_for or visit.led_to in sites}
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
                self.end(candidate, arrival.outlet, outcome, reason)
            elif visit.strikes:
                self.suspects.append(id)

    def proposals(self) -> list[Proposal]:
        """What has a row in the run: those to fetch, still open, and those that have ended."""
        open_ones = [_proposal(candidate, arrival.outlet) for candidate, arrival in self.wanted.values()]
        return [*self.ended, *open_ones]


def plan(choice: Choice, outlet: Outlet) -> Plan:
    """Plan the visits of chosen candidates; those that lead to the same canonical URL are fetched once."""
    planned = Plan(counted=Counter(choice.counted))
    for one in choice.refused:
        planned.end(one.candidate, outlet.id, one.outcome, one.reason)
    found: dict[str, tuple[Candidate, Arrival]] = {}
    # The plain address goes before its AMP and tracking twins, whichever listing named it first.
    for candidate in sorted(choice.accepted, key=lambda one: _is_plain(one.url, outlet), reverse=True):
        canonical = canonical_url(candidate.url, outlet.canonical)
        first, _ = found.setdefault(
            article_id(canonical), (candidate, _arrival(candidate, outlet, canonical))
        )
        if first is not candidate:
            reason = f"the same canonical URL as {first.url}"
            planned.end(candidate, outlet.id, Outcome.DUPLICATE, reason)
    # `choose` put the newest first, and our queue keeps the order of equal priorities.
    place = {one.url: number for number, one in enumerate(choice.accepted)}
    planned.wanted = dict(sorted(found.items(), key=lambda item: place[item[1][0].url]))
    return planned


def _arrival(candidate: Candidate, outlet: Outlet, canonical: str) -> Arrival:
    return Arrival(candidate.url, outlet.id, canonical, candidate.modified_at or candidate.published_at)


def _proposal(
    candidate: Candidate, outlet: str, outcome: Outcome | None = None, reason: str = ""
) -> Proposal:
    return Proposal(candidate.url, outlet, candidate.found_in, outcome, reason)


def _is_plain(url: str, outlet: Outlet) -> bool:
    """Whether a URL is its own canonical form, but for the scheme."""
    return canonical_url(url, outlet.canonical).partition("://")[2] == url.partition("://")[2]
