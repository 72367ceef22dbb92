"""The table of `make evaluate ARGS=search`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from elasticsearch import Elasticsearch

from bench.evaluate.samples import SHARED
from bench.evaluate.search.measures import DEPTH, Marks, difference, mark, mean
from bench.evaluate.search.needs import Grades, Need, read_grades, read_needs
from bench.evaluate.search.systems import AND, ELASTIC, OURS, THEIRS, System, embedded, on_server, timed
from newscrawl.store import Archive, open_store
from tests.servers.elasticsearch import ElasticServer, Unavailable

CORPUS = SHARED / "corpus" / "antcorpus_2018.jsonl.gz"
HALVES = {"odd": "choosing", "even": "judging"}
HEAD = (
    f"{'search':12}{'system':26}{'needs':>5}{'nDCG@10':>9}{'P@5':>7}{'missed':>8}{'empty':>7}"
    f"{'unjudged':>10}{'p50 ms':>8}{'p95 ms':>8}  against stock arabic"
)
SPOKEN = ("dialect",)
"""Kinds of needs whose words our table of other words was written with in mind."""
ENOUGH = 10
"""Articles with every word, from which on loosening must lose nothing."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a system found for a need."""

    found: list[str]
    ms: float
    marks: Marks


Answers = dict[str, dict[str, Answer]]
"""System → need → its answer."""


def report(
    half: str = "", worst: int = 0, archive: str = "", server: str = ""
) -> dict[str, dict[str, float]]:
    """Measure and print.

    Args:
        half: `odd` (choosing) or `even` (judging); empty: both, one after the other.
        worst: so many needs that we answer worst are named.
        archive: a store that holds the corpus, or is to; empty: one that goes with the run (minutes).
        server: the address of an Elasticsearch, which keeps what it is given; empty: one of our own.

    Returns:
        The judging half's measures, by `search` (embedded) and `search-elastic`; empty where the corpus is
        absent or the half was not asked for.
    """
    if not CORPUS.exists():
        print(f"{'search':12}skipped: ../shared/corpus is absent")
        return {}
    with ExitStack() as stack:
        held = stack.enter_context(_filled(archive))
        answering = embedded(held)
        try:
            client = stack.enter_context(_client(server))
            answering |= on_server(held, client)
        except Unavailable as error:
            print(f"{'search':12}the embedded index alone: {error.reason}")
        grades = read_grades()
        needs = [need for need in read_needs() if any(grades.get(need.number, {}).values())]
        answers = ask(answering, needs, grades)
    print(HEAD)
    for one in [half] if half else HALVES:
        _print_half(HALVES[one], answers, [need for need in needs if need.half == one])
    asked = [need for need in needs if not half or need.half == half]
    _print_worst(answers, grades, asked, worst)
    if half == "odd":
        return {}
    judged = [need.number for need in needs if need.half == "even"]
    parts = {"search": OURS, "search-elastic": ELASTIC}
    totals = {part: _totals(answers[name], judged) for part, name in parts.items() if name in answers}
    stock = _totals(answers[THEIRS], judged)["ndcg"] if THEIRS in answers else 0.0
    return {part: found | {"more": found["ndcg"] - stock} for part, found in totals.items()}


def ask(answering: Mapping[str, System], needs: Sequence[Need], grades: Grades) -> Answers:
    """Every need put to every system; each system is warmed up first."""
    answers: Answers = {}
    for name, system in answering.items():
        for need in needs[:5]:
            system(need.query)
        found = {need.number: timed(system, need.query) for need in needs}
        answers[name] = {
            number: Answer(urls, ms, mark(urls, grades[number])) for number, (urls, ms) in found.items()
        }
    return answers


