"""What is each source worth, in the letters and figures an analyst reads?

An Admiralty grade here is a label derived from the model and never an input to it. The two axes are never coupled:
the letter is about the source, the figure about what it said.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from firsthand.model import Assertion, Case, ClaimId, Grade, Modes, Profile, Reason, record
from firsthand.sources.modes import expect_modes


@record
class ReliabilityBand:
    """A letter, and the chances of spinning and of being informed it asks for."""

    letter: str
    meaning: str
    spinning_below: float
    informed: float


@record
class CredibilityBand:
    """A figure, and the chance of the claim and the number of independent voices it asks for."""

    figure: str
    meaning: str
    at_least: float
    origins: float


def grade_source(
    profile: Profile,
    case: Case,
    after: Modes | None,
    beliefs: Mapping[ClaimId, float],
    voices: Mapping[ClaimId, float],
) -> Grade:
    """Return the Admiralty label of a source: reliability A to F, credibility 1 to 6, and what it was derived from.

    `after`: its modes after all the evidence, None where it is no witness in the model. `beliefs`: the chance of each
    claim. `voices`: the least number of independent origins that assert it. F and 6 mean that nothing was judged.
    """
    said = _find_main_assertion(profile, case)
    letter, from_what = _grade_reliability(profile, case, after)
    figure, why = _grade_credibility(said, beliefs, voices)
    quotes = (*profile.quotes, *(() if said is None else (said.quote,)))
    return Grade(
        reliability=letter,
        credibility=figure,
        reason=Reason(rule="admiralty", sentence=f"{letter}: {from_what}. {figure}: {why}.", quotes=quotes),
    )


def read_bands() -> tuple[tuple[ReliabilityBand, ...], tuple[CredibilityBand, ...]]:
    """Return the bands of both axes, best first, as the data file beside this module gives them."""
    return _read_bands()


def _grade_reliability(profile: Profile, case: Case, after: Modes | None) -> tuple[str, str]:
    if after is None and any(one.author == profile.source.id for one in case.statements):
        return "F", "it is no witness until the statement is shown to be genuine"
    if not profile.judged:
        return "F", "its numbers are suggestions that nobody has judged"
    if after is None and profile.imported_grade.upper().startswith("F"):
        return "F", "its reliability could not be judged when its grade was given"
    modes = after or expect_modes(profile, case)
    bands, _ = read_bands()
    fits = (band for band in bands if modes.spinning < band.spinning_below and modes.informed >= band.informed)
    band = next(fits, bands[-1])
    basis = "after everything it said in the case" if after else "from its access, interest and ties alone"
    return band.letter, f"{band.meaning}, {basis}"


def _grade_credibility(
    said: Assertion | None, beliefs: Mapping[ClaimId, float], voices: Mapping[ClaimId, float]
) -> tuple[str, str]:
    if said is None:
        return "6", "it asserts no claim that the case judges"
    if said.claim not in beliefs:
        return "6", "how likely what it says is was not worked out"
    chance = 1 - beliefs[said.claim] if said.denies else beliefs[said.claim]
    origins = 0.0 if said.denies else voices.get(said.claim, 0.0)
    _, bands = read_bands()
    band = next(band for band in bands if chance >= band.at_least and origins >= band.origins)
    held_back = " (certain enough for 1, without a second independent origin)" if chance >= bands[0].at_least else ""
    return band.figure, f"what it says is {band.meaning}{held_back if band is not bands[0] else ''}"


def _find_main_assertion(profile: Profile, case: Case) -> Assertion | None:
    """Return what it says about the hypothesis asked about, or else the first thing it says."""
    said = [one for one in case.assertions if one.source == profile.source.id and one.judged]
    asked = {claim.id for claim in case.claims if claim.hypothesis == case.asks}
    return next((one for one in said if one.claim in asked), said[0] if said else None)


@cache
def _read_bands() -> tuple[tuple[ReliabilityBand, ...], tuple[CredibilityBand, ...]]:
    data = tomllib.loads(files("firsthand.sources").joinpath("grades.toml").read_text(encoding="utf-8"))
    return (
        tuple(ReliabilityBand(**row) for row in data["reliability"]),
        tuple(CredibilityBand(**row) for row in data["credibility"]),
    )
