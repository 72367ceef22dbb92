"""The story step on real archives: which story each article says that it is in, and after which runs."""

import os
import random
from datetime import timedelta

import pytest
import sqlalchemy as sa

from newscrawl.article import Outcome
from newscrawl.dedupe.content import content_hash
from newscrawl.steps import story as step
from newscrawl.steps.relate import relate
from newscrawl.steps.story import find_stories
from newscrawl.store import links
from newscrawl.store.reporting import Reporting
from newscrawl.store.schema import articles as table
from newscrawl.store.schema import report_links, reports
from tests.dedupe.texts import edited, text
from tests.steps.archives import article, deliver, store, waiting
from tests.store.conftest import SITE

OUTLETS = ("sahifa", "jarida", "khabar")


def report(event, outlet, hours=0, path="", **fields):
    """A report of an event: names that only it has, in a text of the outlet's own."""
    names = [f"{event}{letter}" for letter in "ابتثجحخد"]
    random.Random(f"{event}{outlet}").shuffle(names)
    fields.setdefault("body", f"{' '.join(names)} {text(f'{event} {outlet}', 25)}")
    made = article(path or f"/{event}-{outlet}", hours=hours, outlet=outlet, **fields)
    made.title = " ".join(names)
    made.content_hash = content_hash(made.title, made.body)
    return made


def world():
    """Three events that three outlets report, and articles on other things."""
    return [
        *(report(event, outlet, hours + 4 * at) for at, event in enumerate(("زلزال", "قمة", "نهائي"))
          for hours, outlet in enumerate(OUTLETS)),
        *(report(f"خبر{number}", OUTLETS[number % 3], number / 2) for number in range(30)),
    ]  # fmt: skip


EVENTS = {
    f"/{event}-{outlet}": f"/{event}-sahifa" for event in ("زلزال", "قمة", "نهائي") for outlet in OUTLETS
}


def told(session):
    """The articles that are in a story: the path of each, and of the earliest."""
    with session.archive.engine.connect() as connection:
        rows = connection.execute(sa.select(table.c.id, table.c.url, table.c.story_id)).all()
    paths = {row.id: row.url.removeprefix(SITE) for row in rows}
    return {paths[row.id]: paths[row.story_id] for row in rows if row.story_id}


def changed(one, body):
    """The article with another text, fetched an hour later."""
    one.body = body
    one.content_hash = content_hash(one.title, one.body)
    one.fetched_at += timedelta(hours=1)
    return one


def test_reports_of_one_event_are_in_one_story_and_others_in_none(opened):
    session = opened()
    store(session, *world())
    assert relate(session)[-1] == "The stories of 9 articles changed (newscrawl stories)"
    assert told(session) == EVENTS
    assert find_stories(session).sentences() == []
    with session.archive.engine.connect() as connection:
        assert set(connection.execute(sa.select(reports.c.due)).scalars()) == {""}


@pytest.mark.parametrize("seed", range(4))
def test_order_and_number_of_runs_make_no_difference(opened, seed):
    session, chance = opened(), random.Random(seed)
    some = world()
    chance.shuffle(some)
    runs = chance.randrange(1, 9)
    for at in range(runs):
        store(session, *some[at::runs])
        relate(session)
    assert told(session) == EVENTS


def test_each_article_that_changes_goes_to_the_outbox_once(opened):
    session = opened()
    *some, last = world()
    first = some.pop(0)
    store(session, *some)
    relate(session)
    deliver(session)
    store(session, first, last)
    relate(session)
    story = {one.id for one in some if "زلزال" in one.url}
    assert waiting(session) == story | {first.id, last.id}
    assert told(session) == EVENTS
    deliver(session)
    assert (find_stories(session).read, waiting(session)) == (0, set())


def test_a_text_that_changes_leaves_its_story_and_joins_another(opened):
    session = opened()
    some = world()
    store(session, *some)
    relate(session)
    some[0].title, some[1].title = "عنوان آخر", some[3].title
    assert store(session, changed(some[0], text("other", 90))) == [Outcome.UPDATED]
    store(session, changed(some[1], f"{some[3].title} {text('more', 25)}"))
    relate(session)
    found = told(session)
    moved = "/زلزال-jarida"  # the earliest of its new story
    assert {path for path, of in found.items() if of == moved} == {
        moved, *(path for path in EVENTS if "قمة" in path)
    }  # fmt: skip
    assert not found.keys() & {"/زلزال-sahifa", "/زلزال-khabar"}


