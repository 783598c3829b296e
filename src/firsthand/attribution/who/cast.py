"""Who has been met in a report so far, and who of them is meant by "she", "the official" or a bare surname?

Pronouns and descriptions are resolved to whoever fits and was met last; names to whoever bears them.
"""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

from firsthand.attribution.cues import Pack, read_list
from firsthand.attribution.grammar.hits import Stretch
from firsthand.attribution.who.mentions import Description
from firsthand.attribution.who.names import is_short_for, make_key
from firsthand.attribution.who.subjects import looks_personal
from firsthand.model import Report, SourceKind

PUBLISHER = 0
FAR = 250
NEAR = 40
FORGOTTEN = 2000
HALF_LIFE = 150
PASSING = 0.4
EARLIER = 0.5
UNKNOWN_SEX = 0.7
DOUBTED = 0.5
REPEATED = 0.6
REMEMBERED = 200


MID_SENTENCE = re.compile(r"(?<=[\w,;] )[A-Z][\w’'-]*\w")
PLAIN = re.compile(r"\b[a-z]{4,}\b")
# Endings of the plurals by which English names those who do or live something.
PLURAL = re.compile(r"(?:ers|ors|ists|ents|ants|ians|ies|eers|ees|women|men|cials|ives)$")


PART_NOUNS = frozenset(
    {"", "one", "another", "both", "most", "some", "all", "two", "three", "second", "third", "other", "neither"}
)
PARTS = (
    "one",
    "another",
    "both",
    "some of",
    "two of",
    "three of",
    "a second",
    "a third",
    "the other",
    "neither",
    "most of them",
    "all of them",
)


@cache
def _outlets() -> frozenset[str]:
    return frozenset(read_list("people.toml")["outlets"])


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


def _is_person(member: Member) -> bool:
    return not member.group and not member.plural and bool(member.words) and member.kind is not SourceKind.DOCUMENT


def _is_thing(member: Member) -> float:
    """Say how well "it" may be meant of somebody or something met: of no sex, one, and no person."""
    if member.gender in {"m", "f"} or member.plural:
        return 0.0
    if member.group or member.kind is SourceKind.DOCUMENT or member.gender == "n":
        return 1.0
    return 0.5 if member.key and " " not in member.key else 0.0


def _fits_sex(member: Member, sex: str) -> float:
    """Say how well "he" or "she" may be meant of somebody met."""
    if not _is_person(member) or member.gender not in {"", sex}:
        return 0.0
    known = 1.0 if member.gender else UNKNOWN_SEX
    if member.key and " " not in member.key and not member.gender and not member.nouns & _persons():
        known *= DOUBTED
    return known if member.key or _is_human(member) else known * DOUBTED


@cache
def _persons() -> frozenset[str]:
    nouns = read_list("people.toml")
    return frozenset(nouns["sources"]) | frozenset(nouns["roles"])


def _is_human(member: Member) -> bool:
    return any(looks_personal(n) or n in _persons() for n in member.nouns)


def _may_be_body(member: Member, noun: str) -> float:
    """Say how well "the company" may be meant of somebody met: a name of no person, or known by that noun."""
    if noun in member.nouns or noun in member.key.split():
        return 1.0
    outlets = set(read_list("people.toml")["outlets"])
    if not member.key or member.gender in {"m", "f"} or outlets & {*member.nouns, *member.key.split()}:
        return 0.0
    offices = member.nouns & set(read_list("people.toml")["roles"])
    return 0.0 if offices else 0.6 if member.group else 0.3


def _read_singular(words: str) -> str:
    """Return "driver on the new road" for one of "two drivers on the new road"."""
    parts = words.split()
    several = read_list("people.toml")["several"]
    parts = parts[1:] if parts and parts[0].lower() in several else parts
    nouns = read_list("people.toml")
    known = {*nouns["sources"], *nouns["roles"], *nouns["masculine"], *nouns["feminine"]}
    at = next((i for i, w in enumerate(parts) if w.endswith("s") and (w[:-1] in known or looks_personal(w))), None)
    if at is None:
        at = 0 if parts and parts[0].endswith("s") else None
    return " ".join(w[:-1] if i == at else w for i, w in enumerate(parts)) or words


