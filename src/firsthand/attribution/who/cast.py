"""Who has been met in a report so far, and who of them is meant by "she", "the official" or a bare surname?

Pronouns and descriptions are resolved to whoever fits and was met last; names to whoever bears them.
"""

from __future__ import annotations

import re
from bisect import insort
from dataclasses import dataclass, field
from functools import cache

from firsthand.attribution.cues import Pack, read_list
from firsthand.attribution.who.mentions import Description
from firsthand.attribution.who.names import is_short_for, make_key
from firsthand.model import Report, SourceKind

PUBLISHER = 0
FAR = 250
NEAR = 40
NEARBY = 500
REMEMBERED = 200


MID_SENTENCE = re.compile(r"(?<=[\w,;] )[A-Z][\w’'-]*\w")
PLAIN = re.compile(r"\b[a-z]{4,}\b")
# Endings of the plurals by which English names those who do or live something.
PLURAL = re.compile(r"(?:ers|ors|ists|ents|ants|ians|ies|eers|ees|women|men|cials|ives)$")


PARTS = ("one", "another", "both", "some of", "two of", "three of", "a second", "a third", "the other")


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
        if seen.words.lower().startswith(PARTS) and (not seen.noun or len(seen.words.split()) == 1 or " of the" in low):
            return self._resolve_part(seen, place)
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

    def _resolve_part(self, seen: Description, place: int) -> int:
        """Return who "both" are, or add "one of them", known by the words of those he is one of."""
        whole = self._latest(place, lambda m: m.plural and not m.group, True)
        if whole != PUBLISHER and seen.words.lower() == "both":
            return whole
        part = self._add(seen)
        if whole != PUBLISHER:
            self.members[part].words += self.members[whole].words
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
