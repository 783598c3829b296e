"""Who is it that another report did not name?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from firsthand.model import Attribution, AttributionId, Derivation, DerivationKind, ReportId, SourceId, SourceKind
from firsthand.origins.credits import is_first_hand, read_around
from firsthand.origins.evidence import Finding, end_at, join_ends
from firsthand.origins.faces import differs_in_office, fits_description, is_faceless
from firsthand.origins.index import Index, name_words, trim_plural
from firsthand.origins.lexicon import read_lexicon
from firsthand.origins.matching import can_precede, share_details
from firsthand.origins.stance import find_stance
from firsthand.origins.words import split_words

LIKELY = 0.5
UNMASKED, OWNED_UP = 0.5, 0.85
LEAST_SHARED = 0.25
OWNING = "said to be the unnamed source"
MOST_WORDS = 5


def find_unmasked(
    index: Index, told: Sequence[Derivation], credited: Collection[AttributionId | None]
) -> Iterator[Derivation]:
    """Yield a derivation where a report gives a name to a source that another left without one."""
    owned = list(_find_owning_up(index))
    yield from owned
    ends = [end for d in owned for end in (d.child_attribution, d.parent_attribution) if end]
    known = {index.attributions[end].chain[-1] for end in ends}
    pairs: dict[SourceId, list[tuple[Attribution, Attribution]]] = {}
    for child, parent in _list_fitting(index, told, credited):
        if not known & {parent.chain[-1], child.chain[-1]}:
            pairs.setdefault(parent.chain[-1], []).append((child, parent))
    for fitting in pairs.values():
        person = max(fitting, key=lambda pair: _rate_fit(index, *pair))[0].chain[-1]
        yield from (_join_unmasked(index, child, parent) for child, parent in fitting if child.chain[-1] == person)


def _rate_fit(index: Index, child: Attribution, parent: Attribution) -> tuple[bool, bool, float, str]:
    """Return how well a named person fits an unnamed one; best by a later report of the outlet itself."""
    own = index.same_publisher(child.report, parent.report)
    return own, fits_description(index, parent, child), share_details(index, child, parent), child.id


def _list_fitting(
    index: Index, told: Sequence[Derivation], credited: Collection[AttributionId | None]
) -> Iterator[tuple[Attribution, Attribution]]:
    """Yield (named, unnamed) where a report takes up another as a whole and has from somebody what is unnamed there."""
    for d in told:
        if d.parent is None or d.child_attribution or d.parent_attribution or d.probability < LIKELY:
            continue
        for parent in index.said_in[d.parent.report]:
            if _is_masked(index, parent):
                named = [a for a in index.said_in[d.child.report] if a.id not in credited]
                fitting = [a for a in named if _may_unmask(index, a, parent)]
                yield from ((child, parent) for child in fitting[:1])


def _is_masked(index: Index, attribution: Attribution) -> bool:
    """Tell whether somebody, one person, is quoted without a name."""
    unnamed = attribution.source_kind in (SourceKind.UNNAMED, SourceKind.ROLE)
    return unnamed and not attribution.plural and is_faceless(index, attribution)


def _is_named(index: Index, attribution: Attribution) -> bool:
    """Tell whether the originator of an attribution is a person with a name."""
    source = index.sources.get(attribution.chain[-1]) if len(attribution.chain) > 1 else None
    return source is not None and source.kind is SourceKind.NAMED


def _may_unmask(index: Index, child: Attribution, parent: Attribution) -> bool:
    """Tell whether a named person says what an unnamed one said, on one claim, and is met or named nowhere else."""
    claim = index.claim_of.get(parent.id)
    if claim is None or index.claim_of.get(child.id) != claim or not _is_named(index, child):
        return False
    if _is_known(index, child, parent.report) or find_stance(child) != find_stance(parent):
        return False
    if any(is_faceless(index, a) and fits_description(index, a, parent) for a in index.said_in[child.report]):
        return False
    elsewhere = [a for a in index.said_of[claim] if a.report != child.report and a.chain[-1:] == child.chain[-1:]]
    if any(is_first_hand(index, a) for a in elsewhere):
        return False
    if fits_description(index, parent, child):
        return True
    return share_details(index, child, parent) >= LEAST_SHARED and not differs_in_office(index, child, parent)


def _is_known(index: Index, attribution: Attribution, report: ReportId) -> bool:
    """Tell whether a report names the originator of an attribution: whom it leaves unnamed is somebody else."""
    words = name_words(index.name_source(attribution.chain[-1]))
    return words <= {trim_plural(word.text) for word in index.words[report]}


def _find_owning_up(index: Index) -> Iterator[Derivation]:
    """Yield a derivation where somebody is said to be the one who spoke to another outlet, or whom it quoted."""
    bearers: dict[str, set[frozenset[str]]] = {}
    for name in index.publisher_words.values():
        for word in name:
            bearers.setdefault(word, set()).add(name)
    for child in index.attributions.values():
        if not _is_named(index, child):
            continue
        own = _says_it_was_he(child)
        outlets = _find_confidants(index, child, bearers)
        for report, name in index.publisher_words.items():
            asked = own if index.same_publisher(report, child.report) else name in outlets
            if asked and can_precede(index, report, child.report) and not _is_known(index, child, report):
                yield from _join_owner(index, child, report)


def _says_it_was_he(child: Attribution) -> bool:
    """Tell whether somebody says that it was he whom the outlet he speaks to did not name: "I was that official"."""
    lexicon, words = read_lexicon(), split_words(child.content.text, [(0, len(child.content.text))])
    texts = [word.text for word in words[:MOST_WORDS]]
    begun = len(texts) > 3 and texts[0] in lexicon.selves and texts[1] in lexicon.being and texts[2] in lexicon.pointing
    return begun and bool({trim_plural(text) for text in texts[3:]} & {trim_plural(word) for word in lexicon.vague})


def _find_confidants(
    index: Index, child: Attribution, bearers: Mapping[str, Collection[frozenset[str]]]
) -> frozenset[frozenset[str]]:
    """Return the outlets whose source somebody is said to be, by his own words or by how he is described."""
    lexicon = read_lexicon()
    found: set[frozenset[str]] = set()
    for text, speaking in ((child.content.text, lexicon.confiding), (child.source_mention.text, lexicon.vouching)):
        words = split_words(text, [(0, len(text))])
        inside = {word.text for word in words}
        if not inside & speaking:
            continue
        named = [bearers.get(trim_plural(word.text), ()) for word in words if word.capital]
        outlets = {name for names in named if len(names) == 1 for name in names}
        if outlets and (speaking is lexicon.vouching or lexicon.selves & (inside | read_around(index, child))):
            found |= outlets
    return frozenset(found)


def _join_owner(index: Index, child: Attribution, report: ReportId) -> Iterator[Derivation]:
    """Yield the derivation to the one whom a report does not name: whom the words fit, who asked for it, the only."""
    masked = [a for a in index.said_in[report] if _is_masked(index, a)]
    wishing = [a for a in masked if a.anonymity]
    described = [a for a in masked if fits_description(index, a, child)]
    fitting = next((some for some in (described, masked, wishing) if len({a.chain[-1] for a in some}) == 1), [])
    if not fitting:
        return
    parent = max(fitting, key=lambda a: (share_details(index, child, a), a.probability, a.id))
    person = index.name_source(child.chain[-1])
    finding = Finding(
        rule=OWNING,
        kind=DerivationKind.COMMON,
        probability=OWNED_UP,
        directed=False,
        sentence=f"{index.name_report(child.report)} has it that {person} is the one "
        f"whom {index.name_report(report)} does not name.",
    )
    yield join_ends(index, end_at(child), end_at(parent), finding)


def _join_unmasked(index: Index, child: Attribution, parent: Attribution) -> Derivation:
    """Return the derivation that may give an unnamed source his name."""
    masked, named = index.name_source(parent.chain[-1]), index.name_source(child.chain[-1])
    finding = Finding(
        rule="may name the unnamed",
        kind=DerivationKind.COMMON,
        probability=UNMASKED,
        directed=False,
        sentence=f"{index.name_report(child.report)} takes up the report of {index.name_report(parent.report)}, "
        f"where {masked} is not named, and has the same from {named}.",
    )
    return join_ends(index, end_at(child), end_at(parent), finding)
