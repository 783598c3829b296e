"""Who says what in a German sentence?

German puts the finite verb second: what stands before it is one constituent, and is the subject unless it begins with
a preposition or an adverb. Separable verbs ("teilte ... mit"), perfects ("hat ... gemeldet"), "wie S mitteilte" and
verbs after what was said. Phrases ("laut S", "S zufolge", "so S", "soll ... haben") stand in `german_phrases.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.attribution.cues import Cue, Pack, match_phrase, read_list
from firsthand.attribution.grammar.contents import trim_content
from firsthand.attribution.grammar.fields import (
    add_hearer,
    find_opening,
    has_verb,
    is_break,
    make_finding,
    starts_noun,
    take_rest,
)
from firsthand.attribution.grammar.german_phrases import next_break, read_german_hearsay, read_german_phrases, read_noun
from firsthand.attribution.grammar.hits import Finding, Stretch
from firsthand.attribution.grammar.phrases import Phrase
from firsthand.attribution.grammar.words import is_capital
from firsthand.attribution.text.tokens import Token
from firsthand.model import record

MOST_FOUND = 40
PASSIVE = frozenset({"wird", "werden", "wurde", "wurden", "worden"})
INFINITE = frozenset({"werden", "worden", "wird", "wurde", "haben", "sein", "lassen"})
IMPERSONAL = frozenset({"heißt", "hieß"})
CIRCLES = frozenset({"aus", "in", "im"})
WITH_OBJECT = frozenset({"um", "von", "vor", "mit"})
LINKS = frozenset({"und", "aber", "doch", "sondern"})
Said = tuple[str, tuple[Stretch | None, ...]]


@record
class Verb:
    """A word of saying in a field: its token, the finite verb's, the field, where the middle ends, and its entry."""

    at: int
    finite: int
    field: Stretch
    middle: int
    entry: Cue
    passive: bool = False

    @property
    def after(self) -> int:
        """Return the first token of what follows the finite verb."""
        return self.finite + 1


def read_german(tokens: Sequence[Token], pack: Pack) -> list[Finding]:
    """Return what one German sentence attributes."""
    found: list[Finding] = []
    subject: Phrase | None = None
    verbs = find_verbs(tokens, pack)
    for number, verb in enumerate(verbs[:MOST_FOUND]):
        finding, subject = _read_verb(tokens, verb, verbs[number + 1 :], subject, pack)
        if finding is not None:
            found.append(finding)
    found += read_german_phrases(tokens, pack)
    return found or read_german_hearsay(tokens, pack)


def find_verbs(tokens: Sequence[Token], pack: Pack) -> list[Verb]:
    """Return the words of saying of a sentence, one for each field at the most."""
    found: list[Verb] = []
    first = 0
    while first < len(tokens):
        if is_break(tokens[first]):
            first += 1
            continue
        last = next_break(tokens, first)
        verb = _find_verb(tokens, (first, last), pack)
        if verb is not None:
            found.append(verb)
        first = last
    return found


def _find_verb(tokens: Sequence[Token], field: Stretch, pack: Pack) -> Verb | None:
    for at in range(*field):
        if tokens[at].kind != "word" or (at and is_capital(tokens[at])):
            continue
        entry, middle = _match(tokens, at, field, pack)
        if entry is None or (at + 1 < field[1] and tokens[at + 1].low in INFINITE):
            continue
        finite = _find_finite(tokens, at, field, pack)
        if finite is None:
            continue
        passive = tokens[finite].low in PASSIVE and finite != at
        return Verb(at=at, finite=finite, field=field, middle=middle, entry=entry, passive=passive)
    return None


def _match(tokens: Sequence[Token], at: int, field: Stretch, pack: Pack) -> tuple[Cue | None, int]:
    """Return the entry of the verb at a token, and where its middle field ends: before the particle, if it has one."""
    last = field[1]
    for size in (4, 3, 2):
        entry = pack.verbs.get(tuple(t.low for t in tokens[at : min(at + size, last)]))
        if entry is not None and at + size <= last:
            return entry, last if at + size < last else at + size
    for end in (last, *(i for i in range(at + 2, last) if tokens[i].low in {"und", "wie"})):
        entry = pack.verbs.get((tokens[at].low, tokens[end - 1].low)) if end - 1 > at else None
        if entry is not None:
            return entry, end - 1
    return pack.verbs.get((tokens[at].low,)), last


