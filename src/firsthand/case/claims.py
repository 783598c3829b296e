"""What is claimed, who asserts or denies it in which words, and what else was seen?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from firsthand.case.entries import TRUTH, Entry, list_tables, open_entry
from firsthand.case.frame import read_claim_name
from firsthand.case.text import CaseText, Mistakes
from firsthand.model import (
    Assertion,
    Check,
    Claim,
    ClaimId,
    EvidenceId,
    HypothesisId,
    Interest,
    Observation,
    Report,
    SourceId,
    Statement,
    record,
)

SURFACES = ("genuine_true", "genuine_false", "forged_on", "forged_off")


@record
class Names:
    """The ids that the entries of claims.toml and expectations.toml may name."""

    hypotheses: tuple[HypothesisId, ...]
    campaigns: tuple[str, ...] = ()
    postures: tuple[str, ...] = ()
    sources: tuple[SourceId, ...] = ()
    claims: tuple[ClaimId, ...] = ()


def read_claims(
    text: CaseText, reports: Mapping[str, Report], mistakes: Mistakes, hypotheses: Sequence[HypothesisId]
) -> Iterator[Claim]:
    """Yield the claims; each states a hypothesis (`is`) or has a chance under every one (`given`)."""
    for name, entry in list_tables(text, "claim", reports):
        with mistakes.noting():
            yield _read_claim(ClaimId(name), entry, hypotheses)


def _read_claim(name: ClaimId, entry: Entry, hypotheses: Sequence[HypothesisId]) -> Claim:
    sentence, judged = entry.read_text("sentence"), not entry.data.get("suggested", False)
    if ("is" in entry.data) == ("given" in entry.data):
        raise entry.fault("a claim needs either 'is', the hypothesis it states, or 'given', its chance under each")
    if "is" in entry.data:
        hypothesis = entry.check_name(entry.read_text("is"), hypotheses, "hypothesis", "is")
        return Claim(id=name, sentence=sentence, hypothesis=HypothesisId(hypothesis), judged=judged)
    given = entry.read_by_hypothesis("given", f"claim.{name}.given", hypotheses)
    return Claim(id=name, sentence=sentence, given=given, judged=judged)


def read_assertions(
    text: CaseText, reports: Mapping[str, Report], mistakes: Mistakes, names: Names
) -> Iterator[Assertion]:
    """Yield who said what, where; each quotation stands in its report and each copy names an assertion."""
    entries = list(list_tables(text, "assertion", reports))
    known = [name for name, _ in entries]
    found: dict[str, tuple[Entry, Assertion]] = {}
    for name, entry in entries:
        with mistakes.noting():
            found[name] = entry, _read_assertion(EvidenceId(name), entry, names, known)
    with mistakes.noting():
        _check_circles(found)
    yield from (assertion for _, assertion in found.values())


def _check_circles(found: Mapping[str, tuple[Entry, Assertion]]) -> None:
    """Raise CaseError where assertions are echoes of nothing but one another, so that nobody has said it first."""
    parents = {name: str(one.copy_of) for name, (_, one) in found.items() if one.copy and one.copy.low == 1}
    cleared: set[str] = set()
    for start in parents:
        path: list[str] = []
        at = start
        while at in parents and at not in cleared:
            if at in path:
                circle = " and ".join(path[path.index(at) :])
                what = f"{circle} only repeat one another; say which is the original, or that it is unknown"
                raise found[at][0].fault(what, "copy_of")
            path.append(at)
            at = parents[at]
        cleared.update(path)


def _read_assertion(name: EvidenceId, entry: Entry, names: Names, known: Sequence[str]) -> Assertion:
    copy_of = entry.read_text("copy_of") or None
    if copy_of:
        entry.check_name(copy_of, known, "assertion", "copy_of")
        if copy_of == name:
            raise entry.fault("an assertion cannot be a copy of itself", "copy_of")
    if copy_of and "copy" not in entry.data:
        raise entry.fault("'copy_of' needs 'copy', the chance of it: a number, \"echo\" or \"unknown\"", "copy_of")
    if "copy" in entry.data and not copy_of:
        raise entry.fault("'copy' needs 'copy_of', the id of the assertion it may repeat", "copy")
    return Assertion(
        id=name,
        title=entry.read_text("title") or name,
        claim=ClaimId(entry.check_name(entry.read_text("claim"), names.claims, "claim", "claim")),
        source=SourceId(entry.check_name(entry.read_text("source"), names.sources, "source", "source")),
        quote=entry.need_quote(),
        denies=bool(entry.data.get("denies", False)),
        interest=Interest(entry.data.get("interest", "for")),
        via=tuple(entry.data.get("via", ())),
        copy_of=EvidenceId(copy_of) if copy_of else None,
        copy=entry.read_knob("copy", f"assertion.{name}.copy"),
        copy_why=entry.read_text("copy_why"),
        judged=not entry.data.get("suggested", False),
    )


def read_observations(
    text: CaseText, reports: Mapping[str, Report], mistakes: Mistakes, names: Names
) -> Iterator[Observation]:
    """Yield what was seen, with its chance under each hypothesis or each state of a claim."""
    for name, entry in list_tables(text, "observation", reports):
        with mistakes.noting():
            claim = read_claim_name(entry, names.claims)
            yield Observation(
                id=EvidenceId(name),
                title=entry.read_text("title") or name,
                quote=entry.need_quote(),
                given=entry.read_given("given", f"observation.{name}", TRUTH if claim else names.hypotheses),
                claim=claim,
                why=entry.read_text("why"),
            )


def read_statements(
    text: CaseText, reports: Mapping[str, Report], mistakes: Mistakes, names: Names
) -> Iterator[Statement]:
    """Yield the purported statements and the tests made of them."""
    for name, entry in list_tables(text, "statement", reports):
        with mistakes.noting():
            yield _read_statement(name, entry, names)


def _read_statement(name: str, entry: Entry, names: Names) -> Statement:
    knob = f"statement.{name}"
    surfaces = open_entry(entry.text, (*entry.place, "surfaces"), entry.data["surfaces"], entry.reports)
    return Statement(
        id=EvidenceId(name),
        title=entry.read_text("title") or name,
        author=entry.check_name(entry.read_text("author"), names.sources, "source", "author"),
        claim=ClaimId(entry.check_name(entry.read_text("claim"), names.claims, "claim", "claim")),
        campaign=entry.check_name(entry.read_text("campaign"), names.campaigns, "campaign", "campaign"),
        surfaces={key: surfaces.need_knob(key, f"{knob}.surfaces.{key}") for key in SURFACES},
        checks=tuple(_read_checks(entry, f"{knob}.check")),
        quote=entry.need_quote(),
    )


def _read_checks(statement: Entry, knob: str) -> Iterator[Check]:
    kinds: set[str] = set()
    for entry in statement.list_entries("check"):
        kind = entry.read_text("kind")
        if kind in kinds:
            raise entry.fault(f"the check '{kind}' stands twice in this statement; give each its own kind", "kind")
        kinds.add(kind)
        if ("genuine" in entry.data) != ("forged" in entry.data):
            raise entry.fault(f"the check '{kind}' needs both 'genuine' and 'forged', or neither to be shown uncounted")
        yield Check(
            kind=kind,
            found=entry.read_text("found"),
            genuine=entry.read_knob("genuine", f"{knob}.{kind}.genuine"),
            forged=entry.read_knob("forged", f"{knob}.{kind}.forged"),
            imitable=entry.read_knob("imitable", f"{knob}.{kind}.imitable"),
            quote=entry.read_quote(),
        )
