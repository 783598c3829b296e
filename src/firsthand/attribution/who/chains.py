"""Through whom did the words come each time in one report?

Whoever is meant is looked up among those met in the report; relays and hearers make the chain, which runs from the
outlet to the originator. An outlet named once for a source holds for what the source says near by.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from firsthand.attribution.cues import Pack, read_list
from firsthand.attribution.grammar.hits import Finding, Stretch
from firsthand.attribution.text.sentences import DATELINE
from firsthand.attribution.who.cast import PUBLISHER, Cast, Member
from firsthand.attribution.who.mentions import Description, describe_source
from firsthand.model import Report, SourceKind, record

RUN = re.compile(
    r"\b[A-Z][\w'’-]++(?:(?:(?<=\b[A-Z])\.|(?<=\b[A-Z][a-z])\.|(?<=\b[A-Z][a-z]{2})\.)?\s+(?:(?:al|bin|de|van|von|der|el)\s+)?[A-Z][\w'’-]++){1,4}"
)
PLACE_BEFORE = re.compile(r"\b(?:in|at|from|near|to|on|über|in|à)\s+(?:the\s+)?$", re.IGNORECASE)
SENTENCE_EDGE = re.compile(r"[.!?:;\n”\"]")


@record
class Draft:
    """A finding with its source and chain as places in the report's cast."""

    finding: Finding
    who: int
    description: Description
    chain: tuple[int, ...]


def draw_chains(report: Report, found: Sequence[Finding], pack: Pack) -> tuple[list[Member], list[Draft]]:
    """Return the cast of a report and its findings with source and chain."""
    cast = Cast(report, pack)
    dateline = _find_dateline(report, cast, pack)
    runs = _find_runs(report, found)
    drafts: list[Draft] = []
    by_finding: dict[Stretch, Draft] = {}
    for finding in sorted(found, key=lambda f: (_depth(f), (f.source or f.cue)[0], f.cue, f.content)):
        place = (finding.source or finding.cue)[0]
        _meet_runs(report, runs, place, cast)
        draft = _draw_chain(report, finding, cast, by_finding, dateline)
        drafts.append(draft)
        by_finding[finding.content[0]] = draft
    return cast.members, _carry_relays(report, cast.members, drafts)


def _depth(finding: Finding) -> int:
    """Return how many contents a finding stands inside of: the outer ones are resolved first."""
    return 0 if finding.inside is None else 1 + _depth(finding.inside)


def _describe(report: Report, stretch: Stretch | None, head: Stretch | None, cast: Cast) -> Description:
    if stretch is None:
        return Description(words="", kind=SourceKind.UNNAMED)
    head = head or stretch
    phrase, words = report.text[slice(*stretch)], report.text[slice(*head)]
    seen = describe_source(phrase, words, cast.pack)
    if not seen.key or head[0] != stretch[0] or not cast.is_common(seen.name, words):
        return seen
    lowered = describe_source(phrase, words[0].lower() + words[1:], cast.pack)
    return replace(lowered, plural=lowered.plural or seen.name.endswith("s"))


def _draw_chain(
    report: Report, finding: Finding, cast: Cast, earlier: dict[Stretch, Draft], dateline: tuple[int, ...]
) -> Draft:
    place = (finding.source or finding.cue)[0]
    holder = earlier.get(finding.inside.content[0]) if finding.inside is not None else None
    speaker = holder.who if holder else None
    seen = _describe(report, finding.source, finding.head, cast)
    relays: list[int] = []
    for relay in finding.relays:
        for teller, hearer in finding.told:
            relays += _read_hearer(report, finding, hearer, cast, speaker) if teller == relay else []
        relays.append(cast.resolve(_describe(report, relay, None, cast), place, speaker))
    if (
        finding.rule == "utterance"
        and seen.group
        and not set(seen.key.split()) & set(read_list("people.toml")["groups"])
    ):
        seen = replace(seen, group=False, kind=SourceKind.NAMED)
    own = finding.rule == "own statement" or (finding.rule == "utterance" and _is_host(seen))
    for link in relays:
        cast.meet(place, link, False)
    who = PUBLISHER if own else cast.resolve(seen, place, speaker)
    cast.meet(place, who, True)
    if finding.hearer is not None:
        relays += _read_hearer(report, finding, finding.hearer, cast, speaker)
    cast.spoken.add(who)
    links = (*(holder.chain if holder else (PUBLISHER, *dateline)), *relays)
    chain: list[int] = []
    for link in links:
        if link not in chain and link != who:
            chain.append(link)
    if who == PUBLISHER:
        chain = [PUBLISHER]
    else:
        chain.append(who)
    return Draft(finding=finding, who=who, description=seen, chain=tuple(chain))


def _is_host(seen: Description) -> bool:
    """Say whether a transcript's label is the outlet's own voice ("PRESENTER", "HOST (Dee Park)")."""
    hosts = read_list("people.toml")["hosts"]
    return any(word.strip("(),").lower() in hosts for word in seen.words.split()[:2])


