"""The cluster step on real archives: what each article says of its cluster after the runs that brought it."""

import os
import random
from datetime import timedelta

import pytest
import sqlalchemy as sa

from newscrawl.article import Outcome
from newscrawl.dedupe.content import content_hash
from newscrawl.steps import cluster as step
from newscrawl.steps.cluster import cluster
from newscrawl.store.clusters import Described
from newscrawl.store.schema import articles as table
from tests.dedupe.texts import cut, edited, text
from tests.steps.archives import article, deliver, store, waiting
from tests.store.conftest import SITE


def said(session):
    """What each article's row says, by its path."""
    names = Described._fields
    with session.archive.engine.connect() as connection:
        rows = connection.execute(
            sa.select(table.c.id, table.c.url, *(table.c[name] for name in names))
        ).all()
    paths = {row.id: row.url.removeprefix(SITE) for row in rows}
    return {
        paths[row.id]: (
            paths[row.cluster_id],
            row.cluster_size,
            row.copy_of and paths[row.copy_of],
            row.similarity and round(row.similarity, 1),
        )
        for row in rows
    }


ORIGINAL = text("original", 120)
COPY = edited(ORIGINAL, 1, 4)
THIRD = cut(ORIGINAL, 0.4)


def family():
    """Two originals with copies of several kinds, and some reports of their own."""
    other = text("other", 90)
    return [
        article("/first", ORIGINAL, 0, agency="واس"),
        article("/copy", COPY, 5, outlet="jarida"),
        article("/third", THIRD, 3, outlet="khabar"),
        article("/longer", f"{ORIGINAL} {text('more', 110)}", 7, outlet="majalla"),
        article("/other", other, 1),
        article("/other-copy", edited(other, 2, 3), 2, outlet="jarida"),
        *(article(f"/own{n}", text(n, 100), n, outlet="khabar") for n in range(6)),
    ]


def test_an_article_knows_its_cluster_and_its_original(opened):
    session = opened()
    store(session, *family())
    done = cluster(session)
    assert (done.compared, done.changed) == (12, 6)
    found = said(session)
    assert found["/first"] == ("/first", 4, "", None)
    assert found["/copy"][:3] == found["/third"][:3] == found["/longer"][:3] == ("/first", 4, "/first")
    assert found["/copy"][3] > 0.7 > found["/third"][3]
    assert found["/other-copy"][:3] == ("/other", 2, "/other")
    assert found["/own1"] == ("/own1", 1, "", None)
    assert cluster(session).sentences() == []


@pytest.mark.parametrize("seed", range(5))
def test_order_and_number_of_runs_make_no_difference(opened, seed):
    session, chance = opened(f"{seed}"), random.Random(seed)
    some = family()
    chance.shuffle(some)
    runs = 1 if seed == 0 else chance.randrange(2, 11)
    for at in range(runs):
        store(session, *some[at::runs])
        cluster(session)
    whole = opened("whole")
    store(whole, *family())
    cluster(whole)
    assert said(session) == said(whole)


def test_each_article_that_changes_goes_to_the_outbox_once(opened):
    session = opened()
    first, copy, *rest = family()
    store(session, first, *rest)
    cluster(session)
    deliver(session)
    store(session, copy)
    cluster(session)
    changed = {first.id, copy.id, *(one.id for one in rest[:2])}
    assert waiting(session) == changed
    deliver(session)
    store(session, copy)
    cluster(session)
    assert waiting(session) == set()


def test_a_late_original_takes_its_place(opened):
    session = opened()
    early = article("/early", ORIGINAL, -5, outlet="wakala")
    store(session, *family())
    cluster(session)
    store(session, early)
    cluster(session)
    found = said(session)
    assert {found[path][:3] for path in ("/first", "/copy", "/third", "/longer")} == {("/early", 5, "/early")}
    assert found["/early"] == ("/early", 5, "", None)


def test_a_text_that_changes_leaves_its_cluster(opened):
    session = opened()
    some = family()
    store(session, *some)
    cluster(session)
    some[1].body = text("quite another", 100)
    some[1].content_hash = content_hash(some[1].title, some[1].body)
    some[1].fetched_at += timedelta(hours=1)
    assert store(session, some[1]) == [Outcome.UPDATED]
    cluster(session)
    found = said(session)
    assert found["/copy"] == ("/copy", 1, "", None)
    assert found["/third"][:3] == ("/first", 3, "/first")


def test_a_text_that_becomes_another_one_s_copy_joins_it(opened):
    session = opened()
    some = family()
    store(session, *some)
    cluster(session)
    own = some[-1]
    own.body = edited(ORIGINAL, 9, 5)
    own.content_hash = content_hash(own.title, own.body)
    own.fetched_at += timedelta(hours=1)
    store(session, own)
    cluster(session)
    assert said(session)["/own5"][:3] == ("/first", 5, "/first")