def _find_finite(tokens: Sequence[Token], at: int, field: Stretch, pack: Pack) -> int | None:
    """Return the finite verb of a field whose word of saying stands at `at`: itself, or its helping verb."""
    first, last = field
    helper = next((i for i in range(first, at) if _is_helper(tokens[i], pack)), None)
    if helper is not None:
        return helper
    low = tokens[at].low
    whole = not low.startswith("ge") and not low.endswith("en") or low in {"gab", "gibt", "geht", "ging", "gingen"}
    plural = low.endswith("en") and (at < last - 1 or at <= first + 4)
    if tokens[first].low == "wie" and at > first:
        return at
    if pack.has("conjunctions", tokens[first].low) or pack.has("that", tokens[first].low):
        return at if tokens[first].low in LINKS and (whole or plural) else None
    return at if whole or plural else None


def _is_helper(token: Token, pack: Pack) -> bool:
    return pack.has("auxiliaries", token.low) and token.kind == "word" and token.text.islower()


def _read_verb(
    tokens: Sequence[Token], verb: Verb, later: Sequence[Verb], known: Phrase | None, pack: Pack
) -> tuple[Finding | None, Phrase | None]:
    """Return what one verb attributes, and the subject the next verb may borrow."""
    first = verb.field[0]
    if tokens[first].low == "wie":
        return _read_as(tokens, verb, pack), known
    if verb.passive:
        return _read_passive(tokens, verb, pack), known
    if _opens_according(tokens, verb.finite, pack):
        near = _read_right(tokens, verb.after, pack)
        subject = Phrase(first=near.first, last=near.head_last, head_last=near.head_last) if near else None
        return _read_active(tokens, verb, subject, later, pack), subject or known
    subject = _read_apposed(tokens, first, verb, pack) if verb.finite == first and first else None
    if verb.finite == first and first and subject is None:
        return _read_inverted(tokens, verb, pack)
    subject = subject or _read_subject(tokens, verb, known, pack)
    return _read_active(tokens, verb, subject, later, pack), subject or known


def _read_active(
    tokens: Sequence[Token], verb: Verb, subject: Phrase | None, later: Sequence[Verb], pack: Pack
) -> Finding | None:
    """Read "S sagte, C"; "es heißt" has a subject in grammar only."""
    rule, content = find_said(tokens, verb, subject, later, pack) if subject else ("", ())
    if subject is None or not rule:
        return None
    nobody = tokens[verb.at].low in IMPERSONAL and tokens[subject.first].low == "es"
    cue = ((verb.at, verb.at + 1), verb.entry)
    finding = make_finding(tokens, cue, None if nobody else subject, content, rule)
    return add_hearer(tokens, finding, _find_hearer(tokens, verb.at + 1, pack))


def _read_subject(tokens: Sequence[Token], verb: Verb, known: Phrase | None, pack: Pack) -> Phrase | None:
    """Return the subject of a verb that stands second: before it, or right after it."""
    first = verb.field[0]
    if tokens[first].low in LINKS:
        first += 1
    if first == verb.finite:
        return known if first > verb.field[0] else None
    opening = tokens[first].low
    if opening in CIRCLES and any(t.low in {"es", "verlautete", "vermutet"} for t in tokens[verb.finite : verb.middle]):
        return Phrase(first=first + 1, last=verb.finite, head_last=verb.finite)
    back = pack.has("back_openings", opening) and not is_capital(tokens[first + 1])
    if starts_noun(tokens, first, pack) and not back or opening in {"der", "die"}:
        return Phrase(first=first, last=verb.finite, head_last=verb.finite)
    return _read_right(tokens, verb.after, pack)


def _opens_according(tokens: Sequence[Token], finite: int, pack: Pack) -> bool:
    """Say whether what stands before the verb is "Laut S" or "S zufolge", and no subject."""
    if any(t.text in {",", ";", ":"} for t in tokens[:finite]):
        return False
    lists = pack.phrases["according"]
    after = finite >= 1 and match_phrase(tokens, finite - 1, lists["after"]) > 0
    return after or match_phrase(tokens, 0, lists["phrases"]) > 0


def _read_right(tokens: Sequence[Token], at: int, pack: Pack) -> Phrase | None:
    """Return the subject after a verb, past adverbs and whom it tells ("dem Blatt")."""
    while at < len(tokens) and (pack.has("adverbs", tokens[at].low) or tokens[at].low in {"dem", "den"}):
        at += 2 if tokens[at].low in {"dem", "den"} else 1
    return read_noun(tokens, at, pack) if starts_noun(tokens, at, pack) else None


def _read_apposed(tokens: Sequence[Token], first: int, verb: Verb, pack: Pack) -> Phrase | None:
    """Return "S, der dabei war," before a verb, if what stands there is a noun phrase and something is said after."""
    if tokens[first - 1].text != "," or not find_said(tokens, verb, None, (), pack)[0]:
        return None
    start = find_opening(tokens, first, pack)
    end = next_break(tokens, start)
    if end >= first - 1 or not starts_noun(tokens, start, pack) or has_verb(tokens, start, end, pack):
        return None
    if read_noun(tokens, start, pack).head_last < end:
        return None
    return Phrase(first=start, last=first - 1, head_last=end)


