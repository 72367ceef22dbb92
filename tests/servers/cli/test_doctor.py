"""`newscrawl doctor` on a real server."""

import pytest
from click.testing import CliRunner

from newscrawl.cli.index import command as index_command
from newscrawl.search.elastic.access import new_key
from newscrawl.search.elastic.mapping import MAPPING_VERSION, index_name
from newscrawl.search.elastic.setup import set_up
from tests.cli.test_doctor import BAD, DELIVERY, GOOD, KEY, NAME, doctor
from tests.cli.world import ELASTICSEARCH, NUMBER
from tests.servers.elasticsearch.session import clean

INDEX = index_name(MAPPING_VERSION)
NEXT = INDEX.replace("-000001", "-000002")

pytestmark = pytest.mark.usefixtures("few_rules")


def test_before_set_up_after_delivery_and_between_versions(server, archive, monkeypatch):
    code, checks = doctor()
    assert (code, checks[NAME][0]) == (1, BAD)
    assert checks[NAME][1].endswith("there is no news-articles")
    assert checks[NAME][2] == "`newscrawl index` makes it and fills it"

    assert CliRunner().invoke(index_command).exit_code == 0
    server.indices.refresh(index="news-articles")
    code, checks = doctor()
    assert code == 0
    assert checks[NAME][1].endswith(f"{NUMBER} articles in {INDEX}, mapping version {MAPPING_VERSION}")
    assert checks[DELIVERY] == (GOOD, "0 articles wait; dead letters: 0", "")

    with monkeypatch.context() as patch:
        patch.setenv("NEWSCRAWL_COPIES", "drop")
        assert doctor()[1][NAME][2] == ""
        copy = {"script": {"source": "ctx._source.copy_of = 'a'"}, "max_docs": 1, "refresh": True}
        server.update_by_query(index="news-articles", **copy)
        assert "but the index has copies (1)" in doctor()[1][NAME][2]

    for version, mend in (
        (MAPPING_VERSION + 1, f"newscrawl index --migrate moves to mapping version {MAPPING_VERSION + 1}"),
        (0, "update newscrawl: it knows mapping version 0"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr("newscrawl.search.elastic.mapping.MAPPING_VERSION", version)
            assert doctor()[1][NAME][2] == mend

    server.indices.create(index=NEXT)
    old, new = ({"index": name, "alias": "news-articles-write"} for name in (INDEX, NEXT))
    server.indices.update_aliases(actions=[{"remove": old}])
    assert doctor()[1][NAME][2] == "there is no news-articles-write: newscrawl index --setup"
    server.indices.update_aliases(actions=[{"add": new}])
    assert "let --migrate or --rebuild end" in doctor()[1][NAME][2]


def test_with_the_crawlers_own_key_a_wrong_one_and_one_for_other_things(
    secured_elasticsearch, archive, monkeypatch
):
    server = secured_elasticsearch
    monkeypatch.setenv(ELASTICSEARCH, server.url)
    monkeypatch.setenv("NEWSCRAWL_ELASTICSEARCH_CA_FILE", str(server.ca_file))
    with server.client() as client:
        clean(client, templates=False)
        set_up(client)
        keys = {"own": new_key(client)}
        rights = {
            "other": {"names": ["elsewhere"], "privileges": ["read"]},
            "reader": {"names": ["news-articles"], "privileges": ["read"]},
        }
        for name, right in rights.items():
            descriptors = {name: {"cluster": [], "indices": [right]}}
            keys[name] = client.security.create_api_key(name=name, role_descriptors=descriptors)["encoded"]
    keys["wrong"] = "d3Jvbmc6d3Jvbmc="
    found = {}
    for name, key in keys.items():
        monkeypatch.setenv(KEY, key)
        found[name] = doctor()[1][NAME]
    assert found["own"][0] == GOOD
    assert found["own"][1].endswith(f"0 articles in {INDEX}, mapping version {MAPPING_VERSION}")
    assert f"refused the login (401); check {KEY}" in found["wrong"][2]
    assert found["other"][:2] == (BAD, "refused")
    assert "newscrawl bootstrap" in found["other"][2]
    assert found["reader"][0] == BAD
    assert "newscrawl bootstrap" in found["reader"][2]
