"""docker-compose.yml, .env.example and make_env.py: they agree, and leave nothing open.

No Docker engine runs here: `docker-compose config` reads the file, and the rest is held against the text.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

import newscrawl
from tests.docker.files import COMPOSE, ROOT, TEMPLATE, compose, make_env
from tests.required import missing

SERVICES: dict[str, dict[str, Any]] = compose()["services"]
ONCE = {"bootstrap", "dashboard"}
LONG_LIVED = set(SERVICES) - ONCE
OURS = {*ONCE, "crawler"}
SECRETS = set(make_env().SECRETS)

VARIABLE = re.compile(r"\$\{([A-Z0-9_]+)(:[?-])?([^}]*)\}")
SECRET_NAME = re.compile(r"PASSWORD|SECRET|TOKEN|ENCRYPTIONKEY|API_KEY$|_KEY$")
PINNED = re.compile(r"^[a-z0-9./-]+:\d+\.\d+\.\d+$")
each_service = pytest.mark.parametrize("name", sorted(SERVICES))


def config(folder: Path) -> subprocess.CompletedProcess[str]:
    """`docker-compose config` there, with no variable of ours in the environment."""
    program = shutil.which("docker-compose")
    if program is None:
        missing("docker-compose", "docker-compose is not installed (Debian: apt-get install docker-compose)")
    shutil.copy(COMPOSE, folder)
    environ = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    command = [program, "--file", "docker-compose.yml", "config"]
    return subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)


def write_env(folder: Path, without: str = "") -> Path:
    env = folder / ".env"
    make_env().make(env, TEMPLATE.read_text("utf-8"))
    if without:
        lines = env.read_text("utf-8").splitlines(keepends=True)
        env.write_text("".join(line for line in lines if not line.startswith(f"{without}=")), "utf-8")
    return env


def environment(name: str) -> dict[str, str]:
    return SERVICES[name].get("environment", {})


def variables(text: str) -> dict[str, tuple[str, str]]:
    """Each ${…} in a text: name → (":?" or ":-" or "", what follows)."""
    return {found[1]: (found[2] or "", found[3]) for found in VARIABLE.finditer(text)}


USED = variables(COMPOSE.read_text("utf-8"))

# --- docker-compose reads it ----------------------------------------------------------------------------


def test_config_passes_with_a_generated_env(tmp_path: Path):
    write_env(tmp_path)
    done = config(tmp_path)
    assert done.returncode == 0, done.stderr
    for name in SERVICES:
        assert re.search(rf"^  {name}:$", done.stdout, re.MULTILINE)


@pytest.mark.parametrize("secret", sorted(SECRETS))
def test_config_names_the_secret_that_is_missing(tmp_path: Path, secret: str):
    env = write_env(tmp_path, without=secret)
    done = config(tmp_path)
    assert done.returncode != 0
    assert f"set {secret} with make env" in done.stderr
    for line in env.read_text("utf-8").splitlines():
        name, _, value = line.partition("=")
        assert name not in SECRETS or value not in done.stderr + done.stdout


def test_config_fails_without_any_env(tmp_path: Path):
    assert config(tmp_path).returncode != 0


# --- images ---------------------------------------------------------------------------------------------


@each_service
def test_every_image_has_a_pinned_tag(name: str):
    assert PINNED.match(SERVICES[name]["image"])


def test_elasticsearch_and_kibana_have_the_version_that_the_tests_run_on():
    from tests.servers.elasticsearch.releases import RELEASES

    tags = {SERVICES[name]["image"].rpartition(":")[2] for name in ("elasticsearch", "kibana")}
    assert tags == {RELEASES[0].version}


def test_our_image_has_the_version_of_the_package_and_is_built_once():
    assert {SERVICES[name]["image"] for name in OURS} == {f"newscrawl:{newscrawl.__version__}"}
    assert [name for name in SERVICES if "build" in SERVICES[name]] == ["bootstrap"]


# --- what is open, and how much may be used -------------------------------------------------------------


@each_service
def test_ports_are_open_to_this_machine_only(name: str):
    for port in SERVICES[name].get("ports", []):
        assert port.startswith("127.0.0.1:")
    assert "network_mode" not in SERVICES[name]


@each_service
def test_every_service_has_limits_and_few_rights(name: str):
    service = SERVICES[name]
    assert service["mem_limit"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["cap_drop"] == ["ALL"]
    assert service["logging"]["options"]["max-size"]
    assert "privileged" not in service
    assert "user" not in service, "the image says who it runs as"


@each_service
def test_what_lives_long_is_watched_and_restarted_and_what_runs_once_is_not(name: str):
    service = SERVICES[name]
    assert ("healthcheck" in service) == (name in LONG_LIVED)
    assert service["restart"] == ("unless-stopped" if name in LONG_LIVED else "no")


@pytest.mark.parametrize("name", sorted(OURS))
def test_our_containers_write_to_volumes_and_memory_only(name: str):
    assert SERVICES[name]["read_only"] is True
    assert set(SERVICES[name]["tmpfs"]) == {"/tmp", "/home/newscrawl"}


def test_every_volume_is_named_and_used():
    mounts = [mount for service in SERVICES.values() for mount in service.get("volumes", [])]
    assert {mount.partition(":")[0] for mount in mounts} == set(compose()["volumes"])


def test_the_heap_is_at_most_half_of_elasticsearchs_memory():
    gigabytes = {
        name: int(USED[name][1].removesuffix("g"))
        for name in USED
        if "ELASTICSEARCH_" in name[:14] and USED[name][1].endswith("g")
    }
    assert 2 * gigabytes["ELASTICSEARCH_HEAP"] <= gigabytes["ELASTICSEARCH_MEMORY"]


# --- secrets --------------------------------------------------------------------------------------------


def test_security_is_on():
    assert environment("elasticsearch")["xpack.security.enabled"] == "true"
    assert environment("elasticsearch")["xpack.license.self_generated.type"] == "basic"


@each_service
def test_no_password_stands_in_the_file(name: str):
    for variable, value in environment(name).items():
        if SECRET_NAME.search(variable):
            assert re.fullmatch(r"\$\{[A-Z_]+:\?set [A-Z_]+ with make env\}", value), variable
    rest = {key: value for key, value in SERVICES[name].items() if key != "environment"}
    assert not SECRETS & set(variables(str(rest))), (
        "a secret on a command line is seen by all who can list processes"
    )


def test_secrets_have_guards_and_settings_have_defaults():
    assert {name for name, (guard, _) in USED.items() if guard == ":?"} == SECRETS
    for name, (guard, text) in USED.items():
        assert guard in (":?", ":-")
        if guard == ":?":
            assert text == f"set {name} with make env"


def test_who_gets_which_secret():
    """The crawler reads strangers' pages: it has its API key and nothing else."""
    got = {
        name: {used for value in environment(name).values() for used in variables(value)} & SECRETS
        for name in SERVICES
    }
    assert got == {
        "elasticsearch": {"ELASTIC_PASSWORD"},
        "bootstrap": {"ELASTIC_PASSWORD", "KIBANA_SYSTEM_PASSWORD"},
        "kibana": SECRETS - {"ELASTIC_PASSWORD"},
        "dashboard": {"ELASTIC_PASSWORD"},
        "crawler": set(),
    }  # fmt: skip
    assert "env_file" not in str(SERVICES)


