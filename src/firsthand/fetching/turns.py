"""When may a host be asked again?"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from email.utils import parsedate_to_datetime

from firsthand.fetching.clock import Clock, Deadline


class Turns:
    """Who is being asked, and when each host may be asked next: one request at a time, and time between two."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._free: dict[str, float] = {}
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._guard = threading.Lock()

    @contextmanager
    def take(self, host: str, delay: float, deadline: Deadline) -> Iterator[None]:
        """Wait until it is our turn to ask a host; after that leave it alone for `delay` seconds.

        Raises TimeoutError where our turn would come after the deadline.
        """
        with self._guard:
            lock = self._locks[host]
        if not lock.acquire(timeout=deadline.left()):
            raise TimeoutError("is being asked for something else")
        try:
            pause = self._free.get(host, 0.0) - self.clock.tick()
            if pause > deadline.left():
                raise TimeoutError(f"asks to be left alone for {pause:.0f} seconds")
            if pause > 0:
                self.clock.wait(pause)
            try:
                yield
            finally:
                self.postpone(host, delay)
        finally:
            lock.release()

    def postpone(self, host: str, seconds: float) -> None:
        """Leave a host alone for so long."""
        self._free[host] = max(self._free.get(host, 0.0), self.clock.tick() + seconds)


def read_retry_after(value: str, clock: Clock) -> float | None:
    """Return the seconds a server asks us to stay away (given as seconds or as a date), or None."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - clock.now()).total_seconds())
