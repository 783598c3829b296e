"""Who may it be whom a report does not name: which other report has the same, from whom?"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence

from firsthand.model import Attribution, AttributionId, Derivation, DerivationKind, ReportId, SourceKind, record
from firsthand.origins.evidence import Finding, end_at, join_ends
from firsthand.origins.faces import fits_description, is_bare, is_faceless
from firsthand.origins.index import Index, name_body, surely_after
from firsthand.origins.lexicon import read_lexicon
from firsthand.origins.matching import differ_in_figures, share_details
from firsthand.origins.signs import Signs, weigh_signs
from firsthand.origins.stance import find_stance

RULE, DESCRIBED = "retold without credit", "may be the same person"
# Where one description fits both, the signs that tell one person from two of a kind.
OF_PERSONS = ("share of details", "other figures")
# How often a source without a name is another than those heard of, nothing in the reports can tell.
LEAST, MOST = 0.5, 0.9
FEWEST_DETAILS, LEAST_SHARED = 3, 0.25
LIKELY = 0.5
MOST_COMPARED = 40
LARGE = 13


@record
class Retelling:
    """What a faceless source says, and the likeliest other who says it; `described`: one description fits both."""

    child: Attribution
    parent: Attribution
    described: bool
    signs: Signs


def list_ties(told: Sequence[Derivation]) -> frozenset[tuple[ReportId, ReportId]]:
    """Return the pairs of reports, child first, of which one is said to have taken up the other as a whole."""
    whole = [d for d in told if d.parent and d.directed and not d.parent_attribution and d.probability >= LIKELY]
    return frozenset((d.child.report, d.parent.report) for d in whole if d.parent)


def list_retellings(
    index: Index,
    said: Sequence[Attribution],
    nobodies: Collection[AttributionId],
    ties: Collection[tuple[ReportId, ReportId]],
) -> Iterator[Retelling]:
    """Yield for each of the `nobodies` among what is `said` of one claim the likeliest other who says the same."""
    for child in said:
        if child.id in nobodies and (found := _find_parent(index, child, said, ties)):
            yield found


def _find_parent(
    index: Index, child: Attribution, said: Sequence[Attribution], ties: Collection[tuple[ReportId, ReportId]]
) -> Retelling | None:
    """Return the retelling from the likeliest parent: a report taken up, a description that fits, shared details.

    Who speaks by office is not hidden, and nobody need hide what somebody put out himself, but for what he disowns.
    """
    stance, held = find_stance(child), index.reports[child.report]
    hidden, own = not name_body(child.source_mention.text) & read_lexicon().offices, not is_faceless(index, child)
    others = [
        parent
        for parent in said
        if parent.report != child.report
        and parent.chain[-1:] != child.chain[-1:]
        and find_stance(parent) == stance
        and not surely_after(index.reports[parent.report], held)
    ][:MOST_COMPARED]
    fitting = []
    for parent in others:
        described = fits_description(index, child, parent) and not _is_one_of_body(index, child, parent)
        both, shared = index.details[child.id] & index.details[parent.id], share_details(index, child, parent)
        tied = (child.report, parent.report) in ties and bool(both or is_bare(child))
        alike = tied or (len(both) >= FEWEST_DETAILS and shared >= LEAST_SHARED)
        if described or (alike and hidden and (own or len(parent.chain) > 1)):
            fitting.append((tied, described, shared, not is_faceless(index, parent), parent.id, parent))
    if not fitting:
        return None
    tied, described, _, _, _, parent = max(fitting, key=lambda row: row[:5])
    rivals = {row[-1].chain[-1:] for row in fitting if row[:2] == (tied, described)}
    signs = list_signs(index, child, parent, tied, len(rivals))
    signs = {name: signs[name] for name in OF_PERSONS} if described else signs
    return Retelling(child=child, parent=parent, described=described, signs=signs)


def _is_one_of_body(index: Index, child: Attribution, parent: Attribution) -> bool:
    """Tell whether a person without a name is set beside an institution that has one: of a union, not it."""
    kinds = [index.sources[a.chain[-1]].kind if a.chain else a.source_kind for a in (child, parent)]
    return kinds[0] is SourceKind.UNNAMED and kinds[1] is SourceKind.GROUP and not is_faceless(index, parent)


def list_signs(index: Index, child: Attribution, parent: Attribution, tied: bool, rivals: int) -> Signs:
    """Return the signs that a faceless source is another, or retells him: what they share, and who else shares it."""
    both = index.details[child.id] & index.details[parent.id]
    return {
        "share of details": share_details(index, child, parent),
        "a large figure": float(any(word.isdecimal() and int(word) >= LARGE for word in both)),
        "other figures": float(differ_in_figures(index, child, parent)),
        "taken up": float(tied),
        "rivals": math.log2(rivals),
        "nothing tells him": float(is_bare(child)),
        "both faceless": float(is_faceless(index, parent)),
    }


def join_retelling(index: Index, found: Retelling) -> Derivation | None:
    """Return the derivation that a retelling is; None where it is too unlikely to be told."""
    child, parent = found.child, found.parent
    rule = DESCRIBED if found.described else RULE
    chance = min(MOST, weigh_signs(rule, found.signs))
    if chance < LEAST:
        return None
    later = surely_after(index.reports[child.report], index.reports[parent.report])
    finding = Finding(
        rule=rule,
        kind=DerivationKind.COMMON if found.described else _find_kind(index, child, parent),
        probability=chance,
        directed=not found.described and later and not is_faceless(index, parent),
        sentence=_tell_echo(index, child, parent, found.described),
    )
    return join_ends(index, end_at(child), end_at(parent), finding)


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
