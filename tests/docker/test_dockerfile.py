"""The Dockerfile, as far as it can be held against the checkout without a Docker engine."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from tests.docker.files import DOCKERFILE, ROOT, compose

STEPS = [
    (step.split(maxsplit=1)[0], step.split(maxsplit=1)[1])
    for step in re.sub(
        r"\\\n\s*", "", re.sub(r"^#.*\n", "", DOCKERFILE.read_text("utf-8"), flags=re.M)
    ).splitlines()
    if step.strip()
]
"""(instruction, its text), continued lines joined."""
LAST_STAGE = STEPS[max(number for number, (word, _) in enumerate(STEPS) if word == "FROM") :]


def steps(word: str, among: list[tuple[str, str]] = STEPS) -> list[str]:
    return [text for instruction, text in among if instruction == word]


def test_base_images_are_slim_pinned_and_of_the_python_that_the_tests_run_on():
    bases = {text.split()[0] for text in steps("FROM")}
    assert len(bases) == 1
    found = re.fullmatch(r"python:(\d+)\.(\d+)\.\d+-slim-[a-z]+", bases.pop())
    assert found
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert f"{found[1]}.{found[2]}" == project["tool"]["mypy"]["python_version"]


def test_it_runs_as_a_user_of_its_own_with_a_fixed_number():
    user = steps("USER", LAST_STAGE)
    assert len(user) == 1
    found = re.fullmatch(r"(\d+):(\d+)", user[0])
    assert found
    assert int(found[1]) >= 10_000
    making = next(text for text in steps("RUN", LAST_STAGE) if "useradd" in text)
    assert f"--uid {found[1]} " in making
    assert f"--gid {found[2]} " in making


def test_compilers_stay_in_the_first_stage():
    assert not any("apt-get" in text or "uv " in text for text in steps("RUN", LAST_STAGE))
    assert any("build-essential" in text for text in steps("RUN"))


def test_torch_is_the_cpus_and_versions_are_those_that_were_tested():
    installing = next(text for text in steps("RUN") if "uv pip install" in text)
    assert "--torch-backend cpu" in installing
    assert "--constraint constraints.txt" in installing
    assert "||" not in installing, "no way round: the image would get CUDA"
    assert any(re.search(r"\buv==\d+\.\d+\.\d+$", text) for text in steps("RUN"))


def copied() -> list[str]:
    return [name for text in steps("COPY") if "--from" not in text for name in text.split()[:-1]]


def test_everything_copied_is_there():
    assert copied()
    for name in copied():
        assert (ROOT / name).exists(), name


def test_the_context_has_what_is_copied_and_nothing_else():
    kept = [
        line.removeprefix("!")
        for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines()
        if line.startswith("!")
    ]
    assert sorted(kept) == sorted(copied())


def test_folders_that_volumes_cover_are_the_users_own():
    """A new volume takes owner and mode from the image's folder; without one it would be root's."""
    making = next(text for text in steps("RUN", LAST_STAGE) if "install --directory" in text)
    assert "--owner=newscrawl" in making
    services = compose()["services"]
    mounts = [mount for name in ("bootstrap", "crawler") for mount in services[name]["volumes"]]
    for folder in {mount.split(":")[1] for mount in mounts}:
        assert re.search(rf" {folder}\b", making), folder


def test_the_environment_that_the_code_relies_on():
    values = dict(re.findall(r"(\w+)=(\S+)", " ".join(steps("ENV", LAST_STAGE))))
    assert values["HOME"] == "/home/newscrawl"
    assert values["SCRAPY_SETTINGS_MODULE"] == "newscrawl.settings"
    assert values["NEWSCRAWL_STORE_URL"] == "sqlite:////data/newscrawl.db"
    assert values["PATH"].startswith("/opt/venv/bin:")


def test_the_default_command_shows_the_help():
    assert steps("CMD") == ['["newscrawl", "--help"]']
    assert steps("ENTRYPOINT") == []


def test_the_crawlers_command_is_the_script_that_is_copied():
    (command,) = compose()["services"]["crawler"]["command"]
    assert f"docker/crawl-loop.sh /usr/local/bin/{command}" in steps("COPY")
    assert Path(ROOT / "docker/crawl-loop.sh").read_text("utf-8").startswith("#!/bin/sh\n")
