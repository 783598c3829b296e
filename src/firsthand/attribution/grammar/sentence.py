"""Who says what in one sentence?

Rules over tokens: the verb of saying, its subject, and what is said before, after or around it; "according to";
nouns such as "testimony that"; and the relays of a sentence ("citing", "cited by").
"""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.attribution.cues import Pack, match_phrase
from firsthand.attribution.grammar.according import read_according
from firsthand.attribution.grammar.contents import (
    Adjuncts,
    find_clause_end,
    find_resumed,
    find_return,
    has_fronted,
    read_rest,
    skip_adjuncts,
    trim_content,
)
from firsthand.attribution.grammar.french import read_french
from firsthand.attribution.grammar.german import read_german
from firsthand.attribution.grammar.headlines import read_headline
from firsthand.attribution.grammar.hits import Finding, Hit, find_hits, find_main_subject, span_of
from firsthand.attribution.grammar.nouns import read_nouns
from firsthand.attribution.grammar.phrases import Phrase, has_clause, is_speaker, read_right
from firsthand.attribution.grammar.quoted import read_quoted
from firsthand.attribution.grammar.relays import apply_relays
from firsthand.attribution.learnt.linker import Model
from firsthand.attribution.text.tokens import Token
from firsthand.model import record

Stretch = tuple[int, int]

MOST_FOUND = 40
READERS = {"fr": read_french, "de": read_german}
CHANCES = {
    "quoted": 0.95,
    "quoted before": 0.95,
    "that clause": 0.9,
    "clause before": 0.88,
    "bare clause": 0.78,
    "object": 0.55,
    "question": 0.7,
    "as": 0.85,
    "intent": 0.4,
    "witness": 0.7,
    "passive": 0.6,
}


@record
class Said:
    """What was said: its offsets, the rule that found it, and whether it stands in quotation marks."""

    content: tuple[Stretch, ...]
    rule: str
    direct: bool = False


def read_sentence(tokens: Sequence[Token], pack: Pack, model: Model | None = None) -> tuple[Finding, ...]:
    """Return what the words of one sentence attribute to whom, relays applied, in order of the cue.

    With a model, what the rules find is weighed against what the model finds, and completed by it.
    """
    if not tokens:
        return ()
    if pack.language in READERS:
        return apply_relays(
            tokens, sorted(READERS[pack.language](tokens, pack), key=lambda f: (f.cue, f.content)), pack
        )
    hits = _drop_citing(tokens, find_hits(tokens, pack), pack)
    found: list[Finding] = []
    for number, hit in enumerate(hits):
        finding = _read_verb(tokens, hit, hits[number + 1 :], pack)
        if finding is not None:
            found.append(finding)
    found += read_according(tokens, pack)
    found += read_nouns(tokens, pack)
    found += read_quoted(tokens, pack)
    found = found[:MOST_FOUND]
    found.sort(key=lambda f: (f.cue, f.content))
    if model is not None:
        found = model.join(tokens, found, pack)
    found = found or read_headline(tokens, pack)
    return apply_relays(tokens, found, pack)


def _drop_citing(tokens: Sequence[Token], hits: Sequence[Hit], pack: Pack) -> Sequence[Hit]:
    """Leave "citing" and "which cited" to the relays where the sentence has another verb of saying."""
    phrases = pack.phrases["citing"]["phrases"]
    others = [
        h
        for h in hits
        if not (h.participle and match_phrase(tokens, h.first, phrases))
        and not (h.first and match_phrase(tokens, h.first - 1, phrases) > 1)
    ]
    return others or hits


def _read_verb(tokens: Sequence[Token], hit: Hit, later: Sequence[Hit], pack: Pack) -> Finding | None:
    """Return the finding that one verb of saying makes, trying what stands before it and then after."""
    if hit.negated:
        return None
    if hit.passive:
        return _read_passive(tokens, hit, pack)
    return _read_inverted(tokens, hit, pack) or _read_active(tokens, hit, later, pack)


def _read_active(tokens: Sequence[Token], hit: Hit, later: Sequence[Hit], pack: Pack) -> Finding | None:
    """Read a verb whose subject stands before it, or is the sentence's."""
    subject = hit.subject or _borrow_subject(tokens, hit, pack)
    adjuncts = skip_adjuncts(tokens, hit, pack)
    if hit.as_clause and subject is not None:
        return _read_as(tokens, hit, subject, adjuncts, pack)
    if hit.entry.ambiguous and subject is not None and not is_speaker(tokens, subject, pack):
        return None
    relative = hit.group > 0 and pack.has("relative", tokens[hit.group - 1].low)
    inside = subject is not None and match_phrase(tokens, subject.first, pack.phrases["according"]["phrases"]) > 0
    if (
        subject is not None
        and not (hit.participle or relative or inside)
        and has_fronted(tokens, subject.first, adjuncts.at, hit, pack)
    ):
        return _make_fronted(tokens, hit, subject, adjuncts, pack)
    return _read_after(tokens, hit, subject, adjuncts, later, pack)


