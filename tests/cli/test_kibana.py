"""`newscrawl kibana` as a person runs it."""

import os

import pytest
from click.testing import CliRunner

from newscrawl.cli.kibana import command
from newscrawl.outputs.kibana import client, to_ndjson
from tests.outputs.kibana.fake import NOT_READY, kibana, refused, took

NDJSON = to_ndjson()


@pytest.fixture(autouse=True)
def _environment(monkeypatch):
    for name in list(os.environ):
        if name.startswith(("NEWSCRAWL_KIBANA", "NEWSCRAWL_ELASTICSEARCH")):
            monkeypatch.delenv(name)
    monkeypatch.setattr(client, "_PAUSE", 0.01)


def run(*words, **env):
    return CliRunner().invoke(command, list(words), env=env)


def test_objects_prints_the_file():
    result = run("objects")
    assert result.exit_code == 0
    assert result.stdout_bytes == NDJSON


def test_import_says_what_is_there_and_where():
    with kibana(took(NDJSON)) as fake:
        result = run("import", NEWSCRAWL_KIBANA_URL=fake.url)
    count = len(NDJSON.splitlines())
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        f"{count} objects imported, {count} of them new.",
        f"Open {fake.url}/app/dashboards#/view/news-overview",
    ]
    assert fake.files[0][3] == NDJSON


def test_import_into_a_space_with_a_key(tmp_path):
    (tmp_path / "key").write_text("key\n")
    with kibana(took(NDJSON, replaced=True, dashboard="other")) as fake:
        result = run(
            "import",
            "--url",
            fake.url,
            "--space",
            "news",
            NEWSCRAWL_KIBANA_API_KEY_FILE=str(tmp_path / "key"),
        )
    path, headers, _body = fake.requests[0]
    assert path.startswith("/s/news/")
    assert headers["Authorization"] == "ApiKey key"
    assert "0 of them new" in result.output
    assert f"Open {fake.url}/s/news/app/dashboards#/view/other" in result.output


def test_elasticsearchs_credentials_when_kibana_has_none():
    with kibana(took(NDJSON)) as fake:
        run("import", "--url", fake.url, NEWSCRAWL_ELASTICSEARCH_API_KEY="key")
    assert fake.requests[0][1]["Authorization"] == "ApiKey key"


def test_waits():
    with kibana(NOT_READY, took(NDJSON)) as fake:
        result = run("import", "--url", fake.url, "--wait", "20")
    assert result.exit_code == 0
    assert "waiting up to 20 s" in result.stderr
    assert "waiting" not in result.stdout


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (refused(401, "wrong key geheim"), "does not accept the credentials"),
        (refused(422, "more recent version"), "8.12 or newer"),
        (NOT_READY, "is not ready"),
        (
            took(NDJSON, errors=[{"type": "lens", "id": "news-lag", "error": {"type": "conflict"}}]),
            "refused 1",
        ),
    ],
)
def test_refusals_exit_1_without_the_secret(answer, message):
    with kibana(answer) as fake:
        result = run("import", "--url", fake.url, NEWSCRAWL_KIBANA_API_KEY="geheim")
    assert result.exit_code == 1
    assert message in result.output
    assert "geheim" not in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("words", "env", "message"),
    [
        ([], {}, "NEWSCRAWL_KIBANA_URL"),
        (["--url", "kibana"], {}, "no http:// or https:// address"),
        (["--url", "http://u:geheim@x"], {}, "belong into the environment"),
        (["--url", "http://x", "--space", "A b"], {}, "is no space's name"),
        (["--url", "http://x", "--wait", "-1"], {}, "--wait"),
        (["--url", "http://x"], {"NEWSCRAWL_KIBANA_PASSWORD": "geheim"}, "NEWSCRAWL_KIBANA_USER is not"),
        (["--url", "http://x", "--password", "p"], {}, "No such option"),
    ],
)
def test_wrong_use_exits_2(words, env, message):
    result = run("import", *words, **env)
    assert result.exit_code == 2
    assert message in result.output
    assert "geheim" not in result.output
