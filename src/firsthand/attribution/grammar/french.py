"""Who says what in a French sentence?

The verb group with its clitics ("ne l'a jamais dit", "a-t-elle déclaré"), the subject before or after it, and what is
said: a clause with "que", an infinitive, a quotation, an object. Phrases ("selon S", "de source S", "le bruit court
que") stand in `french_phrases.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.attribution.cues import Cue, Pack, match_phrase
from firsthand.attribution.grammar.contents import trim_content
from firsthand.attribution.grammar.fields import (
    Saying,
    add_hearer,
    find_opening,
    has_verb,
    is_break,
    make_finding,
    starts_noun,
    take_rest,
)
from firsthand.attribution.grammar.french_phrases import next_break, read_hearsay, read_noun, read_phrases
from firsthand.attribution.grammar.hits import Finding, Stretch
from firsthand.attribution.grammar.phrases import Phrase
from firsthand.attribution.grammar.words import is_capital
from firsthand.attribution.text.tokens import Token

MOST_FOUND = 40
FAR = 16
PARTICIPLES = ("é", "ée", "és", "ées", "u", "ue", "us")
BARE_PARTICIPLES = frozenset(
    ["admis", "promis", "requis", "repris", "démenti", "averti", "renchéri", "poursuivi", "établi"]
)
INFINITIVES = ("er", "ir", "re", "oir")
LINKS = frozenset({"et", "mais", "puis"})
ASKING = frozenset({"où", "quand", "ce", "quel", "quelle"})
CUTS = frozenset({"et", "mais", "tandis", "alors"})
ENDS = frozenset({",", ";", "."})


def read_french(tokens: Sequence[Token], pack: Pack) -> list[Finding]:
    """Return what one French sentence attributes."""
    sayings = find_sayings(tokens, pack)
    found: list[Finding] = []
    subject: Phrase | None = None
    for number, saying in enumerate(sayings[:MOST_FOUND]):
        finding, subject = _read_saying(tokens, saying, sayings[number + 1 :], subject, pack)
        if finding is not None:
            found.append(finding)
    found += read_phrases(tokens, pack)
    return found or read_hearsay(tokens, pack)


def find_sayings(tokens: Sequence[Token], pack: Pack) -> list[Saying]:
    """Return the verbs of saying of a sentence that are used as verbs, in order."""
    found: list[Saying] = []
    at = 0
    while at < len(tokens):
        size, entry = _match(tokens, at, pack)
        saying = _read_group(tokens, at, size, entry, pack) if entry is not None else None
        if saying is not None:
            found.append(saying)
        at += size if saying is not None else 1
    return found


def _match(tokens: Sequence[Token], at: int, pack: Pack) -> tuple[int, Cue | None]:
    if tokens[at].kind != "word" or (at and is_capital(tokens[at])):
        return 1, None
    for size in (3, 2, 1):
        entry = pack.verbs.get(tuple(t.low for t in tokens[at : at + size]))
        if entry is not None and at + size <= len(tokens):
            return size, entry
    return 1, None


def _read_group(tokens: Sequence[Token], at: int, size: int, entry: Cue, pack: Pack) -> Saying | None:
    """Return the verb with what belongs to it; None for a noun, an adjective, a passive or a bare infinitive."""
    group, inner, helper = _widen(tokens, at, pack)
    low = tokens[at].low
    before = tokens[group - 1].low if group else ""
    participle = (low.endswith(PARTICIPLES) and not low.endswith(("que", "gue"))) or low in BARE_PARTICIPLES
    if low == entry.word.split()[0]:
        after = before in {"avant", "sans"} or (before in {"de", "d'"} and tokens[group - 2].low == "avant")
        return Saying(first=at, last=at + size, group=group, entry=entry, borrows=True) if after else None
    if _is_noun(tokens, at, group, pack) or (participle and not helper) or _is_passive(tokens, group, at, helper, pack):
        return None
    if at + size + 1 < len(tokens) and tokens[at + size].text.startswith("-") and len(tokens[at + size].text) <= 3:
        inner = at + size + 1
    borrows = low.endswith("ant") or before in LINKS
    return Saying(first=at, last=at + size, group=group, entry=entry, subject=inner, borrows=borrows)


def _widen(tokens: Sequence[Token], at: int, pack: Pack) -> tuple[int, int | None, str]:
    """Return where the verb group begins, the pronoun inside it, and its helping verb."""
    group, inner, helper = at, None, ""
    while group > 0:
        low = tokens[group - 1].low
        if pack.has("helpers", low):
            helper = helper or low
        elif group > 1 and pack.has("pronouns", low) and tokens[group - 2].text.startswith("-"):
            inner = group - 1
            group -= 1
        elif not (pack.has("clitics", low) or (low.endswith("ment") and len(low) > 6) or low == "été"):
            break
        group -= 1
    return group, inner, helper


def _is_noun(tokens: Sequence[Token], at: int, group: int, pack: Pack) -> bool:
    """Say whether a form stands where a noun does: "la demande", "une note"; "il la demande" is a verb."""
    if at == 0:
        return True
    before = tokens[at - 1].low
    if pack.has("determiners", before) or pack.has("prepositions", before) or pack.has("of", before):
        return not (pack.has("clitics", before) and group and pack.has("pronouns", tokens[group - 1].low))
    return False


def _is_passive(tokens: Sequence[Token], group: int, at: int, helper: str, pack: Pack) -> bool:
    lows = {t.low for t in tokens[group:at]}
    return (pack.has("passive", helper) and not lows & {"s'", "se"}) or "été" in lows


def _read_saying(
    tokens: Sequence[Token], saying: Saying, later: Sequence[Saying], known: Phrase | None, pack: Pack
) -> tuple[Finding | None, Phrase | None]:
    """Return what one verb attributes, and the subject the next verb may borrow."""
    inverted = _read_inverted(tokens, saying, pack)
    if inverted is not None:
        return inverted
    subject = _find_subject(tokens, saying, known, pack)
    if subject is None:
        return None, known
    lead = subject.first
    rule, content = find_said(tokens, saying, later, pack)
    if rule:
        finding = make_finding(tokens, _cue(saying), subject, content, rule)
        return add_hearer(tokens, finding, _find_hearer(tokens, saying.last, saying.last + 3, pack)), subject
    if lead and tokens[lead - 1].text == "," and "front" in saying.entry.frames and saying.last + 1 >= len(tokens):
        content = (trim_content(tokens, find_opening(tokens, lead, pack), lead),)
        return make_finding(tokens, _cue(saying), subject, content, "clause before"), subject
    return None, subject


def _cue(saying: Saying) -> tuple[Stretch, Cue]:
    return (saying.group, saying.last), saying.entry


def _read_inverted(tokens: Sequence[Token], saying: Saying, pack: Pack) -> tuple[Finding | None, Phrase | None] | None:
    """Read "C, a dit S" and "« Q », dit-il"; None where nothing said stands before the verb."""
    lead = saying.group
    if "front" not in saying.entry.frames or not lead or not is_break(tokens[lead - 1]) or saying.borrows:
        return None
    source, after = _read_after(tokens, saying, pack)
    if source is None or _says_more(tokens, source.last, after):
        return None
    first = find_opening(tokens, lead, pack)
    if tokens[lead - 1].kind == "quote" or tokens[lead - 2].kind == "quote":
        first = _find_quote(tokens, first, lead)
    rule = "quoted before" if any(t.kind == "quote" for t in tokens[max(first, lead - 2) : lead]) else "clause before"
    if rule == "clause before" and not _is_clause(tokens, first, lead, saying.entry, pack):
        return None
    rest = take_rest(tokens, after, (first, lead), pack)
    content = (trim_content(tokens, first, lead), rest)
    finding = make_finding(tokens, _cue(saying), source, content, rule)
    return add_hearer(tokens, finding, _find_hearer(tokens, saying.last, after, pack)), source


def _find_hearer(tokens: Sequence[Token], first: int, last: int, pack: Pack) -> Phrase | None:
    """Return whom a verb of saying tells: "a déclaré au Courrier", "à l'agence Brill"."""
    at = next((i for i in range(first, min(last, len(tokens) - 1)) if tokens[i].low in {"à", "au", "aux"}), None)
    if at is None or tokens[at + 1].kind not in {"word", "name"}:
        return None
    phrase = read_noun(tokens, at + 1, pack)
    return Phrase(first=at + 1, last=phrase.head_last, head_last=phrase.head_last)


def _is_clause(tokens: Sequence[Token], first: int, lead: int, entry: Cue, pack: Pack) -> bool:
    """Say whether what stands before a verb can have been said, and is no subject with what describes it."""
    if lead - first < 3 or pack.has("prepositions", tokens[first].low):
        return False
    return "object" not in entry.frames or has_verb(tokens, first, lead, pack) or not starts_noun(tokens, first, pack)


def _says_more(tokens: Sequence[Token], first: int, after: int) -> bool:
    """Say whether "que" or a colon follows the subject: then the content stands there."""
    return any(t.low in {"que", "qu'"} or t.text == ":" for t in tokens[first : after + 1])


def _find_quote(tokens: Sequence[Token], first: int, lead: int) -> int:
    """Return where a fronted content begins that ends with a quotation: there, unless plain words lead up to it."""
    at = lead - 1 if tokens[lead - 1].kind == "quote" else lead - 2
    return at if at <= first or is_break(tokens[at - 1]) or at - first < 2 else first


def _read_after(tokens: Sequence[Token], saying: Saying, pack: Pack) -> tuple[Phrase | None, int]:
    """Return the subject after an inverted verb, and the first break after it."""
    if saying.subject is not None:
        at = saying.subject
        end = next_break(tokens, max(at + 1, saying.last))
        return Phrase(first=at, last=at + 1, head_last=at + 1), end
    at = saying.last
    while at < len(tokens) and not pack.has("determiners", tokens[at].low) and _is_aside(tokens[at], pack):
        at = _skip_phrase(tokens, at, pack)
    if not starts_noun(tokens, at, pack):
        return None, at
    phrase = read_noun(tokens, at, pack)
    return phrase, next_break(tokens, phrase.last)


def _is_aside(token: Token, pack: Pack) -> bool:
    return pack.has("clitics", token.low) or pack.has("stops", token.low)


def _skip_phrase(tokens: Sequence[Token], at: int, pack: Pack) -> int:
    """Return the token after an adverb, a word of time, or "à la presse"."""
    if not pack.has("prepositions", tokens[at].low):
        return at + 1
    at += 1
    while at < len(tokens) and (pack.has("determiners", tokens[at].low) or pack.has("of", tokens[at].low)):
        at += 1
    return min(at + 1, len(tokens))


def _find_subject(tokens: Sequence[Token], saying: Saying, known: Phrase | None, pack: Pack) -> Phrase | None:
    """Return the subject before a verb, the one it shares with the verb before, or what "qui" stands for."""
    group = saying.group
    if group == 0:
        return None
    before = tokens[group - 1]
    if saying.borrows:
        return known or _first_subject(tokens, group, pack)
    if before.low == "qui":
        end = group - 2 if tokens[group - 2].text == "," else group - 1
        first = _field_start(tokens, end, pack)
        while first < end and not starts_noun(tokens, first, pack):
            first += 1
        return Phrase(first=first, last=end, head_last=end) if first < end else None
    if before.text == ",":
        return _read_apposed(tokens, group - 1, pack) or known
    first = _field_start(tokens, group, pack)
    if pack.has("pronouns", before.low) and group - 1 > first:
        first = group - 1
    return Phrase(first=first, last=group, head_last=group) if starts_noun(tokens, first, pack) else None


def _field_start(tokens: Sequence[Token], end: int, pack: Pack) -> int:
    """Return where the words that lead up to `end` begin: after a break or a conjunction."""
    first = end
    while first > 0 and not is_break(tokens[first - 1]) and not pack.has("conjunctions", tokens[first - 1].low):
        first -= 1
    if first > 1 and tokens[first - 1].low == "et" and is_capital(tokens[first - 2]) and is_capital(tokens[first]):
        return _field_start(tokens, first - 1, pack)
    return first


def _read_apposed(tokens: Sequence[Token], comma: int, pack: Pack) -> Phrase | None:
    """Return "Le maire, Firmin Gasquet" read from its last comma: the first field before it that begins a noun."""
    first = comma
    starts = []
    while first > 0 and tokens[first - 1].kind != "quote" and tokens[first - 1].text not in {";", ":"}:
        first -= 1
        if tokens[first].text == "," and first + 1 < comma:
            starts.append(first + 1)
        if pack.has("that", tokens[first].low):
            break
    start = first + 1 if pack.has("that", tokens[first].low) or pack.has("joins", tokens[first].low) else first
    for at in [start, *reversed(starts)]:
        end = next_break(tokens, at)
        if starts_noun(tokens, at, pack) and not has_verb(tokens, at, end, pack):
            last = _cut_citing(tokens, at, comma, pack)
            return Phrase(first=at, last=last, head_last=min(end, last))
    return None


def _cut_citing(tokens: Sequence[Token], first: int, last: int, pack: Pack) -> int:
    """Return where a subject ends that goes on with ", citant T,": before the comma."""
    phrases = pack.phrases["citing"]["phrases"]
    cuts = (i for i in range(first, last) if tokens[i].text == "," and match_phrase(tokens, i + 1, phrases))
    return next(cuts, last)


def _first_subject(tokens: Sequence[Token], before: int, pack: Pack) -> Phrase | None:
    """Return the noun phrase with which a sentence begins, for a verb that shares its subject."""
    for at in range(min(before, FAR)):
        if (at == 0 or is_break(tokens[at - 1])) and starts_noun(tokens, at, pack):
            last = next(
                (i for i in range(at + 1, before) if is_break(tokens[i]) or has_verb(tokens, i, i + 1, pack)), before
            )
            return Phrase(first=at, last=last, head_last=last)
    return None


def find_said(
    tokens: Sequence[Token], saying: Saying, later: Sequence[Saying], pack: Pack
) -> tuple[str, tuple[Stretch | None, ...]]:
    """Return by which rule something is said after a verb, and what; an empty rule where nothing is."""
    at = saying.last if saying.subject is None else max(saying.last, saying.subject + 1)
    while at < len(tokens) and _is_adverb(tokens[at], pack):
        at += 1
    rule, first = _choose_frame(tokens, at, saying.entry, pack)
    if not rule:
        rule, first = _look_further(tokens, at, saying.entry, pack)
    if not rule or first >= len(tokens):
        return "", ()
    if rule == "quoted" and tokens[first].kind == "quote":
        return rule, ((tokens[first].start, tokens[first].end),)
    return rule, (trim_content(tokens, first, _find_end(tokens, first, later, rule, pack)),)


def _is_adverb(token: Token, pack: Pack) -> bool:
    """Say whether a token after the verb belongs to it: an adverb or a day, no determiner and nothing negated."""
    if pack.has("determiners", token.low) or token.low in {"de", "d'", "ne", "n'", "en", "y"}:
        return False
    return pack.has("clitics", token.low) or pack.has("times", token.low) or token.low.endswith("ment")


def _choose_frame(tokens: Sequence[Token], at: int, entry: Cue, pack: Pack) -> tuple[str, int]:
    """Return the rule and the first token of what is said right after the verb."""
    if at >= len(tokens):
        return "", at
    low, frames = tokens[at].low, entry.frames
    rule, first = "", at
    if pack.has("that", low) and "that" in frames:
        rule, first = "that clause", at + 1
    elif tokens[at].kind == "quote":
        rule = "quoted"
    elif low in {"ne", "n'"} or _is_infinitive(tokens[at]):
        rule = "intent" if frames & {"inf", "that"} else ""
    elif pack.has("question", low) or low == "où" or (low in ASKING and "object" not in frames):
        rule = "question"
    else:
        rule, first = _choose_object(tokens, at, frames, pack)
    return rule, first


def _is_infinitive(token: Token) -> bool:
    return token.low.endswith(INFINITIVES) and len(token.low) > 4 and token.text.islower()


def _choose_object(tokens: Sequence[Token], at: int, frames: frozenset[str], pack: Pack) -> tuple[str, int]:
    """Choose among "de répondre", "à l'Etat de publier" and a plain object."""
    low, follower = tokens[at].low, tokens[min(at + 1, len(tokens) - 1)]
    if low in {"de", "d'"} and frames & {"de", "that"}:
        to_do = _is_infinitive(follower) or pack.has("clitics", follower.low) and not starts_noun(tokens, at + 1, pack)
        return ("intent", at) if to_do else ("object", at + 1) if "de" in frames else ("", at)
    if low == "à" and "à" in frames:
        return ("quoted", at + 1) if follower.kind == "quote" else ("intent", at)
    named = starts_noun(tokens, at, pack) or low in {"tout", "avoir", "être", "y"}
    return ("object", at) if "object" in frames and named and follower.low != "anonymat" else ("", at)


def _look_further(tokens: Sequence[Token], at: int, entry: Cue, pack: Pack) -> tuple[str, int]:
    """Look past "à la presse", "de son côté" and ", mardi," for "que", a quotation or a colon."""
    for place in range(at, min(len(tokens) - 1, at + FAR)):
        token = tokens[place]
        if pack.has("that", token.low) and "that" in entry.frames:
            return "that clause", place + 1
        if token.kind == "quote":
            return "quoted", place
        if token.text == ":":
            return ("quoted", place + 1) if tokens[place + 1].kind == "quote" else ("bare clause", place + 1)
        if token.low in {"si", "de", "d'"} and entry.cue_class == "ask" and place > at:
            return ("intent" if token.low != "si" else "question"), place
        if token.text in {".", ";"} or has_verb(tokens, place, place + 1, pack):
            break
    return "", at


def _cites(tokens: Sequence[Token], comma: int) -> bool:
    return tokens[comma].text == "," and tokens[comma + 1].low in {"citant", "selon"}


def _find_end(tokens: Sequence[Token], first: int, later: Sequence[Saying], rule: str, pack: Pack) -> int:
    """Return where what is said ends: at the next verb that shares the speaker, a semicolon, or the sentence's end."""
    end = next((i for i in range(first, len(tokens)) if tokens[i].text == ";"), len(tokens))
    for saying in later:
        if saying.group <= first or saying.group >= end:
            continue
        before = tokens[saying.group - 1]
        if saying.borrows and (before.low in CUTS or before.text == "," or before.low in {"d'", "de"}):
            cut = saying.group - 1
            end = cut - 1 if tokens[cut - 1].text == "," or before.low in {"d'", "de"} else cut
            break
        if before.text == "," and _read_after(tokens, saying, pack)[0] is not None:
            end = saying.group - 1
            break
        start = _field_start(tokens, saying.group, pack)
        if start > first + 1 and tokens[start - 1].low in {"mais", "tandis"}:
            end = start - 2 if tokens[start - 2].text == "," else start - 1
            break
    if rule == "object":
        return next((i for i in range(first, end) if tokens[i].text in ENDS), end)
    return next((i for i in range(first + 2, min(end, len(tokens) - 1)) if _cites(tokens, i)), end)
