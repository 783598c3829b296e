"""Whose words are retold without credit: unnamed sources, described persons, people who were told by others?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from firsthand.model import Attribution, Derivation, DerivationKind, SourceId
from firsthand.origins.evidence import Finding, end_at, join_ends
from firsthand.origins.faces import fits_description, is_faceless
from firsthand.origins.index import Index, surely_after
from firsthand.origins.matching import share_details
from firsthand.origins.parties import DISOWNED, name_voices
from firsthand.origins.repeats import find_repeats
from firsthand.origins.stance import find_stance
from firsthand.origins.unmasked import find_unmasked

RETOLD, CLOSE = 0.35, 0.75
FEWEST_DETAILS, LEAST_SHARED = 3, 0.25
SAME_PERSON = 0.7
PASSES_ON = 0.8
LIKELY, SURE = 0.5, 0.8
MOST_COMPARED = 40


def find_echoes(index: Index, told: Sequence[Derivation]) -> Iterator[Derivation]:
    """Yield the derivations that nothing in the text states, claim by claim; `told` is what other rules found.

    What is credited to a report of the pile has its parent, and is no parent itself: an echo changes nothing here.
    """
    sure = [d for d in told if d.directed and d.parent and d.probability >= SURE]
    credited = {d.child_attribution for d in sure if d.child_attribution}
    yield from find_unmasked(index, told, credited)
    voices = name_voices(index)
    for everything in index.said_of.values():
        said = [a for a in everything if a.id not in credited and a.probability >= LIKELY]
        yield from _find_passed_on(index, everything, said)
        yield from find_repeats(index, said)
        for child in said:
            nobody = is_faceless(index, child) or voices[child.id][1] == DISOWNED
            if nobody and (found := _find_retold(index, child, said)):
                yield found


def _find_passed_on(
    index: Index, everything: Sequence[Attribution], said: Sequence[Attribution]
) -> Iterator[Derivation]:
    """Yield a derivation where one report has from a person what he, in another, says he has from somebody else."""
    deeper: dict[SourceId, Attribution] = {}
    for attribution in said:
        for relay in attribution.chain[1:-1]:
            deeper.setdefault(relay, attribution)
    for child in everything:
        parent = deeper.get(child.chain[-1]) if len(child.chain) > 1 else None
        if parent is None or parent.report == child.report or find_stance(parent) != find_stance(child):
            continue
        person, beyond = index.name_source(child.chain[-1]), index.name_source(parent.chain[-1])
        finding = Finding(
            rule="passes on what he was told",
            kind=DerivationKind.COMMON,
            probability=PASSES_ON,
            directed=False,
            sentence=f"{person} is the source here; in {index.name_report(parent.report)} "
            f"the same is told from {beyond}.",
        )
        yield join_ends(index, end_at(child), end_at(parent), finding)


def _find_retold(index: Index, child: Attribution, said: Sequence[Attribution]) -> Derivation | None:
    """Return the most probable parent of what a faceless source says: somebody who says the same elsewhere."""
    stance, held = find_stance(child), index.reports[child.report]
    others = [
        parent
        for parent in said
        if parent.report != child.report
        and parent.chain[-1:] != child.chain[-1:]
        and find_stance(parent) == stance
        and not surely_after(index.reports[parent.report], held)
    ][:MOST_COMPARED]
    if not others:
        return None
    parent = max(others, key=lambda p: (_weigh_echo(index, child, p), not is_faceless(index, p), p.id))
    chance, described = _weigh_echo(index, child, parent)
    if not chance:
        return None
    finding = Finding(
        rule="may be the same person" if described else "retold without credit",
        kind=DerivationKind.COMMON if described else _find_kind(index, child, parent),
        probability=chance,
        directed=not described and surely_after(held, index.reports[parent.report]),
        sentence=_tell_echo(index, child, parent, described),
    )
    return join_ends(index, end_at(child), end_at(parent), finding)


def _weigh_echo(index: Index, child: Attribution, parent: Attribution) -> tuple[float, bool]:
    """Return (chance, whether the descriptions fit one person) that a faceless source is a named one, or its echo."""
    if fits_description(index, child, parent):
        return SAME_PERSON, True
    mine, theirs = index.details[child.id], index.details[parent.id]
    shared = share_details(index, child, parent)
    if len(mine & theirs) < FEWEST_DETAILS or shared < LEAST_SHARED:
        return 0.0, False
    return round(RETOLD + (CLOSE - RETOLD) * min(1.0, (shared - LEAST_SHARED) / (0.75 - LEAST_SHARED)), 3), False


def _find_kind(index: Index, child: Attribution, parent: Attribution) -> DerivationKind:
    """Return "translated" across languages and "derived" within one."""
    languages = {index.reports[a.report].language for a in (child, parent)} - {""}
    return DerivationKind.TRANSLATED if len(languages) == 2 else DerivationKind.DERIVED


def _tell_echo(index: Index, child: Attribution, parent: Attribution, described: bool) -> str:
    """Return the sentence that says what the echo rests on."""
    mine, theirs = index.name_source(child.chain[-1]), index.name_source(parent.chain[-1])
    if described:
        return f"The description of {mine} fits {theirs}, who says the same in {index.name_report(parent.report)}."
    return f"{mine} is not named, and says what {theirs} says in {index.name_report(parent.report)}."
