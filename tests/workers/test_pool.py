"""Supervised workers: whoever dies, whenever, costs nothing but what died of itself twice."""

import os
import signal
import threading
import time
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import pytest

from newscrawl.workers import MemoryLimitError, NoWorkersError, TimeLimitError, WorkerDiedError, Workers, pool

PREPARED = "NEWSCRAWL_TEST_PREPARED"
MEGABYTE = 1024 * 1024


@contextmanager
def supervised(*args, **kwargs):
    workers = Workers(*args, **kwargs)
    try:
        yield workers
    finally:
        workers.close()


@pytest.fixture(scope="module")
def workers():
    with supervised(2, memory_mb=300) as running:
        yield running


def prepare():
    os.environ[PREPARED] = "yes"
    raise RuntimeError("prepared badly")


def prepared():
    return os.environ.get(PREPARED)


def note(path, then=None):
    """Leave this worker's id in a file of its own, then do what is asked."""
    Path(path, f"{os.getpid()}-{time.monotonic_ns()}").touch()
    return then() if then else os.getpid()


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def die_once(path):
    try:
        Path(path).touch(exist_ok=False)
    except FileExistsError:
        return "second"
    return die()


def eat(megabytes):
    held = []
    for _ in range(megabytes):
        held.append(b"x" * MEGABYTE)
        time.sleep(0.002)
    time.sleep(60)


class LockedError(Exception):
    def __init__(self, one, two):
        super().__init__("no pickle can make it again")


def refuse(error):
    raise error if isinstance(error, BaseException) else error(1, 2)


def big(size):
    return bytes(size)


def test_workers_are_prepared_and_survive_that_it_fails():
    with supervised(1, prepare=prepare) as workers:
        assert workers.submit(30, prepared).result() == "yes"


@pytest.mark.parametrize("count", [0, -1])
def test_there_is_at_least_one(count):
    with pytest.raises(ValueError, match=f"{count} workers"):
        Workers(count)


def test_idle_workers_that_are_killed_cost_nothing(workers):
    for _ in range(3):
        assert workers.submit(30, os.getpid).result() in workers.pids()
        for pid in workers.pids():
            os.kill(pid, signal.SIGKILL)
        assert len({workers.submit(30, os.getpid).result() for _ in range(4)}) > 0


def test_a_job_whose_worker_is_killed_is_given_again_once(workers, tmp_path):
    assert workers.submit(30, die_once, str(tmp_path / "died")).result() == "second"
    with pytest.raises(WorkerDiedError, match="SIGKILL"):
        workers.submit(30, note, tmp_path, die).result()
    assert len(list(tmp_path.glob("*-*"))) == 2


def test_a_killed_worker_may_have_sent_half_of_its_answer(workers):
    futures = [workers.submit(30, big, 50 * MEGABYTE) for _ in range(4)]
    for _ in range(2):
        time.sleep(0.02)  # somewhere in the midst of it
        for pid in workers.pids()[:1]:
            os.kill(pid, signal.SIGKILL)
    for future in futures:
        with suppress(WorkerDiedError):  # killed twice, both times with the same job in hand
            assert len(future.result()) == 50 * MEGABYTE


@pytest.mark.parametrize("how", [partial(time.sleep, 60), partial(os.kill, 0, signal.SIGSTOP)])
def test_a_job_out_of_time_is_not_given_again(workers, tmp_path, how):
    stop = how.func is os.kill
    workers.submit(30, os.getpid).result()  # a worker is up, so that the time is the job's
    with pytest.raises(TimeLimitError, match=r"more than 0\.4 s"):
        workers.submit(0.4, note, tmp_path, stop_itself if stop else how).result()
    assert len(list(tmp_path.iterdir())) <= 1  # none where the machine was too busy to begin it


def stop_itself():
    os.kill(os.getpid(), signal.SIGSTOP)


@pytest.mark.parametrize("megabytes", [1000, 100_000])
def test_a_worker_that_grows_too_large_costs_its_job_alone(workers, megabytes):
    job = (eat, megabytes) if megabytes < 10_000 else (big, megabytes * MEGABYTE)
    with pytest.raises(MemoryLimitError, match="more than 300 MB of memory"):
        workers.submit(30, *job).result()
    assert workers.submit(30, os.getpid).result()


def test_an_answer_that_would_fill_our_own_memory_stays_where_it_is(workers):
    with (
        supervised(1, memory_mb=2000) as roomy,
        pytest.raises(MemoryLimitError, match="its result has 300 MB"),
    ):
        roomy.submit(30, big, 300 * MEGABYTE).result()


@pytest.mark.parametrize(
    ("error", "raised"),
    [(ValueError("odd"), ValueError), (LockedError, RuntimeError), (SystemExit(3), SystemExit)],
)
def test_what_a_job_raises_comes_back_with_the_workers_traceback(workers, error, raised):
    with pytest.raises(raised) as caught:
        workers.submit(30, refuse, error).result()
    assert "in refuse" in "".join(caught.value.__notes__)


def test_a_job_that_cannot_be_sent_fails_alone(workers):
    assert isinstance(workers.submit(30, lambda: None).exception(), Exception)
    assert workers.submit(30, os.getpid).result()


def test_workers_that_never_start_end_it_with_the_reason(monkeypatch, caplog):
    monkeypatch.setattr(pool, "STARTS", 2)
    with supervised(1, warm=["newscrawl.no_such_module"]) as workers:
        first, second = workers.submit(30, os.getpid), workers.submit(30, os.getpid)
        for future in (first, second):
            with pytest.raises(NoWorkersError, match=r"do not start: ModuleNotFoundError.*no_such_module"):
                future.result()
        assert "no_such_module" in workers.broken
        assert isinstance(workers.submit(30, os.getpid).exception(), NoWorkersError)
    assert caplog.text.count("did not start") == 1


def test_closing_ends_jobs_under_way_waiting_and_unread():
    workers = Workers(1)
    unread = workers.submit(30, big, MEGABYTE)
    under_way, waiting = workers.submit(600, time.sleep, 600), workers.submit(600, time.sleep, 600)
    unread.exception()
    workers.close()
    assert all(isinstance(future.exception(), NoWorkersError) for future in (under_way, waiting))
    assert workers.pids() == []
    workers.close()


def test_a_large_worker_is_replaced_between_jobs(monkeypatch):
    monkeypatch.setattr(pool, "REPLACE_AFTER", 2)
    with supervised(1) as workers:
        workers._half = 1
        pids = [workers.submit(30, os.getpid).result() for _ in range(4)]
    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_jobs_come_from_any_thread(workers):
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(workers.submit(30, abs, -7).result())) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [7] * 8


@pytest.mark.skipif(not Path("/proc/self/oom_score_adj").exists(), reason="Linux's OOM killer is told")
def test_the_kernel_kills_a_worker_before_the_run(workers):
    score = workers.submit(30, Path("/proc/self/oom_score_adj").read_text).result(30)
    assert int(score) == 1000
