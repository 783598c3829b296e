"""Who stands behind "testimony that", "a report citing" and "is believed to"?"""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.attribution.cues import Cue, Pack, load_openers, match_phrase, read_list
from firsthand.attribution.grammar.contents import find_predicate
from firsthand.attribution.grammar.hits import Finding, Stretch, span_of
from firsthand.attribution.grammar.phrases import Phrase, has_clause, read_left, read_right
from firsthand.attribution.grammar.words import is_capital, is_finite
from firsthand.attribution.text.tokens import Token

SIDE_WORDS = 12
MOST_NOUNS = 20
HEARSAY = Cue(word="is said to", cue_class="hearsay", hedge=0.5)


def read_nouns(tokens: Sequence[Token], pack: Pack) -> list[Finding]:
    """Return the findings of nouns that carry a content, and of passives that name nobody."""
    found: list[Finding] = []
    openers = load_openers(pack.language)["nouns"]
    for at, token in enumerate(tokens):
        if token.low not in openers:
            continue
        if len(found) >= MOST_NOUNS:
            break
        finding = _read_noun(tokens, at, pack) or _read_passive(tokens, at, pack)
        if finding is not None:
            found.append(finding)
    return found


def _match_noun(tokens: Sequence[Token], at: int, pack: Pack) -> tuple[int, Cue | None]:
    low = tokens[at].low
    if at + 1 < len(tokens) and (low, tokens[at + 1].low) in pack.nouns:
        return 2, pack.nouns[(low, tokens[at + 1].low)]
    return 1, pack.nouns.get((low,))


def _read_noun(tokens: Sequence[Token], at: int, pack: Pack) -> Finding | None:
    """Read "S's testimony last week that C", "a claim by S that C", "the R report citing S that C"."""
    size, entry = _match_noun(tokens, at, pack)
    that = _find_that(tokens, at + size, pack) if entry is not None else None
    if entry is None or that is None or not has_clause(tokens, that + 1, len(tokens), pack):
        return None
    end = _find_end(tokens, that + 1)
    if not any(is_finite(tokens, i, pack) for i in range(at)):
        end = min(end, find_predicate(tokens, that + 1, end, pack))
    source, relay = _find_author(tokens, at, size, that, pack)
    if entry.cue_class == "deny" and source is None and at:
        source = _find_haver(tokens, at, pack)
    last = end - 1 if tokens[end - 1].text == "." else end
    return Finding(
        sentence=span_of(tokens, 0, len(tokens)),
        source=span_of(tokens, source.first, source.last) if source else None,
        head=span_of(tokens, source.first, source.head_last) if source else None,
        cue=span_of(tokens, at, at + size),
        entry=entry,
        content=(span_of(tokens, that + 1, max(last, that + 2)),),
        rule="noun",
        probability=0.7 if source else 0.4,
        relays=(span_of(tokens, relay.first, relay.last),) if relay else (),
    )


def _find_that(tokens: Sequence[Token], at: int, pack: Pack) -> int | None:
    """Return the place of the "that" which a noun opens, with no comma or verb in between."""
    for place in range(at, min(len(tokens) - 2, at + SIDE_WORDS)):
        token = tokens[place]
        if pack.has("that", token.low):
            return None if _is_relative(tokens, place, pack) else place
        if (
            token.kind != "word"
            or pack.has("auxiliaries", token.low)
            or token.low in read_list("people.toml")["outlets"]
        ):
            return None
        if (token.low,) in pack.verbs and not _is_citing(tokens, place, pack):
            return None
    return None


def _is_relative(tokens: Sequence[Token], that: int, pack: Pack) -> bool:
    """Say whether "that" opens no clause of its own: "a cycle that is", "reports that I have seen,", "into that"."""
    follower = tokens[that + 1]
    if pack.has("auxiliaries", follower.low) or pack.has("prepositions", tokens[that - 1].low):
        return True
    near = range(that + 2, min(len(tokens), that + 5))
    return pack.has("pronouns", follower.low) and any(tokens[i].text in {",", "."} for i in near)


def _is_citing(tokens: Sequence[Token], at: int, pack: Pack) -> bool:
    return match_phrase(tokens, at, pack.phrases["citing"]["phrases"]) > 0


def _find_end(tokens: Sequence[Token], at: int) -> int:
    """Return the first comma a few words into the content, or the sentence's end."""
    return next(
        (i for i in range(at + 4, len(tokens)) if tokens[i].text in {",", ";", "—", "–"} and not _in_list(tokens, i)),
        len(tokens),
    )


def _in_list(tokens: Sequence[Token], comma: int) -> bool:
    """Say whether a comma goes on with "including" or "as well as", which belong to what is said."""
    follower = tokens[comma + 1] if comma + 1 < len(tokens) else tokens[comma]
    return follower.low in {"including", "among"} or (
        follower.low == "as" and tokens[min(comma + 2, len(tokens) - 1)].low == "well"
    )


