"""How is work done in a process of its own, so that pages stay quick and its memory is given back?"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

from firsthand.errors import FirsthandError

Send = Callable[[tuple[str, Any]], None]
BROKE_OFF = "it broke off; the terminal of firsthand serve says where"


@contextmanager
def working_apart(work: Callable[..., None], *given: Any) -> Iterator[Connection]:
    """Begin work in a process of its own and yield where it is heard; it is ended when nobody listens any more.

    `work` is called with a function that sends (kind, anything), and with what is `given`. A mistake of the user ends
    it with ("mistake", the error); a bug shows its traceback in the terminal and closes the line.
    """
    apart = multiprocessing.get_context("spawn")
    ours, theirs = apart.Pipe(duplex=False)
    running = apart.Process(target=_work, args=(theirs, work, given), daemon=True)
    running.start()
    theirs.close()
    try:
        yield ours
    finally:
        running.terminate()
        running.join()
        ours.close()


def do_apart(work: Callable[..., None], *given: Any) -> Any:
    """Do work in a process of its own and return what it sends as its result.

    Raises the FirsthandError it ends with, and RuntimeError where it broke off.
    """
    with working_apart(work, *given) as ours:
        try:
            kind, told = ours.recv()
        except EOFError:
            raise RuntimeError(BROKE_OFF) from None
    if kind == "mistake":
        raise told
    return told


def _work(theirs: Connection, work: Callable[..., None], given: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this
    try:
        work(theirs.send, *given)
    except FirsthandError as fault:
        theirs.send(("mistake", fault))
