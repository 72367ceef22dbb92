import doctest
import importlib
import pkgutil

import pytest

import newscrawl.discovery


@pytest.mark.parametrize(
    "name", [module.name for module in pkgutil.iter_modules(newscrawl.discovery.__path__)]
)
def test_examples(name):
    failures, _ = doctest.testmod(importlib.import_module(f"newscrawl.discovery.{name}"))
    assert not failures
