"""How many voices assert a claim, when it is not known of all whether they echo one another?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from firsthand.model import Attribution, AttributionId, Claim, Count, Derivation, Origin, SourceKind
from firsthand.origins.faces import is_bare
from firsthand.origins.groups import Groups
from firsthand.origins.retold import RULE as ONLY_ALIKE
from firsthand.origins.saying import SOUND, find_soundness, takes_side, weigh_voices
from firsthand.origins.tally import count_chances

SURE, ALIKE = 0.8, 0.75
FAINT = 0.05
UNKNOWN, UNKNOWN_ROLE = 0.3, 0.2
# A voice less probable than `HEARD` counts for nothing, an attribution below the faintest for none.
HEARD, FAINTEST = 0.5, 0.1

Edge = tuple[float, AttributionId, AttributionId]
Voices = Mapping[AttributionId, Sequence[Attribution]]


def count_voices(
    claim: Claim,
    attributions: Sequence[Attribution],
    derivations: Sequence[Derivation],
    origins: Sequence[Origin],
    near: Collection[AttributionId] = (),
) -> Count:
    """Return how many independent voices assert a claim, denials apart.

    What is surely derived, or has one originator in one origin, is one voice. A voice counts for the chance that one
    of its attributions is sound and says what the claim says, and that it is not another voice: the most probable tree
    of uncertain derivations is drawn, and of each tie one end is lost with its chance. `low` and `high` bound the
    number so many chances make. `near`: attributions of claims of the same matter, which may say the same.
    Who nobody names may be any of the others: with no tie known, that chance is put at .3; at .2 where he is described.
    Who says both this and its opposite asserts it where he says it more often, what was taken from him apart; where
    he says both as often, by what he says nearest to the claim's sentence.
    """
    named = set(claim.attributions)
    said = sorted((a for a in attributions if a.id in named and a.probability >= FAINTEST), key=lambda a: a.id)
    if len(said) < 2:
        derivations, origins, attributions, near = (), (), said, ()
    held = {a.id: a for a in sorted(attributions, key=lambda a: a.id)}
    beside = [held[i] for i in sorted(set(near) - named) if i in held and held[i].probability >= SOUND]
    edges = _find_edges(derivations, held)
    groups = _group_voices(held, [*said, *beside], edges, origins)
    directed = [d for d in derivations if d.directed and d.parent_attribution in named and d.probability >= SURE]
    taken = {d.child_attribution for d in directed}
    voices = _list_voices(groups, said, beside, taken)
    heard = {v: members for v, members in voices.items() if find_soundness(members) >= HEARD}
    asserting = {v: members for v, members in heard.items() if takes_side(claim, members)}
    chances = weigh_voices(claim, asserting)
    losses = _find_losses(groups, edges, asserting, chances)
    return count_chances([chance * (1.0 - losses.get(voice, 0.0)) for voice, chance in chances.items()])


def _list_voices(
    groups: Groups[AttributionId],
    said: Sequence[Attribution],
    beside: Sequence[Attribution],
    taken: Collection[AttributionId | None],
) -> Voices:
    """Return what each voice says itself, or what others took where that is all; `beside` only of who says no more."""
    heard = {groups.find(attribution.id) for attribution in said}
    voices: dict[AttributionId, list[Attribution]] = {}
    for attribution in [*said, *(a for a in beside if groups.find(a.id) not in heard)]:
        voices.setdefault(groups.find(attribution.id), []).append(attribution)
    return {v: [m for m in members if m.id not in taken] or members for v, members in voices.items()}


def _find_losses(
    groups: Groups[AttributionId],
    edges: Sequence[Edge],
    voices: Voices,
    chances: Mapping[AttributionId, float],
) -> dict[AttributionId, float]:
    """Return the chance of each voice that it is another one, given the uncertain ties between them."""
    order = sorted(voices, key=lambda v: (-chances[v], min(one.id for one in voices[v])))
    ties = _grow_tree(groups, edges, order)
    tied = {end for _, *ends in ties for end in ends}
    nameless = [
        v for v in reversed(order) if v not in tied and all(a.source_kind is SourceKind.UNNAMED for a in voices[v])
    ]
    spared = nameless[: max(0, len(voices) - len(ties) - 1)]
    unknown = {v: UNKNOWN if any(is_bare(a) for a in voices[v]) else UNKNOWN_ROLE for v in spared}
    return {**{lost: chance for chance, lost, _ in ties}, **unknown}


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
    """Return the ties between attributions, the most probable first; what is only alike is never sure."""
    edges = [
        (
            min(d.probability, ALIKE) if d.reason.rule == ONLY_ALIKE else d.probability,
            d.child_attribution,
            d.parent_attribution,
        )
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
