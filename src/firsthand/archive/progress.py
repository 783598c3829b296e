"""How far is a build or a trace, how fast, and how long still?"""

from __future__ import annotations

from dataclasses import replace

from firsthand.model import record


@record
class Progress:
    """How far a build is. Bytes are of the input; `passed` are those of files that were in the archive already."""

    total: int
    done: int = 0
    passed: int = 0
    reports: int = 0
    problems: int = 0
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Reports per second of this run."""
        return self.reports / self.seconds if self.seconds > 0 else 0.0

    @property
    def left(self) -> float | None:
        """Seconds still to go at this speed; None before anything can be said."""
        read = self.done - self.passed
        if read <= 0 or self.seconds <= 0:
            return None
        return max(self.total - self.done, 0) * self.seconds / read


@record
class Tracing:
    """How far a trace is: the step it is at, and how many reports or pairs of that are done."""

    step: str
    done: int
    total: int
    seconds: float


def add_progress(before: Progress, size: int, *, known: bool, reports: int, problems: int, seconds: float) -> Progress:
    """Return the progress after one more unit of `size` bytes."""
    return replace(
        before,
        done=min(before.done + size, before.total),
        passed=before.passed + (size if known else 0),
        reports=before.reports + reports,
        problems=before.problems + problems,
        seconds=seconds,
    )


def describe_progress(progress: Progress) -> str:
    """Return progress as one line: share, reports, rate, time left."""
    share = 100 * progress.done / progress.total if progress.total else 100.0
    words = [f"{share:3.0f} %", f"{progress.reports:,} reports", f"{progress.rate:,.0f} a second"]
    if progress.problems:
        words.append(f"{progress.problems:,} not read")
    if progress.left is not None and progress.done < progress.total:
        words.append(f"{describe_seconds(progress.left)} left")
    return ", ".join(words)


def describe_tracing(progress: Tracing) -> str:
    """Return how far a trace is as one line: the step, how much of it, the time it took so far."""
    counted = f"{progress.done:,} of {progress.total:,}" if progress.total else f"{progress.done:,}"
    return f"{progress.step}: {counted}, {describe_seconds(progress.seconds)}"


def describe_seconds(seconds: float) -> str:
    """Return a stretch of time as people say it: "40 s", "3 min", "2 h 5 min"."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{round(whole / 60)} min"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
