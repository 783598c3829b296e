"""Where in a sentence are the words of saying, and who stands before them?"""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.attribution.cues import Cue, Pack, load_openers, match_phrase
from firsthand.attribution.grammar.phrases import Phrase, is_speaker, read_right, read_subject
from firsthand.attribution.grammar.words import is_capital, is_finite
from firsthand.attribution.text.tokens import Token
from firsthand.model import record

Stretch = tuple[int, int]
MOST_HITS = 24


@record
class Clues:
    """What the trained field makes of a finding: the chance of its cue, the overlap to expect of content and source.

    `mixed` says that rule and field each gave one of the two.
    """

    cue: float
    content: float
    source: float
    mixed: bool = False


@record
class Finding:
    """A source, a cue and a content as they stand in the text, all as offsets.

    `head` is the source without its apposition; `relays` run from the outlet inwards; `hearer` is who was told.
    `told` are pairs of a relay and whom it told.
    `nested` says that it stands in what another of its sentence says; `inside` is the finding whose content it stands
    in, if any (a quotation within a quotation).
    """

    sentence: Stretch
    source: Stretch | None
    head: Stretch | None
    cue: Stretch
    entry: Cue
    content: tuple[Stretch, ...]
    rule: str
    probability: float
    hearer: Stretch | None = None
    relays: tuple[Stretch, ...] = ()
    told: tuple[tuple[Stretch, Stretch], ...] = ()
    inside: Finding | None = None
    direct: bool = False
    nested: bool = False
    clues: Clues | None = None


@record
class Hit:
    """A verb of saying: its tokens, the first of its verb group, its subject, and how it is used."""

    first: int
    last: int
    group: int
    entry: Cue
    subject: Phrase | None
    participle: bool
    passive: bool
    negated: bool
    as_clause: bool


def span_of(tokens: Sequence[Token], first: int, last: int) -> Stretch:
    """Return the offsets of tokens `first` to `last` (excluded)."""
    return tokens[first].start, tokens[last - 1].end


def find_hits(tokens: Sequence[Token], pack: Pack) -> tuple[Hit, ...]:
    """Return the verbs of saying in a sentence, in order."""
    hits: list[Hit] = []
    openers = load_openers(pack.language)["verbs"]
    at = 0
    while at < len(tokens) and len(hits) < MOST_HITS:
        if tokens[at].low not in openers:
            at += 1
            continue
        size, entry = _match_verb(tokens, at, pack)
        if entry is not None:
            hit = _read_hit(tokens, at, size, entry, pack)
            if hit is not None and not _is_hearer(hit, hits):
                hits.append(hit)
            at += size
        else:
            at += 1
    return tuple(hits)


def widen_group(tokens: Sequence[Token], at: int, pack: Pack) -> int:
    """Return where the verb group that ends in token `at` begins."""
    while at > 0 and _joins_verb(tokens, at - 1, pack):
        at -= 1
    return at


def _is_hearer(hit: Hit, before: Sequence[Hit]) -> bool:
    """Say whether what looks like a subject and its verb is whom a verb of telling tells ("told the press call")."""
    if not before or hit.subject is None or hit.group < hit.first:
        return False
    told = "hearer" in before[-1].entry.frames and before[-1].last == hit.subject.first
    return told and hit.subject.last - hit.subject.first > 1


def _match_verb(tokens: Sequence[Token], at: int, pack: Pack) -> tuple[int, Cue | None]:
    if tokens[at].kind != "word" or (at and is_capital(tokens[at])):
        return 0, None
    low = tokens[at].low
    if at + 1 < len(tokens) and (low, tokens[at + 1].low) in pack.verbs:
        return 2, pack.verbs[(low, tokens[at + 1].low)]
    return 1, pack.verbs.get((low,))


def _read_hit(tokens: Sequence[Token], at: int, size: int, entry: Cue, pack: Pack) -> Hit | None:
    group = at
    while group > 0 and _joins_verb(tokens, group - 1, pack):
        group -= 1
    lows = [t.low for t in tokens[group:at]]
    before = tokens[group - 1].low if group else ""
    participle = (
        pack.language == "en" and tokens[at].low.endswith("ing") and not any(pack.has("auxiliaries", w) for w in lows)
    )
    if _is_noun(tokens, at, group, pack, entry) or (participle and pack.has("prepositions", before)):
        return None
    subject = None if participle else read_subject(tokens, group, pack)
    first = subject.first if subject else group
    return Hit(
        first=at,
        last=at + size,
        group=group,
        entry=entry,
        subject=subject,
        participle=participle,
        passive=_is_passive(tokens[at].low, lows, pack),
        negated=(any(pack.has("negations", w) for w in lows) or _is_nobody(tokens, subject, pack))
        and entry.cue_class != "deny",
        as_clause=first > 0 and tokens[first - 1].low in pack.phrases["citing"]["as"],
    )


def _is_nobody(tokens: Sequence[Token], subject: Phrase | None, pack: Pack) -> bool:
    """Say whether a subject is nobody: "no official", "neither the owner nor the crew"."""
    if subject is None:
        return False
    before = tokens[subject.first - 1].low if subject.first else ""
    return pack.has("nobody", tokens[subject.first].low) or pack.has("neither", before)


def _joins_verb(tokens: Sequence[Token], at: int, pack: Pack) -> bool:
    token = tokens[at]
    if token.kind != "word" or (is_capital(token) and at > 0):
        return False
    low = token.low
    return (
        pack.has("auxiliaries", low)
        or pack.has("adverbs", low)
        or pack.has("negations", low)
        or (
            low.endswith("ly")
            and len(low) > 4
            and pack.language == "en"
            and low not in {"family", "assembly", "ally", "italy"}
        )
    )


def _is_passive(form: str, group: Sequence[str], pack: Pack) -> bool:
    if pack.language != "en" or form.endswith("ing"):
        return False
    plain = [w for w in group if pack.has("auxiliaries", w)]
    return bool(plain) and pack.has("passive", plain[-1])


def _is_noun(tokens: Sequence[Token], at: int, group: int, pack: Pack, entry: Cue) -> bool:
    """Say whether a form that looks like a verb stands where a noun or an adjective does."""
    if group < at:
        return False
    before = tokens[at - 1] if at else None
    if before is None:
        return entry.ambiguous
    if pack.has("determiners", before.low) or before.low.endswith(("'s", "s'")):
        return True
    if before.low == "to":
        return True
    if entry.ambiguous and (
        match_phrase(tokens, at + 1, pack.phrases["citing"]["phrases"])
        or tokens[min(at + 1, len(tokens) - 1)].low == "of"
    ):
        return True
    return entry.ambiguous and (pack.has("prepositions", before.low) or before.low in {"and", "or"})


def find_main_subject(tokens: Sequence[Token], before: int, pack: Pack) -> Phrase | None:
    """Return the subject of the sentence that leads up to token `before`: what stands before its first verb."""
    for at in range(1, min(before, 30)):
        if is_finite(tokens, at, pack) and tokens[at - 1].text != ",":
            group = at
            while group > 1 and _joins_verb(tokens, group - 1, pack):
                group -= 1
            subject = read_subject(tokens, group, pack)
            if subject is not None and is_speaker(tokens, subject, pack):
                return subject
    opening = read_right(tokens, 0, pack)
    if opening is not None and opening.last < before and is_speaker(tokens, opening, pack):
        return opening
    return None
