"""Which stretches of a French or German sentence are clauses, and what may be their subject?

A field is what stands between two marks; in both languages the marks of the press are dependable enough for that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from firsthand.attribution.cues import Cue, Pack
from firsthand.attribution.grammar.contents import trim_content
from firsthand.attribution.grammar.hits import Finding, Stretch, span_of
from firsthand.attribution.grammar.phrases import Phrase
from firsthand.attribution.grammar.words import is_capital
from firsthand.attribution.text.tokens import Token
from firsthand.model import record

MARKS = frozenset({",", ";", ":", "–", "—", "-", "?", "!", ".", "…", "(", ")", "/"})
CLOSED = frozenset({";", ":"})
CHANCES = {
    "quoted": 0.93,
    "quoted before": 0.93,
    "that clause": 0.85,
    "clause before": 0.82,
    "bare clause": 0.75,
    "object": 0.6,
    "question": 0.7,
    "intent": 0.65,
    "as": 0.85,
    "according": 0.88,
    "so": 0.85,
    "hearsay": 0.55,
}
NOBODY = Cue(word="", cue_class="hearsay", hedge=0.5)


@record
class Saying:
    """A word of saying in a sentence: tokens `first` to `last`, the verb group's beginning, and its entry.

    `subject` is a pronoun that is part of the group ("a-t-il dit"); `borrows` says that the subject stands elsewhere.
    """

    first: int
    last: int
    group: int
    entry: Cue
    subject: int | None = None
    borrows: bool = False


def is_break(token: Token) -> bool:
    """Say whether a token ends a field: a mark of punctuation or a quotation."""
    return token.kind == "quote" or token.text in MARKS


def find_opening(tokens: Sequence[Token], before: int, pack: Pack) -> int:
    """Return where what stands before token `before` begins: after a colon or semicolon, or with the sentence."""
    for at in range(before - 2, -1, -1):
        if tokens[at].text in CLOSED:
            return at + 1
    return 1 if pack.has("joins", tokens[0].low) or tokens[0].low in {"mais", "aber", "doch"} else 0


def starts_noun(tokens: Sequence[Token], at: int, pack: Pack) -> bool:
    """Say whether a noun phrase may begin at a token: a determiner, a pronoun, a number, a name."""
    if at >= len(tokens) or tokens[at].kind not in {"word", "name"}:
        return False
    token = tokens[at]
    if pack.has("determiners", token.low) or pack.has("pronouns", token.low) or token.low.isdigit():
        return True
    plain = any(pack.has(group, token.low) for group in ("prepositions", "conjunctions", "adverbs", "that", "times"))
    return is_capital(token) and not plain and (at > 0 or _opens_named(tokens, pack))


def _opens_named(tokens: Sequence[Token], pack: Pack) -> bool:
    """Say whether the first word of a sentence, which has its capital anyhow, looks like a name or a bare noun."""
    if len(tokens) < 2:
        return False
    low = tokens[1].low
    return is_capital(tokens[1]) or pack.has("of", low) or not pack.has("prepositions", low)


def has_verb(tokens: Sequence[Token], first: int, last: int, pack: Pack) -> bool:
    """Say whether a stretch holds a word that is surely a finite verb."""
    return any(
        pack.has("auxiliaries", t.low) or pack.has("subjunctive", t.low)
        for t in tokens[first:last]
        if t.kind == "word" and not is_capital(t)
    )


def make_finding(
    tokens: Sequence[Token],
    saying: tuple[Stretch, Cue],
    source: Phrase | None,
    content: Sequence[Stretch | None],
    rule: str,
) -> Finding | None:
    """Return a finding, or None where nothing is said. `content` holds offsets; `saying` the cue's tokens and entry."""
    spans = tuple(c for c in content if c is not None)
    if not spans:
        return None
    cue, entry = saying
    believed = entry.cue_class in {"believe", "intend", "call"}
    return Finding(
        sentence=span_of(tokens, 0, len(tokens)),
        source=span_of(tokens, source.first, source.last) if source else None,
        head=span_of(tokens, source.first, source.head_last) if source else None,
        cue=span_of(tokens, *cue),
        entry=entry,
        content=spans,
        rule=rule,
        probability=round(CHANCES[rule] * (0.8 if believed else 1.0), 3),
        direct=rule in {"quoted", "quoted before"},
    )


def add_hearer(tokens: Sequence[Token], finding: Finding | None, hearer: Phrase | None) -> Finding | None:
    """Return a finding with whom it was said to."""
    if finding is None or hearer is None:
        return finding
    return replace(finding, hearer=span_of(tokens, hearer.first, hearer.head_last))


def take_rest(tokens: Sequence[Token], after: int, fronted: Stretch, pack: Pack) -> Stretch | None:
    """Return what is said after "C1, says S,": a quotation, "and" with a clause, or what completes the first piece.

    `fronted` is the first piece, as tokens.
    """
    if after + 1 >= len(tokens) or tokens[after].text not in {",", ":", "."}:
        return None
    follower = tokens[after + 1]
    if follower.kind == "quote":
        return follower.start, follower.end
    quoted = any(t.kind == "quote" for t in tokens[slice(*fronted)])
    goes_on = pack.has("joins", follower.low) and not quoted
    whole = has_verb(tokens, *fronted, pack) or fronted[1] - fronted[0] > 5
    if goes_on or not (whole or quoted):
        return trim_content(tokens, after + 1, len(tokens))
    return None
