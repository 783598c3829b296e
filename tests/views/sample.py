"""An assessment made by hand about a ship that never sailed: every section filled, every quotation verbatim."""

from __future__ import annotations

from datetime import datetime

import firsthand.model as m
from tests.views.sample_case import HYPOTHESES, PROFILES, SCENARIOS, SOURCES, STATEMENT, make_case
from tests.views.sample_texts import (
    BLAST,
    DRONE,
    ENGINES,
    FILM,
    FIRE,
    LANTERN,
    MINES,
    NEWSROOM,
    NORTH,
    OWNERS,
    PATROLS,
    TEXTS,
    TWO,
    WRECKAGE,
    because,
    find_period,
    make_report,
)


def make_attribution(key: str, report: str, source: int, said: m.Quote) -> m.Attribution:
    return m.Attribution(
        id=m.AttributionId(key), report=m.ReportId(f"r-{report}"), source=SOURCES[source].id,
        source_mention=m.Mention(text=SOURCES[source].name), source_kind=SOURCES[source].kind,
        cue=m.Mention(text="said"), cue_class="say",
        content=m.Mention(text=said.text, spans=((said.span.start, said.span.end),)),
        content_kind=m.ContentKind.INDIRECT, chain=(SOURCES[source].id,), hedge=0.0, polarity=1, probability=0.9,
        reason=because("said", said),
    )  # fmt: skip


def make_node(key: str, kind: str, label: str, detail: str, report: str = "", *quotes: m.Quote) -> m.ProvenanceNode:
    return m.ProvenanceNode(
        id=key, kind=kind, label=label, detail=detail, when=find_period(report) if report else None,
        report=m.ReportId(f"r-{report}") if report else None, quotes=quotes,
    )  # fmt: skip


def make_edge(parent: str, child: str, kind: str, p: float = 1.0, spread: float = 0.0) -> m.ProvenanceEdge:
    return m.ProvenanceEdge(
        parent=parent, child=child, kind=kind, probability=p, low=max(0.0, p - spread), high=min(1.0, p + spread),
        reason=because(f"{child} has it from {parent}"),
    )  # fmt: skip


NODES = (
    make_node("o1", "origin", "Tavel Orsk, Minister of Harbours", "in an interview", "gazette", DRONE),
    make_node("o2", "latent", "Unnamed port official", "speaks for his employer; his own words are not in the pile"),
    make_node("o3", "latent", "The Free Gulls", "genuine: almost no chance"),
    make_node("o4", "origin", "Adm. Lise Varn", "speaks of a blast, not of boats", "hearing", BLAST),
    make_node("o5", "latent", "بحار من الطاقم", ""),
    make_node("gazette", "report", "Merrow Gazette", "interview, 1–4 May", "gazette"),
    make_node("coastline", "report", "Coastline Agency", "8 May", "coastline", ENGINES),
    make_node("review", "report", "Tidewater Review", "round-up, adds no origin", "review", TWO),
    make_node("strand", "credited", "Strand Wire", "credited, not in the pile"),
    make_node("hearing", "report", "Assembly Record", "5–6 May", "hearing"),
    make_node("mina", "report", "ميناء اليوم", "7 May", "mina"),
    make_node("e1", "echo", "Daily Lantern", "", "lantern", LANTERN),
    make_node("e2", "echo", "Nachtkurier, in German", "", "kurier"),
    make_node("e3", "echo", "Harbour Blog", "", "harbour"),
)
EDGES = (
    make_edge("o1", "gazette", "relays"),
    make_edge("o2", "coastline", "relays"),
    make_edge("gazette", "o2", "may derive", 0.25, 0.15),
    make_edge("o4", "hearing", "relays"),
    make_edge("o5", "mina", "relays"),
    make_edge("o3", "strand", "relays"),
    make_edge("gazette", "review", "cited"),
    make_edge("coastline", "review", "cited"),
    make_edge("strand", "review", "loop", 0.9),
    make_edge("review", "strand", "loop", 0.9),
    make_edge("hearing", "review", "cited"),
    make_edge("coastline", "e1", "relays"),
    make_edge("coastline", "e2", "relays"),
    make_edge("coastline", "e3", "relays"),
    make_edge("e1", "e3", "linked", 0.6, 0.3),
)


