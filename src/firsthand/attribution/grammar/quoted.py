"""Who is quoted as saying something, and by whom?

"S was quoted by R as saying that C" and "R quoted S as saying that C": R is the relay.
"""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.attribution.cues import Cue, Pack
from firsthand.attribution.grammar.contents import find_clause_end, trim_content
from firsthand.attribution.grammar.hits import Finding, span_of
from firsthand.attribution.grammar.phrases import Phrase, read_right, read_subject
from firsthand.attribution.text.tokens import Token

QUOTED = Cue(word="quoted as saying", cue_class="say")
FAR = 14


def read_quoted(tokens: Sequence[Token], pack: Pack) -> list[Finding]:
    """Return the findings of "quoted as saying" in a sentence."""
    found = []
    for at in range(2, len(tokens) - 2):
        if pack.has("saying", tokens[at].low) and tokens[at - 1].low == "as":
            finding = _read_one(tokens, at, pack)
            if finding is not None:
                found.append(finding)
    return found


def _read_one(tokens: Sequence[Token], saying: int, pack: Pack) -> Finding | None:
    verb = next((i for i in range(saying - 2, max(0, saying - FAR), -1) if pack.has("quoting", tokens[i].low)), None)
    if verb is None:
        return None
    source, relay = _find_parties(tokens, verb, pack)
    first = saying + 2 if pack.has("that", tokens[saying + 1].low) else saying + 1
    content = trim_content(tokens, first, find_clause_end(tokens, first, (), pack, "that clause"))
    if source is None or content is None:
        return None
    return Finding(
        sentence=span_of(tokens, 0, len(tokens)),
        source=span_of(tokens, source.first, source.last),
        head=span_of(tokens, source.first, source.head_last),
        cue=span_of(tokens, saying, saying + 1),
        entry=QUOTED,
        content=(content,),
        rule="quoted as saying",
        probability=0.85,
        relays=(span_of(tokens, relay.first, relay.last),) if relay is not None else (),
    )


def _find_parties(tokens: Sequence[Token], verb: int, pack: Pack) -> tuple[Phrase | None, Phrase | None]:
    """Return who is quoted and who quotes, by whether the verb is passive."""
    group = verb
    while group > 0 and (pack.has("auxiliaries", tokens[group - 1].low) or pack.has("adverbs", tokens[group - 1].low)):
        group -= 1
    subject = read_subject(tokens, group, pack)
    if group < verb and pack.has("passive", tokens[verb - 1].low):
        by = pack.has("by", tokens[verb + 1].low) or tokens[verb + 1].low == "in"
        return subject, read_right(tokens, verb + 2, pack) if by else None
    return read_right(tokens, verb + 1, pack), subject
