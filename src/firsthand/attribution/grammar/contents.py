"""Where does what was said begin and end?"""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.attribution.cues import Pack, match_phrase
from firsthand.attribution.grammar.hits import Hit
from firsthand.attribution.grammar.phrases import Phrase, has_clause, read_right
from firsthand.attribution.grammar.words import is_capital, is_finite
from firsthand.attribution.text.tokens import Token
from firsthand.model import record

Stretch = tuple[int, int]
EDGES = frozenset(",;:.—–-… ")


@record
class Adjuncts:
    """Where the words about time, place and hearer after a verb end, and who was told."""

    at: int
    hearer: Phrase | None = None


def skip_adjuncts(tokens: Sequence[Token], hit: Hit, pack: Pack) -> Adjuncts:
    """Return the place after "the Courier on Monday, in a statement" and whom it names as the hearer."""
    at, hearer = hit.last, None
    if "hearer" in hit.entry.frames or (
        "dative" in hit.entry.frames and at < len(tokens) and tokens[at].low in {"dem", "der", "den"}
    ):
        hearer = _read_object(tokens, at, pack) or read_right(tokens, at, pack)
        at = hearer.head_last if hearer else at
    for _ in range(6):
        after, told = _skip_one(tokens, at, pack)
        if after == at:
            break
        at, hearer = after, hearer or told
    return Adjuncts(at=_skip_parenthesis(tokens, at, pack), hearer=hearer)


def _read_object(tokens: Sequence[Token], at: int, pack: Pack) -> Phrase | None:
    """Return the "her" of "informed her that", which is not the "her" of "told her lawyer that"."""
    alone = at + 1 < len(tokens) and tokens[at].low in {"him", "her", "them"} and pack.has("that", tokens[at + 1].low)
    return Phrase(first=at, last=at + 1, head_last=at + 1) if alone else None


def _skip_one(tokens: Sequence[Token], at: int, pack: Pack) -> tuple[int, Phrase | None]:
    """Skip one adverb, word of time or prepositional phrase."""
    if at >= len(tokens) or tokens[at].kind != "word":
        return at, None
    low = tokens[at].low
    if pack.has("that", low):
        follower = tokens[at + 1].low if at + 2 < len(tokens) else ""
        dated = pack.has("time_nouns", follower) and pack.has("that", tokens[at + 2].low)
        return (at + 2 if dated else at), None
    if low in {"last", "this", "next"} and at + 1 < len(tokens) and pack.language == "en":
        return (at + 2, None) if _is_time_noun(tokens[at + 1].low, pack) else (at, None)
    if pack.has("times", low) or pack.has("adverbs", low) or (low.endswith("ly") and tokens[at].text.islower()):
        return at + 1, None
    if pack.has("prepositions", low) and low not in {"of", "about", "for", "against"} and at + 1 < len(tokens):
        return _skip_preposition(tokens, at, pack)
    return at, None


def _skip_preposition(tokens: Sequence[Token], at: int, pack: Pack) -> tuple[int, Phrase | None]:
    """Skip "on Tuesday" and "in a statement"; a phrase after "to" names the hearer."""
    if tokens[at + 1].kind == "quote":
        return at + 1, None
    if pack.has("weekdays", tokens[at + 1].low):
        part_of_day = at + 2 < len(tokens) and pack.has("time_nouns", tokens[at + 2].low)
        return at + 3 if part_of_day else at + 2, None
    phrase = read_right(tokens, at + 1, pack)
    if phrase is None:
        return at, None
    return phrase.head_last, phrase if tokens[at].low in {"to", "à", "a", "gegenüber"} else None


def _is_time_noun(low: str, pack: Pack) -> bool:
    return pack.has("times", low) or pack.has("time_nouns", low)


def _skip_parenthesis(tokens: Sequence[Token], at: int, pack: Pack) -> int:
    """Skip ", on Saturday morning," before "that", a question word or a quotation."""
    if at >= len(tokens) or tokens[at].text != ",":
        return at
    for close in range(at + 2, min(len(tokens) - 1, at + 12)):
        if tokens[close].text == ",":
            follower = tokens[close + 1]
            goes_on = tokens[at + 1].low == "and" and has_clause(tokens, close + 1, len(tokens), pack)
            goes_on = goes_on or pack.has("that", follower.low) or pack.has("question", follower.low)
            return close if goes_on and pack.comma_clause else close + 1 if goes_on else at
    return at


def has_fronted(tokens: Sequence[Token], lead: int, after: int, hit: Hit, pack: Pack) -> bool:
    """Say whether the content stands before token `lead`, nothing being said after token `after`."""
    if "front" not in hit.entry.frames or lead < 2 and not (lead == 1 and tokens[0].kind == "quote"):
        return False
    before = tokens[lead - 1]
    if before.text not in {",", "?", "!", "–", "—"} and before.kind != "quote":
        return False
    if before.kind == "quote" and (_is_alias(before) or (lead > 1 and tokens[lead - 2].low in {"the", "a"})):
        return False
    quoted = before.kind == "quote" or tokens[lead - 2].kind == "quote"
    if ends_open(before) or (quoted and before.text == ","):
        return True
    if not quoted and (not _is_main_clause(tokens, lead, pack)):
        return False
    return _says_nothing(tokens, after, pack, quoted)


