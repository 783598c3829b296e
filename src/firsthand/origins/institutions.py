"""Which sources speak for one institution?

"Police", "la police" and "Chief Inspector Venn" may be three voices or one. An institution is known by the words of
its name, in whatever language; who speaks for it by office ("its director", "the fire commander") speaks with its
voice. It stays a chance and never a certainty, and whoever contradicts the institution does not speak for it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from weakref import WeakKeyDictionary

from firsthand.model import Attribution, AttributionId, Derivation, DerivationKind, SourceId, SourceKind, record
from firsthand.origins.evidence import Finding, end_at, join_ends
from firsthand.origins.faces import find_appositions
from firsthand.origins.index import Index, name_body
from firsthand.origins.lexicon import read_lexicon
from firsthand.origins.parties import DISOWNED, find_originator, name_voices
from firsthand.origins.stance import find_stance
from firsthand.origins.words import split_words

ONE_BODY, BY_OFFICE, OWN_REPORT = 0.8, 0.7, 0.8
MOST_WORDS = 12
# How many words before "its director" the institution may be named.
LOOK_BACK, OPENING = 40, 20
FEWEST_DETAILS = 2
RULE = "speaks for one institution"

Words = frozenset[str]


@record
class Standing:
    """What an originator's descriptions show: the institution it is (`body`), and whether it holds an office.

    `disowns`: its own reports deny some of what it is said to have said; that is not among `said`.
    """

    source: SourceId
    body: Words
    office: bool
    hints: Words
    near: frozenset[SourceId]
    said: tuple[Attribution, ...]
    disowns: bool = False


Alike = tuple[Standing, Standing, float]
_FOUND: WeakKeyDictionary[Index, tuple[Alike, ...]] = WeakKeyDictionary()


def find_institutions(index: Index) -> Iterator[Derivation]:
    """Yield an undirected derivation on each claim to which two sources of one institution both speak.

    On different matters they are one voice (`list_parties`), and neither has what it says from the other.
    """
    for one, other, chance in _find_alike(index):
        for child, parent in _pair_on_claims(index, one, other):
            finding = Finding(
                rule=RULE,
                kind=DerivationKind.COMMON,
                probability=chance,
                directed=False,
                sentence=f"{index.name_source(one.source)} and {index.name_source(other.source)} "
                "speak for one institution.",
            )
            yield join_ends(index, end_at(child), end_at(parent), finding)


def list_parties(index: Index) -> tuple[tuple[SourceId, SourceId], ...]:
    """Return the pairs of sources that are one institution, or of which one speaks for it by office."""
    return tuple((one.source, other.source) for one, other, _ in _find_alike(index))


def _find_alike(index: Index) -> tuple[Alike, ...]:
    """Return two sources each and the chance that they speak for one institution; none that contradict each other."""
    if index not in _FOUND:
        tied = (row for row in _list_tied(index) if row[0].source != row[1].source)
        _FOUND[index] = tuple(row for row in tied if not _contradict(index, row[0], row[1]))
    return _FOUND[index]


def _list_tied(index: Index) -> Iterator[Alike]:
    """Yield two sources whose names or offices say that they are one institution, and the chance of it."""
    standings = _describe_all(index)
    bodies = {s.source: s for s in standings if s.body}
    whole = {s.source: _complete(s.body, bodies) for s in bodies.values()}
    first: dict[Words, Standing] = {}
    for standing in bodies.values():
        if words := whole[standing.source]:
            other = first.setdefault(words, standing)
            yield standing, other, ONE_BODY
    for standing in standings:
        if not standing.body and (found := _find_body(index, standing, bodies, whole)):
            body, chance = found
            yield standing, first.get(whole[body], bodies[body]), chance


def find_spoken_for(index: Index) -> frozenset[AttributionId]:
    """Return the attributions that are known to be an institution's word, and so nobody's retelling."""
    sources = {source for pair in list_parties(index) for source in pair}
    return frozenset(a.id for a in index.attributions.values() if find_originator(a) in sources)


def _describe_all(index: Index) -> list[Standing]:
    """Return the standing of every originator, in order of first appearance, by what its own reports do not deny."""
    voices, said = name_voices(index), dict[SourceId, list[Attribution]]()
    disowning = {source for source, tag in voices.values() if tag == DISOWNED}
    for attribution in index.attributions.values():
        if voices[attribution.id][1] != DISOWNED:
            said.setdefault(find_originator(attribution), []).append(attribution)
    found = [_describe(index, source, tuple(held)) for source, held in said.items()]
    return [replace(one, disowns=one.source in disowning) for one in found]


def _describe(index: Index, source: SourceId, said: tuple[Attribution, ...]) -> Standing:
    """Return the standing of one originator."""
    held = index.sources.get(source)
    kind = held.kind if held else said[0].source_kind
    lexicon = read_lexicon()
    texts = {a.source_mention.text for a in said if a.chain[-1:] == (a.source,)}
    texts |= {held.name, *held.names} if held else set()
    if kind is SourceKind.GROUP and held and not name_body(held.name) & lexicon.offices:
        return Standing(
            source=source, body=name_body(held.name), office=False, hints=frozenset(), near=frozenset(), said=said
        )
    if held and kind is SourceKind.NAMED:
        texts |= {t for a in said for t in find_appositions(index.reports[a.report].text, held.name)}
    name = name_body(held.name) if held and kind is SourceKind.NAMED else frozenset()
    words = frozenset[str]().union(*(name_body(text) for text in texts if len(text.split()) <= MOST_WORDS))
    office = bool(words & lexicon.offices)
    near = frozenset(a.chain[0] for a in said if len(a.chain) == 2 and index.speaks_itself(a.report))
    hints = words - name - lexicon.offices if office else frozenset()
    return Standing(source=source, body=frozenset(), office=office, hints=hints, near=near, said=said)


def _complete(words: Words, bodies: Mapping[SourceId, Standing]) -> Words:
    """Return the one fullest name that an institution's words are short for; none where they fit several."""
    fuller = {s.body for s in bodies.values() if words < s.body}
    tops = [one for one in fuller if not any(one < other for other in fuller)]
    return words if not tops else tops[0] if len(tops) == 1 else frozenset()


