"""What is a generated report, and what is known about it?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Tie:
    """A child took something from a parent: a file of the same story, or the name of an origin outside the pile.

    `signal`: what betrays it: named, linked, text, paraphrase.
    """

    parent: str
    kind: str
    signal: str
    latent: bool = False


@dataclass(frozen=True)
class Said:
    """One attribution as it was written: `chain` from the outlet to the originator, `origin` what is true."""

    quote: str
    source: str
    chain: tuple[str, ...]
    claim: str
    origin: str
    kind: str = "named"
    polarity: int = 1
    start: int = 0


@dataclass(frozen=True)
class Run:
    """Words that a child shares with a parent because it took them; characters in the two texts."""

    parent: str
    words: int
    here: tuple[int, int]
    there: tuple[int, int]


@dataclass(frozen=True)
class Item:
    """One generated report. `published` is the true time, `shown` what it says: another, or nothing."""

    file: str
    publisher: str
    title: str
    url: str
    text: str
    published: datetime
    shown: datetime | None
    family: str
    ties: tuple[Tie, ...] = ()
    said: tuple[Said, ...] = ()
    runs: tuple[Run, ...] = ()
    links: tuple[str, ...] = ()

    @property
    def parents(self) -> tuple[str, ...]:
        """The files it took from."""
        return tuple(tie.parent for tie in self.ties if not tie.latent)


@dataclass(frozen=True)
class Story:
    """Reports of one event, and what is true of them.

    `voices`: origin -> whether it asserts the main claim; `hidden`: names of origins and wires outside the pile;
    `siblings`: pairs of reports with one source, neither from the other.
    """

    name: str
    kind: str
    items: tuple[Item, ...]
    claims: dict[str, str] = field(default_factory=dict)
    voices: dict[str, bool] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    siblings: tuple[tuple[str, str], ...] = ()