def make_trace(reports: tuple[m.Report, ...]) -> m.Trace:
    attributions = (
        make_attribution("a1", "gazette", 0, DRONE),
        make_attribution("a2", "coastline", 1, ENGINES),
        make_attribution("a3", "hearing", 3, BLAST),
    )
    one, two = attributions[0].id, attributions[1].id
    claim = m.Claim(
        id=m.ClaimId("c1"), sentence="a boat without crew sank the Halcyon", attributions=(one, two),
        discrepancies=(
            m.Discrepancy(slot="who", values=((one, "the islanders"), (two, "")), verdict="only one says"),
            m.Discrepancy(slot="what", values=((one, "a drone boat"), (two, "a boat with two engines and no crew")),
                          verdict="more detail"),
            m.Discrepancy(slot="from", values=((one, "the islands, in the south"), (two, "the north")),
                          verdict="differs"),
            m.Discrepancy(slot="object", values=((one, "the Halcyon"), (two, "the Halcyon")), verdict="agrees"),
        ),
    )  # fmt: skip
    origins = tuple(
        m.Origin(id=m.OriginId(key), source=SOURCES[place].id, latent=latent, attributions=(item,), reports=())
        for key, place, latent, item in (
            ("o1", 0, False, one),
            ("o2", 1, True, two),
            ("o4", 3, False, attributions[2].id),
        )
    )
    return m.Trace(
        reports=reports, attributions=attributions, sources=SOURCES, claims=(claim,), derivations=(), origins=origins,
        publishers=8, voices=m.Count(low=1.0, expected=1.8, high=2.0), disinterested=0,
        provenance=m.Provenance(nodes=NODES, edges=EDGES), problems=(),
    )  # fmt: skip


ROWS = (
    ("orsk-drone", m.EvidenceKind.TESTIMONY, "Minister: drone boat", 1.67, (0.8, 2.8), 0.2058, (DRONE,)),
    ("varn-blast", m.EvidenceKind.OBSERVATION, "Traces of a blast", 0.25, (0.2, 0.3), 0.2153, (BLAST, MINES)),
    ("official-drone", m.EvidenceKind.TESTIMONY, "Port official: drone boat", 1.54, (0.7, 2.3), 0.2812, (NORTH,)),
    ("official-boat", m.EvidenceKind.TESTIMONY, "Port official: two engines", -0.15, (-0.5, 1.0), 0.2743, (ENGINES,)),
    ("echo-1", m.EvidenceKind.ECHO, "Daily Lantern repeats Coastline", 0.0, (0.0, 0.0), 0.2743, (LANTERN,)),
    ("echo-2", m.EvidenceKind.ECHO, "Nachtkurier repeats Coastline", 0.0, (0.0, 0.0), 0.2743, ()),
    ("gulls-statement", m.EvidenceKind.STATEMENT, "A statement that looks forged", -0.59, (-0.9, -0.2), 0.2482,
     (NEWSROOM,)),
    ("no-film", m.EvidenceKind.SILENCE, "No film of the attack", -0.75, (-1.1, -0.3), 0.2175, (FILM,)),
    ("no-wreckage", m.EvidenceKind.SILENCE, "No wreckage shown", -0.13, (-0.2, -0.1), 0.2124, (WRECKAGE,)),
)  # fmt: skip
CELLS = (
    (1.25, 0.23, 0.52, -0.01, 0.0, 0.0, -0.59, -0.72, -0.13),
    (-0.32, 0.19, -0.31, 0.24, 0.0, 0.0, 0.1, -0.47, -0.24),
    (-0.33, -0.1, -0.1, -0.07, 0.0, 0.0, 0.21, 0.52, 0.06),
    (-0.33, -0.23, -0.05, -0.12, 0.0, 0.0, 0.22, 0.52, 0.25),
)


