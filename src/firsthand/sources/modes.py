"""Who is this source likely to be: one who knows, one who heard, or one whom it suits?

One latent mode per source is shared by everything it says, so three statements by one source are not three witnesses.
"""

from __future__ import annotations

from firsthand.errors import ModelError
from firsthand.model import Anonymity, Case, Factor, Knobs, Modes, Number, Profile, SourceId, VariableId
from firsthand.probability import tabulate


def mode_factors(case: Case, knobs: Knobs) -> tuple[Factor, ...]:
    """Return P(mode of a source | its campaign) for every source that asserts something in its own voice.

    Scope (K, M), or (M,) for a source that belongs to no campaign.
    """
    return tuple(_mode_factor(profile, knobs) for profile in find_witnesses(case))


def find_witnesses(case: Case) -> tuple[Profile, ...]:
    """Return the sources whose word enters the model, in the case's order; one that only echoes adds no voice."""
    speaking = {one.source for one in case.assertions if one.copy is None or one.copy.low < 1}
    unknown = speaking - {profile.source.id for profile in case.profiles}
    if unknown:
        raise ModelError(f"source {min(unknown)!r} asserts a claim, and nothing says what it is worth")
    return tuple(profile for profile in case.profiles if profile.source.id in speaking)


def name_mode(source: SourceId) -> VariableId:
    """Return the variable of a source's mode: states informed, rumour, spinning."""
    return VariableId(f"M:{source}")


def expect_modes(profile: Profile, case: Case) -> Modes:
    """Return the modes of a source before anything is heard, its campaign averaged out, at the judged values."""
    chance = next((one.prior.value for one in case.campaigns if one.id == profile.campaign), 0.0)
    spin = chance * profile.spin_on.value + (1 - chance) * profile.spin_off.value
    access = profile.access.value
    return Modes(informed=(1 - spin) * access, rumour=(1 - spin) * (1 - access), spinning=spin)


def _mode_factor(profile: Profile, knobs: Knobs) -> Factor:
    mode = name_mode(profile.source.id)
    off = _mix_modes(profile, knobs[profile.spin_off.id], knobs)
    if profile.campaign is None:
        return Factor((mode,), tabulate(off))
    on = _mix_modes(profile, knobs[profile.spin_on.id], knobs)
    return Factor((VariableId(f"K:{profile.campaign}"), mode), tabulate([on, off]))


def _mix_modes(profile: Profile, spin: Number, knobs: Knobs) -> list[Number]:
    """Return the three chances: of an unnamed source, a mixture over who he may be."""
    access, who = knobs[profile.access.id], profile.anonymity
    if who is None:
        return _split_modes(spin, access)
    employer, himself, nobody = _share_identities(who, knobs)
    own = knobs[who.own_spin.id]
    speaks = zip(_split_modes(spin, access), _split_modes(own, access), (0.0, 1.0, 0.0), strict=True)
    return [employer * as_employer + himself * alone + nobody * none for as_employer, alone, none in speaks]


def _split_modes(spin: Number, access: Number) -> list[Number]:
    return [(1 - spin) * access, (1 - spin) * (1 - access), spin]


def _share_identities(who: Anonymity, knobs: Knobs) -> tuple[Number, Number, Number]:
    """Return the chances that he speaks for his employer, for himself, or does not exist, scaled to add to one.

    One who does not exist is an outlet's rumour: he says what goes round.
    """
    employer, himself, nobody = (knobs[one.id] for one in (who.employer, who.himself, who.nobody))
    total: Number = employer + himself + nobody
    if not (tabulate(total) > 0).all():
        raise ModelError(f"{who.employer.id}: an unnamed source is somebody; the three chances are all 0")
    return employer / total, himself / total, nobody / total
