"""What do networks of witnesses look like at any size?

Claims in a row, sources near them, and sources that speak of everything.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from firsthand.model import Factor, VariableId

CAMPAIGN = VariableId("K:push")


@dataclass(frozen=True)
class Network:
    """What is believed before any report, and what each report says of its claim and its source."""

    frame: tuple[Factor, ...]
    reports: tuple[Factor, ...]

    @property
    def factors(self) -> tuple[Factor, ...]:
        return (*self.frame, *self.reports)


def over(names: str, table: object) -> Factor:
    return Factor(tuple(VariableId(name) for name in names.split()), np.asarray(table, dtype=float)[..., None])


def say(rng: np.random.Generator, claim: int, source: str) -> Factor:
    """P(the source says so | the claim is true or false, informed, rumour or spinning)."""
    error, shameless = rng.uniform(0.05, 0.2), rng.uniform(0.5, 0.95)
    true, false = (0.5 * (1 - error), 0.175, 0.9), (0.5 * error, 0.175, 0.9 * shameless)
    return over(f"C:{claim} M:{source}", [true, false])


def believe_source(rng: np.random.Generator, source: str) -> Factor:
    """P(mode | campaign on or off)."""
    access, spins = rng.uniform(0.2, 0.8), (rng.uniform(0.3, 0.8), rng.uniform(0.05, 0.3))
    rows = [[(1 - spin) * access, (1 - spin) * (1 - access), spin] for spin in spins]
    return over(f"{CAMPAIGN} M:{source}", rows)


def make_network(claims: int, hubs: int = 0, seed: int = 0, hypotheses: int = 4, hears: int = 2) -> Network:
    """Each claim has a source of its own that also speaks of the next two; `hubs` speak of any, `hears` of each."""
    rng = np.random.default_rng([seed, claims, hubs])
    frame = [over("H", rng.dirichlet(np.full(hypotheses, 5.0))), over(CAMPAIGN, [0.25, 0.75])]
    for claim in range(claims):
        chances = rng.uniform(0.05, 0.95, hypotheses)
        frame.append(over(f"H C:{claim}", np.stack([chances, 1 - chances], axis=1)))
    names = [f"s{number}" for number in range(claims)] + [f"g{number:02}" for number in range(hubs)]
    frame += [believe_source(rng, name) for name in names]
    reports = [
        say(rng, claim, f"s{number}") for number in range(claims) for claim in range(number, min(claims, number + 3))
    ]
    for claim in range(claims if hubs else 0):
        spoken = rng.choice(hubs, min(hubs, hears), replace=False)
        reports += [say(rng, claim, f"g{number:02}") for number in sorted(spoken)]
    return Network(tuple(frame), tuple(reports))
