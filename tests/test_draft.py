"""Does a draft suggest what the reports say, and leave alone what the analyst wrote?"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from case_folders import make_report
from firsthand.case import check_case, draft_case, load_case, new_case
from firsthand.case.expected import list_silences
from firsthand.case.wording import make_slug
from firsthand.errors import CaseError
from firsthand.model import (
    Attribution,
    AttributionId,
    Claim,
    ClaimId,
    ContentKind,
    Count,
    Derivation,
    DerivationKind,
    Mention,
    Origin,
    OriginId,
    Period,
    Provenance,
    Reason,
    Report,
    Slot,
    Source,
    SourceId,
    SourceKind,
    Span,
    Trace,
)

LEDGER = "The harbour master said that eleven crates were stolen\nfrom the east shed. He told nobody else.\n"
COURIER = "Eleven crates were stolen from the east shed, the Ledger reported.\n"
DENIAL = "Tove Lind denies that any crate is missing.\n"
RULE = Reason(rule="test", sentence="The Courier credits\nthe Ledger.")


def day(number: int) -> Period:
    return Period(start=datetime(2031, 2, number), end=datetime(2031, 2, number + 1))


REPORTS = (
    make_report("courier.txt", COURIER, day(4), "Courier"),
    make_report("ledger.txt", LEDGER, day(3), "Ledger"),
    make_report("paper.txt", DENIAL, day(5), "Paper"),
)


def attribute(number: int, report: Report, source: str, words: str, polarity: int = 1) -> Attribution:
    start = report.text.index(words)
    return Attribution(
        id=AttributionId(f"a-{number}"),
        report=report.id,
        source=SourceId(source),
        source_mention=Mention(text=source),
        source_kind=SourceKind.ROLE,
        cue=Mention(text="said"),
        cue_class="say",
        content=Mention(text=words, spans=((start, start + len(words)),)),
        content_kind=ContentKind.INDIRECT,
        chain=(SourceId(report.publisher), SourceId(source)),
        hedge=0.0,
        polarity=polarity,
        probability=0.9,
        reason=RULE,
    )


ATTRIBUTIONS = (
    attribute(1, REPORTS[0], "master", "Eleven crates were stolen from the east shed"),
    attribute(2, REPORTS[1], "master", "eleven crates were stolen\nfrom the east shed"),
    attribute(3, REPORTS[2], "lind", "any crate is missing", polarity=-1),
)


def derive(probability: float = 0.99, directed: bool = True) -> Derivation:
    return Derivation(
        child=Span(report=REPORTS[0].id, start=0, end=10),
        parent=Span(report=REPORTS[1].id, start=0, end=10),
        latent=None,
        kind=DerivationKind.CITED,
        probability=probability,
        directed=directed,
        reason=RULE,
        child_attribution=AttributionId("a-1"),
        parent_attribution=AttributionId("a-2"),
    )


def trace(*derivations: Derivation) -> Trace:
    main = Claim(
        id=ClaimId("c-1"),
        sentence="Eleven crates were stolen from the east shed",
        slots=(Slot(name="who", value="Harbour Watch", attribution=AttributionId("a-2")),),
        attributions=tuple(one.id for one in ATTRIBUTIONS),
        origins=Count(low=1, expected=1, high=1),
    )
    return Trace(
        reports=REPORTS,
        attributions=ATTRIBUTIONS,
        sources=(
            Source(
                id=SourceId("master"), name="the harbour master", kind=SourceKind.UNNAMED, names=("Harbour Master",)
            ),
            Source(id=SourceId("lind"), name="Tove Lind", kind=SourceKind.NAMED, speaks_for="the port"),
            Source(id=SourceId("Ledger"), name="The Ledger", kind=SourceKind.GROUP),
        ),
        claims=(main,),
        derivations=derivations,
        origins=(
            Origin(
                id=OriginId("o-1"),
                source=SourceId("master"),
                latent=False,
                attributions=(AttributionId("a-1"), AttributionId("a-2")),
                reports=(),
            ),
        ),
        publishers=3,
        voices=Count(low=1, expected=1, high=1),
        disinterested=None,
        provenance=Provenance(nodes=(), edges=()),
        problems=(),
    )


def retell(*derivations: Derivation) -> Trace:
    """Return the trace in which the Courier has the words from somebody else than the Ledger has."""
    return replace(
        trace(*derivations), attributions=(replace(ATTRIBUTIONS[0], source=SourceId("lind")), *ATTRIBUTIONS[1:])
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    new_case(tmp_path / "crates", "Were the crates stolen?", date(2031, 2, 10))
    for report in REPORTS:
        words = f"Publisher: {report.publisher}\n\n{report.text}"
        (tmp_path / "crates/reports" / report.path).write_text(words, "utf-8")
    return tmp_path / "crates"


def read_drafted(folder: Path, traced: Trace) -> Trace:
    """Return the trace with its reports as they are read from the folder, where a header stands before the text."""
    from firsthand.reading import read_reports

    found = {report.path: report for report in read_reports([str(folder / "reports")])[0]}
    moved = {}
    for old in traced.reports:
        new = found[old.path]
        moved[old.id] = (new.id, len(new.text) - len(old.text))
    attributions = tuple(
        replace(
            one,
            report=moved[one.report][0],
            content=replace(
                one.content,
                spans=tuple((s + moved[one.report][1], e + moved[one.report][1]) for s, e in one.content.spans),
            ),
        )
        for one in traced.attributions
    )
    return replace(traced, reports=tuple(found[one.path] for one in traced.reports), attributions=attributions)


def test_a_draft_loads_and_every_entry_is_marked_as_a_suggestion(folder: Path) -> None:
    draft_case(folder, read_drafted(folder, trace(derive())))
    case = load_case(folder)
    assert [one.source.name for one in case.profiles] == ["the harbour master", "Tove Lind"]
    assert not any(one.judged for one in (*case.profiles, *case.assertions, *case.expectations))
    claims = tomllib.loads((folder / "claims.toml").read_text("utf-8"))
    assert all(one["suggested"] for one in (*claims["claim"].values(), *claims["assertion"]))
    assert case.claims[0].hypothesis == case.asks


def test_the_parent_stands_first_and_a_sure_copy_is_an_echo(folder: Path) -> None:
    draft_case(folder, read_drafted(folder, trace(derive())))
    parent, copy, denial = load_case(folder).assertions
    assert parent.quote.text == "eleven crates were stolen\nfrom the east shed"
    assert (copy.copy_of, copy.copy.value if copy.copy else 0) == (parent.id, 1)
    assert copy.copy_why == "The Courier credits the Ledger."
    assert copy.via == ("Courier",)
    assert denial.denies
    assert denial.copy is None


def test_an_unsure_copy_is_a_range_and_an_undirected_one_is_unknown(folder: Path) -> None:
    draft_case(folder, read_drafted(folder, retell(derive(0.6))))
    knob = load_case(folder).assertions[1].copy
    assert knob is not None
    assert (knob.low, knob.value, knob.high) == (0.35, 0.6, 0.85)
    (folder / "claims.toml").write_text("", "utf-8")
    draft_case(folder, read_drafted(folder, retell(derive(0.6, directed=False))))
    unknown = load_case(folder).assertions[1].copy
    assert unknown is not None
    assert unknown.unknown


def test_members_of_one_origin_are_never_two_voices(folder: Path) -> None:
    draft_case(folder, read_drafted(folder, retell()))
    knob = load_case(folder).assertions[1].copy
    assert knob is not None
    assert knob.unknown


def test_a_source_who_says_it_twice_is_heard_once(folder: Path) -> None:
    draft_case(folder, read_drafted(folder, trace()))
    first, again, denial = load_case(folder).assertions
    assert (again.source, again.copy_of) == (first.source, first.id)
    assert again.copy is not None
    assert again.copy.low == 1
    assert denial.copy is None


def test_what_looks_independent_is_drafted_as_of_unknown_lineage(folder: Path) -> None:
    second = replace(ATTRIBUTIONS[2], polarity=1)
    draft_case(folder, read_drafted(folder, replace(trace(derive()), attributions=(*ATTRIBUTIONS[:2], second))))
    parent, _, other = load_case(folder).assertions
    assert other.source == "tove-lind"
    assert other.copy_of == parent.id
    assert other.copy is not None
    assert other.copy.unknown


def test_a_draft_moves_no_hypothesis_by_its_silences(folder: Path) -> None:
    draft_case(folder, read_drafted(folder, trace()))
    assert all(one.coverage.high == 0 for one in load_case(folder).expectations)


def test_what_the_analyst_wrote_is_kept_to_the_byte(folder: Path) -> None:
    own = '# mine\n[source.master]\nname = "Harbour Master"   # the analyst knows him\naccess = 0.9\n'
    (folder / "sources.toml").write_text(own, "utf-8")
    draft_case(folder, read_drafted(folder, trace(derive())))
    assert (folder / "sources.toml").read_text("utf-8").startswith(own)
    case = load_case(folder)
    assert [str(one.source.id) for one in case.profiles] == ["master", "tove-lind"]
    assert case.profiles[0].judged
    assert case.assertions[0].source == "master"


def test_a_second_draft_adds_nothing(folder: Path) -> None:
    draft_case(folder, read_drafted(folder, trace(derive())))
    before = {path.name: path.read_bytes() for path in folder.glob("*.toml")}
    draft_case(folder, read_drafted(folder, trace(derive())))
    assert {path.name: path.read_bytes() for path in folder.glob("*.toml")} == before


def test_a_case_that_does_not_load_is_not_drafted_into(folder: Path) -> None:
    (folder / "claims.toml").write_text("[claim.x]\nsentense = 1\n", "utf-8")
    before = (folder / "sources.toml").read_bytes()
    with pytest.raises(CaseError, match="sentense"):
        draft_case(folder, trace())
    assert (folder / "sources.toml").read_bytes() == before


def test_the_five_questions_name_the_case_s_own_people(folder: Path) -> None:
    questions = draft_case(folder, read_drafted(folder, trace(derive())))
    assert len(questions) == 5
    assert "the harbour master or Tove Lind" in questions[0]
    assert "gains" in questions[1]
    assert "tied" in questions[2]
    assert "pictures or video of what was taken" in questions[3]
    assert "Where did you look for any of these" in questions[4]


def test_a_check_asks_for_the_suggestions_to_be_judged(folder: Path) -> None:
    draft_case(folder, read_drafted(folder, trace(derive())))
    told = [finding.what for finding in check_case(load_case(folder))]
    assert "There are 2 suggestions that nobody has judged: the harbour master; Tove Lind." in told
    assert not any("counts again" in what for what in told)


def test_words_in_a_report_cannot_break_the_file(folder: Path) -> None:
    nasty = 'He said: """ ]] \\u0041 \t [source.x] # = \' end'
    report = make_report("paper.txt", nasty, day(5), "Pa'p\"er]")
    (folder / "reports/paper.txt").write_text(nasty, "utf-8")
    one = attribute(3, report, "lind", nasty)
    traced = replace(trace(), reports=(*REPORTS[:2], report), attributions=(*ATTRIBUTIONS[:2], one))
    draft_case(folder, replace(read_drafted(folder, traced)))
    assert nasty in [one.quote.text for one in load_case(folder).assertions]


def test_what_should_exist_depends_on_the_kind_of_claim() -> None:
    theft = Claim(id=ClaimId("c"), sentence="The crates were stolen")
    deaths = Claim(id=ClaimId("c"), sentence="Four people were killed")
    assert "An inventory that shows it gone" in list_silences(theft)
    assert "Names of the dead or hurt" in list_silences(deaths)
    assert "Names of the dead or hurt" not in list_silences(theft)


def test_an_id_is_plain_short_and_its_own() -> None:
    assert make_slug("Le président Dôme d'Été de la ville") == "le-president-dome-dete"
    assert make_slug("Déby", ["deby", "deby-2"]) == "deby-3"
    assert make_slug("!!!") == "unnamed"
