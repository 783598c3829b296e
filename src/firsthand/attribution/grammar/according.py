"""Whom does a sentence accord with: "according to S", "selon S", "laut S", "so S"?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from firsthand.attribution.cues import Cue, Pack, load_openers, match_phrase
from firsthand.attribution.grammar.contents import find_clause_end, read_rest, trim_content
from firsthand.attribution.grammar.hits import Finding, span_of
from firsthand.attribution.grammar.phrases import Phrase, read_right
from firsthand.attribution.grammar.words import is_finite
from firsthand.attribution.text.tokens import Token

Stretch = tuple[int, int]

ACCORDING = Cue(word="according to", cue_class="according")
CHANCES = {"according": 0.9, "so": 0.85}
MOST_FOUND = 40


def read_according(tokens: Sequence[Token], pack: Pack) -> list[Finding]:
    """Read "according to S, C" and "C, according to S", and what does the same in other languages."""
    found: list[Finding | None] = []
    openers = load_openers(pack.language)["according"]
    for at, token in enumerate(tokens):
        if token.low not in openers:
            continue
        size = match_phrase(tokens, at, pack.phrases["according"]["phrases"])
        if len(found) >= MOST_FOUND:
            break
        if size:
            found.append(_make_according(tokens, at, at + size, pack))
        elif match_phrase(tokens, at, pack.phrases["according"]["after"]):
            found.append(_make_postposed(tokens, at, pack))
        elif match_phrase(tokens, at, pack.phrases["according"]["so"]) and at and tokens[at - 1].text == ",":
            found.append(_make_so(tokens, at, pack))
    return [f for f in found if f is not None]


def _make_according(tokens: Sequence[Token], at: int, after: int, pack: Pack) -> Finding | None:
    source = read_right(tokens, after, pack, loose=True)
    if source is None:
        return None
    content: tuple[Stretch | None, ...]
    begins = at == 0 or tokens[at - 1].text in {":", ";"} or (at == 1 and pack.has("conjunctions", tokens[0].low))
    if begins:
        if source.last >= len(tokens) - 1 or _is_clause(tokens, source, pack):
            source = Phrase(first=source.first, last=source.head_last, head_last=source.head_last)
        first = source.last + 1 if source.last < len(tokens) and tokens[source.last].text == "," else source.last
        first = _skip_cited(tokens, first, pack)
        content = (trim_content(tokens, first, find_clause_end(tokens, first, (), pack, "according")),)
    else:
        opening = next((i + 1 for i in range(at - 1, -1, -1) if tokens[i].text in {";", ":"}), 0)
        content = (trim_content(tokens, opening, at), read_rest(tokens, source.last, pack))
    spans = tuple(c for c in content if c is not None)
    return _make_phrase(tokens, (at, after), source, spans, "according") if spans else None


def _skip_cited(tokens: Sequence[Token], first: int, pack: Pack) -> int:
    """Return where what was said begins after "According to R, quoting S, "."""
    citing = pack.phrases["citing"]
    if not any(match_phrase(tokens, first, citing[name]) for name in ("phrases", "relayed")):
        return first
    return next((at + 1 for at in range(first, len(tokens) - 2) if tokens[at].text == ","), first)


def _is_clause(tokens: Sequence[Token], source: Phrase, pack: Pack) -> bool:
    """Say whether what looks like an apposition is what was said: "according to the log, a boat crossed, ..."."""
    words = range(source.head_last, source.last)
    relative = any(pack.has("relative", tokens[at].low) or tokens[at].low == "whose" for at in words)
    return not relative and any(is_finite(tokens, at, pack) for at in words)


def _make_postposed(tokens: Sequence[Token], at: int, pack: Pack) -> Finding | None:
    """Read the German "dem Amt zufolge"."""
    first = next((i + 1 for i in range(at - 1, -1, -1) if tokens[i].text == ","), 0)
    content = trim_content(tokens, 0, first) if first else trim_content(tokens, at + 1, len(tokens))
    if content is None or at == first:
        return None
    source = Phrase(first=first, last=at, head_last=at)
    return _make_phrase(tokens, (at, at + 1), source, (content,), "according")


def _make_so(tokens: Sequence[Token], at: int, pack: Pack) -> Finding | None:
    """Read the German "C, so S" and "C1, so S weiter, C2"."""
    source = read_right(tokens, at + 1, pack)
    content = trim_content(tokens, 0, at)
    if source is None or content is None:
        return None
    after = source.head_last
    while after < len(tokens) and pack.has("adverbs", tokens[after].low):
        after += 1
    spans = [content]
    if after + 1 < len(tokens) and tokens[after].text == ",":
        rest = trim_content(tokens, after + 1, find_clause_end(tokens, after + 1, (), pack, "so"))
        spans += [rest] if rest else []
    source = Phrase(first=source.first, last=source.head_last, head_last=source.head_last)
    return _make_phrase(tokens, (at, at + 1), source, tuple(spans), "so")


def _make_phrase(
    tokens: Sequence[Token], cue: Stretch, source: Phrase, content: tuple[Stretch, ...], rule: str
) -> Finding:
    return Finding(
        sentence=span_of(tokens, 0, len(tokens)),
        source=span_of(tokens, source.first, source.last),
        head=span_of(tokens, source.first, source.head_last),
        cue=span_of(tokens, *cue),
        entry=replace(ACCORDING, word=" ".join(t.low for t in tokens[cue[0] : cue[1]])),
        content=content,
        rule=rule,
        probability=CHANCES[rule],
    )
