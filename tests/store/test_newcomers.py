"""A batch of rows ends as its rows would one by one, in a few statements for all that is new."""

from random import Random

import pytest
import sqlalchemy as sa

from newscrawl.article import Mention, Outcome
from newscrawl.store import Arrival, IngestRow, open_store
from newscrawl.store import schema as tables

from .conftest import NOW, SITE, found, make, rows

TOPICS = ["الميزانية", "المباراة", "الزلزال", "الانتخابات"]
SAME = {"version", "queued_at", "ended_at", "last_visited_at", "first_visited_at", "next_visit_at"}
"""Columns that tell when it was, which differs."""
CHECKED = [
    tables.articles,
    tables.revisions,
    tables.candidates,
    tables.visits,
    tables.claims,
    tables.outbox,
    tables.names,
    tables.article_names,
]


def row(dice, number, seen_at):
    """A row of few addresses and texts, so that batches hold some again: moved, claimed, copied."""
    path, topic, more = f"/{dice.randrange(6)}", dice.choice(TOPICS), dice.choice(["", " اليوم", " غدا"])
    claimed = dice.choice([path, path, path, "/0", "/view.php"])
    body = " ".join(f"{topic} {word}" for word in ("صرح", "الوزير", "أمس", "بأن", "العمل", "يستمر")) + more
    article = make(
        path,
        body,
        title=topic,
        canonical_url=SITE + claimed,
        read_at=SITE + path,
        fetched_at=NOW,
        tagger="fake 1",
        mentions=[Mention(topic, "MISC", 0, len(topic), topic)],
        entities={"misc": [topic]},
    )
    arrival = Arrival(f"rows.jsonl:{number}", "sahifa", SITE + path, page_url=SITE + path, seen_at=seen_at)
    if dice.random() < 0.2:
        return IngestRow(arrival, None, dice.choice([Outcome.TOO_SHORT, Outcome.HTTP_ERROR]), "as read")
    return IngestRow(arrival, article, Outcome.STORED)


def taken(folder, size, seed):
    """What an archive holds after rows were taken in batches of a size."""
    archive = open_store(f"sqlite:///{folder / f'{size}.db'}")
    dice, outcomes = Random(seed), []
    seen_at = dice.choice([None, NOW])  # a file's rows all tell when they were seen, or none does
    for _ in range(2):
        run = archive.begin_run("ingest", "rows.jsonl", {})
        some = [row(dice, number, seen_at) for number in range(18)]
        for start in range(0, len(some), size):
            outcomes += run.keep_rows(some[start : start + size])
    held = {}
    for table in CHECKED:
        kept = [column for column in table.c if column.name not in SAME]
        with archive.engine.connect() as connection:
            held[table.name] = sorted(map(repr, connection.execute(sa.select(*kept))))
    versions = [one.version for one in rows(archive, tables.articles)]
    waiting = {one.version for one in rows(archive, tables.outbox)}
    assert set(versions) <= waiting
    assert len(set(versions)) == len(versions)
    searched = {topic: sorted(found(archive, topic)) for topic in TOPICS}
    archive.close()
    return outcomes, held, searched


@pytest.mark.parametrize("seed", range(12))
def test_a_batch_ends_as_its_rows_would_one_by_one(tmp_path, seed):
    assert taken(tmp_path, 9, seed) == taken(tmp_path, 1, seed)


def test_ten_times_the_new_articles_take_no_more_statements(archive, run):
    statements = []
    sa.event.listen(archive.engine, "before_cursor_execute", lambda *known: statements.append(known[2]))

    def count(numbers):
        batch = [make(f"/{number}", f"نص رقم {number}") for number in numbers]
        statements.clear()
        ends = run.keep_rows(
            [IngestRow(Arrival(one.url, "sahifa", one.url), one, Outcome.STORED) for one in batch]
        )
        assert set(ends) == {Outcome.STORED}
        return len(statements)

    few = count(range(3))
    assert count(range(100, 130)) <= few