@contextmanager
def _filled(file: str) -> Iterator[Archive]:
    """The corpus in an archive; read by `newscrawl ingest` where the file is not there."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{file or f'{folder}/archive.db'}"
        if not file or not Path(file).exists():
            program = Path(sys.executable).with_name("newscrawl")
            environment = {**os.environ, "NEWSCRAWL_STORE_URL": url}
            subprocess.run(
                [program, "ingest", str(CORPUS)], env=environment, stdout=subprocess.DEVNULL, check=True
            )
        archive = open_store(url)
        yield archive
        archive.close()


@contextmanager
def _client(address: str) -> Iterator[Elasticsearch]:
    if address:
        with Elasticsearch(address, request_timeout=120) as client:
            yield client
        return
    with ElasticServer("8.19", fast_start=False) as server, server.client() as client:
        yield client


def _totals(answers: Mapping[str, Answer], numbers: Sequence[str]) -> dict[str, float]:
    chosen = [answers[number] for number in numbers]
    times = sorted(one.ms for one in chosen)
    return {
        "ndcg": mean([one.marks.ndcg for one in chosen]),
        "precision": mean([one.marks.precision for one in chosen]),
        "missed": mean([one.marks.missed for one in chosen]),
        "empty": mean([one.marks.empty for one in chosen]),
        "unjudged": mean([one.marks.unjudged for one in chosen]),
        "p50": times[len(times) // 2],
        "p95": times[int(len(times) * 0.95)],
    }


def _print_half(name: str, answers: Answers, needs: Sequence[Need]) -> None:
    numbers = [need.number for need in needs]
    if not numbers:
        return
    for place, (system, found) in enumerate(answers.items()):
        all_of = _totals(found, numbers)
        against = ""
        if THEIRS in answers and system != THEIRS:
            ours, theirs = (
                [one[number].marks.ndcg for number in numbers] for one in (found, answers[THEIRS])
            )
            more, low, high = difference(ours, theirs)
            against = f"  {more:+.3f} ({low:+.3f} … {high:+.3f})"
        print(
            f"{'' if place else name:12}{system:26}{len(numbers):5}{all_of['ndcg']:9.3f}"
            f"{all_of['precision']:7.2f}{all_of['missed']:8.0%}{all_of['empty']:7.0%}"
            f"{all_of['unjudged']:10.0%}{all_of['p50']:8.0f}{all_of['p95']:8.0f}{against}"
        )
    _print_more(answers, needs)


def _print_more(answers: Answers, needs: Sequence[Need]) -> None:
    """What each table says besides: other parts of the needs, and how far the two indexes agree."""
    numbers = [need.number for need in needs]
    written = [need.number for need in needs if need.kind not in SPOKEN]
    values = [
        (name, mean([answers[name][one].marks.ndcg for one in written]))
        for name in (OURS, THEIRS)
        if name in answers
    ]
    print(
        f"{'':12}without needs in dialect ({len(written)}): nDCG "
        + ", ".join(f"{value:.3f} {name}" for name, value in values)
    )
    enough = [number for number in numbers if len(answers[AND][number].found) >= ENOUGH]
    values = [(name, mean([answers[name][one].marks.ndcg for one in enough])) for name in (OURS, AND)]
    print(
        f"{'':12}where {ENOUGH} articles have all words ({len(enough)} needs): nDCG "
        + ", ".join(f"{value:.3f} {name}" for name, value in values)
    )
    if ELASTIC in answers:
        pairs = [(answers[OURS][number].found, answers[ELASTIC][number].found) for number in numbers]
        same = [len({*one} & {*other}) / max(len(one), len(other)) for one, other in pairs if one or other]
        print(f"{'':12}of the first {DEPTH}, both our indexes have {mean(same):.0%} in common")


def _print_worst(answers: Answers, grades: Grades, needs: Sequence[Need], count: int) -> None:
    for need in sorted(needs, key=lambda need: answers[OURS][need.number].marks.ndcg)[:count]:
        marks = "  ".join(f"{found[need.number].marks.ndcg:.2f} {name}" for name, found in answers.items())
        relevant = sum(map(bool, grades[need.number].values()))
        print(f"  {need.number}  {need.query}  ({need.kind}; {relevant} relevant)\n      {marks}")
