"""Where does this number come from, back to quoted sentences?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from firsthand.errors import UnknownName, suggest
from firsthand.model import (
    Assertion,
    Assessment,
    Contribution,
    EvidenceKind,
    Explanation,
    Knob,
    NodeBelief,
    Posterior,
    QuestionValue,
    Quote,
    ScenarioAssessment,
    Silence,
    SourceAssessment,
    StatementAssessment,
)
from firsthand.probability import find_word, show_decibans, show_interval, show_percent

Told = tuple[str, str, Callable[[], Explanation]]


def explain_number(assessment: Assessment, name: str, knobs: Mapping[str, Knob]) -> Explanation:
    """Return what stands behind an id: evidence, hypothesis, source, claim, campaign, scenario, question or knob.

    An id may be written with its kind before it (`claim.convoy`), and must be where two kinds share it and the later
    in this list is meant. `knobs` are the case's judged numbers by id.
    Raises UnknownName, with the nearest id, where nothing has that name.
    """
    told = list(_list_explanations(assessment))
    known = {f"{kind}.{one}": explain for kind, one, explain in told}
    for _, one, explain in told:
        known.setdefault(one, explain)
    if name in known:
        return known[name]()
    if name in knobs:
        return _explain_knob(assessment, knobs[name])
    near = suggest(name, [*known, *knobs])
    raise UnknownName(
        f"nothing in this case is called '{name}'{near or '; firsthand assess CASE --json lists the ids'}"
    )


def list_ids(assessment: Assessment) -> tuple[str, ...]:
    """Return every id that can be explained, knobs apart, each with its kind before it, in the order of the page."""
    return tuple(f"{kind}.{one}" for kind, one, _ in _list_explanations(assessment))


def _list_explanations(assessment: Assessment) -> Iterator[Told]:
    for posterior in assessment.posteriors:
        yield "hypothesis", posterior.hypothesis, partial(_explain_hypothesis, assessment, posterior)
    kinds = {EvidenceKind.TESTIMONY: "assertion", EvidenceKind.ECHO: "assertion", EvidenceKind.SILENCE: "expectation"}
    for row in assessment.contributions:
        yield kinds.get(row.kind, str(row.kind)), row.evidence, partial(_explain_evidence, assessment, row)
    for source in assessment.sources:
        yield "source", source.profile.source.id, partial(_explain_source, source)
    for claim in assessment.case.claims:
        yield "claim", claim.id, partial(_explain_claim, assessment, claim.id)
    for found in assessment.scenarios:
        yield "scenario", found.scenario.id, partial(_explain_scenario, found)
    for question in assessment.questions:
        yield "question", question.id, partial(_explain_question, assessment, question)
    for report in assessment.trace.reports:
        yield "report", report.path, partial(_explain_report, assessment, report.id)
        yield "report", report.id, partial(_explain_report, assessment, report.id)
    yield from _list_beliefs(assessment)


def _list_beliefs(assessment: Assessment) -> Iterator[Told]:
    """Yield the nodes of the network under their variable and, for campaigns and postures, under their own id."""
    case = assessment.case
    stated: dict[str, tuple[str, str, str, tuple[Quote, ...]]] = {}
    for campaign in case.campaigns:
        stated[f"K:{campaign.id}"] = ("campaign", campaign.id, campaign.sentence, ())
    for posture in case.postures:
        stated[f"Q:{posture.id}"] = ("posture", posture.id, posture.sentence, posture.quotes)
    for belief in assessment.beliefs:
        if belief.variable in stated:
            kind, name, sentence, quotes = stated[belief.variable]
            explain = partial(_explain_belief, belief, sentence, quotes)
            yield kind, name, explain
            yield "belief", belief.variable, explain
        else:
            claim = belief.variable.partition(":")[2]
            yield "belief", belief.variable, partial(_explain_claim, assessment, claim)


def _explain_belief(belief: NodeBelief, sentence: str, quotes: tuple[Quote, ...]) -> Explanation:
    now = f"{find_word(belief.probability)}, {show_percent(belief.probability)}"
    told = f"Now {now} ({show_interval(belief.low, belief.high)}); before any report {show_percent(belief.prior)}."
    return Explanation(
        id=belief.variable, title=belief.name, lines=tuple(filter(None, (sentence, told))), quotes=quotes
    )


def _explain_question(assessment: Assessment, question: QuestionValue) -> Explanation:
    asked = next(h.name for h in assessment.case.hypotheses if h.id == assessment.case.asks)
    lines = (
        f"Asking it would teach {question.bits:.3f} bits; yes is {find_word(question.chance_of_yes)}, "
        f"{show_percent(question.chance_of_yes)}.",
        f"If yes, {asked}: {show_percent(question.probability_if_yes)}.",
        f"If no, {asked}: {show_percent(question.probability_if_no)}.",
    )
    return Explanation(id=question.id, title=question.title, lines=lines, quotes=())


def _explain_scenario(found: ScenarioAssessment) -> Explanation:
    shown = f"{find_word(found.probability)}, {show_percent(found.probability)}"
    considerations = found.scenario.considerations
    return Explanation(
        id=found.scenario.id,
        title=found.scenario.name,
        lines=(
            f"If it is true: {shown} ({show_interval(found.low, found.high)}).",
            found.scenario.follows,
            *(item.sentence for item in considerations),
        ),
        quotes=tuple(item.quote for item in considerations),
    )


def _explain_hypothesis(assessment: Assessment, posterior: Posterior) -> Explanation:
    hypothesis = next(h for h in assessment.case.hypotheses if h.id == posterior.hypothesis)
    now = f"{find_word(posterior.probability)}, {show_percent(posterior.probability)}"
    interval = show_interval(posterior.low, posterior.high)
    lines = [
        hypothesis.sentence,
        f"Now {now} ({interval}); before any report {show_percent(posterior.prior)}.",
        f"The prior: {assessment.case.prior_basis}" if assessment.case.prior_basis else "",
    ]
    moved = [_tell_row(row, posterior.hypothesis) for row in assessment.contributions if row.kind != "echo"]
    quotes = tuple(quote for row in assessment.contributions if row.kind != "echo" for quote in row.quotes)
    return Explanation(
        id=posterior.hypothesis, title=hypothesis.name, lines=tuple(filter(None, lines + moved)), quotes=quotes
    )


def _tell_row(row: Contribution, hypothesis: str) -> str:
    without = next(chance for name, chance in row.without.items() if name == hypothesis)
    return f"Without \u201c{row.title}\u201d it would be {show_percent(without)}."


def _explain_evidence(assessment: Assessment, row: Contribution) -> Explanation:
    names = {h.id: h.name for h in assessment.case.hypotheses}
    lines = [
        row.reason.sentence,
        f"It moves \u201c{names[assessment.case.asks]}\u201d by {show_decibans(row.weight_db)} "
        f"({show_decibans(row.low_db)} to {show_decibans(row.high_db)}), taken in order of arrival.",
    ]
    lines += [f"Without it, {names[h]}: {show_percent(chance)}." for h, chance in row.without.items()]
    found = next((f for f in assessment.statements if f.statement.id == row.evidence), None)
    silence = next((s for s in assessment.silences if s.evidence == row.evidence), None)
    lines += _tell_statement(found) if found else []
    lines += _tell_silence(silence) if silence else []
    checks = [check.check.quote for check in found.checks if check.check.quote] if found else []
    return Explanation(id=row.evidence, title=row.title, lines=tuple(lines), quotes=(*row.quotes, *checks))


def _tell_statement(found: StatementAssessment) -> list[str]:
    genuine = f"{find_word(found.genuine)}, {show_percent(found.genuine)} ({show_interval(found.low, found.high)})"
    return [f"Genuine: {genuine}.", *(_tell_check(check.check.kind, check.toward_forged_db) for check in found.checks)]


def _tell_silence(silence: Silence) -> list[str]:
    return [
        f"Would it have been produced? {show_percent(silence.produced)}.",
        f"By now? {show_percent(silence.by_now)}.",
        f"Would we have seen it? {show_percent(silence.coverage)}.",
    ]


def _tell_check(kind: str, toward: float | None) -> str:
    return f"Check of {kind}: " + ("not counted." if toward is None else f"{show_decibans(toward, 1)} toward forged.")


def _explain_source(found: SourceAssessment) -> Explanation:
    profile = found.profile
    lines = [
        f"{profile.role}." if profile.role else "",
        f"Grade {found.grade.reliability}{found.grade.credibility}: {found.grade.reason.sentence}",
        f"Access: {profile.access_why}" if profile.access_why else "Access: nothing is said of it.",
        f"Gains if believed: {profile.interest}" if profile.gains else "",
        *(f"Tie to {tie.to}: {tie.sentence}" for tie in profile.ties),
    ]
    if found.before and found.after:
        lines += [
            f"{mode}: {show_percent(before)} before the case, {show_percent(after)} after it."
            for mode, before, after in (
                ("Informed", found.before.informed, found.after.informed),
                ("Passing on rumour", found.before.rumour, found.after.rumour),
                ("Spinning", found.before.spinning, found.after.spinning),
            )
        ]
    ties = tuple(quote for tie in profile.ties for quote in tie.quotes)
    return Explanation(
        id=profile.source.id,
        title=profile.source.name,
        lines=tuple(filter(None, lines)),
        quotes=(*found.said, *ties, *profile.quotes),
    )


def _explain_claim(assessment: Assessment, claim_id: str) -> Explanation:
    claim = next(claim for claim in assessment.case.claims if claim.id == claim_id)
    spoken = [assertion for assertion in assessment.case.assertions if assertion.claim == claim_id]
    beliefs = [belief for belief in assessment.beliefs if belief.variable == f"C:{claim_id}"]
    lines = [
        f"{find_word(b.probability)}, {show_percent(b.probability)} ({show_interval(b.low, b.high)})." for b in beliefs
    ]
    lines += [_tell_assertion(assertion) for assertion in spoken]
    return Explanation(
        id=claim_id, title=claim.sentence, lines=tuple(lines), quotes=tuple(assertion.quote for assertion in spoken)
    )


def _tell_assertion(assertion: Assertion) -> str:
    verb = "denies" if assertion.denies else "asserts"
    copied = f", copying {assertion.copy_of}" if assertion.copy_of else ""
    return f"{assertion.source} {verb} it{copied}: {assertion.title}."


def _explain_report(assessment: Assessment, report_id: str) -> Explanation:
    report = next(report for report in assessment.trace.reports if report.id == report_id)
    found: list[Quote] = [a.quote for a in assessment.case.assertions if a.quote.span.report == report_id]
    said = [a for a in assessment.trace.attributions if a.report == report_id]
    names = {source.id: source.name for source in assessment.trace.sources}
    lines = [f"{report.publisher or 'no publisher'}; {report.title}."]
    lines += [f"{', from '.join(names.get(link, link) for link in a.chain)}: {a.content.text}" for a in said]
    lines += [d.reason.sentence for d in assessment.trace.derivations if d.child.report == report_id]
    return Explanation(id=report.path, title=report.title or report.path, lines=tuple(lines), quotes=tuple(found))


def _explain_knob(assessment: Assessment, knob: Knob) -> Explanation:
    asked = assessment.case.knob_questions.get(knob.id, "")
    shown = f"{knob.value:g}" if knob.low == knob.high else f"{knob.value:g}, between {knob.low:g} and {knob.high:g}"
    spoken = [j for j in assessment.case.judgements if j.about == knob.id]
    lines = [f"Judged at {shown}" + (f" (written: {knob.text})." if knob.text else ".")]
    lines += [f"{j.when:%Y-%m-%d} {j.who}: {j.value}. {j.why}" for j in spoken]
    moves = [flip for flip in assessment.flips if any(about == knob.id for about, _, _ in flip.moves)]
    lines += [f"{flip.title}: the word becomes \u201c{find_word(flip.probability)}\u201d." for flip in moves]
    return Explanation(id=knob.id, title=asked or knob.id, lines=tuple(filter(None, lines)), quotes=())
