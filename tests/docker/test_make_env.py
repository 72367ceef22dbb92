"""scripts/make_env.py: new secrets, for one reader, and never in place of old ones."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.docker.files import ROOT, TEMPLATE, make_env

module = make_env()
TEXT = TEMPLATE.read_text("utf-8")


def values(path: Path) -> dict[str, str]:
    lines = path.read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def run(target: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """As `make env` does, but with a target of the test's own; -I: without our packages."""
    command = [sys.executable, "-I", str(ROOT / "scripts/make_env.py"), "--target", str(target), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_it_writes_secrets_for_one_reader_and_says_none(tmp_path: Path):
    env = tmp_path / ".env"
    before = os.umask(0)
    try:
        done = run(env)
    finally:
        os.umask(before)
    assert done.returncode == 0, done.stderr
    assert env.stat().st_mode & 0o777 == 0o600
    for name in module.SECRETS:
        assert values(env)[name] not in done.stdout + done.stderr


def test_secrets_are_long_plain_and_all_different(tmp_path: Path):
    module.make(tmp_path / "one", TEXT)
    module.make(tmp_path / "two", TEXT)
    made = [values(tmp_path / name)[secret] for name in ("one", "two") for secret in module.SECRETS]
    assert len(set(made)) == 2 * len(module.SECRETS)
    for secret in made:
        assert len(secret) >= 32  # Kibana's least for its encryption keys
        assert secret.isascii()
        assert secret.isalnum()
        assert len(set(secret)) > 12  # 40 of 62 characters at random: fewer never comes up


def test_all_else_is_the_template(tmp_path: Path):
    env = tmp_path / ".env"
    module.make(env, TEXT)
    text = env.read_text("utf-8")
    for name in module.SECRETS:
        text = text.replace(values(env)[name], "")
    assert text == TEXT


def test_an_env_that_is_there_stays(tmp_path: Path):
    env = tmp_path / ".env"
    env.write_text("ELASTIC_PASSWORD=known to the server\n")
    done = run(env)
    assert done.returncode == 1
    assert "stays as it is" in done.stderr
    assert env.read_text() == "ELASTIC_PASSWORD=known to the server\n"


def test_a_link_to_nowhere_is_not_followed(tmp_path: Path):
    (tmp_path / ".env").symlink_to(tmp_path / "elsewhere")
    assert run(tmp_path / ".env").returncode == 1
    assert not (tmp_path / "elsewhere").exists()


def test_missing_variables_are_added_and_the_others_kept(tmp_path: Path):
    env = tmp_path / ".env"
    env.write_text("ELASTIC_PASSWORD=old\nKIBANA_PORT=5602\n#CRAWLER_MEMORY=2g\nMY_OWN=1")
    env.chmod(0o644)
    done = run(env, "--add-missing")
    assert done.returncode == 0, done.stderr
    assert env.stat().st_mode & 0o777 == 0o600
    now = values(env)
    assert (now["ELASTIC_PASSWORD"], now["KIBANA_PORT"], now["MY_OWN"]) == ("old", "5602", "1")
    assert all(now[secret] for secret in module.SECRETS)
    assert module.variables(env.read_text("utf-8")) == module.variables(TEXT) | {"MY_OWN"}
    assert env.read_text("utf-8").count("CRAWLER_MEMORY") == 1
    assert "KIBANA_SECURITY_KEY" in done.stdout
    assert now["KIBANA_SECURITY_KEY"] not in done.stdout
    again = run(env, "--add-missing")
    assert "nothing changed" in again.stdout
    assert values(env) == now


def test_a_secret_left_empty_is_filled_in(tmp_path: Path):
    """As in a copy of .env.example made by hand."""
    env = tmp_path / ".env"
    env.write_text(TEXT)
    assert run(env, "--add-missing").returncode == 0
    assert all(values(env)[secret] for secret in module.SECRETS)


def test_adding_to_nothing_is_refused(tmp_path: Path):
    done = run(tmp_path / ".env", "--add-missing")
    assert done.returncode == 1
    assert "leave --add-missing away" in done.stderr


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path):
    done = run(tmp_path / "nowhere" / ".env")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
