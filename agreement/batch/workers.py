"""Makes entries in this process, in several, or on a cluster: the same bytes in the same order.

A worker that dies costs nothing: what it had is asked for again. This module knows executors and no disk; who has one
gives what stores a sheet, and then processes of this computer send back where it is, and not the sheet.
"""

import os
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from importlib import import_module
from itertools import islice
from typing import NamedTuple

from agreement.batch.making import Made, Making, Stored, make_each, make_parts
from agreement.errors import OutputError, Problem
from agreement.household import Choices
from agreement.household.roster_rows import Entry

CHUNK = 32
AHEAD = 3
MOST_DEATHS = 5
MOST_USUAL_JOBS = 8
"""Beyond these the one that reads the roster cannot keep up."""
SHEETS_A_JOB = 500
"""With fewer a process takes longer to begin than it saves."""
MOST_JOBS_WINDOWS = 61
"""Windows waits for no more at once; ProcessPoolExecutor refuses them."""
_Chunk = list[Entry]
Store = Callable[[tuple[bytes, ...]], Stored]
_Result = tuple[tuple[bytes, ...] | Stored, tuple[Problem, ...]]


class Crew(NamedTuple):
    """Who makes: so many processes of this computer, or a Dask scheduler at an address such as tcp://host:8786."""

    jobs: int = 1
    scheduler: str = ""


def usual_jobs(sheet_count: int) -> int:
    """Return how many processes make so many sheets soonest: as many as may run at once here, where that pays."""
    affinity = getattr(os, "sched_getaffinity", None)
    here = len(affinity(0)) if affinity else os.cpu_count() or 1
    return max(1, min(here, MOST_USUAL_JOBS, sheet_count // SHEETS_A_JOB))


def useful_jobs(sheet_count: int, asked: int | None = None) -> int:
    """Return how many processes make so many sheets: as many as are asked for, if each has something to make."""
    return max(1, min(asked, -(-sheet_count // CHUNK))) if asked else usual_jobs(sheet_count)


def made(entries: Iterable[Entry], making: Making, crew: Crew, store: Store | None = None) -> Generator[Made]:
    """Yield what became of each entry, in order. At most a few chunks are under way at any time.

    `store` is called with the parts of each sheet, in the process that made it, where that is another of this computer.
    """
    if crew.jobs <= 1 and not crew.scheduler:
        yield from make_each(entries, making)
        return
    chunks = _chunks(entries)
    gang = _Gang(lambda: _executor(crew), making, None if crew.scheduler else store)
    try:
        for chunk in islice(chunks, max(crew.jobs, 1) * AHEAD if not crew.scheduler else 64):
            gang.ask(chunk)
        while gang.waiting:
            yield from gang.take()
            following = next(chunks, None)
            if following:
                gang.ask(following)
    finally:
        gang.close()


def _chunks(entries: Iterable[Entry]) -> Iterator[_Chunk]:
    """Yield entries that can be sent to another process: the usual, empty blanks of Choices cannot.

    Equal choices next to each other are one object, so that they travel once a chunk.
    """
    source = iter(entries)
    asked, sent = None, Choices()
    while chunk := list(islice(source, CHUNK)):
        for at, entry in enumerate(chunk):
            if entry.choices != asked:
                asked = entry.choices
                sent = asked._replace(blanks=dict(asked.blanks))
            chunk[at] = entry._replace(choices=sent)
        yield chunk


def make_chunk(chunk: _Chunk, making: Making, store: Store | None = None) -> list[_Result]:
    """Make some entries in a worker; the entries themselves need not travel back.

    What sheets share is one object, so that it travels once a chunk.
    """
    found = (make_parts(entry, making) for entry in chunk)
    return [(store(parts) if store and parts else parts, problems) for parts, problems in found]


class _Gang:
    def __init__(self, begin: Callable[[], Executor], making: Making, store: Store | None) -> None:
        self._begin, self._making, self._store = begin, making, store
        self._executor = begin()
        self._deaths = 0
        self.waiting: deque[tuple[_Chunk, Future[list[_Result]]]] = deque()

    def ask(self, chunk: _Chunk) -> None:
        try:
            with undisturbed():
                self.waiting.append((chunk, self._executor.submit(make_chunk, chunk, self._making, self._store)))
        except RuntimeError:  # the pool is broken; take() makes a new one
            broken: Future[list[_Result]] = Future()
            broken.set_exception(_died())
            self.waiting.append((chunk, broken))

    def take(self) -> Iterator[Made]:
        """Yield the oldest chunk when it is done; begin anew with fresh workers when one has died."""
        while True:
            chunk, future = self.waiting[0]
            try:
                results = future.result()
                break
            except Exception as error:
                if not _is_death(error):
                    raise
                self._revive()
        self._deaths = 0
        self.waiting.popleft()
        for entry, (result, problems) in zip(chunk, results, strict=True):
            if isinstance(result, Stored):
                yield Made(entry, problems=problems, stored=result)
            else:
                yield Made(entry, b"".join(result), problems)

    def _revive(self) -> None:
        self._deaths += 1
        if self._deaths > MOST_DEATHS:
            raise OutputError("The workers die again and again. Try --jobs 1, or a computer with more memory.")
        self.close()
        self._executor = self._begin()
        chunks = [chunk for chunk, _ in self.waiting]
        self.waiting.clear()
        for chunk in chunks:
            self.ask(chunk)

    def close(self) -> None:
        """Let the workers go; what they were asked for is not wanted any more, and nothing is kept after this."""
        for _, future in self.waiting:
            future.cancel()
        with undisturbed():
            self._executor.shutdown(wait=self._store is not None)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Keep Ctrl-C waiting, here and in the processes that begin meanwhile; an executor that it cuts short may hang."""
    import signal

    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _died() -> Exception:
    from concurrent.futures import BrokenExecutor

    return BrokenExecutor("a worker died")


def _is_death(error: Exception) -> bool:
    from concurrent.futures import BrokenExecutor

    return isinstance(error, BrokenExecutor) or type(error).__name__ in {"KilledWorker", "CommClosedError"}


def _executor(crew: Crew) -> Executor:
    if crew.scheduler:
        return _cluster(crew.scheduler)
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # A fork has the library and the fonts already; elsewhere each worker reads them for itself.
    context = get_context("fork" if sys.platform == "linux" else "spawn")
    jobs = min(crew.jobs, MOST_JOBS_WINDOWS) if sys.platform == "win32" else crew.jobs
    return ProcessPoolExecutor(jobs, context, initializer=_enter_service)


def _enter_service() -> None:
    """Leave Ctrl-C to the one who asked, and go when that one is gone, however it went."""
    import signal
    from multiprocessing import parent_process
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if parent := parent_process():
        Thread(target=_go_after, args=(parent.sentinel,), daemon=True).start()


def _go_after(sentinel: int) -> None:
    from multiprocessing.connection import wait

    wait([sentinel])
    os._exit(1)


def _cluster(address: str) -> Executor:
    try:
        client = import_module("distributed").Client
    except ImportError:
        raise OutputError("A cluster needs distributed: pip install 'family-agreement[cluster]'.") from None
    try:
        executor: Executor = client(address, timeout="10s", set_as_default=False).get_executor(retries=3, pure=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise OutputError(f"No Dask scheduler answers at {address}: {error}.") from error
    return executor
