"""How is work shared among the cores, and what if a worker dies?

Outcomes come back in the order of the units, whoever was quicker, and only so many units are under way that memory
stays flat. A page that kills its worker, makes it fail or keeps it too long is found by reading the unit record by
record, and becomes a problem; the others are read.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as TooLong
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import replace

from firsthand.archive.extract import Outcome, join_outcomes, read_unit
from firsthand.archive.units import Unit
from firsthand.model import Problem

# A page takes some hundredths of a second; a unit of the largest takes seconds.
LONGEST = 120.0
ALONE = 30.0
AHEAD = 3
FATAL = (BrokenProcessPool, TooLong)

Reader = Callable[[Unit], Outcome]


def read_units(
    units: Iterator[Unit], workers: int, *, read: Reader = read_unit, longest: float = LONGEST, alone: float = ALONE
) -> Iterator[tuple[Unit, Outcome]]:
    """Yield every unit with its outcome, in order. `longest` and `alone`: seconds for a unit, and for one record.

    With no `workers` this process reads, unprotected: for a few files, that is the quickest.
    """
    if not workers:
        yield from ((unit, Outcome() if unit.known else read(unit)) for unit in units)
        return
    pool = _Pool(workers, read)
    waiting: deque[tuple[Unit, Future[Outcome] | None]] = deque()
    try:
        for unit in units:
            waiting.append((unit, None if unit.known else pool.submit(unit)))
            if len(waiting) >= AHEAD * workers:
                yield _finish(pool, waiting, longest, alone)
        while waiting:
            yield _finish(pool, waiting, longest, alone)
    finally:
        pool.stop()


class _Pool:
    """Worker processes that can be replaced when one of them dies."""

    def __init__(self, workers: int, read: Reader) -> None:
        self.workers, self.read = workers, read
        self.executor = self._start()

    def _start(self) -> ProcessPoolExecutor:
        spawn = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.workers, mp_context=spawn, initializer=_follow_parent)

    def submit(self, unit: Unit) -> Future[Outcome]:
        try:
            return self.executor.submit(self.read, unit)
        except BrokenProcessPool:
            self.restart()
            return self.executor.submit(self.read, unit)

    def restart(self) -> None:
        self.stop()
        self.executor = self._start()

    def stop(self) -> None:
        """Stop the workers now: those that hang would never hear."""
        processes = list((self.executor._processes or {}).values())
        self.executor.shutdown(wait=False, cancel_futures=True)
        for one in processes:
            with suppress(ValueError):
                one.kill()


def _follow_parent() -> None:
    """Leave stopping to the parent, and go when it goes: an orphan would wait for work for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _finish(
    pool: _Pool, waiting: deque[tuple[Unit, Future[Outcome] | None]], longest: float, alone: float
) -> tuple[Unit, Outcome]:
    """Wait for the first unit; where its worker died or hangs, read it record by record and the others anew."""
    unit, future = waiting.popleft()
    if future is None:
        return unit, Outcome()
    error = _wait(future, longest)
    if error is None:
        return unit, future.result()
    # Nobody else is at work while the culprit is sought, so that no other is blamed.
    pool.restart()
    outcome = _read_apart(pool, unit, alone)
    again = [(other, None if sent is None else pool.submit(other)) for other, sent in waiting]
    waiting.clear()
    waiting.extend(again)
    return unit, outcome


def _wait(future: Future[Outcome], seconds: float) -> BaseException | None:
    """Return what went wrong in a worker, or with it."""
    try:
        return future.exception(timeout=seconds)
    except TooLong as late:
        return late


def _read_apart(pool: _Pool, unit: Unit, alone: float) -> Outcome:
    """Read a unit one record at a time, so that only the one that kills its worker is lost."""
    parts = [replace(unit, captures=(one,)) for one in unit.captures] or [unit]
    return join_outcomes([_read_alone(pool, part, alone) for part in parts])


def _read_alone(pool: _Pool, unit: Unit, alone: float) -> Outcome:
    future = pool.submit(unit)
    error = _wait(future, alone)
    if error is None:
        return future.result()
    if isinstance(error, FATAL):
        pool.restart()
    first = unit.captures[0] if unit.captures else None
    where = f"{unit.ledger.path}#{first.turn}" if first else unit.ledger.path
    problem = Problem(where=where, what=_explain(error, alone), remedy="look at it by itself, or leave it out")
    return Outcome(problems=((unit.ledger.number, first.turn if first else 0, problem),))


def _explain(error: BaseException, alone: float) -> str:
    if isinstance(error, BrokenProcessPool):
        return "stopped the reader"
    if isinstance(error, TooLong):
        return f"took more than {alone:g} s to read"
    return f"made the reader fail, which is a mistake of firsthand's ({type(error).__name__})"