def _find_author(
    tokens: Sequence[Token], at: int, size: int, that: int, pack: Pack
) -> tuple[Phrase | None, Phrase | None]:
    """Return who is behind a noun, and the outlet that relays it."""
    modifier = _find_modifier(tokens, at)
    for place in range(at + size, that):
        cites = match_phrase(tokens, place, pack.phrases["citing"]["phrases"])
        if cites:
            return read_right(tokens, place + cites, pack, loose=True), modifier
        if tokens[place].low in {"by", "from", "par", "von", "por", "de"}:
            return read_right(tokens, place + 1, pack), modifier
    return _find_possessor(tokens, at, pack) or modifier, None


def _find_modifier(tokens: Sequence[Token], at: int) -> Phrase | None:
    """Return "Reuters" in "the Reuters report"."""
    first = at
    while (
        first and is_capital(tokens[first - 1]) and not tokens[first - 1].low.endswith(("'s", "'", "’")) and first > 1
    ):
        first -= 1
    return Phrase(first=first, last=at, head_last=at) if first < at else None


def _find_possessor(tokens: Sequence[Token], at: int, pack: Pack) -> Phrase | None:
    """Return "Adm. X" in "Adm. X's testimony", or "his" in "his claim"."""
    if at and tokens[at - 1].low in {"his", "her", "their", "its"}:
        return Phrase(first=at - 1, last=at, head_last=at)
    for place in range(at - 1, max(-1, at - 4), -1):
        if tokens[place].low.endswith(("'s", "s'", "s’")):
            return _cut_of(tokens, read_left(tokens, place + 1, pack), pack)
        if tokens[place].kind != "word":
            return None
    return None


def _cut_of(tokens: Sequence[Token], phrase: Phrase | None, pack: Pack) -> Phrase | None:
    """Return what follows the last preposition or verb of a phrase: in "in the wake of X's", X."""
    if phrase is None:
        return None
    first = phrase.first
    for place in range(phrase.last - 1, phrase.first, -1):
        verb = is_finite(tokens, place - 1, pack) and not is_capital(tokens[place - 1])
        if verb or pack.has("prepositions", tokens[place - 1].low):
            first = place
            break
    return Phrase(first=first, last=phrase.last, head_last=phrase.last)


def _find_haver(tokens: Sequence[Token], at: int, pack: Pack) -> Phrase | None:
    """Return the subject of "has no indication that"."""
    verb = at - 1
    if tokens[verb].low not in {"has", "have", "had", "found", "finds", "sees", "saw", "see", "find"}:
        return None
    return read_left(tokens, verb, pack) if verb else None


def _read_passive(tokens: Sequence[Token], at: int, pack: Pack) -> Finding | None:
    """Read "is believed to C" and "it was reported that C", which name nobody."""
    words = pack.phrases["passive_reports"]["words"]
    if tokens[at].low not in words or at == 0 or not pack.has("passive", tokens[at - 1].low) or at + 2 >= len(tokens):
        return None
    follower = tokens[at + 1].low
    if pack.has("by", follower):
        return _read_alleged(tokens, at, pack)
    if follower == "to":
        subject = read_left(tokens, at - 1, pack)
        content: tuple[Stretch, ...] = (_to_end(tokens, at + 1),)
        if subject is not None and tokens[subject.first].low not in {"it"}:
            content = (span_of(tokens, subject.first, subject.last), *content)
    elif pack.has("that", follower):
        content = (_to_end(tokens, at + 2),)
    else:
        return None
    return Finding(
        sentence=span_of(tokens, 0, len(tokens)),
        source=None,
        head=None,
        cue=span_of(tokens, at - 1, at + 1),
        entry=HEARSAY,
        content=content,
        rule="hearsay",
        probability=0.45,
    )


def _read_alleged(tokens: Sequence[Token], at: int, pack: Pack) -> Finding | None:
    """Read "S was said by R to have warned that C": S said so, through R."""
    relay, source = read_right(tokens, at + 2, pack), read_left(tokens, at - 1, pack)
    to = relay.last if relay is not None else len(tokens)
    verb = to + 2 if to + 1 < len(tokens) and tokens[to + 1].low == "have" else to + 1
    entry = pack.verbs.get((tokens[verb].low,)) if verb + 1 < len(tokens) and tokens[to].low == "to" else None
    if relay is None or source is None or entry is None:
        return None
    first = verb + 1 + pack.has("that", tokens[verb + 1].low)
    return Finding(
        sentence=span_of(tokens, 0, len(tokens)),
        source=span_of(tokens, source.first, source.last),
        head=span_of(tokens, source.first, source.head_last),
        cue=span_of(tokens, verb, verb + 1),
        entry=entry,
        content=(_to_end(tokens, min(first, len(tokens) - 1)),),
        rule="quoted as saying",
        probability=0.6,
        relays=(span_of(tokens, relay.first, relay.last),),
    )


def _to_end(tokens: Sequence[Token], first: int) -> Stretch:
    last = len(tokens)
    while last > first + 1 and tokens[last - 1].kind == "mark":
        last -= 1
    return span_of(tokens, first, last)
