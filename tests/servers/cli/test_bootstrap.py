"""`newscrawl bootstrap` on a real server with security on: what its key can do, and all that it cannot."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from elasticsearch import ApiError, AuthorizationException, Elasticsearch

from newscrawl.cli import main
from newscrawl.search.elastic.access import KEY_NAME, ensure_key_file
from newscrawl.search.elastic.mapping import MAPPING_VERSION, READ_ALIAS, WRITE_ALIAS, index_name
from tests.servers.elasticsearch.server import ElasticServer
from tests.servers.elasticsearch.session import ADMIN_PASSWORD

KIBANA_PASSWORD = "kibanas-own-password"
TEXT = (
    "أعلنت الهيئة في بيان أن المشروع سيبدأ العمل فيه خلال الشهر المقبل، وقال رئيسها إن التمويل متوفر من " * 3
)
INDEX = index_name(MAPPING_VERSION)

pytestmark = pytest.mark.usefixtures("few_rules")


@pytest.fixture
def server(secured_elasticsearch: ElasticServer) -> ElasticServer:
    return secured_elasticsearch


@pytest.fixture
def admin(server: ElasticServer) -> Iterator[Elasticsearch]:
    with server.client() as client:
        yield client


@pytest.fixture
def environ(server: ElasticServer) -> dict[str, str | None]:
    return {
        "NEWSCRAWL_ELASTICSEARCH_URL": server.url,
        "NEWSCRAWL_ELASTICSEARCH_CA_FILE": str(server.ca_file),
        "NEWSCRAWL_ELASTICSEARCH_USER": "elastic",
        "NEWSCRAWL_ELASTICSEARCH_PASSWORD": ADMIN_PASSWORD,
        "NEWSCRAWL_ELASTICSEARCH_API_KEY": None,
        "NEWSCRAWL_ELASTICSEARCH_API_KEY_FILE": None,
        "NEWSCRAWL_KIBANA_SYSTEM_PASSWORD": KIBANA_PASSWORD,
    }


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return tmp_path / "api-key"


def plain(url: str) -> dict[str, str | None]:
    """Where another server is, without TLS."""
    return {"NEWSCRAWL_ELASTICSEARCH_URL": url, "NEWSCRAWL_ELASTICSEARCH_CA_FILE": None}


def run(environ: dict[str, str | None], *words: str) -> Result:
    return CliRunner().invoke(main, ["bootstrap", *words], env=environ)


def bootstrap(environ: dict[str, str | None], key_file: Path) -> Result:
    done = run(environ, "--key-file", str(key_file), "--kibana-password-from-env", "--wait", "60")
    assert done.exit_code == 0, done.output
    return done


def with_key(server: ElasticServer, key: str) -> Elasticsearch:
    return Elasticsearch(server.url, ca_certs=server.ca_file, api_key=key, request_timeout=60)


def works(server: ElasticServer, key: str) -> bool:
    with with_key(server, key) as client:
        try:
            return bool(client.security.authenticate())
        except ApiError as error:
            assert error.status_code == 401
            return False


def one_sentence(done: Result) -> str:
    """The error of a command that failed as it should."""
    assert done.exit_code == 1, done.output
    lines = [line for line in done.stderr.splitlines() if line.startswith("Error: ")]
    assert lines == done.stderr.splitlines()[-1:], done.stderr
    assert ADMIN_PASSWORD not in done.output
    assert KIBANA_PASSWORD not in done.output
    return lines[0]


# --- what it makes --------------------------------------------------------------------------------------


def test_twice_makes_one_key_and_no_secret_is_said(server, admin, environ, key_file):
    first = bootstrap(environ, key_file)
    key = key_file.read_text()
    second = bootstrap(environ, key_file)
    assert "a new API key" in first.stderr
    assert "is kept" in second.stderr
    assert key_file.read_text() == key
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in key_file.parent.iterdir()] == [key_file.name]
    for done in (first, second):
        for secret in (
            ADMIN_PASSWORD,
            KIBANA_PASSWORD,
            key,
            base64.b64decode(key).decode().partition(":")[2],
        ):
            assert secret not in done.output
    alive = [one for one in admin.security.get_api_key(name=KEY_NAME)["api_keys"] if not one["invalidated"]]
    assert len(alive) == 1
    assert set(admin.indices.get_alias(index=INDEX)[INDEX]["aliases"]) == {READ_ALIAS, WRITE_ALIAS}


def test_kibana_can_log_in(server, environ, key_file):
    bootstrap(environ, key_file)
    with Elasticsearch(
        server.url, ca_certs=server.ca_file, basic_auth=("kibana_system", KIBANA_PASSWORD)
    ) as kibana:
        assert kibana.security.authenticate()["roles"] == ["kibana_system"]


def test_without_a_file_the_key_alone_is_on_standard_output(server, environ):
    done = run(environ)
    assert done.exit_code == 0, done.output
    (key,) = done.stdout.splitlines()
    assert works(server, key)
    assert key not in done.stderr


# --- what the key can do, and cannot --------------------------------------------------------------------


def test_the_crawlers_own_commands_work_with_the_key(server, environ, key_file, tmp_path):
    """From a corpus through the outbox to a search, with nothing but the key."""
    bootstrap(environ, key_file)
    row = {"url": "https://x.example/1", "title": "عنوان الخبر عن الزرافة", "text": TEXT, "source": "x"}
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps(row), "utf-8")
    crawlers = {
        "NEWSCRAWL_STORE_URL": f"sqlite:///{tmp_path / 'a.db'}",
        "NEWSCRAWL_ELASTICSEARCH_URL": server.url,
        "NEWSCRAWL_ELASTICSEARCH_CA_FILE": str(server.ca_file),
        "NEWSCRAWL_ELASTICSEARCH_API_KEY_FILE": str(key_file),
        **dict.fromkeys(("NEWSCRAWL_ELASTICSEARCH_USER", "NEWSCRAWL_ELASTICSEARCH_PASSWORD")),
    }
    runner = CliRunner()
    ingested = runner.invoke(main, ["ingest", str(rows), "--workers", "1"], env=crawlers)
    assert ingested.exit_code == 0, ingested.output
    delivered = runner.invoke(main, ["index"], env=crawlers)
    assert delivered.exit_code == 0, delivered.output
    with server.client() as admin:
        admin.indices.refresh(index=INDEX)
    found = runner.invoke(main, ["search", "الزرافة", "--json"], env=crawlers)
    assert found.exit_code == 0, found.output
    assert json.loads(found.stdout)["total"] == 1


@pytest.fixture
def crawler(server, admin, environ) -> Iterator[Elasticsearch]:
    done = run(environ)
    assert done.exit_code == 0, done.output
    admin.index(index="payroll", id="1", document={"salary": 1}, refresh=True)
    admin.index(index=WRITE_ALIAS, id="there", document={"title": "خبر"}, refresh=True)
    with with_key(server, done.stdout.strip()) as client:
        yield client


def test_the_key_can_deliver_search_and_see_the_aliases(crawler):
    action = {"index": {"_id": "a", "version": 7, "version_type": "external_gte"}}
    for _ in range(2):
        answer = crawler.bulk(
            index=WRITE_ALIAS, operations=[action, {"title": "خبر"}], require_alias=True, filter_path="errors"
        )
        assert answer.body == {"errors": False}
    assert crawler.search(index=READ_ALIAS)["hits"]["total"]["value"] >= 1
    assert crawler.count(index=READ_ALIAS)["count"] >= 1
    assert crawler.get(index=READ_ALIAS, id="there")["found"]
    assert crawler.indices.exists_alias(name=WRITE_ALIAS)
    assert READ_ALIAS in crawler.indices.get(index=INDEX)[INDEX]["aliases"]


FORBIDDEN: dict[str, Callable[[Elasticsearch], object]] = {
    "read another index": lambda c: c.search(index="payroll"),
    "get from another index": lambda c: c.get(index="payroll", id="1"),
    "write to another index": lambda c: c.index(index="payroll", document={}),
    "make an index": lambda c: c.indices.create(index="other"),
    "make an index of ours": lambda c: c.indices.create(index="news-articles-v9-000001"),
    "delete the index": lambda c: c.indices.delete(index=INDEX),
    "delete a document": lambda c: c.delete(index=WRITE_ALIAS, id="there"),
    "update a document": lambda c: c.update(index=WRITE_ALIAS, id="there", doc={"title": "x"}),
    "delete by query": lambda c: c.delete_by_query(index=READ_ALIAS, query={"match_all": {}}),
    "move an alias": lambda c: c.indices.put_alias(index=INDEX, name="elsewhere"),
    "close the index": lambda c: c.indices.close(index=INDEX),
    "change the mapping": lambda c: c.indices.put_mapping(index=INDEX, properties={"x": {"type": "keyword"}}),
    "change the settings": lambda c: c.indices.put_settings(index=INDEX, settings={"refresh_interval": "1s"}),
    "put a template": lambda c: c.indices.put_index_template(name="t", index_patterns=["t*"]),
    "put a component": lambda c: c.cluster.put_component_template(name="t", template={}),
    "make a key": lambda c: c.security.create_api_key(name="more"),
    "end a key": lambda c: c.security.invalidate_api_key(name=KEY_NAME),
    "see keys": lambda c: c.security.get_api_key(name=KEY_NAME),
    "see users": lambda c: c.security.get_user(),
    "change a password": lambda c: c.security.change_password(username="elastic", password="x" * 8),
    "read cluster settings": lambda c: c.cluster.get_settings(),
    "change cluster settings": lambda c: c.cluster.put_settings(persistent={"action.auto_create_index": "*"}),
    "see the cluster's health": lambda c: c.cluster.health(),
    "see the nodes": lambda c: c.nodes.info(),
    "see the server's version": lambda c: c.info(),
}


def test_the_key_can_do_nothing_else(crawler):
    """One test, so that the server is set up once for all."""
    allowed = []
    for what, attempt in FORBIDDEN.items():
        try:
            attempt(crawler)
        except AuthorizationException:
            continue
        except ApiError as error:
            allowed.append(f"{what}: {error}")
        else:
            allowed.append(what)
    assert allowed == []


def test_a_search_of_everything_finds_ours_alone(crawler):
    hits = crawler.search(index="*", size=100)["hits"]["hits"]
    assert {hit["_index"] for hit in hits} == {INDEX}


# --- keys that come and go ------------------------------------------------------------------------------


@pytest.mark.parametrize("now_in_file", [None, "", "no key at all", "خبر", "aWQ6c2VjcmV0", "aWQ="])
def test_a_file_without_a_good_key_gets_a_new_one_and_the_old_key_ends(
    server, environ, key_file, now_in_file
):
    bootstrap(environ, key_file)
    old = key_file.read_text()
    key_file.unlink()
    if now_in_file is not None:
        key_file.write_text(now_in_file, "utf-8")
    bootstrap(environ, key_file)
    new = key_file.read_text()
    assert works(server, new)
    assert not works(server, old)


def test_a_key_that_was_ended_is_replaced(server, admin, key_file):
    ensure_key_file(admin, key_file)
    old = key_file.read_text()
    admin.security.invalidate_api_key(name=KEY_NAME)
    assert ensure_key_file(admin, key_file)
    assert key_file.read_text() != old
    assert works(server, key_file.read_text())


def test_a_key_with_other_rights_is_not_kept_and_somebody_elses_is_not_ended(
    server, admin, environ, key_file
):
    mighty = admin.security.create_api_key(name=KEY_NAME)["encoded"]
    key_file.write_text(mighty)
    bootstrap(environ, key_file)
    assert key_file.read_text() != mighty
    assert works(server, mighty), "it was not made by newscrawl"


def test_names_keep_keys_apart(server, admin, environ, key_file, tmp_path):
    ensure_key_file(admin, key_file)
    other = tmp_path / "other"
    done = run(environ, "--key-file", str(other), "--key-name", "second-crawler")
    assert done.exit_code == 0, done.output
    assert works(server, key_file.read_text())
    assert works(server, other.read_text())


def test_where_the_file_cannot_be_written_no_key_is_made(admin, environ, tmp_path):
    def keys() -> int:
        return len(admin.security.get_api_key(name="lost")["api_keys"])

    where = tmp_path / "nowhere" / "api-key"
    done = run(environ, "--key-file", str(where), "--key-name", "lost")
    assert str(where) in one_sentence(done)
    assert keys() == 0


# --- one sentence ---------------------------------------------------------------------------------------


def test_a_wrong_password_is_one_sentence(environ, key_file):
    wrong = {**environ, "NEWSCRAWL_ELASTICSEARCH_PASSWORD": "wrong-and-never-said"}
    done = run(wrong, "--key-file", str(key_file))
    assert "refused the login (401)" in one_sentence(done)
    assert "wrong-and-never-said" not in done.output
    assert not key_file.exists()


def test_a_wrong_key_is_one_sentence(server, environ, tmp_path):
    """Of the commands that use the key."""
    wrong = base64.b64encode(b"id-of-no-key:secret").decode()
    crawlers = {
        **environ,
        "NEWSCRAWL_STORE_URL": f"sqlite:///{tmp_path / 'a.db'}",
        "NEWSCRAWL_ELASTICSEARCH_API_KEY": wrong,
    }
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps({"url": "https://x.example/1", "title": "عنوان", "text": TEXT}), "utf-8")
    runner = CliRunner()
    assert runner.invoke(main, ["ingest", str(rows), "--workers", "1"], env=crawlers).exit_code == 0
    for command in (["index"], ["search", "خبر"]):
        done = runner.invoke(main, command, env=crawlers)
        assert done.exit_code in (1, 2), done.output
        assert "refused the login (401)" in done.output
        assert wrong not in done.output
        assert "Traceback" not in done.output


def test_a_key_cannot_make_keys(environ, key_file):
    done = run({**environ, "NEWSCRAWL_ELASTICSEARCH_API_KEY": "abc"}, "--key-file", str(key_file))
    assert "NEWSCRAWL_ELASTICSEARCH_USER" in one_sentence(done)


def test_a_user_who_may_not_is_one_sentence(admin, environ, key_file):
    admin.security.put_user(username="reader", password="readers-own", roles=["viewer"])
    limited = {
        **environ,
        "NEWSCRAWL_ELASTICSEARCH_USER": "reader",
        "NEWSCRAWL_ELASTICSEARCH_PASSWORD": "readers-own",
    }
    assert "may not do this (403)" in one_sentence(run(limited, "--key-file", str(key_file)))


def test_kibanas_password_must_be_there_when_it_is_asked_for(environ):
    done = run({**environ, "NEWSCRAWL_KIBANA_SYSTEM_PASSWORD": None}, "--kibana-password-from-env")
    assert "NEWSCRAWL_KIBANA_SYSTEM_PASSWORD is not set" in one_sentence(done)


def test_a_password_that_elasticsearch_refuses_is_one_sentence_without_it(environ):
    done = run({**environ, "NEWSCRAWL_KIBANA_SYSTEM_PASSWORD": "qzx"}, "--kibana-password-from-env")
    assert "at least [6] characters" in one_sentence(done)
    assert "qzx" not in done.output


def test_no_server_is_one_sentence(environ):
    nowhere = {**environ, **plain("http://127.0.0.1:1")}
    assert "cannot connect" in one_sentence(run(nowhere))


def test_no_url_is_one_sentence(environ):
    assert "NEWSCRAWL_ELASTICSEARCH_URL is not set" in one_sentence(
        run({**environ, "NEWSCRAWL_ELASTICSEARCH_URL": None})
    )


def test_a_server_without_security_is_one_sentence(clean_elasticsearch, environ):
    insecure = {**environ, **plain(clean_elasticsearch.url)}
    assert "security is off" in one_sentence(run(insecure))


# --- after a restart ------------------------------------------------------------------------------------


def test_it_waits_for_a_server_that_starts_again_and_keeps_the_key(server, environ, key_file):
    """Started on its own data, the server refuses the right password for some seconds."""
    bootstrap(environ, key_file)
    key = key_file.read_text()
    server.stop()
    program = str(Path(sys.executable).parent / "newscrawl")
    waiting = subprocess.Popen(
        [program, "bootstrap", "--key-file", str(key_file), "--wait", "300"],
        env={**os.environ, **{name: value for name, value in environ.items() if value}},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        server.start()
        _, said = waiting.communicate(timeout=120)
    finally:
        waiting.kill()
    assert waiting.returncode == 0, said
    assert "waiting up to 300 s" in said
    assert key_file.read_text() == key
    assert works(server, key)
