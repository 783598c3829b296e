"""Who is meant each time in one report, and through whom did the words come?

Pronouns and "the official" are resolved to whoever fits and was met last; relays and hearers make the chain, which runs
from the outlet to the originator. A relay named once for a source holds for that source's other words in the report.
"""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from firsthand.attribution.cues import Pack, read_list
from firsthand.attribution.hits import Finding, Stretch
from firsthand.attribution.mentions import Description, describe_source
from firsthand.attribution.names import is_short_for, make_key
from firsthand.attribution.sentences import DATELINE
from firsthand.model import Report, SourceKind, record

RUN = re.compile(
    r"\b[A-Z][\w'’-]++(?:(?:(?<=\b[A-Z])\.|(?<=\b[A-Z][a-z])\.|(?<=\b[A-Z][a-z]{2})\.)?\s+(?:(?:al|bin|de|van|von|der|el)\s+)?[A-Z][\w'’-]++){1,4}"
)
PUBLISHER = 0
FAR = 250
NEAR = 40
NEARBY = 500
REMEMBERED = 200
PLACE_BEFORE = re.compile(r"\b(?:in|at|from|near|to|on|über|in|à)\s+(?:the\s+)?$", re.IGNORECASE)
SENTENCE_EDGE = re.compile(r"[.!?:;\n”\"]")


@dataclass
class Member:
    """Somebody met in a report, as known so far."""

    key: str
    name: str
    kind: SourceKind
    group: bool = False
    gender: str = ""
    nouns: set[str] = field(default_factory=set)
    speaks_for: str = ""
    plural: bool = False
    words: list[str] = field(default_factory=list)


@record
class Draft:
    """A finding with its source and chain as places in the report's cast."""

    finding: Finding
    who: int
    description: Description
    chain: tuple[int, ...]


def _is_person(member: Member) -> bool:
    return not member.group and not member.plural and bool(member.words) and member.kind is not SourceKind.DOCUMENT


def _may_hold(member: Member, seen: Description) -> bool:
    """Say whether somebody may be "the inspector": of no other sex, and known by no other office."""
    offices = member.nouns & set(read_list("people.toml")["roles"])
    return member.gender in {"", seen.gender or member.gender} and (not offices or seen.noun in offices)


