"""`newscrawl doctor`: above all, what it says of Elasticsearch."""

from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from newscrawl.article import Outcome
from newscrawl.cli.doctor import command
from newscrawl.extraction import RULES
from newscrawl.store import Arrival, DeadLetter, KeptPage, Proposal
from tests.cli.world import ELASTICSEARCH, NUMBER, closed_url, isolate, waiting_archive
from tests.entities.fake import FakeTagger, cannot_be_loaded

KEY = "NEWSCRAWL_ELASTICSEARCH_API_KEY"
NAME, DELIVERY, LOGIN = "Elasticsearch", "delivery to Elasticsearch", "login to Elasticsearch"
GOOD, BAD = "✓", "✗"


@pytest.fixture
def archive(monkeypatch, tmp_path):
    archive = waiting_archive(monkeypatch, tmp_path)
    monkeypatch.setenv("NEWSCRAWL_CONTACT", "desk@example.org")
    yield archive
    archive.close()


def doctor():
    """The exit code, and for each check its mark, state and mend."""
    result = CliRunner().invoke(command)
    assert "Traceback" not in result.output
    checks, name = {}, ""
    for line in result.stdout.splitlines():
        if line.startswith("    mend: "):
            checks[name] = (*checks[name][:2], line.removeprefix("    mend: "))
        else:
            name, _, state = line[2:].partition(": ")
            checks[name] = (line[0], state, "")
    return result.exit_code, checks


def bury(archive):
    (one,) = archive.waiting(0, 1)
    letter = DeadLetter(one.article.id, one.version, "refused", "why", "{}", datetime.now(UTC))
    archive.settle_deliveries([], [], [letter])


def test_all_is_well_without_elasticsearch(archive):
    code, checks = doctor()
    assert code == 0
    assert checks[NAME] == (GOOD, "not configured: the embedded index is used", "")
    assert DELIVERY not in checks
    assert {"scrapy", "trafilatura", "camel-tools", "elasticsearch", "pyarrow"} <= set(checks)
    assert checks["archive"][1].startswith(f"{NUMBER} articles at ")


@pytest.mark.parametrize(
    ("configured", "check"),
    [
        ("light", (GOOD, "fake 1", "")),
        ("off", (GOOD, "off: articles get no names", "")),
    ],
)
def test_the_tagger_is_named(archive, monkeypatch, configured, check):
    monkeypatch.setattr("newscrawl.entities.load_tagger", lambda kind: FakeTagger())
    monkeypatch.setenv("NEWSCRAWL_TAGGER", configured)
    assert doctor()[1]["tagger"] == check


def test_a_damaged_tagger_is_a_fault_and_not_a_crash(archive, monkeypatch):
    monkeypatch.setattr("newscrawl.entities.load_tagger", cannot_be_loaded)
    monkeypatch.setenv("NEWSCRAWL_TAGGER", "light")
    code, checks = doctor()
    assert (code, checks["tagger"][:2]) == (1, (BAD, "light cannot be loaded"))
    assert "FileNotFoundError: the model is gone" in checks["tagger"][2]
    assert "NEWSCRAWL_TAGGER=off" in checks["tagger"][2]


def test_no_archive_is_said_once(monkeypatch, tmp_path):
    isolate(monkeypatch, tmp_path)
    monkeypatch.setenv(ELASTICSEARCH, closed_url())
    code, checks = doctor()
    assert code == 1
    assert checks["archive"][0] == BAD
    assert "no archive yet" in checks["archive"][2]
    assert DELIVERY not in checks


def test_a_server_that_is_away(archive, monkeypatch):
    url = closed_url()
    monkeypatch.setenv(ELASTICSEARCH, url)
    code, checks = doctor()
    assert code == 1
    assert checks[NAME] == (
        BAD, "cannot be used", f"{url}: cannot connect (connection refused); is Elasticsearch running there?"
    )  # fmt: skip
    assert checks[DELIVERY] == (GOOD, f"{NUMBER} articles wait (newscrawl index); dead letters: 0", "")


def test_a_bad_url(archive, monkeypatch):
    monkeypatch.setenv(ELASTICSEARCH, "localhost:9200")
    code, checks = doctor()
    assert code == 1
    assert checks[ELASTICSEARCH] == (
        BAD,
        "localhost:9200: not a URL of a server",
        f"write e.g. {ELASTICSEARCH}=http://localhost:9200",
    )


