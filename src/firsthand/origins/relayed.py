"""Which reports have the same from one relay that is not in the pile?

Three papers that credit one agency for one matter read one dispatch: whoever spoke there is the same in all three,
unless they name different people.
"""

from __future__ import annotations

from collections.abc import Iterator

from firsthand.model import Attribution, Derivation, DerivationKind, SourceId, SourceKind
from firsthand.origins.evidence import Finding, end_at, join_ends
from firsthand.origins.faces import fits_description, has_own_name, is_bare, is_faceless
from firsthand.origins.index import Index
from firsthand.origins.matching import differ_in_figures, share_details
from firsthand.origins.stance import find_stance

RULE = "credits the same absent relay"
ONE_DISPATCH = 0.85
LEAST_SHARED = 0.25


def find_relayed(index: Index) -> Iterator[Derivation]:
    """Yield an undirected derivation from each report that credits an absent relay to the first that credits it."""
    for said in index.said_of.values():
        first: dict[SourceId, list[Attribution]] = {}
        for child in said:
            for relay in _list_absent(index, child):
                held = first.setdefault(relay, [])
                parent = next((a for a in held if _may_be_one(index, child, a)), None)
                if parent is None:
                    held.append(child)
                else:
                    yield _join_relayed(index, child, parent, relay)
                break


def _list_absent(index: Index, attribution: Attribution) -> Iterator[SourceId]:
    """Yield the relays of a chain that are outlets with a name of their own and no report in the pile."""
    for relay in attribution.chain[1:]:
        held = index.sources.get(relay)
        if held and held.kind is SourceKind.GROUP and not index.reports_by.get(relay) and has_own_name(held.name):
            yield relay


def _may_be_one(index: Index, child: Attribution, parent: Attribution) -> bool:
    """Tell whether two reports may give one person's words: same side, shared details, no two names or trades."""
    if child.report == parent.report or find_stance(child) != find_stance(parent):
        return False
    if share_details(index, child, parent) < LEAST_SHARED or differ_in_figures(index, child, parent):
        return False
    ends = (child, parent)
    if child.chain[-1] == parent.chain[-1] or any(a.chain[-1] in b.chain for a, b in (ends, ends[::-1])):
        return True
    faceless = [is_faceless(index, a) for a in ends]
    return any(faceless) and (any(is_bare(a) for a in ends) or fits_description(index, child, parent))


def _join_relayed(index: Index, child: Attribution, parent: Attribution, relay: SourceId) -> Derivation:
    """Return the derivation between two reports that credit one relay."""
    finding = Finding(
        rule=RULE,
        kind=DerivationKind.COMMON,
        probability=ONE_DISPATCH,
        directed=False,
        sentence=f"{index.name_report(child.report)} and {index.name_report(parent.report)} "
        f"both credit {index.name_source(relay)}, whose own words are not in the pile.",
    )
    return join_ends(index, end_at(child), end_at(parent), finding)