def _read_inverted(tokens: Sequence[Token], verb: Verb, pack: Pack) -> tuple[Finding | None, Phrase | None]:
    """Read "C, sagte S" and "„Q“, teilte S am Montag mit"."""
    lead = verb.field[0]
    source = _read_right(tokens, verb.after, pack)
    if verb.entry.cue_class == "report" and tokens[verb.at].low in IMPERSONAL:
        source = _read_circle(tokens, verb, pack)
    if source is None or "front" not in verb.entry.frames:
        return None, source
    source = _cut_outlet(tokens, source)
    first = find_opening(tokens, lead, pack)
    quoted = any(t.kind == "quote" for t in tokens[max(first, lead - 2) : lead])
    if quoted:
        at = lead - 1 if tokens[lead - 1].kind == "quote" else lead - 2
        first = at if at == first or is_break(tokens[at - 1]) else first
    elif lead - first < 2:
        return None, source
    end = max(next_break(tokens, verb.after), source.last)
    content = (trim_content(tokens, first, lead), take_rest(tokens, end, (first, lead), pack))
    rule = "quoted before" if quoted else "clause before"
    finding = make_finding(tokens, ((verb.at, verb.at + 1), verb.entry), source, content, rule)
    return add_hearer(tokens, finding, _find_hearer(tokens, source.last, pack)), source


def _cut_outlet(tokens: Sequence[Token], source: Phrase) -> Phrase:
    """Return "ein Beamter" of "ein Beamter der Agentur X": beside a verb of saying the outlet is told, not owned."""
    outlets = read_list("people.toml")["outlets"]
    for at in range(source.first + 1, source.last - 1):
        if tokens[at].low in {"der", "dem"} and tokens[at + 1].low in outlets:
            return Phrase(first=source.first, last=at, head_last=at)
    return source


def _find_hearer(tokens: Sequence[Token], at: int, pack: Pack) -> Phrase | None:
    """Return whom a verb of saying tells: "sagte dem Abendblatt", "gegenüber der Agentur"."""
    if at + 1 >= len(tokens) or tokens[at].low not in {"dem", "der", "den", "gegenüber"}:
        return None
    first = at + 1 if tokens[at].low == "gegenüber" else at
    phrase = read_noun(tokens, first, pack)
    return Phrase(first=first, last=phrase.head_last, head_last=phrase.head_last)


def _read_circle(tokens: Sequence[Token], verb: Verb, pack: Pack) -> Phrase | None:
    """Return the source of "heißt es aus dem Rathaus" and "hieß es in einer Mitteilung"."""
    for at in range(verb.after, verb.field[1] - 1):
        if tokens[at].low in {"aus", "in", "im", "bei", "beim", "von"}:
            return read_noun(tokens, at + 1, pack)
    return None


def _read_as(tokens: Sequence[Token], verb: Verb, pack: Pack) -> Finding | None:
    """Read "Wie S mitteilte, C", "C, wie S mitteilte" and "Wie aus Kreisen verlautete, C"."""
    first, last = verb.field
    at = first + 2 if tokens[first + 1].low in CIRCLES else first + 1
    while at < verb.at and pack.has("adverbs", tokens[at].low):
        at += 1
    source = read_noun(tokens, at, pack) if is_capital(tokens[at]) or starts_noun(tokens, at, pack) else None
    if source is None or source.first >= verb.at or last - verb.at > 4 or tokens[at].low == "es":
        return None
    source = Phrase(first=source.first, last=min(source.last, verb.at), head_last=min(source.head_last, verb.at))
    if first <= 1:
        content: tuple[Stretch | None, ...] = (_read_main(tokens, last + 1),)
    else:
        opening = find_opening(tokens, first, pack)
        content = (trim_content(tokens, opening, first), trim_content(tokens, last, len(tokens)))
    return make_finding(tokens, ((verb.at, verb.at + 1), verb.entry), source, content, "as")


def _read_main(tokens: Sequence[Token], first: int) -> Stretch | None:
    end = next((i for i in range(first, len(tokens)) if tokens[i].text == ";"), len(tokens))
    return trim_content(tokens, first, end)


def _read_passive(tokens: Sequence[Token], verb: Verb, pack: Pack) -> Finding | None:
    """Read "In Industriekreisen wird vermutet, dass C" and "er wird mit den Worten zitiert: „Q“"."""
    first = verb.field[0]
    if tokens[first].low not in CIRCLES or verb.finite <= first + 1:
        return None
    source = Phrase(first=first + 1, last=verb.finite, head_last=verb.finite)
    rule, content = find_said(tokens, verb, None, (), pack)
    return make_finding(tokens, ((verb.at, verb.at + 1), verb.entry), source, content, rule) if rule else None