def _read_hearer(report: Report, finding: Finding, hearer: Stretch, cast: Cast, speaker: int | None) -> list[int]:
    """Return the hearer as a relay, unless he is the outlet itself or passes nothing on ("told reporters")."""
    place = (finding.source or finding.cue)[0]
    seen = _describe(report, hearer, None, cast)
    low = seen.words.lower()
    if seen.words.lower() in {"him", "her"} and finding.rule != "utterance":
        member = cast.resolve(seen, place, None)
        return [member] if member in cast.spoken and member != speaker else []
    if low in cast.pack.small["own_outlet"] or (seen.pronoun and seen.pronoun != "it"):
        return []
    if not seen.key and seen.noun not in read_list("people.toml")["outlets"] and not seen.pronoun:
        return []
    words = set(low.split())
    known = cast.resolve(seen, place, speaker)
    if known == PUBLISHER or (known == len(cast.members) - 1 and words & set(read_list("people.toml")["hearers"])):
        return []
    return [known]


def _find_dateline(report: Report, cast: Cast, pack: Pack) -> tuple[int, ...]:
    """Return the agency of a line such as "VARNEL, Feb 9 (Brill) -", unless it is the publisher."""
    for start, end in report.body[:1]:
        for line in re.finditer(r"^.*$", report.text[start : min(end, start + 1500)], re.MULTILINE):
            match = DATELINE.match(line.group())
            if match:
                number = cast.resolve(describe_source(match.group(1), match.group(1), pack), start, None)
                cast.members[number].group = True
                cast.members[number].kind = SourceKind.GROUP
                return () if number == PUBLISHER else (number,)
    return ()


def _find_runs(report: Report, found: Sequence[Finding]) -> list[tuple[int, str, bool]]:
    """Return the names outside what is said, last first: place, words, whether they lead a sentence."""
    said = sorted(s for f in found for s in f.content)
    runs: list[tuple[int, str, bool]] = []
    at = 0
    for start, end in report.body:
        for match in RUN.finditer(report.text, start, end):
            while at < len(said) and said[at][1] <= match.start():
                at += 1
            if at < len(said) and said[at][0] <= match.start():
                continue
            before = report.text[max(start, match.start() - 40) : match.start()]
            if PLACE_BEFORE.search(before):
                continue
            edge = max(
                (m.end() for m in SENTENCE_EDGE.finditer(before)), default=0 if match.start() - start < 40 else -1
            )
            opening = before[edge:].rstrip() if edge >= 0 else ""
            apposed = opening.endswith(",") and opening.count(",") == 1
            leading = edge >= 0 and (apposed or (len(before) - edge <= 24 and "," not in opening))
            runs.append((match.start(), match.group(), leading))
    runs.reverse()
    return runs


def _meet_runs(report: Report, runs: list[tuple[int, str, bool]], place: int, cast: Cast) -> None:
    while runs and runs[-1][0] < place:
        at, words, leading = runs.pop()
        seen = describe_source(words, " ".join(_drop_small(words.split(), cast.pack)), cast.pack)
        if seen.key and not seen.group and len(seen.key.split()) <= 3:
            known = cast.find_name(seen)
            if known is not None or len(seen.key.split()) > 1:
                cast.meet(at, cast.resolve(seen, at, None), leading)


def _drop_small(words: Sequence[str], pack: Pack) -> Sequence[str]:
    """Return words without the small ones that begin a sentence ("While Morn")."""
    first = 0
    while first < len(words) - 1 and any(
        pack.has(g, words[first].lower())
        for g in ("conjunctions", "prepositions", "determiners", "pronouns", "adverbs")
    ):
        first += 1
    return words[first:]


def _carry_relays(report: Report, members: Sequence[Member], drafts: Sequence[Draft]) -> list[Draft]:
    """Give a source's other words the outlet through which it is said to have spoken.

    Who goes without a name, or is read in an interview, speaks through that outlet all along; what a named source told
    an outlet holds for the rest of the paragraph.
    """
    relayed: dict[int, Draft] = {}
    speakers = {draft.who for draft in drafts}
    for draft in drafts:
        outlets = len(draft.chain) > 2 and all(_is_outlet(link, members, speakers) for link in draft.chain[1:-1])
        if outlets and draft.finding.inside is None and draft.description.words:
            relayed.setdefault(draft.who, draft)
    return [
        replace(d, chain=relayed[d.who].chain)
        if len(d.chain) == 2
        and d.who in relayed
        and d.finding.inside is None
        and d.finding.hearer is None
        and _holds_on(report.text, relayed[d.who], d, members)
        else d
        for d in drafts
    ]


def _is_outlet(link: int, members: Sequence[Member], speakers: Collection[int]) -> bool:
    """Say whether a relay is an institution, or goes by one word and says nothing itself ("the Brill report")."""
    return members[link].group or (link not in speakers and len(members[link].key.split()) == 1)


def _holds_on(text: str, told: Draft, other: Draft, members: Sequence[Member]) -> bool:
    """Say whether the outlet named with a source's words holds for other words of the source."""
    if members[told.who].kind is SourceKind.UNNAMED or told.finding.relays:
        return True
    return told.finding.cue < other.finding.cue and text.find("\n", told.finding.cue[0], other.finding.cue[0]) < 0
