"""What goes on for longer than a page waits, how far is it, and how is it stopped?

A job runs beside the pages. What it has done stays done when it is stopped; what it had not begun is left.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from firsthand.errors import FirsthandError, InputError
from firsthand.workbench.apart import BROKE_OFF, working_apart

MOST_KEPT = 50


class Stopped(Exception):
    """The user wanted no more of it."""


class Job:
    """Something that goes on: what it is, how far it is, what it has told, and how it ended.

    `state` is "running", "done", "stopped" or "failed"; `ended` says why it failed. `next` is where to go afterwards.
    """

    def __init__(self, title: str, next: str = "/") -> None:
        self.id, self.title, self.next = secrets.token_hex(6), title, next
        self.state, self.ended, self.step = "running", "", ""
        self.done, self.total = 0, 0
        self.lines: list[str] = []
        self.began = time.monotonic()
        self.seconds = 0.0
        self._stopping = threading.Event()

    def say(self, line: str) -> None:
        """Tell one outcome; a job that is to stop stops here."""
        self.lines.append(line)
        self.check()

    def begin_step(self, step: str) -> None:
        """Say what is done now."""
        self.step = step
        self.check()

    def check(self) -> None:
        """Raise Stopped where the user wants no more of it."""
        if self._stopping.is_set():
            raise Stopped

    def stop(self) -> None:
        """Ask the job to stop as soon as it can."""
        self._stopping.set()

    def tell(self) -> dict[str, Any]:
        """Return how it stands, as plain data."""
        return {
            "id": self.id,
            "title": self.title,
            "state": self.state,
            "step": self.step,
            "done": self.done,
            "total": self.total,
            "lines": list(self.lines),
            "ended": self.ended,
            "next": self.next,
            "seconds": int(self.seconds if self.state != "running" else time.monotonic() - self.began),
        }


class Jobs:
    """The jobs of this run, the last fifty of them."""

    def __init__(self) -> None:
        self._kept: dict[str, Job] = {}

    def find(self, name: str) -> Job | None:
        """Return the job of that id."""
        return self._kept.get(name)

    def find_running(self) -> Job | None:
        """Return a job that goes on, if one does."""
        return next((job for job in self._kept.values() if job.state == "running"), None)

    def start(self, job: Job, work: Callable[[Job], None]) -> Job:
        """Run work beside the pages; whatever it raises ends the job and is told."""
        while len(self._kept) >= MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[job.id] = job
        threading.Thread(target=_run, args=(job, work), daemon=True).start()
        return job


def _run(job: Job, work: Callable[[Job], None]) -> None:
    state = "failed"
    try:
        work(job)
        state = "done"
    except Stopped:
        state = "stopped"
    except FirsthandError as fault:
        job.ended = str(fault)
    finally:
        if state == "failed" and not job.ended:
            job.ended = BROKE_OFF
        job.seconds, job.state = time.monotonic() - job.began, state


def run_apart(job: Job, work: Callable[..., None], *given: Any) -> Any:
    """Do work in a process of its own, which can be stopped at any moment, and return what it says as its result.

    `work` is called with a function to send ("step", words), ("line", words) and last ("result", anything), and then
    with what is `given`. Raises Stopped, or the FirsthandError that the work ended with.
    """
    with working_apart(work, *given) as ours:
        while True:
            job.check()
            if ours.poll(0.1):
                kind, told = _hear(ours)
                if kind == "result":
                    return told
                (job.begin_step if kind == "step" else job.say)(told)


def _hear(ours: Connection) -> tuple[str, Any]:
    try:
        kind, told = ours.recv()
    except EOFError:
        raise InputError(BROKE_OFF) from None
    if kind == "mistake":
        raise told
    return kind, told
