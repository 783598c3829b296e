"""What time is it, and how much of it is left?"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Where fetching has its time from."""

    def now(self) -> datetime:
        """Return the time of day, in UTC."""

    def tick(self) -> float:
        """Return seconds on a clock that never goes back."""

    def wait(self, seconds: float) -> None:
        """Let time pass."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the time of day, in UTC and whole seconds."""
        return datetime.now(UTC).replace(microsecond=0)

    def tick(self) -> float:
        """Return seconds on a clock that never goes back."""
        return time.monotonic()

    def wait(self, seconds: float) -> None:
        """Sleep."""
        time.sleep(seconds)


class Deadline:
    """A moment after which nothing more is waited for."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self.clock = clock
        self.end = clock.tick() + seconds

    def left(self, most: float | None = None) -> float:
        """Return the seconds left, `most` at the most. Raises TimeoutError where there are none."""
        left = self.end - self.clock.tick()
        if left <= 0:
            raise TimeoutError("took too long")
        return left if most is None else min(left, most)
