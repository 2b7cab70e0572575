"""Processes and clusters: the same sheets in the same order, and a worker that dies costs nothing."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from agreement.batch import Crew, Making, made, make_each, workers
from agreement.errors import OutputError
from agreement.household import Child, Choices, Household
from agreement.household.roster_rows import Entry

MAKING = Making(date=date(2026, 3, 12))


def entries(count: int) -> Iterator[Entry]:
    for row in range(2, count + 2):
        yield Entry((row,), Household(f"Family{row}", (Child(f"Child{row}", 9),)), Choices())


_make_chunk = workers.make_chunk


def _die_once(chunk: list[Entry], making: Making, store: workers.Store | None) -> list[workers._Result]:
    """Kill the worker that is asked for the first chunk for the first time."""
    mark = Path(os.environ["AGREEMENT_TEST_MARK"])
    if chunk[0].row == 2 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return _make_chunk(chunk, making, store)


@pytest.mark.slow
def test_two_processes_make_the_same_in_the_same_order() -> None:
    alone = [(done.entry.row, done.pdf) for done in make_each(entries(70), MAKING)]
    together = [(done.entry.row, done.pdf) for done in made(entries(70), MAKING, Crew(2))]
    assert alone == together
    assert all(pdf for _, pdf in alone)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="processes are not killed like that here")
def test_a_worker_that_dies_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AGREEMENT_TEST_MARK", str(tmp_path / "died"))
    alone = [(done.entry.row, done.pdf) for done in make_each(entries(70), MAKING)]
    whole = workers._Gang.ask

    def ask(self: workers._Gang, chunk: list[Entry]) -> None:
        monkeypatch.setattr(workers, "make_chunk", _die_once)
        whole(self, chunk)

    monkeypatch.setattr(workers._Gang, "ask", ask)
    together = [(done.entry.row, done.pdf) for done in made(entries(70), MAKING, Crew(2))]
    assert (tmp_path / "died").exists()
    assert alone == together


class _Cluster(Executor):
    """An executor that works here and loses every third thing it is asked for."""

    asked = 0

    def submit(self, work, /, *arguments, **named):  # type: ignore[no-untyped-def]
        future: Future[object] = Future()
        _Cluster.asked += 1
        if _Cluster.asked % 3 == 0:
            killed = type("KilledWorker", (Exception,), {})
            future.set_exception(killed("gone"))
        else:
            future.set_result(work(*arguments, **named))
        return future


def test_a_cluster_that_loses_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_cluster", lambda address: _Cluster())
    monkeypatch.setattr(workers, "CHUNK", 2)
    found = [(done.entry.row, done.pdf) for done in made(entries(5), MAKING, Crew(1, "tcp://nowhere:1"))]
    assert found == [(done.entry.row, done.pdf) for done in make_each(entries(5), MAKING)]


def test_deaths_with_work_done_in_between_cost_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Unlucky(Executor):
        """Loses every second chunk once, when it is its turn."""

        def submit(self, work, /, *arguments, **named):  # type: ignore[no-untyped-def]
            future: Future[object] = Future()
            row = arguments[0][0].row
            future.set_result(work(*arguments, **named))
            future.result = lambda timeout=None: self._lose(row, future)  # type: ignore[method-assign]
            return future

        def _lose(self, row: int, future: "Future[object]") -> object:
            if row % 2 or row in lost:
                return Future.result(future)
            lost.add(row)
            raise type("KilledWorker", (Exception,), {})("gone")

    lost: set[int] = set()
    monkeypatch.setattr(workers, "_cluster", lambda address: Unlucky())
    monkeypatch.setattr(workers, "CHUNK", 1)
    found = [done.entry.row for done in made(entries(20), MAKING, Crew(1, "tcp://nowhere:1"))]
    assert (found, len(lost)) == (list(range(2, 22)), 10)


def test_workers_that_always_die_end_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    class Grave(Executor):
        def submit(self, work, /, *arguments, **named):  # type: ignore[no-untyped-def]
            raise RuntimeError("broken")

    monkeypatch.setattr(workers, "_cluster", lambda address: Grave())
    with pytest.raises(OutputError, match="die again"):
        list(made(entries(3), MAKING, Crew(1, "tcp://nowhere:1")))


def test_as_many_processes_as_pay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(64)), raising=False)
    assert [workers.usual_jobs(count) for count in (0, 30, 999, 1000, 1_000_000)] == [1, 1, 1, 2, 8]
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0}, raising=False)
    assert workers.usual_jobs(1_000_000) == 1


def test_no_process_is_begun_that_would_get_nothing() -> None:
    assert [workers.useful_jobs(count, 256) for count in (0, 10, 33, 400, 1_000_000)] == [1, 1, 2, 13, 256]
    assert workers.useful_jobs(10) == 1


def test_windows_gets_no_more_processes_than_it_can_wait_for(monkeypatch: pytest.MonkeyPatch) -> None:
    import_module("concurrent.futures.process")  # which looks at the platform, too, and would miss what Windows has
    monkeypatch.setattr("sys.platform", "win32")
    executor = workers._executor(Crew(256))
    assert executor._max_workers == 61  # type: ignore[attr-defined]
    executor.shutdown()


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="Ctrl-C cannot be kept waiting here")
def test_ctrl_c_waits_while_an_executor_begins_or_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    class Watched(_Cluster):
        def submit(self, work, /, *arguments, **named):  # type: ignore[no-untyped-def]
            masks.append(signal.pthread_sigmask(signal.SIG_BLOCK, ()))
            return super().submit(work, *arguments, **named)  # type: ignore[no-untyped-call]

        def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
            masks.append(signal.pthread_sigmask(signal.SIG_BLOCK, ()))

    masks: list[set[signal.Signals | int]] = []
    monkeypatch.setattr(workers, "_cluster", lambda address: Watched())
    list(made(entries(3), MAKING, Crew(1, "tcp://nowhere:1")))
    assert len(masks) >= 2
    assert all(signal.SIGINT in mask for mask in masks)
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())
