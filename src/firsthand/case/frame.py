"""What is asked, and which explanations, campaigns, postures and scenarios are open?"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from firsthand.case.entries import TRUTH, Entry, list_tables
from firsthand.case.text import CaseText, Mistakes
from firsthand.model import (
    Campaign,
    ClaimId,
    Consideration,
    Hypothesis,
    HypothesisId,
    Knob,
    KnobId,
    Posture,
    Question,
    Report,
    Scenario,
    SourceId,
    Standard,
)

Reports = Mapping[str, Report]
PRIOR_TOLERANCE = 1e-6


def read_hypotheses(text: CaseText, reports: Reports) -> tuple[Hypothesis, ...]:
    """Return the hypotheses; priors left out share what remains, priors in words are scaled to add up to 1.

    Raises CaseError for fewer than two hypotheses and for priors in numbers that do not add up to 1.
    """
    entries = list(list_tables(text, "hypothesis", reports))
    if len(entries) < 2:
        raise text.fault("a case needs at least two hypotheses, one of them 'something else'", "hypothesis")
    priors = _read_priors(text, entries)
    return tuple(
        Hypothesis(
            id=HypothesisId(name),
            name=entry.read_text("name"),
            sentence=entry.read_text("sentence"),
            prior=priors[name],
            something_else=bool(entry.data.get("something_else", False)),
        )
        for name, entry in entries
    )


def _read_priors(text: CaseText, entries: Sequence[tuple[str, Entry]]) -> dict[str, Knob]:
    given = {name: entry.read_knob("prior", f"hypothesis.{name}.prior") for name, entry in entries}
    stated = {name: knob for name, knob in given.items() if knob is not None}
    missing = [name for name in given if name not in stated]
    rest = 1.0 - math.fsum(knob.value for knob in stated.values())
    share = rest / len(missing) if missing else 0.0
    in_words = any(isinstance(entry.data.get("prior"), str) for _, entry in entries)
    wrong = rest < -PRIOR_TOLERANCE if missing else abs(rest) > PRIOR_TOLERANCE
    if wrong and not (in_words and not missing):
        last = list(stated)[-1]
        raise text.fault(f"the priors add up to {1 - rest:g}, and must add up to 1", "hypothesis", last, "prior")
    scale = 1.0 / (1.0 - rest) if in_words and not missing else 1.0
    scaled = {name: _scale(knob, scale) for name, knob in stated.items()}
    for name in missing:
        share = max(share, 0.0)
        scaled[name] = Knob(
            id=KnobId(f"hypothesis.{name}.prior"), low=share, value=share, high=share, text="an equal share"
        )
    return scaled


def _scale(knob: Knob, scale: float) -> Knob:
    low, value, high = (min(1.0, end * scale) for end in (knob.low, knob.value, knob.high))
    return replace(knob, low=low, value=value, high=high)


def read_campaigns(text: CaseText, reports: Reports, mistakes: Mistakes) -> Iterator[Campaign]:
    """Yield the campaigns."""
    for name, entry in list_tables(text, "campaign", reports):
        with mistakes.noting():
            yield Campaign(
                id=name,
                name=entry.read_text("name"),
                sentence=entry.read_text("sentence"),
                prior=entry.need_knob("prior", f"campaign.{name}.prior"),
            )


def read_postures(
    text: CaseText, reports: Reports, mistakes: Mistakes, hypotheses: Sequence[HypothesisId]
) -> Iterator[Posture]:
    """Yield the postures, with a chance of lying low for each hypothesis."""
    for name, entry in list_tables(text, "posture", reports):
        with mistakes.noting():
            yield Posture(
                id=name,
                name=entry.read_text("name"),
                sentence=entry.read_text("sentence"),
                low=entry.read_by_hypothesis("low", f"posture.{name}.low", hypotheses),
                damp=entry.need_knob("damp", f"posture.{name}.damp"),
                quotes=entry.read_quotes(),
            )


def read_scenarios(
    text: CaseText, reports: Reports, mistakes: Mistakes, hypotheses: Sequence[HypothesisId]
) -> Iterator[Scenario]:
    """Yield the impact scenarios with their considerations."""
    for name, entry in list_tables(text, "scenario", reports):
        with mistakes.noting():
            hypothesis = entry.check_name(entry.read_text("hypothesis"), hypotheses, "hypothesis", "hypothesis")
            yield Scenario(
                id=name,
                name=entry.read_text("name"),
                hypothesis=HypothesisId(hypothesis),
                chance=entry.need_knob("chance", f"scenario.{name}.chance"),
                follows=entry.read_text("follows"),
                considerations=tuple(
                    _read_consideration(one, f"scenario.{name}.{number}")
                    for number, one in enumerate(entry.list_entries("consideration"), 1)
                ),
            )


def _read_consideration(entry: Entry, knob: str) -> Consideration:
    return Consideration(
        quote=entry.need_quote(),
        sentence=entry.read_text("sentence"),
        if_so=entry.need_knob("if_so", f"{knob}.if_so"),
        if_not=entry.need_knob("if_not", f"{knob}.if_not"),
    )


def read_questions(
    text: CaseText, reports: Reports, mistakes: Mistakes, names: tuple[Sequence[HypothesisId], Sequence[ClaimId]]
) -> Iterator[Question]:
    """Yield what could be asked or looked for; `names` are the hypotheses and the claims."""
    hypotheses, claims = names
    for name, entry in list_tables(text, "inquiry", reports):
        with mistakes.noting():
            claim = read_claim_name(entry, claims)
            states = TRUTH if claim else hypotheses
            yes = entry.read_given("yes", f"question.{name}.yes", states)
            yield Question(id=name, title=entry.read_text("title"), yes=yes, claim=claim)


def read_claim_name(entry: Entry, claims: Sequence[ClaimId]) -> ClaimId | None:
    """Return the claim an entry names, or None; raise UnknownName for one that does not exist."""
    if "claim" not in entry.data:
        return None
    return ClaimId(entry.check_name(entry.read_text("claim"), claims, "claim", "claim"))


def read_standards(
    text: CaseText, reports: Reports, mistakes: Mistakes, sources: Sequence[SourceId]
) -> Iterator[Standard]:
    """Yield the standards of evidence."""
    for index, data in enumerate(text.data.get("standard", ())):
        entry = Entry(text=text, place=("standard", index), data=data, reports=reports)
        with mistakes.noting():
            subject = entry.read_text("subject")
            if subject:
                entry.check_name(subject, sources, "source", "subject")
            elif data["rule"] == "subject_heard":
                raise entry.fault("the rule 'subject_heard' needs 'subject', the id of the source to be heard", "rule")
            yield Standard(
                rule=data["rule"],
                at_least=float(data.get("at_least", 1.0)),
                subject=SourceId(subject) if subject else None,
            )
