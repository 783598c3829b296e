"""What does a pile of reports yield: who said what, and who had it from whom?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum

from firsthand.model.names import AttributionId, ClaimId, HypothesisId, Knob, OriginId, ReportId, SourceId, record


class PartKind(StrEnum):
    """What stands on a page beside the report itself, and where it names itself: those four may stand in the body."""

    COMMENT = "comment"
    PINGBACK = "pingback"
    RELATED = "related"
    FURNITURE = "furniture"
    HEADLINE = "headline"
    BYLINE = "byline"
    DATELINE = "dateline"
    CREDIT = "credit"


class SourceKind(StrEnum):
    """How a source is spoken of."""

    NAMED = "named"
    ROLE = "role"
    GROUP = "group"
    DOCUMENT = "document"
    UNNAMED = "unnamed"


class ContentKind(StrEnum):
    """Whether what was said stands in quotation marks: all, part or none of it."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class DerivationKind(StrEnum):
    """How a child took content from its parent: W3C PROV's four, and the finer words readers use."""

    QUOTED = "quoted"
    PRIMARY = "primary"
    REVISED = "revised"
    DERIVED = "derived"
    COPIED = "copied"
    REWRITTEN = "rewritten"
    TRANSLATED = "translated"
    CITED = "cited"
    COMMON = "common source"


@record
class Problem:
    """Something that could not be read or used: counted and shown, never swallowed."""

    where: str
    what: str
    remedy: str = ""


@record
class Period:
    """A stretch of time; a day is midnight to midnight, so precision is the width. Naive times are UTC."""

    start: datetime
    end: datetime
    text: str = ""


@record
class Span:
    """Where a quotation stands: the unit of citation."""

    report: ReportId
    start: int
    end: int


@record
class Quote:
    """A span and the words that stand there."""

    span: Span
    text: str


@record
class Reason:
    """Why a number is what it is: the rule applied, a sentence for the reader, the words it rests on."""

    rule: str
    sentence: str
    quotes: tuple[Quote, ...] = ()


@record
class Part:
    """A region of a page. `span` is None where its words are not in `Report.text`."""

    kind: PartKind
    text: str
    span: tuple[int, int] | None = None


@record
class Link:
    """A hyperlink. `rel` is "link", "pingback", "canonical" or "based-on"."""

    url: str
    text: str = ""
    span: tuple[int, int] | None = None
    rel: str = "link"


@record
class Report:
    """One published item. `body` marks which of `text` is the report itself, `pages` where each printed page stands."""

    id: ReportId
    path: str
    title: str
    publisher: str
    url: str
    published: Period | None
    retrieved: Period | None
    language: str
    text: str
    body: tuple[tuple[int, int], ...]
    parts: tuple[Part, ...] = ()
    links: tuple[Link, ...] = ()
    problems: tuple[Problem, ...] = ()
    pages: tuple[tuple[int, int], ...] = ()


@record
class Mention:
    """Words of a report that play one role, possibly in pieces."""

    text: str
    spans: tuple[tuple[int, int], ...] = ()


@record
class Attribution:
    """A source, a cue and a content in one report. `chain` runs from the outlet to the originator, both included."""

    id: AttributionId
    report: ReportId
    source: SourceId
    source_mention: Mention
    source_kind: SourceKind
    cue: Mention
    cue_class: str
    content: Mention
    content_kind: ContentKind
    chain: tuple[SourceId, ...]
    hedge: float
    polarity: int
    probability: float
    access: str = ""
    anonymity: str = ""
    plural: bool = False
    reason: Reason


@record
class Source:
    """Who is said to have said it, over all reports. `names` are the spellings and descriptions met."""

    id: SourceId
    name: str
    kind: SourceKind
    speaks_for: str = ""
    names: tuple[str, ...] = ()


@record
class Slot:
    """One detail of a claim as one attribution gives it: who, what, how many, from, via, to, where, when, or if again.

    `period`: the stretch of time that a "when" means, as wide as its words leave it; None where they leave it open.
    """

    name: str
    value: str
    attribution: AttributionId
    span: tuple[int, int] | None = None
    period: Period | None = None


class PlaceKind(StrEnum):
    """How precisely a place is known: a town is a point, all else an area."""

    TOWN = "town"
    REGION = "region"
    COUNTRY = "country"
    PART = "part of a country"


