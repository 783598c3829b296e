"""Who hangs together with whom, and what if the analyst chose that wrongly?

How ties and campaigns are drawn is itself a choice. Each variant keeps every judgement that it can and changes only
the structure, so that the spread between variants shows what the choice is worth.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from firsthand.model import Campaign, Case, Knob, KnobId, Profile, record


@record
class Variant:
    """A case with another structure, and the assumption in words."""

    id: str
    title: str
    sentence: str
    case: Case


def vary_structure(case: Case) -> tuple[Variant, ...]:
    """Return the case with its sources cut loose, with one campaign behind all, and with a campaign for each interest.

    A variant that would be the case itself is left out.
    """
    found = []
    for name, title, vary in VARIANTS:
        varied = vary(case)
        if varied != case:
            found.append(Variant(id=name, title=title, sentence=str(vary.__doc__), case=varied))
    return tuple(found)


def cut_ties(case: Case) -> Case:
    """Nobody is pushing the story: each source spins only as it would by itself, and no unnamed source is another."""
    return replace(case, profiles=tuple(_cut_loose(one) for one in case.profiles))


def join_campaigns(case: Case) -> Case:
    """One campaign is behind every source that may gain: they spin together, each as often as judged."""
    if not case.campaigns:
        return case
    strongest = max(case.campaigns, key=lambda one: one.prior.value)
    priors = {one.id: one.prior for one in case.campaigns}
    speaking = {one.source for one in case.assertions}
    profiles = tuple(
        _join(one, strongest, priors.get(one.campaign or "")) if one.source.id in speaking else _move(one, strongest)
        for one in case.profiles
    )
    statements = tuple(replace(one, campaign=strongest.id) for one in case.statements)
    return replace(case, campaigns=(strongest,), profiles=profiles, statements=statements)


def part_campaigns(case: Case) -> Case:
    """Each interest has a campaign of its own: sources that speak for different parties do not spin together."""
    campaigns, profiles = list(case.campaigns), []
    owners: dict[tuple[str, str], str] = {}
    for one in case.profiles:
        party = one.source.speaks_for or one.source.id
        held = next((each for each in case.campaigns if each.id == one.campaign), None)
        if held is not None and (held.id, party) not in owners:
            first = not any(name == held.id for name, _ in owners)
            owners[held.id, party] = held.id if first else f"{held.id}--{one.source.id}"
            campaigns += [] if first else [replace(held, id=owners[held.id, party])]
        profiles.append(replace(one, campaign=owners[held.id, party]) if held is not None else one)
    if len(campaigns) == len(case.campaigns):
        return case
    return replace(case, campaigns=tuple(campaigns), profiles=tuple(profiles))


VARIANTS: Sequence[tuple[str, str, Callable[[Case], Case]]] = (
    ("alone", "Sources independent of each other", cut_ties),
    ("one-campaign", "One campaign behind all", join_campaigns),
    ("separate-campaigns", "Separate campaigns", part_campaigns),
)


def _cut_loose(one: Profile) -> Profile:
    who = one.anonymity
    if one.campaign is None and (who is None or who.same_as is None):
        return one
    alone = None if who is None else replace(who, same_as=None, same_weight=None)
    return replace(one, campaign=None, spin_on=one.spin_off, anonymity=alone)


def _move(one: Profile, campaign: Campaign) -> Profile:
    return one if one.campaign in (None, campaign.id) else replace(one, campaign=campaign.id)


def _join(one: Profile, campaign: Campaign, prior: Knob | None) -> Profile:
    """Return the source in the campaign, spinning as often over all as judged.

    One that stood outside and may gain spins only when the campaign is on, as far as that allows.
    """
    if one.campaign == campaign.id or (one.campaign is None and one.gains is False):
        return one
    ends = []
    for side in ("low", "value", "high"):
        off, on, common = (float(getattr(knob, side)) for knob in (one.spin_off, one.spin_on, campaign.prior))
        before = 0.0 if prior is None else float(getattr(prior, side))
        ends.append(_share_spin(before * on + (1 - before) * off, off if prior is not None else 0.0, common))
    lows, highs = ([pair[side] for pair in ends] for side in (0, 1))
    spins, rests = _make_knob(one, "spin_on", highs), _make_knob(one, "spin_off", lows)
    return replace(one, campaign=campaign.id, spin_on=spins, spin_off=rests)


def _share_spin(overall: float, off: float, common: float) -> tuple[float, float]:
    """Return spin without a campaign of chance `common`, `off` as far as may be, and with it; overall as given."""
    if common <= 0:
        return overall, overall
    on = min(1.0, max(0.0, (overall - (1 - common) * off) / common))
    return min(1.0, max(0.0, (overall - common * on) / (1 - common))) if common < 1 else off, on


def _make_knob(one: Profile, name: str, ends: Sequence[float]) -> Knob:
    knob = KnobId(f"source.{one.source.id}.{name}")
    return Knob(id=knob, low=min(ends), value=ends[1], high=max(ends), text="as another structure has it")