def _find_body(
    index: Index, standing: Standing, bodies: Mapping[SourceId, Standing], whole: Mapping[SourceId, Words]
) -> tuple[SourceId, float] | None:
    """Return the one institution that somebody speaks for, with the chance of it; None where none or several fit."""
    if not standing.office:
        return None
    fitting = {whole[s.source]: s.source for s in bodies.values() if standing.hints & s.body and whole[s.source]}
    if len(fitting) == 1:
        return next(iter(fitting.values())), BY_OFFICE
    own = [body for body in sorted(standing.near) if body in bodies]
    if len(own) == 1 and not fitting:
        return own[0], OWN_REPORT
    owners = {whole[s]: s for a in standing.said if (s := _find_owner(index, a, bodies)) and whole[s]}
    return (next(iter(owners.values())), BY_OFFICE) if len(owners) == 1 and not fitting else None


def _find_owner(index: Index, attribution: Attribution, bodies: Mapping[SourceId, Standing]) -> SourceId | None:
    """Return the institution whose office it is ("its director"): of those named just before, the last in full."""
    begins = split_words(attribution.source_mention.text, [(0, OPENING)])[:1]
    if not begins or begins[0].text not in read_lexicon().possessive or not attribution.source_mention.spans:
        return None
    stop = bisect_left(index.words[attribution.report], attribution.source_mention.spans[0][0], key=lambda w: w.start)
    before = index.words[attribution.report][max(0, stop - LOOK_BACK) : stop]
    places = {word: n for n, w in enumerate(before) for word in name_body(w.text)}
    fitting = [s for s in bodies.values() if s.body <= places.keys()]
    last = max(fitting, key=lambda s: (max(places[word] for word in s.body), len(s.body)), default=None)
    return last.source if last else None


def _contradict(index: Index, one: Standing, other: Standing) -> bool:
    """Tell whether two take different sides on some claim, in what of their words is nearest to each other's."""
    mine, theirs = _group_by_claim(index, one.said), _group_by_claim(index, other.said)
    return any(_oppose(index, mine[claim], theirs[claim]) for claim in mine.keys() & theirs.keys())


def _oppose(index: Index, mine: Sequence[Attribution], theirs: Sequence[Attribution]) -> bool:
    """Tell whether the two things said that share most details, one of each, take different sides."""
    pairs = ((len(index.details[a.id] & index.details[b.id]), a, b) for a in mine for b in theirs)
    _, one, other = max(pairs, key=lambda row: row[0])
    return find_stance(one) != find_stance(other)


def _pair_on_claims(index: Index, one: Standing, other: Standing) -> list[tuple[Attribution, Attribution]]:
    """Return what two say of each claim that both speak to: of what they say on one side, what is nearest.

    Where one disowns what it is said to have said, no more than what shares two details.
    """
    fewest = FEWEST_DETAILS if one.disowns or other.disowns else 0
    mine, theirs = _group_by_claim(index, one.said), _group_by_claim(index, other.said)
    shared = [(mine[claim], theirs[claim]) for claim in sorted(mine.keys() & theirs.keys()) if claim]
    return [pair for ours, others in shared if (pair := _find_nearest(index, ours, others, fewest))]


def _find_nearest(
    index: Index, mine: Sequence[Attribution], theirs: Sequence[Attribution], fewest: int
) -> tuple[Attribution, Attribution] | None:
    """Return the two things said on one side that share most details, at least the `fewest`, the earliest first."""
    pairs = ((len(index.details[a.id] & index.details[b.id]), a, b) for a in mine for b in theirs)
    fitting = [row for row in pairs if row[0] >= fewest and find_stance(row[1]) == find_stance(row[2])]
    return max(fitting, key=lambda row: row[0])[1:] if fitting else None


def _group_by_claim(index: Index, said: Sequence[Attribution]) -> dict[str, list[Attribution]]:
    """Return the attributions of each claim."""
    found: dict[str, list[Attribution]] = {}
    for attribution in said:
        found.setdefault(str(index.claim_of.get(attribution.id, "")), []).append(attribution)
    return found