class Cast:
    """Those met in one report, in the order they are met; the publisher comes first."""

    def __init__(self, report: Report, pack: Pack) -> None:
        name = report.publisher or re.split(r"[/\\]", report.path)[-1].rsplit(".", 1)[0] or report.id
        self.members = [Member(key=make_key(name), name=name, kind=SourceKind.GROUP, group=True, words=[name])]
        self.met: list[tuple[int, int, bool]] = []
        self.spoken: set[int] = set()
        self.by_word: dict[str, list[int]] = {}
        self._index(PUBLISHER)
        self.pack = pack

    def _index(self, number: int) -> None:
        words = self.members[number].key.split()
        for word in (*words, "".join(w[0] for w in words)):
            if number not in self.by_word.setdefault(word, [])[-NEAR:]:
                self.by_word[word].append(number)

    def meet(self, place: int, member: int, leading: bool) -> None:
        """Note that a member is mentioned at a place, `leading` where as a source or at a sentence's start."""
        insort(self.met, (place, member, leading))

    def resolve(self, seen: Description, place: int, speaker: int | None) -> int:
        """Return the place in the cast of whom a description means; a new one where nobody fits."""
        low = seen.words.lower()
        if low in self.pack.small["own_outlet"] and speaker is None:
            return PUBLISHER
        if seen.pronoun:
            return self._resolve_pronoun(seen, place, speaker)
        if any(phrase in low for phrase in self.pack.small["same_source"]) and self.met:
            return self._latest(place, lambda m: True, True)
        if seen.key:
            return self._resolve_name(seen)
        known = self._find_known(seen, place, speaker)
        return known if known is not None else self._add(seen)

    def _resolve_pronoun(self, seen: Description, place: int, speaker: int | None) -> int:
        if self.pack.has("first", seen.pronoun):
            return speaker if speaker is not None else PUBLISHER
        if self.pack.has("neuter", seen.pronoun):
            near = [
                at
                for at, member, _ in self.met[-REMEMBERED:]
                if place - NEARBY < at < place and self.members[member].group
            ]
            return self._latest(place, lambda m: m.group, True) if near else PUBLISHER
        if seen.plural:
            return self._latest(place, lambda m: m.plural or m.group, True)
        other = self.members[speaker] if speaker is not None else None
        member = self._latest(
            place, lambda m: m is not other and _is_person(m) and m.gender in {"", seen.gender}, False
        )
        if member != PUBLISHER and seen.gender:
            self.members[member].gender = self.members[member].gender or seen.gender
        return member

    def _latest(self, place: int, fits: object, any_place: bool) -> int:
        """Return the member met last before a place that fits, one that led a sentence rather than another."""
        assert callable(fits)
        passing, passed_at = PUBLISHER, 0
        for at, member, leading in self.met[: -REMEMBERED - 1 : -1]:
            if at >= place or not fits(self.members[member]):
                continue
            if leading or any_place:
                return passing if passing and passed_at - at > FAR else member
            if not passing:
                passing, passed_at = member, at
        return passing

    def _resolve_name(self, seen: Description) -> int:
        known = self.find_name(seen)
        return self._join(known, seen) if known is not None else self._add(seen)

    def find_name(self, seen: Description) -> int | None:
        """Return who in the cast bears a name, in full or by the words that are his own."""
        near = sorted({n for word in seen.key.split() for n in self.by_word.get(word, ())[-NEAR:]})
        for number in near:
            if self.members[number].key == seen.key:
                return number
        for number in near:
            member = self.members[number]
            alike = member.group == seen.group or (member.group and len(seen.key.split()) < 3)
            if member.name and alike and self._same(seen.key, member.key, member.group):
                return number
        return None

    @staticmethod
    def _same(one: str, other: str, group: bool) -> bool:
        """Say whether two keys name one: a person by surname, an institution by the words that are its own."""
        if group:
            return is_short_for(one, other) or is_short_for(other, one)
        few, many = sorted((one.split(), other.split()), key=len)
        return (few[-1] == many[-1] and len(few) == 1) or (len(few) > 1 and set(few) <= set(many))

    def _find_known(self, seen: Description, place: int, speaker: int | None) -> int | None:
        """Return who "the official", "the agency" or "the Algerian" is, if met before."""
        for number in self._recent(place):
            member = self.members[number]
            if seen.words in member.words and (seen.kind is member.kind):
                return number
        if not seen.definite:
            return None
        publisher = self.members[PUBLISHER]
        if seen.group and seen.noun in publisher.key.split():
            return PUBLISHER
        for number in self._recent(place):
            member = self.members[number]
            named_so = seen.noun and (seen.noun in member.nouns or seen.noun in member.key.split())
            same_side = seen.kind is SourceKind.UNNAMED and seen.speaks_for and seen.speaks_for == member.speaks_for
            if (named_so and number != PUBLISHER) or same_side:
                return number
        return self._find_by_trade(seen, place) if speaker is None else None

    def _find_by_trade(self, seen: Description, place: int) -> int | None:
        """Return who "the blog" or "the inspector" is: the outlet or the person met last that it may be."""
        outlets = set(read_list("people.toml")["outlets"])
        if seen.noun in outlets and len(seen.words.split()) <= 2:
            for number in self._recent(place):
                if number != PUBLISHER and self.members[number].group and self.members[number].nouns & outlets:
                    return number
        if (
            seen.noun in read_list("people.toml")["roles"]
            and seen.words.lower().startswith(("the ", "le ", "la ", "der ", "die ", "el "))
            and len(seen.words.split()) <= 3
            and not seen.plural
        ):
            person = self._latest(place, lambda m: _is_person(m) and bool(m.key) and _may_hold(m, seen), False)
            return person or None
        return None

    def _recent(self, place: int) -> list[int]:
        order: list[int] = []
        for at, member, _ in reversed(self.met[-60:]):
            if at < place and member not in order:
                order.append(member)
        return order

    def _join(self, number: int, seen: Description) -> int:
        member = self.members[number]
        if number != PUBLISHER and len(seen.key.split()) > len(member.key.split()):
            member.key, member.name = seen.key, seen.name
            self._index(number)
        member.nouns |= seen.nouns
        member.gender = member.gender or seen.gender
        member.speaks_for = member.speaks_for or seen.speaks_for
        if seen.words not in member.words:
            member.words.append(seen.words)
        return number

    def _add(self, seen: Description) -> int:
        self.members.append(
            Member(
                key=seen.key,
                name=seen.name,
                kind=seen.kind,
                group=seen.group,
                gender=seen.gender,
                nouns=set(seen.nouns) | ({seen.noun} if seen.noun else set()),
                speaks_for=seen.speaks_for,
                plural=seen.plural,
                words=[seen.words] if seen.words else [],
            )
        )
        self._index(len(self.members) - 1)
        return len(self.members) - 1


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
    return cast.members, _carry_relays(drafts)


