"""A process is told apart from another that has its number, and a dead one from one that cannot be seen."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from newscrawl.store.processes import this_process

needs_proc = pytest.mark.skipif(not this_process().birth, reason="there is no /proc")


def test_this_process_is_here_and_alive():
    assert this_process() == this_process()
    assert this_process().here
    assert not this_process().gone


@needs_proc
def test_another_process_with_the_same_number_is_not_the_one_that_was():
    me = this_process()
    earlier = replace(me, birth=f"{me.birth.rpartition(' ')[0]} 1")
    assert earlier.here
    assert earlier.gone


@needs_proc
def test_a_process_that_nobody_has_waited_for_is_gone():
    child = subprocess.Popen(
        [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    process = replace(this_process(), pid=child.pid, birth="")
    assert not process.gone
    child.stdin.close()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert process.gone
    child.wait()
    assert process.gone


@needs_proc
@pytest.mark.parametrize("values", [{"host": "elsewhere"}, {"birth": "another-boot pid:[1] 7"}])
def test_of_a_process_elsewhere_nothing_is_known(values):
    elsewhere = replace(this_process(), pid=2**22 + 1, **values)
    assert not elsewhere.here
    assert not elsewhere.gone