def _is_alias(token: Token) -> bool:
    """Say whether a quotation is a name that somebody goes by: “Sol,” a teacher of 28, said."""
    inner = token.text.strip("“”\"«»‘’'")
    return token.kind == "quote" and inner.endswith(",") and inner[:-1].isalpha() and inner[:1].isupper()


def ends_open(token: Token) -> bool:
    """Say whether a token is a quotation that ends with a comma, so that its sentence goes on after it."""
    return token.kind == "quote" and token.text.rstrip("”\"»'’“").endswith(",")


def _is_main_clause(tokens: Sequence[Token], lead: int, pack: Pack) -> bool:
    """Say whether what stands before `lead` is a clause that can have been said, not "When he came" or "On Monday"."""
    first = tokens[0].low
    opens = first in {
        "when",
        "while",
        "after",
        "before",
        "because",
        "although",
        "though",
        "if",
        "since",
        "asked",
        "speaking",
    }
    if opens and not any(t.text == "," for t in tokens[: lead - 1]):
        return False
    starts = not any(pack.has(group, first) for group in ("prepositions", "times", "adverbs", "conjunctions"))
    return (
        has_clause(tokens, 0, lead - 1, pack)
        or (starts and lead >= 4 and not first.endswith(("ing", "ed")))
        or (lead >= 4 and any(t.kind == "quote" for t in tokens[:lead]))
    )


def _says_nothing(tokens: Sequence[Token], at: int, pack: Pack, quoted: bool) -> bool:
    """Say whether nothing is said from `at` on."""
    if at >= len(tokens):
        return True
    token = tokens[at]
    if token.kind == "quote" or pack.has("that", token.low) or token.text == ":":
        return False
    if token.kind == "mark" or quoted:
        return True
    starts = pack.has("determiners", token.low) or pack.has("pronouns", token.low) or is_capital(token)
    return not (starts and has_clause(tokens, at, len(tokens), pack))


def find_clause_end(tokens: Sequence[Token], at: int, later: Sequence[Hit], pack: Pack, rule: str) -> int:
    """Return the token where a content that begins at `at` ends: at the next speaker, relay or the sentence's end."""
    if at >= len(tokens):
        return len(tokens)
    if tokens[at].kind == "quote" and rule == "quoted":
        return _end_of_quote(tokens, at)
    end = len(tokens)
    for hit in later:
        if hit.first <= at or hit.passive:
            continue
        stop = _stop_before(tokens, hit, at, pack)
        if stop is not None:
            end = min(end, stop)
            break
    for place in range(at + 1, end):
        if tokens[place].text == "," and _starts_relay(tokens, place + 1, pack):
            return place
        if tokens[place].text == ";" and rule != "quoted":
            return place
    return end


def find_return(tokens: Sequence[Token], first: int, last: int, pack: Pack) -> int:
    """Return the comma after which a sentence goes on that "S, who said that C," interrupts; `last` where none does."""
    places = range(first + 2, last - 1)
    return next((i for i in places if tokens[i].text == "," and is_finite(tokens, i + 1, pack)), last)


def _end_of_quote(tokens: Sequence[Token], at: int) -> int:
    """Return the end of a quotation and of the plain words that complete its sentence."""
    after = at + 1
    if (
        after >= len(tokens)
        or tokens[after].kind == "mark"
        or tokens[at].text.rstrip("”\"»'’“").endswith((".", "!", "?", ","))
    ):
        return after
    return next((i for i in range(after, len(tokens)) if tokens[i].text in {",", ";"}), len(tokens))


def _stop_before(tokens: Sequence[Token], hit: Hit, at: int, pack: Pack) -> int | None:
    """Return where the content before a later speaker ends, or None where that speaker is part of it."""
    first = hit.subject.first if hit.subject else hit.group
    if first <= at + 1:
        return None
    before = tokens[first - 1]
    if before.low in {
        "while",
        "but",
        "whereas",
        "although",
        "though",
        "mais",
        "tandis",
        "aber",
        "während",
        "pero",
        "mientras",
    }:
        return first - 2 if tokens[first - 2].text == "," else first - 1
    if before.low in {"and", "et", "und", "y"}:
        comma = tokens[first - 2].text == ","
        if hit.subject is None or comma:
            return first - 2 if comma else first - 1
    if before.text == ",":
        return first - 1
    return first if ends_open(before) else None


