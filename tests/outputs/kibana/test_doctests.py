"""The examples in the docstrings hold."""

import doctest

import pytest

from tests.outputs.kibana import fields, kql


@pytest.mark.parametrize("module", [fields, kql])
def test_examples(module):
    result = doctest.testmod(module)
    assert result.attempted
    assert result.failed == 0
