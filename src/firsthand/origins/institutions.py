"""Which sources speak for one institution?

"Police", "la police" and "Chief Inspector Venn" may be three voices or one. An institution is known by the words of
its name, in whatever language; who speaks for it by office ("its director", "the fire commander") speaks with its
voice. It stays a chance and never a certainty, and whoever contradicts the institution does not speak for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from firsthand.model import Attribution, AttributionId, Derivation, DerivationKind, SourceId, SourceKind, record
from firsthand.origins.evidence import Finding, end_at, join_ends
from firsthand.origins.faces import find_appositions
from firsthand.origins.index import Index, name_body
from firsthand.origins.lexicon import read_lexicon
from firsthand.origins.parties import find_originator
from firsthand.origins.stance import find_stance

ONE_BODY, BY_OFFICE, OWN_REPORT = 0.8, 0.7, 0.8
MOST_WORDS = 12
RULE = "speaks for one institution"

Words = frozenset[str]


@record
class Standing:
    """What an originator's descriptions show: the institution it is (`body`), and whether it holds an office."""

    source: SourceId
    body: Words
    office: bool
    hints: Words
    near: frozenset[SourceId]
    said: tuple[Attribution, ...]


def find_institutions(index: Index) -> Iterator[Derivation]:
    """Yield an undirected derivation on each claim to which two sources of one institution both speak.

    On different matters they are one voice (`list_parties`), and neither has what it says from the other.
    """
    for one, other, chance in _list_alike(index):
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
    return tuple((one.source, other.source) for one, other, _ in _list_alike(index))


def _list_alike(index: Index) -> Iterator[tuple[Standing, Standing, float]]:
    """Yield two sources and the chance that they speak for one institution; none that contradict each other."""
    for one, other, chance in _list_tied(index):
        if one.source != other.source and not _contradict(index, one, other):
            yield one, other, chance


def _list_tied(index: Index) -> Iterator[tuple[Standing, Standing, float]]:
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
        if not standing.body and (found := _find_body(standing, bodies, whole)):
            body, chance = found
            yield standing, first.get(whole[body], bodies[body]), chance


def find_spoken_for(index: Index) -> frozenset[AttributionId]:
    """Return the attributions that are known to be an institution's word, and so nobody's retelling."""
    sources = {source for pair in list_parties(index) for source in pair}
    return frozenset(a.id for a in index.attributions.values() if find_originator(a) in sources)


def _describe_all(index: Index) -> list[Standing]:
    """Return the standing of every originator, in order of first appearance."""
    said: dict[SourceId, list[Attribution]] = {}
    for attribution in index.attributions.values():
        said.setdefault(find_originator(attribution), []).append(attribution)
    return [_describe(index, source, tuple(held)) for source, held in said.items()]


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
    standing: Standing, bodies: Mapping[SourceId, Standing], whole: Mapping[SourceId, Words]
) -> tuple[SourceId, float] | None:
    """Return the one institution that somebody speaks for, with the chance of it; None where none or several fit."""
    if not standing.office:
        return None
    fitting = {whole[s.source]: s.source for s in bodies.values() if standing.hints & s.body and whole[s.source]}
    if len(fitting) == 1:
        return next(iter(fitting.values())), BY_OFFICE
    own = [body for body in sorted(standing.near) if body in bodies]
    return (own[0], OWN_REPORT) if len(own) == 1 and not fitting else None


def _contradict(index: Index, one: Standing, other: Standing) -> bool:
    """Tell whether two take different sides on some claim."""
    mine, theirs = _by_claim(index, one.said), _by_claim(index, other.said)
    return any(find_stance(mine[claim]) != find_stance(theirs[claim]) for claim in mine.keys() & theirs.keys())


def _pair_on_claims(index: Index, one: Standing, other: Standing) -> list[tuple[Attribution, Attribution]]:
    """Return what two say of each claim that both speak to."""
    mine, theirs = _by_claim(index, one.said), _by_claim(index, other.said)
    return [(mine[claim], theirs[claim]) for claim in sorted(mine.keys() & theirs.keys()) if claim]


def _by_claim(index: Index, said: Sequence[Attribution]) -> dict[str, Attribution]:
    """Return the first attribution of each claim."""
    found: dict[str, Attribution] = {}
    for attribution in said:
        found.setdefault(str(index.claim_of.get(attribution.id, "")), attribution)
    return found
