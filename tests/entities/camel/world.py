"""What the workshop made, once a session for all tests that ask."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.required import missing

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class World:
    """`data` is a folder of CAMeL Tools; `accepted/camel` and `refused/camel` are exported models."""

    folder: Path
    record: dict[str, Any]

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def model(self) -> Path:
        return self.data / "data" / "ner" / "arabert"

    @property
    def exported(self) -> Path:
        return self.folder / "accepted" / "camel"


def make_world(factory: pytest.TempPathFactory) -> World:
    """The world of this session; made by whoever asks first, skipped where what it takes is not installed."""
    for name in ("torch", "transformers"):
        if find_spec(name) is None:
            missing("camel", f"{name} is not installed: make setup CAMEL=1")
    folder = factory.getbasetemp() / "camel-workshop"
    if not (folder / "record.json").exists():
        folder.mkdir()
        words = [sys.executable, "-m", "tests.entities.camel.workshop", str(folder)]
        made = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
        assert made.returncode == 0, made.stderr
    return World(folder, json.loads((folder / "record.json").read_text(encoding="utf-8")))


def run_python(program: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