def test_the_crawler_reads_the_key_that_bootstrap_writes():
    command = SERVICES["bootstrap"]["command"]
    path = command[command.index("--key-file") + 1]
    assert environment("crawler")["NEWSCRAWL_ELASTICSEARCH_API_KEY_FILE"] == path
    folder = str(Path(path).parent)
    assert f"keys:{folder}" in SERVICES["bootstrap"]["volumes"]
    assert f"keys:{folder}:ro" in SERVICES["crawler"]["volumes"]
    assert [name for name in SERVICES if "keys:" in str(SERVICES[name].get("volumes"))] == [
        "bootstrap",
        "crawler",
    ]


# --- order ----------------------------------------------------------------------------------------------


def test_the_order_of_the_start():
    waits = {
        name: {
            other: how["condition"].removeprefix("service_") for other, how in service["depends_on"].items()
        }
        for name, service in SERVICES.items()
        if "depends_on" in service
    }
    assert waits == {
        "bootstrap": {"elasticsearch": "healthy"},
        "kibana": {"elasticsearch": "healthy", "bootstrap": "completed_successfully"},
        "dashboard": {"kibana": "healthy"},
        "crawler": {"elasticsearch": "healthy", "bootstrap": "completed_successfully"},
    }


@pytest.mark.parametrize("name", ["bootstrap", "dashboard"])
def test_the_commands_exist_with_these_options(name: str):
    from click.testing import CliRunner

    from newscrawl.cli import main

    program, *words = SERVICES[name]["command"]
    options = [word for word in words if word.startswith("--")]
    path = words[: words.index(options[0])]
    shown = CliRunner().invoke(main, [*path, "--help"])
    assert program == "newscrawl"
    assert shown.exit_code == 0, shown.output
    assert [option for option in options if option not in shown.output] == []


# --- .env.example ---------------------------------------------------------------------------------------


def test_the_template_lists_every_variable_once_and_no_other():
    lines = TEMPLATE.read_text("utf-8").splitlines()
    names = [line.lstrip("#").partition("=")[0] for line in lines if re.match(r"#?[A-Z][A-Z0-9_]*=", line)]
    assert sorted(names) == sorted(USED)


def test_the_template_holds_no_secret_and_the_defaults_of_the_compose_file():
    for line in TEMPLATE.read_text("utf-8").splitlines():
        if found := re.match(r"(#?)([A-Z][A-Z0-9_]*)=(.*)$", line):
            left_out, name, value = found.groups()
            guard, default = USED[name]
            assert value == ("" if guard == ":?" else default), name
            assert bool(left_out) == (guard == ":-" and name != "NEWSCRAWL_CONTACT"), name


def test_every_variable_of_the_template_has_a_comment():
    above = ""
    for line in TEMPLATE.read_text("utf-8").splitlines():
        if re.match(r"#?[A-Z][A-Z0-9_]*=", line):
            assert above, line
        else:
            above = line


def test_an_env_cannot_be_committed_nor_get_into_the_image():
    assert ".env" in (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert (ROOT / ".dockerignore").read_text("utf-8").splitlines()[1] == "*"
