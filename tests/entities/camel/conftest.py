"""Fixtures of the CAMeL tests."""

import pytest

from newscrawl.entities.camel.model_files import Manifest
from newscrawl.entities.camel.tagger import load_exported
from tests.entities.camel.world import make_world


@pytest.fixture(scope="session")
def world(tmp_path_factory):
    return make_world(tmp_path_factory)


@pytest.fixture(scope="session")
def recogniser(world):
    """The tiny model on ONNX Runtime in fp32."""
    return load_exported(world.exported, Manifest.read(world.exported), "fp32", threads=1)