def make_contributions() -> tuple[m.Contribution, ...]:
    return tuple(
        m.Contribution(
            evidence=m.EvidenceId(key), kind=kind, title=title, weight_db=weight, low_db=low, high_db=high, after=after,
            without={}, quotes=quotes, reason=because(f"why {title.lower()} weighs what it does", *quotes),
        )
        for key, kind, title, weight, (low, high), after, quotes in ROWS
    )  # fmt: skip


def make_posteriors() -> tuple[m.Posterior, ...]:
    numbers = (
        (0.15, 0.1, 0.199, 0.2124, 0.14, 0.37),
        (0.25, 0.2, 0.3, 0.2152, 0.19, 0.24),
        (0.3, 0.25, 0.35, 0.288, 0.22, 0.32),
        (0.3, 0.25, 0.35, 0.2844, 0.22, 0.31),
    )
    return tuple(
        m.Posterior(
            hypothesis=key, prior=p, prior_low=pl, prior_high=ph, probability=after, low=low, high=high
        )
        for key, (p, pl, ph, after, low, high) in zip(HYPOTHESES, numbers, strict=True)
    )  # fmt: skip


def make_silence(key: str, title: str, numbers: tuple[float, float, float], weight: float, said: m.Quote) -> m.Silence:
    produced, by_now, coverage = numbers
    return m.Silence(
        evidence=m.EvidenceId(key), title=title, produced=produced, by_now=by_now, coverage=coverage,
        seen=produced * by_now * coverage, weight_db=weight, low_db=weight - 0.3, high_db=weight + 0.1,
        watched="9 of 10 known channels watched, 1–16 May" if coverage else "", quotes=(said,),
    )  # fmt: skip


def make_sources() -> tuple[m.SourceAssessment, ...]:
    modes = {
        0: (m.Modes(informed=0.28, rumour=0.41, spinning=0.31), m.Modes(informed=0.05, rumour=0.12, spinning=0.83)),
        1: (m.Modes(informed=0.44, rumour=0.3, spinning=0.26), m.Modes(informed=0.03, rumour=0.03, spinning=0.94)),
    }
    grades = (("E", "5"), ("E", "5"), ("F", "6"), ("B", "3"), ("F", "6"))
    said = ((DRONE,), (ENGINES, NORTH), (NEWSROOM,), (BLAST,), (FIRE,))
    return tuple(
        m.SourceAssessment(
            profile=profile,
            grade=m.Grade(reliability=letter, credibility=figure, reason=because("from its modes after all it said")),
            before=modes[place][0] if place in modes else None,
            after=modes[place][1] if place in modes else None,
            said=said[place],
        )
        for place, (profile, (letter, figure)) in enumerate(zip(PROFILES, grades, strict=True))
    )


def make_beliefs() -> tuple[m.NodeBelief, ...]:
    rows = (
        ("C:engines", "A boat with two engines struck it", 0.2, 0.2169, 0.1, 0.4),
        ("K:blame", "Somebody pushes the story", 0.25, 0.9295, 0.78, 0.98),
        ("Q:islanders", "The islanders are lying low", 0.31, 0.3725, 0.27, 0.57),
    )
    return tuple(
        m.NodeBelief(variable=m.VariableId(key), name=name, prior=prior, probability=p, low=low, high=high)
        for key, name, prior, p, low, high in rows
    )


def make_questions() -> tuple[m.QuestionValue, ...]:
    rows = (
        ("A diver finds parts of a motor", 0.138, 0.69, 0.13, 0.14),
        ("A satellite picture shows a wake", 0.129, 0.91, 0.16, 0.07),
        ("The hold’s list shows no fuel", 0.006, 0.165, 0.24, 0.36),
    )
    return tuple(
        m.QuestionValue(id=f"q{place}", title=title, bits=bits, probability_if_yes=yes, probability_if_no=no,
                        chance_of_yes=chance)
        for place, (title, bits, yes, no, chance) in enumerate(rows)
    )  # fmt: skip