def _starts_relay(tokens: Sequence[Token], at: int, pack: Pack) -> bool:
    """Say whether "citing", "cited by" or "according to" stands at `at`."""
    citing = pack.phrases["citing"]
    lists = (citing["phrases"], citing["relayed"], pack.phrases["according"]["phrases"])
    if any(match_phrase(tokens, at, phrases) for phrases in lists):
        return True
    return (
        at < len(tokens)
        and tokens[at].low in citing["as"]
        and at + 2 < len(tokens)
        and ((tokens[-1].low,) in pack.verbs or (tokens[-2].low,) in pack.verbs)
    )


def find_predicate(tokens: Sequence[Token], first: int, last: int, pack: Pack) -> int:
    """Return where what is said of a clause begins: in "(the claim) that the depot was empty is false", at "is".

    Each verb beyond the clause's own needs an opener ("who", "because"); without one it is the sentence's. `last` where
    there is none.
    """
    verbs, free = 0, 1
    for at in range(first + 1, last):
        token = tokens[at]
        if any(pack.has(group, token.low) for group in ("that", "relative", "conjunctions")):
            free += 1
        elif token.kind == "quote" and " " in token.text:
            verbs += 1
        elif _opens_verb(tokens, at, pack):
            verbs += 1
            if verbs > free and at - first > 1:
                return at
    return last


def _opens_verb(tokens: Sequence[Token], at: int, pack: Pack) -> bool:
    """Say whether a finite verb begins at a token; a form in -ed before a preposition is none ("seized in May")."""
    if not is_finite(tokens, at, pack):
        return False
    if pack.has("auxiliaries", tokens[at].low):
        return not pack.has("auxiliaries", tokens[at - 1].low)
    helped = any(pack.has("auxiliaries", token.low) for token in tokens[max(0, at - 2) : at])
    apart = at + 1 < len(tokens) and pack.has("prepositions", tokens[at + 1].low)
    return not helped and not (apart and tokens[at].low.endswith("ed"))


def trim_content(tokens: Sequence[Token], first: int, last: int) -> Stretch | None:
    """Return tokens `first` to `last` as offsets without marks and joining words at the edges, or None."""
    while first < last and tokens[first].kind == "mark" and tokens[first].text not in "$€£#@“«„([":
        first += 1
    while last > first and tokens[last - 1].kind == "mark" and tokens[last - 1].text not in "%)]?!":
        last -= 1
    while last > first and tokens[last - 1].low in {"and", "but", "und", "et", "y"}:
        last -= 1
    if first >= last or not any(t.kind != "mark" for t in tokens[first:last]):
        return None
    return tokens[first].start, tokens[last - 1].end


def read_rest(tokens: Sequence[Token], at: int, pack: Pack) -> Stretch | None:
    """Return what is said after an interruption: `C1, S said, C2`."""
    if at + 1 >= len(tokens) or tokens[at].text not in {",", ":"}:
        return None
    follower = tokens[at + 1]
    if follower.kind == "quote":
        return follower.start, follower.end
    if _goes_on(tokens, at + 1, pack):
        return trim_content(tokens, at + 1, len(tokens))
    if _begins_aside(tokens, at + 1, pack) or any(t.text == "," for t in tokens[at + 1 :]):
        return None
    return trim_content(tokens, at + 1, len(tokens))


def find_resumed(tokens: Sequence[Token], at: int, pack: Pack) -> Stretch | None:
    """Return the quotation that goes on after "he said at a rally in Kenan, Varnel," or "he said, but"."""
    for place in range(at, len(tokens)):
        token = tokens[place]
        if token.kind == "quote":
            before = place - 2 if pack.has("conjunctions", tokens[place - 1].low) else place - 1
            resumed = tokens[before].text == "," and " " in token.text
            return (token.start, token.end) if resumed else None
        if token.kind == "word" and (token.low,) in pack.verbs:
            return None
    return None


def _goes_on(tokens: Sequence[Token], at: int, pack: Pack) -> bool:
    """Say whether "and" goes on with what is said: "the door was open, she said, and the lamp was lit"."""
    rest = tokens[at + 1 :]
    if not pack.has("joins", tokens[at].low) or not has_clause(tokens, at + 1, len(tokens), pack):
        return False
    if is_capital(rest[0]) or (rest[0].low,) in pack.verbs or any(t.text in {",", ";"} for t in rest):
        return False
    cues = [n for n, t in enumerate(rest) if (t.low,) in pack.verbs and not pack.verbs[(t.low,)].ambiguous]
    return not cues or pack.has("nobody", rest[0].low)


def _begins_aside(tokens: Sequence[Token], at: int, pack: Pack) -> bool:
    """Say whether words after an interruption speak of the speaker or of another, and are not what was said."""
    low = tokens[at].low
    if _starts_relay(tokens, at, pack) or is_capital(tokens[at]) or low.endswith("ing") or (low,) in pack.verbs:
        return True
    return any(pack.has(group, low) for group in ("conjunctions", "relative", "determiners"))
