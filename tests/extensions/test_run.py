"""The run's last lines and its exit code."""

import gc
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from newscrawl.article import Outcome
from newscrawl.extensions import run as extension
from newscrawl.extensions.run import RunAccounting
from newscrawl.store import OutletTally, Run
from tests.discovery.conftest import make_outlet


class Signals:
    def connect(self, *_):
        pass


@pytest.fixture
def accounting():
    return RunAccounting(SimpleNamespace(settings={}, signals=Signals()))


def run(*tallies):
    now = datetime.now(UTC)
    return Run(1, "crawl", "x", {}, now, now, "finished", "", list(tallies))


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, []),
        (1, ["1 article was stored without names: newscrawl retag"]),
        (1200, ["1,200 articles were stored without names: newscrawl retag"]),
    ],
)
def test_the_run_ends_with_how_many_have_no_names(capsys, accounting, number, said):
    accounting.session = SimpleNamespace(tagging=SimpleNamespace(unnamed=number))
    accounting._print(run(), ["the delivery's sentence"])
    *lines, place = capsys.readouterr().out.splitlines()[1:]
    assert lines == [*said, "the delivery's sentence"]
    assert place.startswith("Archive: ")


def test_the_exit_code_is_0_only_if_every_outlet_gave_something_and_nothing_broke(accounting):
    full = OutletTally("full", counts={Outcome.STORED: 1})
    assert accounting.exit_code == 1
    for tallies, code in (((), 1), ((full,), 0), ((full, OutletTally("silent")), 1)):
        accounting.report = run(*tallies)
        assert accounting.exit_code == code
    accounting.report = run(full)
    accounting._note_error()
    assert accounting.exit_code == 1


def test_what_was_imported_is_kept_out_of_full_collections_while_pages_come_in(monkeypatch, accounting):
    began = []
    session = SimpleNamespace(
        begin_run=lambda *run: began.append(run), keep_pages=lambda: began.append("pages")
    )
    monkeypatch.setattr(extension, "open_store", lambda *_, **__: None)
    monkeypatch.setattr(extension, "chosen_kind", lambda: None)
    monkeypatch.setattr(extension, "Session", lambda *_, **__: session)
    before = gc.get_freeze_count()
    try:
        accounting._open(SimpleNamespace(name="sahifa"))
        assert gc.get_freeze_count() > before + 10_000
    finally:
        gc.unfreeze()
    assert began == [("crawl", "sahifa", {}), "pages"]


def test_a_site_whose_pages_led_elsewhere_is_named_once_with_what_to_do(accounting):
    outlet = make_outlet()
    archive = SimpleNamespace(
        led_elsewhere=lambda _: {("marfa", "khabar.example"): 3, ("marfa", "x.example"): 2}
    )
    accounting.session = SimpleNamespace(archive=archive, run=SimpleNamespace(started_at=datetime.now(UTC)))
    spider = SimpleNamespace(name="news", crawls=[SimpleNamespace(outlet=outlet)])
    accounting._name_moves(spider)
    [said] = accounting.tallies.of("marfa").problems
    assert "3 pages of marfa-news.com lead to khabar.example" in said
    assert 'write into marfa.toml: aliases = ["marfa.net", "khabar.example"]' in said
    accounting.tallies.of("marfa").problems[:] = ["marfa-news.com redirects to khabar.example for good."]
    accounting._name_moves(spider)
    assert len(accounting.tallies.of("marfa").problems) == 1