def _read_passive(tokens: Sequence[Token], hit: Hit, pack: Pack) -> Finding | None:
    """Read "C has been confirmed by S"."""
    if hit.entry.cue_class not in {"say", "report", "deny"} or hit.subject is None or hit.last + 1 >= len(tokens):
        return None
    source = read_right(tokens, hit.last + 1, pack) if pack.has("by", tokens[hit.last].low) else None
    content = trim_content(tokens, hit.subject.first, hit.subject.head_last)
    if source is None or content is None or not is_speaker(tokens, source, pack):
        return None
    return _make(tokens, hit, source, Adjuncts(at=source.last), Said(content=(content,), rule="passive"))


def _borrow_subject(tokens: Sequence[Token], hit: Hit, pack: Pack) -> Phrase | None:
    """Return the sentence's subject for "..., adding that" and "... and said that"."""
    before = tokens[hit.group - 1] if hit.group else None
    if hit.participle or (
        before is not None
        and (before.low in {"and", "but", "et", "und", "y", "then"} or before.text in {",", "–", "—"})
    ):
        return find_main_subject(tokens, hit.group, pack)
    return None


def _read_inverted(tokens: Sequence[Token], hit: Hit, pack: Pack) -> Finding | None:
    """Read `C, said S` and `"Q," said S`."""
    if "invert" not in hit.entry.frames or hit.participle or hit.group == 0:
        return None
    before = tokens[hit.group - 1]
    if before.text not in {",", "?", "!", "–", "—"} and before.kind != "quote":
        return None
    first = _skip_to_subject(tokens, hit.last, pack)
    source = read_right(tokens, first, pack)
    if source is None or (_is_apposed(hit) and source.last < len(tokens) and tokens[source.last].kind == "word"):
        return None
    hearer = read_right(tokens, source.last, pack) if "dative" in hit.entry.frames else None
    after = hearer.last if hearer else source.last
    if not has_fronted(tokens, hit.group, after, hit, pack):
        return None
    return _make_fronted(tokens, hit, source, Adjuncts(at=after, hearer=hearer), pack, lead=hit.group)


def _skip_to_subject(tokens: Sequence[Token], at: int, pack: Pack) -> int:
    """Return where the subject after a verb begins, past "-t-", words of time and "au Courrier"."""
    if at < len(tokens) and tokens[at].text.startswith("-"):
        return at + 1
    while at < len(tokens) and (pack.has("times", tokens[at].low) or pack.has("adverbs", tokens[at].low)):
        at += 1
    hearer = read_right(tokens, at + 1, pack) if at < len(tokens) and tokens[at].low in {"au", "à", "aux"} else None
    return hearer.head_last if hearer else at


def _is_apposed(hit: Hit) -> bool:
    return hit.subject is not None and hit.subject.last > hit.subject.head_last


def _make_fronted(
    tokens: Sequence[Token], hit: Hit, source: Phrase, adjuncts: Adjuncts, pack: Pack, lead: int | None = None
) -> Finding | None:
    """Make the finding whose content stands before source and cue, and goes on after them where it was interrupted."""
    lead = source.first if lead is None else lead
    first = _content_start(tokens, lead, pack)
    spans = [trim_content(tokens, first, lead)]
    quoted = tokens[lead - 1].kind == "quote" or (lead > 1 and tokens[lead - 2].kind == "quote")
    rest = read_rest(tokens, adjuncts.at, pack) or (find_resumed(tokens, adjuncts.at, pack) if quoted else None)
    if rest is not None:
        spans.append(rest)
    content = tuple(s for s in spans if s is not None)
    rule = "quoted before" if quoted else "clause before"
    return _make(tokens, hit, source, adjuncts, Said(content=content, rule=rule, direct=quoted))


def _content_start(tokens: Sequence[Token], lead: int, pack: Pack) -> int:
    """Return where the fronted content begins: at a quotation that ends it, else at the sentence's start."""
    last = lead - 1
    if tokens[last].text == "," and last > 0:
        last -= 1
    if tokens[last].kind == "quote" and (last == 0 or tokens[last - 1].text in {":", "—", "–"}):
        return last
    for at in range(last, -1, -1):
        if tokens[at].text == ";" or (tokens[at].text == ":" and last - at >= 3):
            return at + 1
    return 1 if pack.has("conjunctions", tokens[0].low) and tokens[0].low in {"and", "but", "yet"} else 0


def _read_as(tokens: Sequence[Token], hit: Hit, subject: Phrase, adjuncts: Adjuncts, pack: Pack) -> Finding | None:
    """Read `As S said, C` and `C, as S said`."""
    if subject.first > 1 and has_clause(tokens, 0, subject.first - 2, pack):
        if tokens[subject.first - 2].text != ",":
            return None
        content = trim_content(tokens, 0, subject.first - 2)
    else:
        comma = next((i for i in range(adjuncts.at, len(tokens)) if tokens[i].text == ","), None)
        content = trim_content(tokens, comma + 1, len(tokens)) if comma is not None else None
    return _make(tokens, hit, subject, adjuncts, Said(content=(content,), rule="as")) if content is not None else None