def test_a_late_first_report_gives_its_story_another_id(opened):
    session = opened()
    store(session, *world())
    relate(session)
    store(session, report("زلزال", "wakala", -3))
    relate(session)
    earliest = {path: "/زلزال-wakala" if "زلزال" in path else of for path, of in EVENTS.items()}
    assert told(session) == {**earliest, "/زلزال-wakala": "/زلزال-wakala"}


def test_days_apart_there_is_no_story(opened):
    session = opened()
    some = [report(f"خبر{number}", OUTLETS[number % 3], number) for number in range(30)]
    store(session, *some, report("زلزال", "sahifa", -24), report("زلزال", "jarida", 24.5))
    relate(session)
    assert told(session) == {}


def test_copies_follow_their_original(opened):
    session = opened()
    some = world()
    texts = [edited(some[0].body, number, 2) for number in range(2)]
    copies = [report("زلزال", f"copy{number}", 9 + number, body=one) for number, one in enumerate(texts)]
    store(session, *some, copies[0])
    relate(session)
    store(session, copies[1])
    relate(session)
    wanted = {f"/زلزال-copy{number}": "/زلزال-sahifa" for number in range(2)}
    assert told(session) == EVENTS | wanted
    with session.archive.engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(reports)).scalar() == len(some)
    deliver(session)
    store(session, report("زلزال", "wakala", -3))
    relate(session)
    assert {told(session)[path] for path in (*wanted, "/زلزال-sahifa")} == {"/زلزال-wakala"}
    assert len(waiting(session)) == 6


def test_an_original_that_becomes_a_copy_is_no_report_of_its_own(opened):
    session = opened()
    some = world()
    store(session, *some)
    relate(session)
    store(session, changed(some[4], edited(some[0].body, 1, 3)))
    relate(session)
    found = told(session)
    assert found[some[4].url.removeprefix(SITE)] == "/زلزال-sahifa"
    assert found["/قمة-khabar"] == "/قمة-sahifa"


def test_an_article_without_a_date_is_in_no_story_nor_are_its_copies(opened):
    session = opened()
    some = world()
    undated = report("زلزال", "jarida")
    store(session, *[one for one in some if one.id != undated.id])
    undated.published_at = None
    copy = report("زلزال", "copy", 200, body=edited(undated.body, 1, 3))
    copy.published_at = None
    store(session, undated, copy)
    relate(session)
    assert told(session) == {path: of for path, of in EVENTS.items() if path != "/زلزال-jarida"}


def test_a_story_of_which_an_article_is_removed(opened):
    session = opened()
    some = world()
    store(session, *some)
    relate(session)
    with session.archive.engine.begin() as connection:
        connection.execute(sa.delete(table).where(table.c.id == some[0].id))
    store(session, changed(some[1], f"{some[1].body} {text('more', 9)}"))
    relate(session)
    assert told(session)["/زلزال-khabar"] == told(session)["/زلزال-jarida"] == "/زلزال-jarida"


# --- killed, changed meanwhile, failing -----------------------------------------------------------


@pytest.mark.parametrize("method", ["take", "batch", "join", "tell"])
@pytest.mark.parametrize("after", [0, 1, 3])
def test_killed_between_transactions_the_next_step_goes_on(opened, monkeypatch, method, after):
    monkeypatch.setattr(step, "ARTICLES", 5)
    monkeypatch.setattr(step, "TOLD", 4)
    monkeypatch.setattr(links, "TOGETHER", 6)
    session = opened()
    store(session, *world())
    calls, real = [], getattr(Reporting, method)

    def killed(self, *values):
        calls.append(values)
        if len(calls) > after:
            raise KeyboardInterrupt
        return real(self, *values)

    with monkeypatch.context() as patch:
        patch.setattr(Reporting, method, killed)
        with pytest.raises(KeyboardInterrupt):
            relate(session)
    relate(session)
    assert told(session) == EVENTS
    assert find_stories(session).read == 0


