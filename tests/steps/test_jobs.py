"""What a failure in a worker costs and says, and how far ahead of its user a look-ahead goes."""

import asyncio
import logging
from concurrent.futures import Future
from itertools import count

import pytest

from newscrawl.steps.jobs import Job, chunks, look_ahead
from newscrawl.workers import NoWorkersError, TimeLimitError, WorkerDiedError


class Worker:
    """Doubles numbers in this process; what it is given in `bad` it raises for that number."""

    def __init__(self, bad=None):
        self.bad, self.asked = bad or {}, []

    def submit(self, numbers, limit):
        self.asked.append((list(numbers), limit))
        future = Future()
        error = next((self.bad[number] for number in numbers if number in self.bad), None)
        if error:
            future.set_exception(error)
        else:
            future.set_result([2 * number for number in numbers])
        return future

    def job(self, *numbers):
        return Job(numbers, self.submit, seconds=3, failed=failed, doing="doing {}".format)


def failed(number, why):
    return number, why


def test_several_inputs_are_one_job_with_as_many_times_the_limit():
    worker = Worker()
    assert worker.job(1, 2, 3).result() == [2, 4, 6]
    assert worker.asked == [([1, 2, 3], 9)]
    assert worker.job().result() == []
    assert len(worker.asked) == 1


@pytest.mark.parametrize(
    ("error", "why", "traceback"),
    [
        (TimeLimitError("it took more than 3 s"), "it took more than 3 s", False),
        (WorkerDiedError("the worker process died (SIGKILL)"), "the worker process died (SIGKILL)", False),
        (ValueError("odd"), "ValueError: odd", True),
    ],
)
@pytest.mark.parametrize("numbers", [(2,), (1, 2, 3)])
def test_a_bad_input_costs_its_own_output_and_is_logged(caplog, numbers, error, why, traceback):
    worker = Worker({2: error})
    job = worker.job(*numbers)
    assert job.result() == job.result() == [(2, why) if one == 2 else 2 * one for one in numbers]
    assert asyncio.run(job.wait()) == job.result()
    assert worker.asked[1:] == ([([one], 3) for one in numbers] if len(numbers) > 1 else [])
    records = [record for record in caplog.records if record.name == "newscrawl.steps.jobs"]
    [record] = [record for record in records if "trying each alone" not in record.message]
    assert record.message == f"doing 2 failed: {why}"
    assert bool(record.exc_info) == traceback
    assert record.levelno == (logging.ERROR if traceback else logging.WARNING)


@pytest.mark.parametrize("numbers", [(1,), (1, 2)])
def test_where_there_are_no_workers_the_inputs_are_not_to_blame(numbers):
    with pytest.raises(NoWorkersError, match="stopped"):
        Worker({1: NoWorkersError("stopped")}).job(*numbers).result()


def test_workers_that_end_between_a_batch_and_its_single_inputs_end_it(caplog):
    worker = Worker({1: ValueError()})
    job = worker.job(1, 2)
    worker.bad = {1: NoWorkersError("stopped")}
    with pytest.raises(NoWorkersError):
        asyncio.run(job.wait())


def test_an_event_loop_goes_on_while_it_waits():
    future = Future()
    job = Job([1], lambda *_: future, seconds=3, failed=None, doing=str)

    async def run():
        waiting = asyncio.create_task(job.wait())
        await asyncio.sleep(0)
        assert not waiting.done()
        future.set_result(["one"])
        return await waiting

    assert asyncio.run(run()) == ["one"]


def taken_by(items, ahead, stop):
    """How many items were taken when the user has got `stop` of them."""
    taken = []
    running = look_ahead((taken.append(one) or one for one in items), ahead)
    given = [next(running) for _ in range(stop)]
    return taken, given, running


@pytest.mark.parametrize("ahead", [0, 1, 4])
def test_it_is_so_many_ahead_and_no_more_however_many_there_are(ahead):
    taken, given, _ = taken_by(count(), ahead, stop=10)
    assert given == list(range(10))
    assert len(taken) == 10 + ahead


@pytest.mark.parametrize("number", [0, 1, 4, 5, 6, 50])
def test_all_come_in_order(number):
    assert list(look_ahead(range(number), 4)) == list(range(number))


def test_stages_put_together_hold_the_sum_of_both():
    taken, given, _ = taken_by(look_ahead(count(), 3), 2, stop=1)
    assert (given, taken) == ([0], [0, 1, 2])


def broken(number, error):
    yield from range(number)
    raise error


def test_what_came_before_a_fault_is_given_out_before_it():
    given = []
    with pytest.raises(OSError, match="cut short"):
        given.extend(look_ahead(look_ahead(chunks(broken(5, OSError("cut short")), 2), 4), 4))
    assert given == [[0, 1], [2, 3], [4]]


def test_an_interrupt_ends_it_at_once():
    given = []
    with pytest.raises(KeyboardInterrupt):
        given.extend(look_ahead(broken(6, KeyboardInterrupt()), 2))
    assert given == [0, 1, 2, 3]
    taken, _, running = taken_by(count(), 2, stop=1)
    running.close()  # what an interrupt of the user does to it
    assert taken == [0, 1, 2]
    assert next(running, None) is None