def _read_after(
    tokens: Sequence[Token], hit: Hit, subject: Phrase | None, adjuncts: Adjuncts, later: Sequence[Hit], pack: Pack
) -> Finding | None:
    """Read what stands after the verb: a quotation, "that" and a clause, a bare clause, an object."""
    at, rule = _choose_frame(tokens, hit, adjuncts.at, subject, pack)
    if not rule:
        return None
    end = find_clause_end(tokens, at, later, pack, rule)
    if pack.has("relative", tokens[hit.group - 1].low) and hit.group > 1 and tokens[hit.group - 2].text == ",":
        end = find_return(tokens, at, end, pack)
    content = trim_content(tokens, at, end)
    if content is None:
        return None
    if subject is None or (_needs_speaker(hit, rule) and not is_speaker(tokens, subject, pack)):
        return None
    direct = tokens[at].kind == "quote" and end - at <= 2
    return _make(tokens, hit, subject, adjuncts, Said(content=(content,), rule=rule, direct=direct))


def _needs_speaker(hit: Hit, rule: str) -> bool:
    """Say whether a rule is so loose that the subject must look like somebody who speaks."""
    return (
        hit.entry.ambiguous
        or rule in {"object", "witness", "intent"}
        or hit.entry.cue_class in {"believe", "show", "call"}
    )


def _choose_frame(tokens: Sequence[Token], hit: Hit, at: int, subject: Phrase | None, pack: Pack) -> tuple[int, str]:
    """Return where the content after a verb begins and by which rule; an empty rule where there is none."""
    if at >= len(tokens):
        return at, ""
    token = tokens[at]
    if token.text in {",", ":", "—", "–"} and at + 1 < len(tokens):
        return _frame_after_mark(tokens, hit, at, pack)
    if token.kind == "quote":
        return at, "quoted"
    if pack.has("that", token.low):
        return (at + 1, "that clause") if at + 1 < len(tokens) else (at, "")
    if pack.has("question", token.low) and hit.entry.cue_class not in {"intend", "perceive"}:
        return at, "question"
    return _frame_plain(tokens, hit, at, subject, pack)


def _frame_after_mark(tokens: Sequence[Token], hit: Hit, at: int, pack: Pack) -> tuple[int, str]:
    follower = tokens[at + 1]
    if follower.kind == "quote":
        return at + 1, "quoted"
    if pack.has("that", follower.low) or pack.has("question", follower.low):
        start = at + 2 if pack.has("that", follower.low) else at + 1
        return start, "that clause" if tokens[at].text == "," else "bare clause"
    if tokens[at].text == ":" and len(tokens) - at > 3 and not hit.entry.ambiguous:
        return at + 1, "bare clause"
    if pack.comma_clause and tokens[at].text == "," and has_clause(tokens, at + 1, len(tokens), pack):
        return at + 1, "that clause"
    return at, ""


def _frame_plain(tokens: Sequence[Token], hit: Hit, at: int, subject: Phrase | None, pack: Pack) -> tuple[int, str]:
    """Choose among a bare clause, an object, an infinitive and what a witness saw."""
    frames, entry = hit.entry.frames, hit.entry
    low = tokens[at].low
    if low == "to" and "to" in frames:
        return at, "intent"
    if low in {"to", "of", "by", "for"} and "object" not in frames:
        return at, ""
    clause = has_clause(tokens, at, len(tokens), pack) or any(t.kind == "quote" for t in tokens[at + 1 : at + 5])
    if "clause" in frames and clause and not (entry.ambiguous and subject is None):
        return at, "bare clause"
    if ("object" in frames and not entry.ambiguous) and len(tokens) - at >= 2:
        return at, "object"
    seen = "witness" in frames and pack.has("witnessed", tokens[hit.last - 1].low)
    if seen and subject is not None and len(tokens) - at >= 4 and not pack.has("prepositions", low):
        return at, "witness"
    return at, ""


def _make(tokens: Sequence[Token], hit: Hit, source: Phrase, adjuncts: Adjuncts, said: Said) -> Finding | None:
    if not said.content:
        return None
    chance = CHANCES[said.rule] * (0.8 if hit.participle or hit.entry.ambiguous else 1.0)
    chance *= 0.6 if hit.entry.cue_class in {"believe", "intend", "call"} else 1.0
    return Finding(
        sentence=span_of(tokens, 0, len(tokens)),
        source=span_of(tokens, source.first, source.last),
        head=span_of(tokens, source.first, source.head_last),
        cue=span_of(tokens, hit.group, hit.last),
        entry=hit.entry,
        content=said.content,
        rule=said.rule,
        probability=round(chance, 3),
        hearer=span_of(tokens, adjuncts.hearer.first, adjuncts.hearer.head_last) if adjuncts.hearer else None,
        direct=said.direct,
    )
