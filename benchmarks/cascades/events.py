"""What happened, and in how many ways can it be told?"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

from cascades.grammar import add_article, expand

_WORDED = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten"}
MAIN, CAUSE = "main", "cause"
# The share of sites and causes that are put together rather than taken from the list.
COMPOSED = 0.8


@dataclass(frozen=True)
class Event:
    """One thing that happened: what, to how many of whom, where, when and why, and the words for it."""

    kind: str
    noun: tuple[str, ...]
    active: tuple[str, ...]
    passive: tuple[str, ...]
    unit: str
    site: str
    cause: str
    count: int
    town: str
    when: datetime

    @property
    def weekday(self) -> str:
        """The day of the week on which it happened."""
        return self.when.strftime("%A")


@cache
def read_kinds() -> Mapping[str, Mapping[str, list[str]]]:
    """Return what may happen."""
    kinds = tomllib.loads((Path(__file__).parent / "events.toml").read_text(encoding="utf-8"))
    return {name: held for name, held in kinds.items() if isinstance(held, dict)}


def make_event(rng: Random) -> Event:
    """Return something that happened."""
    kind = rng.choice(sorted(read_kinds()))
    held = read_kinds()[kind]
    return Event(
        kind=kind,
        noun=tuple(held["noun"]),
        active=tuple(held["active"]),
        passive=tuple(held["passive"]),
        unit=rng.choice(held["unit"]),
        site=expand("SITE", rng) if rng.random() < COMPOSED else rng.choice(held["site"]),
        cause=expand("CAUSE", rng) if rng.random() < COMPOSED else rng.choice(held["cause"]),
        count=rng.choice(
            [rng.randrange(3, 13), rng.randrange(13, 100), rng.randrange(13, 100), rng.randrange(100, 900)]
        ),
        town=expand("PLACE", rng),
        when=datetime(2020, 1, 1, 5) + timedelta(hours=rng.randrange(24 * 365 * 3)),
    )


def tell_main(event: Event, rng: Random) -> str:
    """Return a clause that says what happened to how many, where and when, in one of some thousand wordings."""
    count = _WORDED.get(event.count, str(event.count)) if rng.random() < 0.7 else str(event.count)
    many = rng.choice((f"{count} {event.unit}", f"{count} {event.unit}", f"all {count} {event.unit}"))
    site, noun = event.site, rng.choice(event.noun)
    bare = re.sub(r"^(?:the|an?) ", "", site)
    where = rng.choice(
        (f"at {site} in {event.town}", f"at {site}", f"in {event.town}", f"at {site} near {event.town}")
        + (f"in {event.town}, at {site}", f"inside {site}", f"at {event.town}'s {bare}", f"on the grounds of {site}")
    )
    day = event.weekday
    when = rng.choice(
        (f"on {day}", f"on {day} morning", f"late on {day}", f"early on {day}", f"this {day}", "", "", "")
    )
    frames = (
        f"{many} {rng.choice(event.passive)} {where} {when}",
        f"{many} {rng.choice(event.passive)} {when} {where}",
        f"{where} {many} {rng.choice(event.passive)} {when}",
        f"the {noun} {where} {rng.choice(event.active)} {many} {when}",
        f"a {noun} {rng.choice(event.active)} {many} {where} {when}",
        f"a {noun} {when} {rng.choice(event.active)} {many} {where}",
        f"{many} {rng.choice(event.passive)} in the {noun} {where} {when}",
        f"the {noun} {rng.choice(event.active)} {event.unit} {where}, {count} in all",
        f"{event.unit} {rng.choice(event.passive)} {where}, {count} of them, {when}",
    )
    return _tidy(rng.choice(frames)).rstrip(",")


def tell_cause(event: Event, rng: Random) -> str:
    """Return a clause that says why it happened."""
    noun, cause = rng.choice(event.noun), event.cause
    frames = (
        f"the {noun} was caused by {cause}",
        f"{cause} caused the {noun}",
        f"{cause} was to blame for the {noun}",
        f"the {noun} began with {cause}",
        f"the reason for the {noun} was {cause}",
        f"{cause} had led to the {noun}",
        f"the {noun} came about through {cause}",
        f"it all came down to {cause}",
        f"{cause} set off the {noun}",
        f"the {noun} could be traced to {cause}",
    )
    return _tidy(rng.choice(frames))


def deny_main(event: Event, rng: Random) -> str:
    """Return a clause that says that it did not happen."""
    noun = rng.choice(event.noun)
    frames = (
        f"no {event.unit} {rng.choice(event.passive)} at {event.site}",
        f"there had been no {noun} at {event.site}",
        f"it was not true that {event.unit} {rng.choice(event.passive)}",
    )
    return _tidy(rng.choice(frames))


def add_detail(rng: Random) -> str:
    """Return a clause with a detail that nobody else has."""
    return _tidy(expand("DETAIL", rng))


def _tidy(clause: str) -> str:
    """Return a clause with single blanks, and "an" where a vowel follows."""
    return add_article(" ".join(clause.split()))
