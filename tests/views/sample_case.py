"""What an analyst judged about the Halcyon: sources, claims, a statement, scenarios."""

from __future__ import annotations

from datetime import date

import firsthand.model as m
from tests.views.sample_texts import (
    BLAST,
    DRONE,
    ENGINES,
    NEWSROOM,
    NORTH,
    OWNERS,
    PATROLS,
    STAFF,
    WRECKAGE,
    knob,
)

NAMES = (
    ("drone", "Drone boat", "The Halcyon was sunk by a drone boat of the islanders"),
    ("mine", "Drifting mine", "It struck an old mine that had come loose"),
    ("fire", "Fire on board", "A fire in the hold sank it"),
    ("other", "Something else", "None of these, or it did not sink"),
)
HYPOTHESES = tuple(m.HypothesisId(key) for key, _, _ in NAMES)


def make_source(key: str, name: str, kind: m.SourceKind = m.SourceKind.NAMED, speaks_for: str = "") -> m.Source:
    return m.Source(id=m.SourceId(key), name=name, kind=kind, speaks_for=speaks_for)


SOURCES = (
    make_source("orsk", "Tavel Orsk", speaks_for="the government of Merrow"),
    make_source("official", "Unnamed port official", m.SourceKind.UNNAMED, "his employer"),
    make_source("gulls", "The Free Gulls", m.SourceKind.GROUP),
    make_source("varn", "Adm. Lise Varn"),
    make_source("sailor", "بحار من الطاقم", m.SourceKind.ROLE),
)


def make_profile(source: m.Source, role: str, **extra: object) -> m.Profile:
    words = ("access", "error", "rumour", "talk", "spin_talk", "shameless", "spin_against", "spin_off", "spin_on")
    knobs = {word: knob(f"source.{source.id}.{word}", 0.4) for word in words}
    return m.Profile(source=source, role=role, **knobs, **extra)  # type: ignore[arg-type]  # the extras vary by source


PROFILES = (
    make_profile(
        SOURCES[0], "Minister of Harbours", gains=True, interest="blames the islanders, ends the inquiry",
        campaign="blame", access_why="told by his staff", quotes=(STAFF,),
        ties=(m.Tie(to="owners", sentence="speaks with the owners every morning", quotes=(OWNERS,)),),
    ),
    make_profile(
        SOURCES[1], "Port authority, not named", gains=True, interest="has asked for patrols", campaign="blame",
        access_why="plausible; “we know”, no sighting", quotes=(PATROLS,),
        ties=(m.Tie(to="orsk", sentence="answers to the minister", quotes=(NORTH,)),),
    ),
    make_profile(SOURCES[2], "Claims to speak for the islanders", access_why="none until shown genuine"),
    make_profile(SOURCES[3], "Navy, on the record", gains=False, interest="it says nothing of whose blast",
                 access_why="divers’ report"),
    make_profile(SOURCES[4], "Sailor, quoted once", judged=False),
)  # fmt: skip

CLAIMS = (
    m.Claim(id=m.ClaimId("drone"), sentence="a drone boat sank the Halcyon", hypothesis=HYPOTHESES[0]),
    m.Claim(id=m.ClaimId("engines"), sentence="a boat with two engines and no crew struck it"),
    m.Claim(id=m.ClaimId("blast"), sentence="there was a blast below the waterline"),
)


def make_assertion(key: str, claim: int, source: int, said: m.Quote, **extra: object) -> m.Assertion:
    return m.Assertion(
        id=m.EvidenceId(key), title=key, claim=CLAIMS[claim].id, source=SOURCES[source].id, quote=said, **extra
    )  # type: ignore[arg-type]  # the extras vary


STATEMENT = m.Statement(
    id=m.EvidenceId("gulls-statement"), title="A statement in the name of the Free Gulls", author="The Free Gulls",
    claim=m.ClaimId("drone"), campaign="blame", surfaces={}, quote=NEWSROOM,
    checks=(
        m.Check(kind="house style", found="no seal, no number", genuine=knob("g1", 0.1), forged=knob("f1", 0.7)),
        m.Check(kind="channel", found="given to one newsroom", genuine=knob("g2", 0.05), forged=knob("f2", 0.5),
                quote=NEWSROOM),
        m.Check(kind="confirmation", found="repeated nowhere", genuine=None, forged=None),
    ),
)  # fmt: skip

SCENARIOS = (
    m.Scenario(
        id="toll", name="Used to close the strait", hypothesis=HYPOTHESES[0], chance=knob("scenario.toll.chance", 0.7),
        follows="Insurers would leave the strait.",
        considerations=(
            m.Consideration(quote=PATROLS, sentence="Patrols were asked for.", if_so=knob("a", 0.5),
                            if_not=knob("b", 0.4)),
        ),
    ),
    m.Scenario(id="sold", name="Sold on", hypothesis=HYPOTHESES[0], chance=knob("scenario.sold.chance", 0.05),
               follows="Such boats would be seen elsewhere."),
)  # fmt: skip


def make_case(reports: tuple[m.Report, ...]) -> m.Case:
    return m.Case(
        title="The loss of the Halcyon",
        question="Was the grain ship Halcyon sunk by a drone boat?",
        asks=HYPOTHESES[0],
        as_of=date(2031, 5, 18),
        prior_basis="losses in the strait since 2010",
        hypotheses=tuple(
            m.Hypothesis(id=m.HypothesisId(key), name=name, sentence=sentence, prior=knob(f"hypothesis.{key}.prior", p))
            for (key, name, sentence), p in zip(NAMES, (0.15, 0.25, 0.3, 0.3), strict=True)
        ),
        reports=reports,
        campaigns=(
            m.Campaign(id="blame", name="Blame the islanders", sentence="Somebody pushes the story",
                       prior=knob("campaign.blame.prior", 0.25)),
        ),
        postures=(
            m.Posture(id="islanders", name="The islanders are lying low", sentence="The islanders may be lying low",
                      low={}, damp=knob("posture.islanders.damp", 0.1, 0.05), quotes=(WRECKAGE,)),
        ),
        profiles=PROFILES,
        claims=CLAIMS,
        assertions=(
            make_assertion("orsk-drone", 0, 0, DRONE),
            make_assertion("official-drone", 0, 1, NORTH),
            make_assertion("official-engines", 1, 1, ENGINES),
            make_assertion("varn-blast", 2, 3, BLAST),
        ),
        statements=(STATEMENT,),
        unknowns=(
            "Whether anyone saw a boat, and where.",
            "Who the official is, and whom he had it from.",
            "What the hold carried.",
            "Whether the minister and the official spoke.",
        ),
    )  # fmt: skip
