"""`newscrawl index` on a real server."""

import json

import pytest
from click.testing import CliRunner

from newscrawl.cli import main
from newscrawl.search.elastic.mapping import MAPPING_VERSION, WRITE_ALIAS, index_name
from newscrawl.search.elastic.setup import read_state
from tests.cli.world import NUMBER
from tests.outputs.delivery.world import indexed, stored

V1 = index_name(MAPPING_VERSION)
NEXT, THIRD = (V1.replace("-000001", f"-00000{number}") for number in (2, 3))


pytestmark = pytest.mark.usefixtures("few_rules")


def run(*words):
    return CliRunner().invoke(main, list(words))


def test_set_up_deliver_search(server, archive):
    first = run("index", "--setup")
    assert first.exit_code == 0
    assert first.stdout.splitlines() == [
        f"templates news-articles, version {MAPPING_VERSION}",
        f"index {V1}",
        f"aliases news-articles, news-articles-write → {V1}",
    ]
    again = run("index", "--setup")
    assert (again.exit_code, again.stdout) == (0, f"templates news-articles, version {MAPPING_VERSION}\n")

    delivered = run("index")
    assert delivered.exit_code == 0
    assert delivered.stdout == f"Elasticsearch: {NUMBER} delivered, 0 pending.\n"
    assert indexed(server) == stored(archive)

    migrated = run("index", "--migrate")
    assert (migrated.exit_code, migrated.stdout) == (0, f"{V1} is in use and up to date.\n")

    # A word that only Elasticsearch has: it is asked, and not the archive.
    found = next(iter(stored(archive)))
    server.update(index=WRITE_ALIAS, id=found, doc={"title": "زنجبيل"}, refresh=True)
    result = run("search", "title:الزنجبيل", "--json")
    assert result.exit_code == 0
    assert [hit["id"] for hit in json.loads(result.stdout)["hits"]] == [found]


def test_rebuild_and_the_index_it_replaces(server, archive):
    run("index")
    kept = run("index", "--rebuild")
    assert kept.exit_code == 0
    assert kept.stdout.splitlines() == [
        f"{V1} is out of use and kept; --delete-old would delete it.",
        f"Elasticsearch: {NUMBER} delivered, 0 pending.",
    ]
    assert (read_state(server).read, read_state(server).write) == ((NEXT,), (NEXT,))
    assert indexed(server) == stored(archive)
    gone = run("index", "--rebuild", "--delete-old")
    assert gone.stdout.splitlines()[0] == f"{NEXT} is deleted."
    assert set(read_state(server).versions) == {V1, THIRD}
    assert indexed(server) == stored(archive)