def find_said(tokens: Sequence[Token], verb: Verb, subject: Phrase | None, later: Sequence[Verb], pack: Pack) -> Said:
    """Return by which rule something is said after a verb, and what; an empty rule where nothing is."""
    start = max(verb.after, subject.last if subject and subject.first > verb.finite else 0)
    end = max(verb.field[1], subject.last if subject and subject.first > verb.finite else 0)
    framed = next((i for i in range(start, verb.middle) if tokens[i].low in verb.entry.frames & WITH_OBJECT), None)
    if framed is not None:
        stop = verb.middle if verb.middle < end else _end_of_object(tokens, end)
        return "object", (trim_content(tokens, framed + (tokens[framed].low != "um"), stop),)
    said = _read_next(tokens, end, verb, later, pack)
    if said[0] or "object" not in verb.entry.frames:
        return said
    stop = verb.middle if verb.middle < verb.field[1] else _end_of_object(tokens, end)
    while start < stop and (pack.has("adverbs", tokens[start].low) or pack.has("times", tokens[start].low)):
        start += 1
    nothing = start < stop and tokens[start].low.startswith("kein")
    return ("object", (trim_content(tokens, start, stop),)) if stop - start >= 1 and not nothing else said


def _end_of_object(tokens: Sequence[Token], end: int) -> int:
    """Return where an object ends that a quotation belongs to."""
    if end < len(tokens) and tokens[end].kind == "quote":
        return next_break(tokens, end + 1)
    return end


def _read_next(tokens: Sequence[Token], end: int, verb: Verb, later: Sequence[Verb], pack: Pack) -> Said:
    """Return what is said in the fields after a verb's own."""
    frames = verb.entry.frames
    if not frames & {"that", "front"} or end >= len(tokens) - 1:
        return "", ()
    quote = tokens[end + (tokens[end].text == ":")]
    if quote.kind == "quote":
        return "quoted", ((quote.start, quote.end),)
    if tokens[end].text == ":":
        return "bare clause", (trim_content(tokens, end + 1, _find_end(tokens, end + 1, later)),)
    first = _skip_asides(tokens, end + 1, pack)
    if tokens[end].text != "," or "that" not in frames or first >= len(tokens) or not _is_said(tokens, first, pack):
        return "", ()
    rule = "question" if pack.has("question", tokens[first].low) else "that clause"
    first += pack.has("that", tokens[first].low)
    return rule, (trim_content(tokens, first, _find_end(tokens, first, later)),)


def _skip_asides(tokens: Sequence[Token], first: int, pack: Pack) -> int:
    """Return the first field after relative clauses and "gestützt auf ...,"."""
    while first < len(tokens):
        last = next_break(tokens, first)
        if last >= len(tokens) - 1 or tokens[last].text != ",":
            return first
        relative = pack.has("relatives", tokens[first].low) and not _is_second(tokens, first, last, pack)
        if not relative and tokens[first].low not in {"gestützt", "unter", "so"}:
            return first
        first = last + 1
    return first


def _is_second(tokens: Sequence[Token], first: int, last: int, pack: Pack) -> bool:
    """Say whether a field has its finite verb in the second place, and not at its end."""
    return any(has_verb(tokens, at, at + 1, pack) for at in range(first + 1, max(first + 1, last - 1)))


def _is_said(tokens: Sequence[Token], first: int, pack: Pack) -> bool:
    """Say whether a field can have been said: "dass", a question, a clause, an infinitive with "zu"."""
    low = tokens[first].low
    last = next_break(tokens, first)
    if tokens[first].kind == "quote" or pack.has("that", low) or pack.has("question", low):
        return True
    if low in LINKS or pack.has("conjunctions", low):
        return False
    infinitive = any(
        t.low == "zu" or t.low.startswith(("anzu", "aufzu", "auszu", "vorzu", "stillzu", "zurückzu", "einzu"))
        for t in tokens[first:last]
    )
    if infinitive or has_verb(tokens, first, last, pack):
        return True
    relative = pack.has("relatives", low) and not starts_noun(tokens, first + 1, pack)
    return last - first >= 4 and not relative


def _find_end(tokens: Sequence[Token], first: int, later: Sequence[Verb]) -> int:
    """Return where what is said ends: at the next verb that shares the speaker, a semicolon, or the sentence's end."""
    end = next((i for i in range(first, len(tokens)) if tokens[i].text == ";"), len(tokens))
    for verb in later:
        start = verb.field[0]
        if first < start < end and tokens[start].low in LINKS and verb.finite <= start + 1:
            return start
    return next((i for i in range(first + 1, end - 1) if tokens[i].text == "," and tokens[i + 1].low == "so"), end)
