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
from firsthand.attribution.who.cast import PUBLISHER, Cast, Member
from firsthand.attribution.who.credited import find_agency
from firsthand.attribution.who.meetings import find_meetings
from firsthand.attribution.who.mentions import Description, describe_source
from firsthand.model import Report, SourceKind, record

PASSES_ON = re.compile(
    r",? (?:who|which) (?:\w+ )?(?:told|tells|relayed|passed|reported|wrote|confirmed|recounted|repeated|said|says)\b"
)
NAMED_AFTER = re.compile(r", [A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3}(?=,)")
NAMED_BEFORE = re.compile(
    r"(?P<open>[“\"])?(?P<name>[A-Z][\w'’-]+(?: (?:[a-z]{2,3} )?[A-Z][\w'’.-]+){0,3}),(?(open)[”\"]) ?$"
)


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
    agency = find_agency(report, cast, pack)
    meetings = find_meetings(report, found, pack)
    drafts: list[Draft] = []
    by_finding: dict[Stretch, Draft] = {}
    for finding in sorted(
        found, key=lambda f: (f.rule == "headline", _depth(f), (f.source or f.cue)[0], f.cue, f.content)
    ):
        place = (finding.source or finding.cue)[0]
        meetings.meet_until(place, cast)
        draft = _draw_chain(report, finding, cast, by_finding, agency)
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
    phrase, words = _widen(report.text, stretch), report.text[slice(*head)]
    before = NAMED_BEFORE.search(report.text, max(0, stretch[0] - 60), stretch[0])
    if before and (words[0].isdigit() or before.group("open")):
        phrase, words = f"{before.group('name')}, {phrase}", before.group("name")
        head = stretch
    seen = describe_source(phrase, words, cast.pack)
    if before and before.group("open") and seen.kind is SourceKind.NAMED:
        return replace(seen, kind=SourceKind.UNNAMED)
    if not seen.key or head[0] != stretch[0] or not cast.is_common(seen.name, words):
        return seen
    lowered = describe_source(phrase, words[0].lower() + words[1:], cast.pack)
    return replace(lowered, plural=lowered.plural or seen.name.endswith("s"))


def _widen(text: str, stretch: Stretch) -> str:
    """Return the words of a source with the name that stands beside them: "the nephew", Rustam,"."""
    after = NAMED_AFTER.match(text, stretch[1], stretch[1] + 60)
    return text[stretch[0] : after.end() if after else stretch[1]]


def _draw_chain(
    report: Report, finding: Finding, cast: Cast, earlier: dict[Stretch, Draft], agency: tuple[int, ...]
) -> Draft:
    place = (finding.source or finding.cue)[0]
    holder = _find_holder(report, finding.inside, cast, earlier, agency)
    speaker = holder.who if holder else None
    seen = _describe(report, finding.source, finding.head, cast)
    if finding.rule == "headline":
        seen = replace(seen, definite=True)
    relays = _resolve_relays(report, finding, cast, speaker)
    if (
        finding.rule == "utterance"
        and seen.group
        and not set(seen.key.split()) & set(read_list("people.toml")["groups"])
    ):
        seen = replace(seen, group=False, kind=SourceKind.NAMED)
    own = finding.rule == "own statement" or (finding.rule == "utterance" and _is_host(seen))
    for link in relays:
        cast.meet(place, link, False)
    known = cast.placed.get(place) if finding.source else None
    if known is None and finding.rule == "headline":
        known = cast.resolve(seen, len(report.text), speaker)
    who = PUBLISHER if own else known if known is not None else cast.resolve(seen, place, speaker, finding.content)
    if finding.source is not None:
        cast.placed[place] = who
    cast.meet(place, who, True)
    if finding.hearer is not None:
        relays += _read_hearer(report, finding, finding.hearer, cast, speaker)
    cast.spoken.add(who)
    links = (*(holder.chain if holder else (PUBLISHER, *agency)), *relays)
    chain: list[int] = []
    for link in links:
        if link not in chain and link != who:
            chain.append(link)
    if who == PUBLISHER:
        chain = [PUBLISHER]
    else:
        chain.append(who)
    return Draft(finding=finding, who=who, description=seen, chain=tuple(chain))


def _find_holder(
    report: Report, outer: Finding | None, cast: Cast, earlier: dict[Stretch, Draft], agency: tuple[int, ...]
) -> Draft | None:
    """Return the draft inside whose words a finding stands, drawn now where those words are no finding of their own."""
    if outer is None:
        return None
    return earlier.get(outer.content[0]) or _draw_chain(report, outer, cast, earlier, agency)


def _resolve_relays(report: Report, finding: Finding, cast: Cast, speaker: int | None) -> list[int]:
    """Return the relays of a finding, each after whom it told, as places in the cast."""
    relays: list[int] = []
    for relay in finding.relays:
        for teller, hearer in finding.told:
            relays += _read_hearer(report, finding, hearer, cast, speaker) if teller == relay else []
        owner = finding.source is not None and finding.source[0] <= relay[0] < finding.source[1]
        known = None if owner else cast.placed.get(relay[0])
        if known is None:
            known = cast.resolve(_describe(report, relay, None, cast), relay[0], speaker)
        if not owner:
            cast.placed[relay[0]] = known
        relays.append(known)
        cast.meet(relay[0], relays[-1], True)
    return relays


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
    tells = PASSES_ON.match(report.text, hearer[1]) is not None
    if not seen.key and seen.noun not in read_list("people.toml")["outlets"] and not seen.pronoun and not tells:
        return []
    words = set(low.split())
    known = cast.resolve(seen, place, speaker)
    if known == PUBLISHER or (
        not tells and known == len(cast.members) - 1 and words & set(read_list("people.toml")["hearers"])
    ):
        return []
    return [known]


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
    if members[told.who].kind is SourceKind.UNNAMED:
        return True
    forward = told.finding.cue < other.finding.cue
    if told.finding.relays and (forward or "interview" in text[slice(*(other.finding.source or other.finding.cue))]):
        return True
    return forward and text.find("\n", told.finding.cue[0], other.finding.cue[0]) < 0
