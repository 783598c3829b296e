"""What does each number on the page rest on: which quoted sentences, which judgements, which other numbers?

Every number is a link to its basis, and a basis leads to quoted sentences, to judgements, or to another basis.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import NamedTuple

from firsthand.model import (
    Assertion,
    Assessment,
    Contribution,
    Expectation,
    Flip,
    HypothesisId,
    NodeBelief,
    Observation,
    ProvenanceEdge,
    QuestionValue,
    Quote,
    ScenarioAssessment,
    SourceAssessment,
    StandardResult,
    Statement,
)
from firsthand.views.judged import list_own_knobs, list_shared_knobs, tell_knob
from firsthand.views.notes import Notes, find_numbers
from firsthand.views.sharing import Laid, find_lines, key_edge, list_laid
from firsthand.views.steps import is_echo
from firsthand.views.strands import ORIGINS
from firsthand.views.svg import Svg, clean_text, draw
from firsthand.views.wording import name_evidence, name_hypotheses, show_plain_decibans

ECHOES, VOICES, SHARED = "evidence:echoes", "voices", "shared"


class Line(NamedTuple):
    """A sentence of a basis, the notes it cites, and the key of another basis it leads to."""

    words: str
    cites: tuple[int, ...] = ()
    opens: str = ""


class Basis(NamedTuple):
    """What one number, or a line of the tree, rests on. `number` is its place among all of them, from 1.

    `laid`: the two reports of a line side by side. `place`: the address that tells it, where that is another page.
    """

    number: int
    title: str
    lines: tuple[Line, ...]
    laid: Laid | None = None
    place: str = ""


Bases = Mapping[str, Basis]
NO_BASES: Bases = {}
Told = tuple[str, Callable[[], list[Line]]]


def gather_bases(assessment: Assessment, notes: Notes) -> dict[str, Basis]:
    """Return the basis of every number by its key, such as "evidence:<id>", in the order of the page.

    Several lines of the tree between the same two reports have one basis.
    """
    teller, laid = _Teller(assessment, notes), list_laid(assessment)
    told = {key: (title, tell) for key, (title, tell) in teller.list_told(laid) if title}
    found = {key: (title, [line for line in tell() if line.words]) for key, (title, tell) in told.items()}
    bases = {
        key: Basis(
            place,
            title,
            tuple(line if line.opens in found else line._replace(opens="") for line in lines),
            laid.get(key),
        )
        for place, (key, (title, lines)) in enumerate(found.items(), start=1)
    }
    for keys in find_lines(assessment).values():
        bases |= {key: bases[keys[0]] for key in keys if key not in bases and keys[0] in bases}
    return bases


def list_bases(bases: Bases) -> list[Basis]:
    """Return every basis once, in order."""
    return list({basis.number: basis for basis in bases.values()}.values())


def link_mark(mark: Svg, key: str, bases: Bases, *, name: bool = False) -> Svg:
    """Return a piece of a graphic as a link to its basis; as it is, where there is none.

    `name`: it has no words but is a line, so the link says what it opens, and what can be clicked is wider.
    """
    if not mark or key not in bases:
        return mark
    place = bases[key].place or f"#rests-{bases[key].number}"
    if not name:
        return draw("a", mark, href=place, class_="basis")
    wide = draw("g", mark, class_="wide-line")
    return draw("a", wide, mark, href=place, class_="basis bare", aria_label=clean_text(bases[key].title))


class _Teller:
    """Tells the basis of each kind of number in one assessment."""

    def __init__(self, assessment: Assessment, notes: Notes) -> None:
        self.found, self.case, self.notes = assessment, assessment.case, notes
        self.titles = name_evidence(assessment)
        self.names = name_hypotheses(self.case)

    def list_told(self, laid: Mapping[str, Laid]) -> Iterable[tuple[str, Told]]:
        """Yield the key, the title and the lines of every basis."""
        found, case = self.found, self.case
        for hypothesis in case.hypotheses:
            yield f"hypothesis:{hypothesis.id}", (hypothesis.name, partial(self._tell_hypothesis, hypothesis.id))
        yield VOICES, ("How many origins there are", self._tell_voices)
        for edge in found.trace.provenance.edges:
            if edge.kind == "may derive":
                yield key_edge(edge), ("Whether one repeats the other", partial(self._tell_edge, edge))
        yield from self._list_laid(laid)
        for source in found.sources:
            name = source.profile.source.name
            yield f"source:{source.profile.source.id}", (name, partial(self._tell_source, source))
        yield SHARED, ("What all sources share, unless they set their own", self._tell_shared)
        for item in found.contributions:
            if not is_echo(item):
                yield f"evidence:{item.evidence}", (self.titles[item.evidence], partial(self._tell_evidence, item))
        if any(is_echo(item) for item in found.contributions):
            yield ECHOES, ("Echoes", self._tell_echoes)
        for belief in found.beliefs:
            yield f"belief:{belief.variable}", (belief.name, partial(self._tell_belief, belief))
        yield from self._list_outlook()

    def _list_laid(self, laid: Mapping[str, Laid]) -> Iterable[tuple[str, Told]]:
        doubtful = {key_edge(edge) for edge in self.found.trace.provenance.edges if edge.kind == "may derive"}
        for key, pair in laid.items():
            if key not in doubtful:
                yield key, (pair.name, partial(self._tell_laid, pair))

    def _list_outlook(self) -> Iterable[tuple[str, Told]]:
        for scenario in self.found.scenarios:
            one = scenario.scenario
            yield f"scenario:{one.id}", (one.name, partial(self._tell_scenario, scenario))
        for question in self.found.questions:
            yield f"question:{question.id}", (question.title, partial(self._tell_question, question))
        for place, flip in enumerate(self.found.flips):
            yield f"flip:{place}", (flip.title, partial(self._tell_flip, flip))
        for place, result in enumerate(self.found.standards):
            yield f"standard:{place}", (result.sentence, partial(self._tell_standard, result))

    def _cite(self, *quotes: Quote | None) -> tuple[int, ...]:
        return find_numbers((quote for quote in quotes if quote is not None), self.notes)

    def _judge(self, *records: object, judged: bool = True) -> list[Line]:
        return [Line(tell_knob(knob, self.case, judged)) for knob in list_own_knobs(*records)]

    def _tell_hypothesis(self, hypothesis: HypothesisId) -> list[Line]:
        prior = next(one.prior for one in self.case.hypotheses if one.id == hypothesis)
        lines = [*self._judge(prior), Line(self.case.prior_basis)]
        for item in self.found.contributions:
            if not is_echo(item):
                words = f"{self.titles[item.evidence]}: {self._weigh(item, hypothesis)}\u00a0dB"
                lines.append(Line(words, self._cite(*item.quotes), f"evidence:{item.evidence}"))
        if self.found.sampled:
            lines.append(Line("The interval: 5 to 95 % of the results when every judgement varies over its range."))
        return lines

    def _weigh(self, item: Contribution, hypothesis: HypothesisId) -> str:
        if hypothesis == self.case.asks:
            return show_plain_decibans(item.weight_db)
        matrix = self.found.matrix
        cells = dict(zip(matrix.hypotheses, matrix.cells, strict=True)).get(hypothesis, ())
        weights = dict(zip(matrix.evidence, cells, strict=False))
        return f"without it {show_plain_decibans(-weights.get(item.evidence, 0.0))}"

    def _tell_voices(self) -> list[Line]:
        provenance = self.found.trace.provenance
        names = {node.id: node.label for node in provenance.nodes}
        roots = [node for node in provenance.nodes if node.kind in ORIGINS and not node.aside]
        lines = [Line(f"{node.label}, {node.detail}" if node.detail else node.label, self._cite(*node.quotes[:1]))
                 for node in roots]  # fmt: skip
        for edge in provenance.edges:
            if edge.kind == "may derive":
                words = f"{names.get(edge.child, edge.child)} may repeat {names.get(edge.parent, edge.parent)}"
                lines.append(Line(words, self._cite(*edge.reason.quotes), key_edge(edge)))
        lines.append(Line("The low end takes every doubtful lineage as copied, the high end as independent."))
        return lines

    def _tell_edge(self, edge: ProvenanceEdge) -> list[Line]:
        lines = [Line(edge.reason.sentence, self._cite(*edge.reason.quotes))]
        quoted = set(edge.reason.quotes)
        copied = [one for one in self.case.assertions if one.copy is not None and one.quote in quoted]
        return lines + [line for one in copied for line in self._judge(one.copy, judged=one.judged)]

    def _tell_laid(self, laid: Laid) -> list[Line]:
        return [Line(laid.edge.reason.sentence, self._cite(*laid.edge.reason.quotes))]

    def _tell_source(self, source: SourceAssessment) -> list[Line]:
        profile = source.profile
        lines = [
            Line(source.grade.reason.sentence, self._cite(*source.grade.reason.quotes)),
            Line(f"Access: {profile.access_why}" if profile.access_why else "", ()),
            Line(f"Gains if believed: {profile.interest}" if profile.interest else "", self._cite(*profile.quotes)),
        ]
        lines += [Line(tie.sentence or tie.to, self._cite(*tie.quotes)) for tie in profile.ties]
        lines += self._judge(profile, judged=profile.judged)
        for one in self.case.assertions:
            if one.source == profile.source.id:
                lines.append(Line(f"Said: {one.title}", self._cite(one.quote), f"evidence:{one.id}"))
        lines.append(Line("What all sources share", (), SHARED))
        if profile.campaign:
            lines.append(Line("Whether there is a campaign", (), f"belief:K:{profile.campaign}"))
        return lines

    def _tell_shared(self) -> list[Line]:
        knobs = list_shared_knobs(source.profile for source in self.found.sources)
        return [Line(tell_knob(knob, self.case)) for knob in knobs]

    def _tell_evidence(self, item: Contribution) -> list[Line]:
        judged = self._find_judged(item.evidence)
        lines = [Line(item.reason.sentence, self._cite(*item.quotes))]
        if isinstance(judged, Assertion):
            return lines + self._tell_assertion(judged)
        if isinstance(judged, Observation):
            lines.append(Line(judged.why))
        if isinstance(judged, Expectation) and judged.posture:
            lines.append(Line("Whether it keeps quiet on purpose", (), f"belief:Q:{judged.posture}"))
        if isinstance(judged, Statement):
            lines += [Line(f"{one.kind}: {one.found}", self._cite(one.quote)) for one in judged.checks]
            lines.append(Line("Whether there is a campaign", (), f"belief:K:{judged.campaign}"))
        claim = getattr(judged, "claim", None)
        lines += self._judge(judged, judged=getattr(judged, "judged", True))
        return [*lines, self._lead_to_claim(claim)] if claim else lines

    def _find_judged(self, evidence: str) -> Assertion | Observation | Statement | Expectation | None:
        case = self.case
        kinds = (case.assertions, case.observations, case.statements, case.expectations)
        return next((one for kind in kinds for one in kind if one.id == evidence), None)

    def _tell_assertion(self, one: Assertion) -> list[Line]:
        names = {profile.source.id: profile.source.name for profile in self.case.profiles}
        lines = self._judge(one, judged=one.judged)
        lines.append(Line(one.copy_why))
        if one.copy_of:
            lines.append(Line("What it may repeat", (), f"evidence:{one.copy_of}"))
        lines.append(Line(f"What {names.get(one.source, one.source)} is worth", (), f"source:{one.source}"))
        return [*lines, self._lead_to_claim(one.claim)]

    def _lead_to_claim(self, claim: str) -> Line:
        sentence = next((one.sentence for one in self.case.claims if one.id == claim), "")
        return Line(f"The claim: {sentence}" if sentence else "", (), f"belief:C:{claim}")

    def _tell_echoes(self) -> list[Line]:
        lines = [Line("An echo is as likely under every explanation, so that it weighs nothing.")]
        echoes = [item for item in self.found.contributions if is_echo(item)]
        return lines + [Line(item.title, self._cite(*item.quotes)) for item in echoes]

    def _tell_belief(self, belief: NodeBelief) -> list[Line]:
        kind, _, name = belief.variable.partition(":")
        case = self.case
        if kind == "C":
            lines = self._judge(*(one for one in case.claims if one.id == name))
            said = [one for one in case.assertions if one.claim == name and one.copy_of is None]
            return lines + [
                Line(f"{'Denied' if one.denies else 'Said'}: {one.title}", self._cite(one.quote), f"evidence:{one.id}")
                for one in said
            ]
        if kind == "K":
            ties = [profile for profile in case.profiles if profile.campaign == name]
            return self._judge(*(one for one in case.campaigns if one.id == name)) + [
                Line(f"It may move {one.source.name}", (), f"source:{one.source.id}") for one in ties
            ]
        postures = [one for one in case.postures if one.id == name]
        return [Line(one.sentence, self._cite(*one.quotes)) for one in postures] + self._judge(*postures)

    def _tell_scenario(self, found: ScenarioAssessment) -> list[Line]:
        lines = self._judge(found.scenario.chance)
        for one in found.scenario.considerations:
            lines.append(Line(one.sentence, self._cite(one.quote)))
            lines += self._judge(one)
        return lines

    def _tell_question(self, found: QuestionValue) -> list[Line]:
        asked = [one for one in self.case.questions if one.id == found.id]
        lines = self._judge(*asked)
        lines += [self._lead_to_claim(one.claim) for one in asked if one.claim]
        return [*lines, Line("The chance now", (), f"hypothesis:{self.case.asks}")]

    def _tell_flip(self, flip: Flip) -> list[Line]:
        moved = {str(about) for about, _, _ in flip.moves}
        knobs = {str(knob.id): knob for knob in list_own_knobs(self.case)}
        knobs |= {str(knob.id): knob for knob in list_shared_knobs([self.case])}
        lines = [Line(tell_knob(knobs[name], self.case)) for name in sorted(moved & set(knobs))]
        left = [item for item in self.found.contributions if item.evidence in moved]
        return lines + [
            Line(self.titles[item.evidence], self._cite(*item.quotes), f"evidence:{item.evidence}") for item in left
        ]

    def _tell_standard(self, result: StandardResult) -> list[Line]:
        subject = result.standard.subject
        if subject is None:
            return [Line(result.why), Line("How many origins there are", (), VOICES)]
        said = [one.quote for one in self.case.assertions if one.source == subject]
        said += [one.quote for one in self.case.statements if one.author == subject]
        return [Line(result.why, self._cite(*said)), Line("What it is worth", (), f"source:{subject}")]