def test_two_clusters_that_one_text_joins_are_one(opened):
    session = opened()
    one, two = cut(ORIGINAL, 0.45), " ".join(ORIGINAL.split()[50:])
    store(session, article("/a", one), article("/b", two, 1, outlet="b"))
    cluster(session)
    assert said(session)["/b"][0] == "/b"
    store(session, article("/whole", ORIGINAL, 2, outlet="c"))
    cluster(session)
    assert {row[:2] for row in said(session).values()} == {("/a", 3)}


def test_killed_between_batches_the_next_step_goes_on(opened, monkeypatch):
    monkeypatch.setattr(step, "ARTICLES", 3)
    session = opened()
    store(session, *family())
    batches = step._compare(session)
    next(batches)
    batches.close()
    assert 0 < session.archive.clustering.count(compared=False) < 12
    cluster(session)
    whole = opened("whole")
    store(whole, *family())
    cluster(whole)
    assert said(session) == said(whole)
    assert session.archive.clustering.count() == 0


def test_killed_before_clusters_are_described(opened, monkeypatch):
    session = opened()
    store(session, *family())
    with monkeypatch.context() as patch:
        patch.setattr(step, "_describe", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            cluster(session)
    assert said(session)["/copy"] == ("/copy", 1, "", None)
    cluster(session)
    assert said(session)["/copy"][:3] == ("/first", 4, "/first")


def test_an_article_that_changes_while_it_is_compared_stays_in_the_queue(opened, monkeypatch):
    session = opened()
    some = family()
    store(session, *some)
    join = type(session.archive.clustering).join

    def changed_meanwhile(self, *known):
        monkeypatch.undo()
        some[1].body = text("quite another", 100)
        some[1].content_hash = content_hash(some[1].title, some[1].body)
        some[1].fetched_at += timedelta(hours=1)
        store(session, some[1])
        join(self, *known)

    monkeypatch.setattr(type(session.archive.clustering), "join", changed_meanwhile)
    cluster(session)
    assert said(session)["/copy"] == ("/copy", 1, "", None)
    assert said(session)["/third"][:3] == ("/first", 3, "/first")


def test_a_batch_that_its_worker_does_not_survive_is_compared_article_by_article(opened, monkeypatch):
    session = opened()
    store(session, *family())
    submit = session.workers.submit

    def dying(limit, function, some):
        if function is step.compare and len(some[0].articles) > 1:
            return submit(limit, _dies, some)
        return submit(limit, function, some)

    monkeypatch.setattr(session.workers, "submit", dying)
    cluster(session)
    assert said(session)["/copy"][:3] == ("/first", 4, "/first")


def _dies(_):
    os._exit(9)


def test_nothing_is_compared_where_the_setting_says_so(opened):
    session = opened(copies="off")
    store(session, *family())
    assert cluster(session).sentences() == []
    assert session.archive.clustering.count(compared=False) == 12
    assert {row[1] for row in said(session).values()} == {1}


def test_a_statement_that_all_print(opened):
    """Each of many copies is compared with a few others, not with all."""
    session = opened()
    many = [article(f"/{n}", edited(ORIGINAL, n, 2), n / 60, outlet=f"o{n}") for n in range(300)]
    store(session, *many)
    cluster(session)
    assert {row[:2] for row in said(session).values()} == {("/0", 300)}
    assert sum(row[2] == "" for row in said(session).values()) == 1


def test_old_archives_are_compared_anew(opened):
    session = opened()
    store(session, *family())
    cluster(session)
    before = said(session)
    deliver(session)
    assert session.archive.clustering.queue_all() == 12
    cluster(session)
    assert said(session) == before
    assert waiting(session) == set()


def test_what_stays_alone_is_not_described(opened, monkeypatch):
    session = opened()
    store(session, *(article(f"/own{n}", text(n, 100), n) for n in range(5)))
    described = []
    monkeypatch.setattr(step, "_likenesses", lambda session, groups: described.append(groups) or {})
    assert cluster(session).compared == 5
    assert described == []
    assert session.archive.clustering.count() == 0


def test_what_a_removed_article_was_found_by_harms_nobody(opened):
    session = opened()
    store(session, article("/first", ORIGINAL))
    cluster(session)
    with session.archive.engine.begin() as connection:
        connection.execute(sa.delete(table))
    longer = f"{ORIGINAL} {text('more', 110)}"
    store(session, article("/longer", longer, 1), article("/third", THIRD, 2, outlet="khabar"))
    cluster(session)
    assert said(session)["/third"][:3] == ("/longer", 2, "/longer")
