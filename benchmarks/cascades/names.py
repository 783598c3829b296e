"""What are the people, places and outlets called?"""

from __future__ import annotations

import re
from random import Random

from cascades.grammar import expand, read_words


def slug(name: str) -> str:
    """Return a name as it may stand in an address."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower().removeprefix("the ")).strip("-")


def make_outlet(rng: Random) -> str:
    """Return the name of a newspaper or a site."""
    words = read_words()
    place, paper = expand("PLACE", rng), rng.choice(words["paper"])
    frames = ("The {0} {1}", "{0} {1}", "{0} Daily {1}", "{0} Evening {1}", "{1} of {0}", "Radio {0}", "{0} Online")
    return rng.choice(frames).format(place, paper)


def make_outlets(rng: Random, count: int) -> list[str]:
    """Return so many outlets, no two of which share a word that tells them."""
    found: dict[str, str] = {}
    while len(found) < count:
        name = make_outlet(rng)
        found.setdefault(slug(name), name)
    return list(found.values())


def make_wire(rng: Random) -> str:
    """Return the name of a news agency."""
    return f"{expand('PLACE', rng)} {rng.choice(read_words()['wire']).strip()}"


def make_company(rng: Random) -> str:
    """Return the name of a company."""
    return f"{expand('PLACE', rng)} {rng.choice(read_words()['trade'])}"
