"""Which attributions lead back to one independent utterance?"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence

from firsthand.model import (
    Attribution,
    AttributionId,
    Claim,
    Derivation,
    Origin,
    OriginId,
    Report,
    Source,
    SourceId,
    SourceKind,
)
from firsthand.origins.faces import is_faceless
from firsthand.origins.groups import Groups
from firsthand.origins.index import Index
from firsthand.origins.institutions import list_parties
from firsthand.origins.parties import Voice, find_originator, name_voices
from firsthand.origins.stance import find_stance

LIKELY = 0.5
# Rules that say who somebody is, and not only where some words come from.
SAME_PERSON = {"said to be the unnamed source", "may name the unnamed", "may be the same person"}


def find_origins(
    reports: Sequence[Report],
    attributions: Sequence[Attribution],
    sources: Sequence[Source],
    derivations: Sequence[Derivation],
    claims: Sequence[Claim] = (),
) -> tuple[Origin, ...]:
    """Return the independent utterances behind a pile, each attribution in exactly one.

    Attributions joined by a likely derivation, or giving one originator on one claim, hang together; the group bears
    the name of the member that its edges start from. A group whose edges only run in a circle has an unknown
    beginning and is latent. Groups that start from one source are one origin.
    """
    index = Index(reports, attributions, sources, claims)
    voices = name_voices(index)
    groups = _group_attributions(index, derivations, voices)
    parents = _likely_parents(derivations)
    gathered: dict[Voice, list[list[Attribution]]] = {}
    apart = {d.child_attribution for d in derivations if d.latent and d.child_attribution}
    for members in groups:
        head, in_circle = _find_head(index, members, parents)
        if in_circle:
            apart |= {member.id for member in members}
        gathered.setdefault(voices[head.id], []).append([head, *(a for a in members if a.id != head.id)])
    taken: set[str] = set()
    return tuple(_make_origin(index, voice, found, apart, taken) for voice, found in gathered.items())


def _group_attributions(
    index: Index, derivations: Sequence[Derivation], voices: Mapping[AttributionId, Voice]
) -> list[list[Attribution]]:
    """Return the attributions that hang together, in order of publication."""
    groups = Groups(list(index.attributions))
    for derivation in derivations:
        child, parent = derivation.child_attribution, derivation.parent_attribution
        if child in index.attributions and parent in index.attributions and derivation.probability >= LIKELY:
            groups.join(child, parent)
    _follow_persons(index, derivations, groups)
    _join_parties(index, voices, groups)
    for said in [_list_named(index), *index.said_of.values()]:
        first = dict[Voice, AttributionId]()
        for attribution in said:
            groups.join(first.setdefault(voices[attribution.id], attribution.id), attribution.id)
    return [[index.attributions[member] for member in group] for group in groups.list_groups()]


def _list_named(index: Index) -> list[Attribution]:
    """Return what people with a name say: each is one voice, whatever he speaks of."""
    named = {source.id for source in index.sources.values() if source.kind is SourceKind.NAMED}
    return [a for a in index.attributions.values() if len(a.chain) > 1 and a.chain[-1] in named]


def _follow_persons(index: Index, derivations: Sequence[Derivation], groups: Groups[AttributionId]) -> None:
    """Join all that an unnamed source says to what joins one of his words to a person: he is that person throughout."""
    words = _list_words(index)
    for derivation in derivations:
        if derivation.reason.rule not in SAME_PERSON or derivation.probability < LIKELY:
            continue
        for end in (derivation.child_attribution, derivation.parent_attribution):
            if end in index.attributions and is_faceless(index, index.attributions[end]):
                for other in words[find_originator(index.attributions[end])]:
                    groups.join(end, other.id)


def _list_words(index: Index) -> Mapping[SourceId, list[Attribution]]:
    """Return all that each originator says."""
    words: dict[SourceId, list[Attribution]] = {}
    for attribution in index.attributions.values():
        words.setdefault(find_originator(attribution), []).append(attribution)
    return words


def _join_parties(index: Index, voices: Mapping[AttributionId, Voice], groups: Groups[AttributionId]) -> None:
    """Join all that an institution says, whoever speaks for it and whatever of, but for what it disowns.

    Where one of the two stands for several parties, what the other says goes with what is nearest to it.
    """
    words = _list_words(index)
    for pair in list_parties(index):
        said = [a for source in pair for a in words[source]]
        tagged = [a for a in said if any(voices[b.id][1] for b in words[find_originator(a)])]
        first = dict[str, AttributionId]()
        for attribution in said:
            near = attribution if attribution in tagged or not tagged else _find_nearest(index, attribution, tagged)
            groups.join(first.setdefault(voices[near.id][1], attribution.id), attribution.id)


def _find_nearest(index: Index, attribution: Attribution, others: Sequence[Attribution]) -> Attribution:
    """Return which of the others is nearest to what was said: by claim and side, then by relays, then by details."""
    claim, side, details = index.claim_of.get(attribution.id), find_stance(attribution), index.details[attribution.id]
    return max(
        others,
        key=lambda a: (
            index.claim_of.get(a.id) == claim and find_stance(a) == side,
            len({*a.chain[1:-1]} & {*attribution.chain[1:-1]}),
            len(details & index.details[a.id]),
            a.id,
        ),
    )


def _likely_parents(derivations: Sequence[Derivation]) -> Mapping[AttributionId, set[AttributionId]]:
    """Return the attributions that each was likely taken from, where the direction is known."""
    parents: dict[AttributionId, set[AttributionId]] = {}
    for d in derivations:
        if d.directed and d.probability >= LIKELY and d.child_attribution and d.parent_attribution:
            parents.setdefault(d.child_attribution, set()).add(d.parent_attribution)
    return parents


def _find_head(
    index: Index, members: Sequence[Attribution], parents: Mapping[AttributionId, set[AttributionId]]
) -> tuple[Attribution, bool]:
    """Return the member that a group starts from, and whether its edges only run in a circle.

    Where several have no parent: the one who told rather than the one who passed on, a named one rather than an
    unnamed one, the earliest published.
    """
    inside = {member.id for member in members}
    roots = [member for member in members if not parents.get(member.id, set()) & inside]
    relays = {relay for member in members for relay in member.chain[:-1]}
    place = {attribution: n for n, attribution in enumerate(index.attributions)}
    head = min(
        roots or members,
        key=lambda a: (
            find_originator(a) in relays,
            is_faceless(index, a),
            not roots and len(a.chain) < 2,
            place[a.id],
        ),
    )
    return head, not roots


def _make_origin(
    index: Index, voice: Voice, found: Sequence[Sequence[Attribution]], apart: set[AttributionId], taken: set[str]
) -> Origin:
    """Return the origin of one voice: latent where no report has it from the originator himself.

    `apart`: attributions whose own beginning is a circle, or is credited to what is not in the pile.
    """
    members = {attribution.id: attribution for group in found for attribution in group}
    ordered = [a for a in index.attributions.values() if a.id in members]
    source = voice[0]
    told = [a for a in ordered if find_originator(a) == source and a.id not in apart]
    heard = any(len(a.chain) < 2 or (len(a.chain) == 2 and not _is_document(index, a)) for a in told)
    return Origin(
        id=_name_origin(source, ordered[0].id, taken),
        source=source,
        latent=not heard,
        attributions=tuple(a.id for a in ordered),
        reports=tuple(dict.fromkeys(a.report for a in ordered)),
    )


def _is_document(index: Index, attribution: Attribution) -> bool:
    """Tell whether a report speaks of a document, which tells nobody anything: its own words are elsewhere."""
    held = index.sources.get(find_originator(attribution))
    return (held.kind if held else attribution.source_kind) is SourceKind.DOCUMENT


def _name_origin(source: SourceId, first: AttributionId, taken: set[str]) -> OriginId:
    """Return an id from the source's, with a hash of its first attribution where one source has two origins."""
    slug = "o-" + (re.sub(r"[^\w-]+", "-", source.removeprefix("s-")).strip("-") or "unknown")
    if slug in taken:
        slug += "-" + hashlib.sha256(first.encode()).hexdigest()[:6]
    taken.add(slug)
    return OriginId(slug)
