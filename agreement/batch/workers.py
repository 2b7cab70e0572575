"""Makes entries in this process, in several, or on a cluster: the same bytes in the same order.

A worker that dies costs nothing: what it had is asked for again. This module knows executors and no disk.
"""

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from importlib import import_module
from itertools import islice
from typing import NamedTuple

from agreement.batch.making import Made, Making, make_each, make_parts
from agreement.errors import OutputError, Problem
from agreement.household import Choices
from agreement.household.roster_rows import Entry

CHUNK = 32
AHEAD = 3
MOST_DEATHS = 5
_Chunk = list[Entry]
_Result = tuple[tuple[bytes, ...], tuple[Problem, ...]]


class Crew(NamedTuple):
    """Who makes: so many processes of this computer, or a Dask scheduler at an address such as tcp://host:8786."""

    jobs: int = 1
    scheduler: str = ""


def made(entries: Iterable[Entry], making: Making, crew: Crew) -> Iterator[Made]:
    """Yield what became of each entry, in order. At most a few chunks are under way at any time."""
    if crew.jobs <= 1 and not crew.scheduler:
        yield from make_each(entries, making)
        return
    chunks = _chunks(entries)
    gang = _Gang(lambda: _executor(crew), making)
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


def make_chunk(chunk: _Chunk, making: Making) -> list[_Result]:
    """Make some entries in a worker; the entries themselves need not travel back.

    What sheets share is one object, so that it travels once a chunk.
    """
    return [make_parts(entry, making) for entry in chunk]


_asked = make_chunk


class _Gang:
    def __init__(self, begin: Callable[[], Executor], making: Making) -> None:
        self._begin, self._making = begin, making
        self._executor = begin()
        self._deaths = 0
        self.waiting: deque[tuple[_Chunk, Future[list[_Result]]]] = deque()

    def ask(self, chunk: _Chunk) -> None:
        try:
            self.waiting.append((chunk, self._executor.submit(_asked, chunk, self._making)))
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
        self.waiting.popleft()
        for entry, (parts, problems) in zip(chunk, results, strict=True):
            yield Made(entry, b"".join(parts), problems)

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
        """Let the workers go; what they were asked for is not wanted any more."""
        for _, future in self.waiting:
            future.cancel()
        self._executor.shutdown(wait=False)


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
    return ProcessPoolExecutor(crew.jobs, context, initializer=_enter_service)


def _enter_service() -> None:
    """Leave Ctrl-C to the one who asked, and go when that one is gone, however it went."""
    import signal
    from multiprocessing import parent_process
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if parent := parent_process():
        Thread(target=_go_after, args=(parent.sentinel,), daemon=True).start()


def _go_after(sentinel: int) -> None:
    import os
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