def test_every_wrong_or_unknown_setting_is_a_line(archive, monkeypatch):
    assert doctor()[1]["settings"] == (GOOD, "each can be read", "")
    monkeypatch.setenv("NEWSCRAWL_WORKERS", "zwei")
    monkeypatch.setenv("NEWSCRAWL_TAGGER", "x")
    monkeypatch.setenv("NEWSCRAWL_WORKER", "2")
    code, checks = doctor()
    assert code == 1
    assert checks["NEWSCRAWL_WORKERS"] == (
        BAD, "zwei: not a whole number", "write e.g. NEWSCRAWL_WORKERS=2",
    )  # fmt: skip
    assert checks["NEWSCRAWL_TAGGER"][1] == "x: not one of auto, camel, light, off"
    assert checks["NEWSCRAWL_WORKER"] == (
        BAD, "is set, but there is no such setting", "did you mean NEWSCRAWL_WORKERS?",
    )  # fmt: skip


def test_dead_letters_want_somebody(archive, monkeypatch):
    bury(archive)
    monkeypatch.setenv(ELASTICSEARCH, closed_url())
    mark, state, mend = doctor()[1][DELIVERY]
    assert (mark, state) == (BAD, f"{NUMBER - 1} articles wait (newscrawl index); dead letters: 1")
    assert "newscrawl deadletters" in mend


@pytest.mark.parametrize(
    ("url", "login", "told"),
    [
        ("http://search.invalid:9", {KEY: "abc"}, True),
        ("http://user:secret@search.invalid:9", {}, True),
        ("http://127.0.0.1:9, http://search.invalid:9", {"NEWSCRAWL_ELASTICSEARCH_USER": "u"}, True),
        ("http://search.invalid:9", {}, False),
        ("https://search.invalid:9", {KEY: "abc"}, False),
        ("http://localhost:9", {KEY: "abc"}, False),
        ("http://127.0.0.1:9", {KEY: "abc"}, False),
        ("http://[::1]:9", {KEY: "abc"}, False),
    ],
)
def test_a_login_in_the_open(archive, monkeypatch, url, login, told):
    for name, value in {ELASTICSEARCH: url, **login}.items():
        monkeypatch.setenv(name, value)
    _, checks = doctor()
    assert (LOGIN in checks) is told
    if told:
        mark, state, mend = checks[LOGIN]
        assert mark == BAD
        assert "search.invalid over plain HTTP" in state
        assert "https://" in mend
    assert "secret" not in str(checks)


def test_outlets_whose_pages_lead_elsewhere_are_named_until_it_is_theirs(archive, monkeypatch, tmp_path):
    outlet = (
        'id = "sahifa"\nname = "ص"\nname_en = "S"\ndomain = "sahifa.example"\n'
        'homepage = "https://sahifa.example/"\ncountry = "EG"\ntimezone = "Africa/Cairo"\n'
        'kind = "newspaper"\nfeeds = ["https://sahifa.example/rss"]\nconfidence = "medium"\n'
    )
    file = tmp_path / "sahifa.toml"
    file.write_text(outlet, encoding="utf-8")
    monkeypatch.setenv("NEWSCRAWL_OUTLETS_DIR", str(tmp_path))
    run = archive.begin_run("crawl", "sahifa", {})
    leads = {"https://www.jarida.example/{}": 3, "https://video.example/{}": 2}
    for url in [address.format(n) for address, times in leads.items() for n in range(times)]:
        page = url.replace("www.jarida", "sahifa").replace("video.example", "sahifa.example/video")
        run.propose([Proposal(page, "sahifa", "feed")])
        run.reject(Arrival(page, "sahifa", page), Outcome.OFF_SITE, f"{url}: not on sahifa.example")
    run.finish("finished", "finished", [], timedelta(days=30))
    _, checks = doctor()
    assert checks["sahifa"] == (
        GOOD,
        "3 pages of sahifa.example lead to jarida.example; if that is the same outlet, "
        'write into sahifa.toml: aliases = ["jarida.example"]',
        "",
    )
    file.write_text(outlet + 'aliases = ["jarida.example"]', encoding="utf-8")
    assert "sahifa" not in doctor()[1]


def test_kept_pages_that_older_rules_have_read_are_counted(archive):
    run, now = archive.begin_run("crawl", "sahifa", {}), datetime.now(UTC)
    file = archive.pages.open_file(run.id, "newscrawl-1.warc.gz", "/var/pages", now)
    for number, rules in enumerate((RULES, RULES - 1)):
        arrival = Arrival(f"https://a.example/{number}", "sahifa", f"https://a.example/{number}")
        run.propose([Proposal(arrival.url, "sahifa", "")])
        page = KeptPage(file, number, 100, 2_000_000, arrival.url, now, bytes([number] * 20), rules=rules)
        run.reject(arrival, Outcome.TOO_SHORT, "few words", page)
    state = "2 pages in 1 file (2.0 MB); older rules read 1 of them: newscrawl reextract --dry-run"
    assert doctor()[1]["kept pages"] == (GOOD, state, "")