def make_flips() -> tuple[m.Flip, ...]:
    rows = (
        ("Leave out the minister’s interview", "counted", "left out", 0.168, 0.11, 0.26),
        ("How readily a spinning source says it when it is false", "85 %", "89 %", 0.1966, 0.13, 0.28),
    )
    return tuple(
        m.Flip(title=title, moves=((m.KnobId(f"k{place}"), old, new),), probability=p, low=low, high=high)
        for place, (title, old, new, p, low, high) in enumerate(rows)
    )


def make_standards() -> tuple[m.StandardResult, ...]:
    rows = (
        ("independent_origins", None, "Two independent origins for a statement of fact", "two; whether one repeats the "
         "other is unknown"),
        ("disinterested_origins", False, "One of them disinterested", "both gain if believed"),
        ("subject_heard", True, "The party concerned has been heard", "the islanders denied it"),
    )  # fmt: skip
    return tuple(
        m.StandardResult(standard=m.Standard(rule=rule), holds=holds, sentence=sentence, why=why)
        for rule, holds, sentence, why in rows
    )


def make_timeline() -> tuple[m.TimePoint, ...]:
    rows = (
        ("2031-05-03", 0.2058, 0.14, 0.29),
        ("2031-05-06", 0.2153, 0.15, 0.3),
        ("2031-05-08", 0.2743, 0.18, 0.43),
        ("2031-05-14", 0.2124, 0.14, 0.37),
    )
    return tuple(
        m.TimePoint(when=datetime.fromisoformat(day), probability=p, low=low, high=high) for day, p, low, high in rows
    )


def make_assessment() -> m.Assessment:
    reports = tuple(make_report(name) for name in TEXTS)
    case = make_case(reports)
    rows = make_contributions()
    return m.Assessment(
        case=case,
        as_of=case.as_of,
        trace=make_trace(reports),
        posteriors=make_posteriors(),
        weight_db=1.84,
        weight_low_db=0.4,
        weight_high_db=4.6,
        summary=(
            (
                m.Sentence(text="The story appears in eight reports, but the words go back to two.", quotes=(TWO,)),
                m.Sentence(text="Each gains if it is believed.", quotes=(OWNERS, PATROLS)),
            ),
            (
                m.Sentence(text="Their statements raise the chance of a drone boat; a statement that looks forged and "
                           "the missing film take back nearly half of that."),
                m.Sentence(text="Taken together the evidence weighs +1.8\u00a0dB, whatever one believed before."),
            ),
        ),
        confidence="low",
        confidence_why=(m.Sentence(text="Nobody disinterested has spoken, and nobody reports seeing a boat."),),
        voices=m.Count(low=1.0, expected=1.8, high=2.0),
        disinterested=0,
        timeline=make_timeline(),
        contributions=rows,
        matrix=m.AchMatrix(hypotheses=HYPOTHESES, evidence=tuple(row.evidence for row in rows), cells=CELLS),
        beliefs=make_beliefs(),
        sources=make_sources(),
        silences=(
            make_silence("no-film", "Film of the attack", (0.5, 0.7, 0.9), -0.75, FILM),
            make_silence("no-wreckage", "Wreckage of the boat", (0.6, 0.8, 0.0), 0.0, WRECKAGE),
        ),
        statements=(
            m.StatementAssessment(
                statement=STATEMENT,
                checks=tuple(
                    m.AuthenticityCheck(check=check, toward_forged_db=weight)
                    for check, weight in zip(STATEMENT.checks, (8.45, 10.0, None), strict=True)
                ),
                genuine=0.0025, low=0.001, high=0.007,
            ),
        ),
        scenarios=(
            m.ScenarioAssessment(scenario=SCENARIOS[0], probability=0.72, low=0.55, high=0.85),
            m.ScenarioAssessment(scenario=SCENARIOS[1], probability=0.06, low=0.02, high=0.15),
        ),
        questions=make_questions(),
        flips=make_flips(),
        standards=make_standards(),
        problems=(m.Problem(where="reports/torn.pdf", what="nothing in it can be read", remedy="save it as text"),),
    )  # fmt: skip