class Cast:
    """Those met in one report, in the order they are met; the publisher comes first."""

    def __init__(self, report: Report, pack: Pack) -> None:
        name = report.publisher or re.split(r"[/\\]", report.path)[-1].rsplit(".", 1)[0] or report.id
        self.members = [Member(key=make_key(name), name=name, kind=SourceKind.GROUP, group=True, words=[name])]
        self.met: list[tuple[int, int, bool]] = []
        self.spoken: set[int] = set()
        self.placed: dict[int, int] = {}
        self.by_word: dict[str, list[int]] = {}
        self._index(PUBLISHER)
        self.pack = pack
        self.text = report.text
        self.names = frozenset(MID_SENTENCE.findall(report.text)) if pack.language == "en" else None
        self.plain = frozenset(PLAIN.findall(report.text)) if pack.language == "en" else frozenset()

    def _index(self, number: int) -> None:
        words = self.members[number].key.split()
        for word in (*words, "".join(w[0] for w in words)):
            if number not in self.by_word.setdefault(word, [])[-NEAR:]:
                self.by_word[word].append(number)

    def is_common(self, name: str, words: str) -> bool:
        """Say whether what looks like a name is a noun that begins a sentence ("Survivors"): nowhere else a capital."""
        if self.names is None or " " in name or not words.startswith(name) or name in self.names:
            return False
        if name.lower() in self.by_word or name.lower() in _outlets():
            return False
        return name.lower() in self.plain or bool(PLURAL.search(name))

    def knows(self, word: str) -> bool:
        """Say whether a capitalised word is part of the name of somebody met."""
        low = word.lower().removesuffix("'s").removesuffix("’s")
        return len(low) > 2 and low in self.by_word and low not in read_list("people.toml")["not_names"]

    def meet(self, place: int, member: int, leading: bool) -> None:
        """Note that a member is mentioned at a place, `leading` where as a source or at a sentence's start."""
        insort(self.met, (place, member, leading))

    def resolve(self, seen: Description, place: int, speaker: int | None, avoid: Sequence[Stretch] = ()) -> int:
        """Return the place in the cast of whom a description means; a new one where nobody fits."""
        low = seen.words.lower()
        if low in self.pack.small["own_outlet"] and speaker is None:
            return PUBLISHER
        if seen.pronoun:
            return self._resolve_pronoun(seen, place, speaker, avoid)
        if any(phrase in low for phrase in self.pack.small["same_source"]) and self.met:
            return self._latest(place, lambda m: True, True)
        if seen.key:
            return self._resolve_name(seen, place)
        if (
            low.startswith(PARTS)
            and ", a" not in low
            and (seen.noun in PART_NOUNS or len(low.split()) == 1 or " of the" in low)
        ):
            return self._resolve_part(seen, place)
        known = self._find_known(seen, place, speaker)
        return known if known is not None else self._add(seen)

    def _resolve_pronoun(self, seen: Description, place: int, speaker: int | None, avoid: Sequence[Stretch]) -> int:
        if self.pack.has("first", seen.pronoun):
            return speaker if speaker is not None else PUBLISHER
        if self.pack.has("second", seen.pronoun):
            return self._add(seen)
        if self.pack.has("neuter", seen.pronoun):
            return self._find_salient(place, _is_thing, speaker, avoid)
        if seen.plural:
            return self._find_salient(place, lambda m: 1.0 if m.plural else 0.6 * m.group, speaker, avoid)
        member = self._find_salient(place, lambda m: _fits_sex(m, seen.gender), speaker, avoid)
        if member != PUBLISHER and seen.gender:
            self.members[member].gender = self.members[member].gender or seen.gender
        return member

    def _find_salient(
        self, place: int, fit: Callable[[Member], float], speaker: int | None, avoid: Sequence[Stretch]
    ) -> int:
        """Return whom the text was most about before a place, of those who fit; the publisher where nobody does.

        Each mention counts, a sentence's subject most, and fades with distance and with the paragraph.
        """
        edge = self.text.rfind("\n", max(0, place - FORGOTTEN), place)
        weights: dict[int, float] = {}
        for at, member, leading in self.met[: -REMEMBERED - 1 : -1]:
            if at >= place or member in {speaker, PUBLISHER} or any(s <= at < e for s, e in avoid):
                continue
            if place - at > FORGOTTEN:
                break
            weight = (1.0 if leading else PASSING) * 0.5 ** ((place - at) / HALF_LIFE) * (1.0 if at > edge else EARLIER)
            weight *= fit(self.members[member])
            before = weights.get(member, 0.0)
            weights[member] = max(before, weight) + REPEATED * min(before, weight)
        best = max(weights, key=lambda m: (weights[m], -m), default=PUBLISHER)
        return best if weights.get(best, 0.0) > 0.0 else PUBLISHER

    def _resolve_part(self, seen: Description, place: int) -> int:
        """Return who "both" are, or add "one of them", known by the words of those he is one of."""
        whole = self._latest(place, lambda m: m.plural and not m.group, True)
        if whole != PUBLISHER and seen.words.lower() == "both":
            return whole
        part = self._add(seen)
        _, of, rest = seen.words.partition(" of the ")
        if of:
            self.members[part].words.append(_read_singular(rest))
        if whole != PUBLISHER:
            self.members[part].words += [_read_singular(w) for w in self.members[whole].words]
            self.members[part].speaks_for = self.members[part].speaks_for or self.members[whole].speaks_for
        return part

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

    def _resolve_name(self, seen: Description, place: int) -> int:
        known = self.find_name(seen)
        if known is None and seen.definite and not seen.group:
            known = self._find_described(seen, place)
        return self._join(known, seen) if known is not None else self._add(seen)

    def _find_described(self, seen: Description, place: int) -> int | None:
        """Return the nameless one met before whom "the nurse, Ada Stroud" names."""
        for number in self._recent(place):
            member = self.members[number]
            nameless = not member.key and not member.plural and not member.group
            if nameless and seen.noun and seen.noun in member.nouns and member.gender in {"", "n", seen.gender}:
                return number
        return None

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
        return self._find_by_given(seen, near)

    def _find_by_given(self, seen: Description, near: Sequence[int]) -> int | None:
        """Return the one person met whose given name "Ada" is."""
        bearers = [n for n in near if _is_person(self.members[n]) and self.members[n].key.split()[0] == seen.key]
        return bearers[0] if len(bearers) == 1 and not seen.group and seen.words == seen.name else None

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
        owner = self._find_keeper(seen, place) if seen.kind is SourceKind.DOCUMENT else None
        return owner if owner is not None else self._find_by_trade(seen, place) if speaker is None else None

    def _find_keeper(self, seen: Description, place: int) -> int | None:
        """Return whose "the log" is where "she wrote in her log" stands before it."""
        if len(seen.words.split()) > 2:
            return None
        first = max(0, place - FORGOTTEN)
        own = max(("his", "her"), key=lambda word: self.text.rfind(f" {word} {seen.noun} ", first, place))
        before = self.text.rfind(f" {own} {seen.noun} ", first, place)
        sex = "m" if own == "his" else "f"
        keeper = self._find_salient(before, lambda m: _fits_sex(m, sex), None, ()) if before >= 0 else PUBLISHER
        return keeper if keeper != PUBLISHER else None

    def _find_by_trade(self, seen: Description, place: int) -> int | None:
        """Return who "the blog" or "the company" is: whom the text was about last that it may be."""
        nouns = read_list("people.toml")
        outlets = set(nouns["outlets"])
        if seen.noun in outlets and len(seen.words.split()) <= 2:
            for number in self._recent(place):
                if number != PUBLISHER and self.members[number].group and self.members[number].nouns & outlets:
                    return number
        if len(seen.words.split()) > 3 or seen.plural:
            return None
        if seen.noun in nouns["bodies"]:
            body = self._find_salient(place, lambda m: _may_be_body(m, seen.noun), None, ())
            return body or (None if outlets & set(self.members[PUBLISHER].key.split()) else PUBLISHER)
        return self._find_only_person(place) if seen.noun in nouns["roles"] and seen.definite else None

    def _find_only_person(self, place: int) -> int | None:
        """Return the one person with a name met so far, whom "the president" of an interview must mean."""
        persons = [n for n in self._recent(place) if n and _is_person(self.members[n]) and self.members[n].key]
        known = self.members[persons[0]] if len(persons) == 1 else None
        return persons[0] if known is not None and not known.nouns & _persons() else None

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