@record
class Place:
    """One reading of a name. `latitude` and `longitude` in degrees are its middle, `radius_km` how far it reaches.

    `country`: ISO 3166 code of the country it lies in or is; empty for a region over several.
    `side`: north and east as +1, south and west as -1, of a part of a country; `weight`: its thousands of people.
    """

    name: str
    kind: PlaceKind
    latitude: float
    longitude: float
    radius_km: float
    country: str = ""
    side: tuple[int, int] = (0, 0)
    weight: int = 0


@record
class Named:
    """Where a claim names a place: which slot of which claim, in whose words. `part`: from, via, to or where."""

    claim: ClaimId
    part: str
    attribution: AttributionId
    words: str


@record
class Located:
    """A place that claims name, and what the name may mean: the likeliest first, by what else is named beside it.

    `key` is the name in plain small letters, as judgements call it. No readings: it is in no list of ours.
    """

    key: str
    words: str
    readings: tuple[Place, ...]
    named: tuple[Named, ...]


@record
class Dated:
    """A time that an attribution gives, and the stretch it means; None where its words leave that open.

    `bound`: "before", "until", "since" or "after" it, else nothing. `loose`: the report's own day is not known, so
    that the stretch holds every day that may be meant.
    """

    claim: ClaimId
    attribution: AttributionId
    words: str
    start: int
    period: Period | None
    bound: str = ""
    loose: bool = False


@record
class Discrepancy:
    """One slot laid side by side. `verdict`: "agrees", "differs", "more detail", "only one says"."""

    slot: str
    values: tuple[tuple[AttributionId, str], ...]
    verdict: str


@record
class Count:
    """A number of voices: unknown lineage as dependent, as modelled, as independent."""

    low: float
    expected: float
    high: float


@record
class Claim:
    """A proposition that attributions assert or deny. In a case `given` holds P(claim | hypothesis).

    `judged` is False where a machine suggested it to a case and nobody has looked.
    `matter` is shared by claims so near one another that who speaks to one may have it from who speaks to another.
    """

    id: ClaimId
    sentence: str
    slots: tuple[Slot, ...] = ()
    attributions: tuple[AttributionId, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()
    origins: Count | None = None
    hypothesis: HypothesisId | None = None
    given: Mapping[HypothesisId, Knob] = field(default_factory=dict)
    judged: bool = True
    matter: str = ""


@record
class Derivation:
    """A child took content from a parent, which is a span of another report or a latent source.

    It joins attributions of a claim, where they are known, and not whole reports.
    `low` and `high`: the range of a judged chance.
    """

    child: Span
    parent: Span | None
    latent: SourceId | None
    kind: DerivationKind
    probability: float
    directed: bool
    reason: Reason
    child_attribution: AttributionId | None = None
    parent_attribution: AttributionId | None = None
    low: float | None = None
    high: float | None = None


@record
class Origin:
    """One independent utterance and the attributions that lead back to it; latent where it is not in the pile."""

    id: OriginId
    source: SourceId
    latent: bool
    attributions: tuple[AttributionId, ...]
    reports: tuple[ReportId, ...]


@record
class ProvenanceNode:
    """A mark in the tree of who had it from whom. `kind`: "origin", "latent", "report", "credited", "echo".

    `aside`: an origin that speaks of something else than the claim asked about.
    """

    id: str
    kind: str
    label: str
    detail: str
    when: Period | None
    report: ReportId | None = None
    quotes: tuple[Quote, ...] = ()
    aside: bool = False


@record
class ProvenanceEdge:
    """A line in that tree. `kind`: "relays", "may derive", "linked", "cited", "loop"."""

    parent: str
    child: str
    kind: str
    probability: float
    low: float
    high: float
    reason: Reason


@record
class Provenance:
    """The tree of who had it from whom, ready to be drawn."""

    nodes: tuple[ProvenanceNode, ...]
    edges: tuple[ProvenanceEdge, ...]


@record
class Trace:
    """Who said what, and how many origins stand behind it. `disinterested` is None until interests are judged."""

    reports: tuple[Report, ...]
    attributions: tuple[Attribution, ...]
    sources: tuple[Source, ...]
    claims: tuple[Claim, ...]
    derivations: tuple[Derivation, ...]
    origins: tuple[Origin, ...]
    publishers: int
    voices: Count
    disinterested: int | None
    provenance: Provenance
    problems: tuple[Problem, ...]