def _depth(finding: Finding) -> int:
    """Return how many contents a finding stands inside of: the outer ones are resolved first."""
    return 0 if finding.inside is None else 1 + _depth(finding.inside)


def _describe(report: Report, stretch: Stretch | None, head: Stretch | None, pack: Pack) -> Description:
    if stretch is None:
        return Description(words="", kind=SourceKind.UNNAMED)
    head = head or stretch
    return describe_source(report.text[slice(*stretch)], report.text[slice(*head)], pack)


def _draw_chain(
    report: Report, finding: Finding, cast: Cast, earlier: dict[Stretch, Draft], dateline: tuple[int, ...]
) -> Draft:
    place = (finding.source or finding.cue)[0]
    holder = earlier.get(finding.inside.content[0]) if finding.inside is not None else None
    speaker = holder.who if holder else None
    seen = _describe(report, finding.source, finding.head, cast.pack)
    relays = [cast.resolve(_describe(report, r, None, cast.pack), place, speaker) for r in finding.relays]
    if (
        finding.rule == "utterance"
        and seen.group
        and not set(seen.key.split()) & set(read_list("people.toml")["groups"])
    ):
        seen = replace(seen, group=False, kind=SourceKind.NAMED)
    own = finding.rule == "own statement" or (finding.rule == "utterance" and _is_host(seen))
    for relay in relays:
        cast.meet(place, relay, False)
    who = PUBLISHER if own else cast.resolve(seen, place, speaker)
    cast.meet(place, who, True)
    relays += _read_hearer(report, finding, cast, place, speaker)
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


def _read_hearer(report: Report, finding: Finding, cast: Cast, place: int, speaker: int | None) -> list[int]:
    """Return the hearer as a relay, unless he is the outlet itself or passes nothing on ("told reporters")."""
    if finding.hearer is None:
        return []
    seen = _describe(report, finding.hearer, None, cast.pack)
    low = seen.words.lower()
    if seen.words.lower() in {"him", "her"} and finding.rule != "utterance":
        member = cast.resolve(seen, place, None)
        return [member] if member in cast.spoken and member != speaker else []
    if low in cast.pack.small["own_outlet"] or (seen.pronoun and seen.pronoun != "it"):
        return []
    if not seen.key and not (seen.group and seen.noun in read_list("people.toml")["outlets"]) and not seen.pronoun:
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


def _carry_relays(drafts: Sequence[Draft]) -> list[Draft]:
    """Give a source's other words the relay through which it is said to have spoken."""
    relayed: dict[int, tuple[int, ...]] = {}
    for draft in drafts:
        if len(draft.chain) > 2 and draft.finding.inside is None and draft.description.words:
            relayed.setdefault(draft.who, draft.chain)
    return [
        replace(d, chain=relayed[d.who])
        if len(d.chain) == 2 and d.who in relayed and d.finding.inside is None and d.finding.hearer is None
        else d
        for d in drafts
    ]
