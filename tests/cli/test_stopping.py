"""Signals interrupt a command's work, and neither its beginning nor its orderly end."""

import signal

import pytest

from newscrawl.cli.stopping import SIGNALS, Stopping

pytestmark = pytest.mark.usefixtures("heeds_hang_up")


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_interrupts_the_work_and_a_second_one_not_its_end(number):
    with Stopping() as stopping:
        with pytest.raises(KeyboardInterrupt), stopping.work():
            signal.raise_signal(number)
        signal.raise_signal(number)
        assert stopping.signal == number.name


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_before_the_work_begins_is_not_forgotten(number):
    with Stopping() as stopping:
        signal.raise_signal(number)
        with pytest.raises(KeyboardInterrupt), stopping.work():
            pytest.fail("the work began")


def test_what_was_there_before_is_there_again():
    before = [signal.getsignal(number) for number in SIGNALS]
    with Stopping() as stopping, stopping.work():
        assert [signal.getsignal(number) for number in SIGNALS] != before
    assert stopping.signal == ""
    assert [signal.getsignal(number) for number in SIGNALS] == before


def test_what_is_ignored_stays_ignored():
    """`nohup` lets work go on when the terminal is closed."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with Stopping() as stopping, stopping.work():
            signal.raise_signal(signal.SIGHUP)
        assert (stopping.signal, signal.getsignal(signal.SIGHUP)) == ("", signal.SIG_IGN)
    finally:
        signal.signal(signal.SIGHUP, before)