def test_an_article_that_changes_while_it_is_read_or_compared_is_looked_at_again(opened, monkeypatch):
    for method in ("take", "join", "tell"):
        session = opened(method)
        some = world()
        store(session, *some)
        real = getattr(Reporting, method)

        def meanwhile(self, *values, session=session, some=some, real=real, method=method):
            monkeypatch.setattr(Reporting, method, real)
            store(session, changed(some[0], text("other", 90)))
            return real(self, *values)

        monkeypatch.setattr(Reporting, method, meanwhile)
        some[0].title = "عنوان آخر"
        relate(session)
        relate(session)
        assert told(session) == {
            path: "/زلزال-jarida" if "زلزال" in path else of
            for path, of in EVENTS.items()
            if path != "/زلزال-sahifa"
        }


def test_two_runs_that_end_at_once_tell_the_same_stories(opened, monkeypatch):
    monkeypatch.setattr(step, "ARTICLES", 5)
    session, other = opened(), opened()
    store(session, *world())
    relate_too = [True]
    for method in ("take", "join", "tell"):
        real = getattr(Reporting, method)

        def beside(self, *values, real=real):
            if relate_too and self is session.archive.reporting:
                relate_too.clear()
                find_stories(other)
                relate_too.append(True)
            return real(self, *values)

        monkeypatch.setattr(Reporting, method, beside)
    relate(session)
    assert told(session) == EVENTS
    assert find_stories(session).read == 0


def test_an_article_that_kills_its_worker_costs_itself(opened, monkeypatch):
    session = opened()
    some = world()
    store(session, *some)
    submit = session.workers.submit

    def dying(limit, function, texts):
        deadly = function is step.terms_in and any(title == some[0].title for title, _ in texts)
        return submit(limit, _dies if deadly else function, texts)

    monkeypatch.setattr(session.workers, "submit", dying)
    relate(session)
    assert told(session) == {
        path: "/زلزال-jarida" if "زلزال" in path else of
        for path, of in EVENTS.items()
        if path != "/زلزال-sahifa"
    }


def test_a_batch_that_fails_ends(opened, monkeypatch):
    session = opened()
    store(session, *world())
    submit = session.workers.submit
    monkeypatch.setattr(
        session.workers,
        "submit",
        lambda limit, function, some: submit(limit, _dies if function is step.compare else function, some),
    )
    find_stories(session)
    assert told(session) == {}


def _dies(_):
    os._exit(9)


# --- off, and anew --------------------------------------------------------------------------------


@pytest.mark.parametrize("off", [{"stories": "off"}, {"copies": "off"}])
def test_nothing_is_told_where_a_setting_says_so_and_all_waits(opened, off):
    session = opened(**off)
    store(session, *world())
    assert not any("stories" in said for said in relate(session))
    assert told(session) == {}
    assert session.archive.reporting.count() == 39
    relate(opened())
    assert told(session) == EVENTS


def test_all_are_told_anew(opened):
    session = opened()
    store(session, *world())
    relate(session)
    deliver(session)
    session.archive.reporting.forget_all()
    assert relate(session) == []
    assert told(session) == EVENTS
    assert waiting(session) == set()


# --- bounds ---------------------------------------------------------------------------------------


def test_no_more_is_read_than_the_days_around_and_no_more_of_these_than_a_bound(opened, monkeypatch):
    session = opened()
    far = [report(f"بعيد{number}", "sahifa", 24 * number) for number in range(-30, 0)]
    store(session, *far, *world())
    relate(session)
    store(session, report("زلزال", "wakala", 5))
    while session.archive.reporting.count():
        reporting = session.archive.reporting
        some = reporting.unread(reporting.read_to(), 100)
        reporting.take(reporting.read_to(), some, dict.fromkeys((one.number for one in some), b""))
    batch = session.archive.reporting.batch((0, 0))
    assert len(batch.versions) == 1
    assert len(batch.reports.numbers) == 40 + 5
    monkeypatch.setattr(links, "AROUND", 3)
    assert len(session.archive.reporting.batch((0, 0)).reports.numbers) <= 3 + 40
    assert session.archive.reporting.batch(batch.place) is None


def test_the_indexes_that_have_few_rows_are_used(opened):
    session = opened()
    queries = [
        sa.select(reports.c.number).where(*links._due("compare")).order_by(reports.c.at, reports.c.number),
        sa.select(report_links).where(report_links.c.other.in_([1])),
    ]
    with session.archive.engine.connect() as connection:
        for query in queries:
            compiled = query.compile(connection, compile_kwargs={"literal_binds": True})
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}").all()
            assert all("INDEX ix_report" in row.detail and "TEMP" not in row.detail for row in plan)
