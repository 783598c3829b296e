"""How many voices assert a claim, when it is not known of all whether they echo one another?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import prod

from firsthand.model import Attribution, AttributionId, Claim, Count, Derivation, Origin, SourceKind
from firsthand.origins.faces import is_bare
from firsthand.origins.groups import Groups
from firsthand.origins.index import detail_words
from firsthand.origins.stance import asserts_claim

SURE = 0.8
FAINT = 0.05
UNKNOWN, UNKNOWN_ROLE = 0.3, 0.2
# A voice this probable is taken as read; one less probable counts for its chance, one under a quarter not at all.
SOUND, HEARD, FAINTEST = 0.7, 0.25, 0.1

Edge = tuple[float, AttributionId, AttributionId]


def count_voices(
    claim: Claim, attributions: Sequence[Attribution], derivations: Sequence[Derivation], origins: Sequence[Origin]
) -> Count:
    """Return how many independent voices assert a claim, denials apart.

    What is surely derived, or has one originator in one origin, is one voice. Between the voices left, the most
    probable tree of uncertain derivations is drawn: `high` takes none of them as real (unknown lineage is
    independent), `low` takes all (dependent), `expected` takes off the sum of their chances.
    Who nobody names may be any of the others: with no tie known, that chance is put at .3; at .2 where he is described.
    A voice that rests on doubtful attributions alone counts for the chance that one of them is sound.
    Who says both this and its opposite asserts it where he says it more often, what was taken from him apart; where
    he says both as often, by what he says nearest to the claim's sentence.
    """
    named = set(claim.attributions)
    said = sorted((a for a in attributions if a.id in named and a.probability >= FAINTEST), key=lambda a: a.id)
    if len(said) < 2:
        derivations, origins, attributions = (), (), said
    held = {a.id: a for a in sorted(attributions, key=lambda a: a.id)}
    edges = _find_edges(derivations, held)
    groups = _group_voices(held, said, edges, origins)
    taken = {d.child_attribution for d in derivations if d.directed and d.parent_attribution and d.probability >= SURE}
    voices: dict[AttributionId, list[Attribution]] = {}
    for attribution in said:
        voices.setdefault(groups.find(attribution.id), []).append(attribution)
    heard = {v: members for v, members in voices.items() if _weigh_voice(members) >= HEARD}
    return _tally(groups, edges, {v: members for v, members in heard.items() if _takes_side(claim, members, taken)})


def _tally(
    groups: Groups[AttributionId], edges: Sequence[Edge], voices: Mapping[AttributionId, Sequence[Attribution]]
) -> Count:
    """Return the number of voices, given the uncertain ties between them."""
    weights = {voice: _weigh_voice(members) for voice, members in voices.items()}
    ties = _grow_tree(groups, edges, sorted(voices, key=lambda v: (-weights[v], v)))
    alone = set(voices) - {end for _, *ends in ties for end in ends}
    nameless = [v for v in sorted(alone) if all(a.source_kind is SourceKind.UNNAMED for a in voices[v])]
    spared = nameless[: max(0, len(voices) - len(ties) - 1)]
    unknown = {v: UNKNOWN if any(is_bare(a) for a in voices[v]) else UNKNOWN_ROLE for v in spared}
    losses = {**{lost: chance for chance, lost, _ in ties}, **unknown}
    sound = sum(weights[voice] == 1.0 and voice not in losses for voice in voices)
    low = max(sound, min(1, len(voices)))
    expected = sum(weight * (1.0 - losses.get(voice, 0.0)) for voice, weight in weights.items())
    return Count(low=float(low), expected=round(max(low, expected), 4), high=float(len(voices)))


def _takes_side(claim: Claim, members: Sequence[Attribution], taken: Collection[AttributionId | None]) -> bool:
    """Tell whether the attributions of one voice, those taken from others apart, assert a claim on balance."""
    own = [member for member in members if member.id not in taken] or members
    balance = sum(1 if asserts_claim(member, claim) else -1 for member in own)
    if balance:
        return balance > 0
    asked = detail_words(claim.sentence)
    nearest = max(own, key=lambda m: (len(asked & detail_words(m.content.text)), asserts_claim(m, claim)))
    return asserts_claim(nearest, claim)


def _weigh_voice(members: Sequence[Attribution]) -> float:
    """Return the chance that at least one attribution of a voice is one, as if they were independent; 1 where sound."""
    chance = 1.0 - prod(1.0 - member.probability for member in members)
    return 1.0 if chance >= SOUND else chance


def _group_voices(
    held: Mapping[AttributionId, Attribution],
    said: Sequence[Attribution],
    edges: Sequence[Edge],
    origins: Sequence[Origin],
) -> Groups[AttributionId]:
    """Return the attributions grouped by sure derivations, and those of the claim by origin and originator."""
    groups = Groups(list(held))
    for chance, child, parent in edges:
        if chance >= SURE:
            groups.join(child, parent)
    origin_of = {member: origin.id for origin in origins for member in origin.attributions}
    first: dict[tuple[str, str], AttributionId] = {}
    for attribution in said:
        key = (str(origin_of.get(attribution.id, attribution.id)), str(attribution.chain[-1:]))
        groups.join(first.setdefault(key, attribution.id), attribution.id)
    return groups


def _find_edges(derivations: Sequence[Derivation], held: Collection[AttributionId]) -> list[Edge]:
    """Return the ties between attributions, the most probable first."""
    edges = [
        (d.probability, d.child_attribution, d.parent_attribution)
        for d in derivations
        if d.child_attribution and d.parent_attribution and d.probability >= FAINT
    ]
    return sorted((e for e in edges if e[1] in held and e[2] in held), key=lambda e: (-e[0], e[1], e[2]))


def _grow_tree(groups: Groups[AttributionId], edges: Sequence[Edge], voices: Sequence[AttributionId]) -> list[Edge]:
    """Return the ties of the most probable tree between voices (Kruskal 1956), as (chance, voice lost, voice kept).

    `voices` are in order of weight: of two that are tied, the weightier is kept.
    """
    tree, place = Groups(voices), {voice: n for n, voice in enumerate(voices)}
    ties: list[Edge] = []
    for chance, child, parent in edges:
        ends = groups.find(child), groups.find(parent)
        if ends[0] in place and ends[1] in place:
            kept, lost = sorted((tree.find(ends[0]), tree.find(ends[1])), key=place.__getitem__)
            if tree.join(kept, lost):
                ties.append((chance, lost, kept))
    return ties
