"""What does one report say twice: first in general, or from somebody barely described, and then with its source?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from firsthand.model import Attribution, Derivation, DerivationKind, ReportId, SourceKind
from firsthand.origins.evidence import Finding, end_at, join_ends
from firsthand.origins.faces import is_faceless
from firsthand.origins.index import Index, name_words
from firsthand.origins.lexicon import read_lexicon
from firsthand.origins.matching import share_details
from firsthand.origins.stance import find_stance
from firsthand.origins.words import split_words

SURE = 0.8
LEAST_SHARED = 0.25


def find_repeats(index: Index, said: Sequence[Attribution]) -> Iterator[Derivation]:
    """Yield the derivations within one report, of what is said of one claim."""
    yield from _find_summed_up(index, said)
    yield from _find_same_described(index, said)


def _find_summed_up(index: Index, said: Sequence[Attribution]) -> Iterator[Derivation]:
    """Yield a derivation where a report says in its own name, or from "reports", what it has from somebody.

    A headline is no voice, nor is "two reports suggest"; but who names himself in a report of his own is one.
    """
    for child in said:
        if not _sums_up(child) or (child.source_mention.spans and index.speaks_itself(child.report)):
            continue
        told = [a for a in said if a.report == child.report and not _sums_up(a)]
        same = [a for a in told if find_stance(a) == find_stance(child)]
        parents = [a for a in same if share_details(index, child, a) >= LEAST_SHARED]
        for parent in parents[:1]:
            finding = Finding(
                rule="sums up",
                kind=DerivationKind.DERIVED,
                probability=SURE,
                directed=True,
                sentence=f"{index.name_report(child.report)} says in general "
                f"what it has from {index.name_source(parent.chain[-1])}.",
            )
            yield join_ends(index, end_at(child), end_at(parent), finding)


def _sums_up(attribution: Attribution) -> bool:
    """Tell whether an attribution names nobody but its own outlet, or what others published."""
    if len(attribution.chain) != 2:
        return len(attribution.chain) < 2
    mention = attribution.source_mention.text
    words = {word.text for word in split_words(mention, [(0, len(mention))])}
    return attribution.source_kind is not SourceKind.NAMED and bool(words & read_lexicon().accounts)


def _find_same_described(index: Index, said: Sequence[Attribution]) -> Iterator[Derivation]:
    """Yield a derivation where one report gives one thing twice, from sources whose descriptions fit each other."""
    first: dict[ReportId, list[Attribution]] = {}
    for child in said:
        earlier = first.setdefault(child.report, [])
        for parent in earlier:
            faceless = is_faceless(index, child) and is_faceless(index, parent)
            if faceless and child.chain[-1] != parent.chain[-1] and _fits(index, child, parent):
                finding = Finding(
                    rule="described alike in one report",
                    kind=DerivationKind.COMMON,
                    probability=SURE,
                    directed=False,
                    sentence=f"{index.name_source(child.chain[-1])} and {index.name_source(parent.chain[-1])} "
                    f"are described alike in {index.name_report(child.report)}.",
                )
                yield join_ends(index, end_at(child), end_at(parent), finding)
                break
        earlier.append(child)


def _fits(index: Index, child: Attribution, parent: Attribution) -> bool:
    """Tell whether two attributions of a report take one side and the shorter description is half of the other's."""
    mine, theirs = (name_words(a.source_mention.text) for a in (child, parent))
    alike = 2 * len(mine & theirs) >= min(len(mine), len(theirs)) > 0
    return alike and find_stance(child) == find_stance(parent)
