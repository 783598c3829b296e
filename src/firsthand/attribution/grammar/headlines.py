"""Whom does a headline name for what it says: "Road shut until May: official", "Police: road shut until May"?"""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.attribution.cues import Cue, Pack, read_list
from firsthand.attribution.grammar.hits import Finding, span_of
from firsthand.attribution.text.tokens import Token

NAMED = Cue(word=":", cue_class="say")
MARKS = frozenset({":", "-", "–", "—"})
LONGEST_SOURCE = 5
LEAST_SAID = 3
LONGEST = 24
CHANCE = 0.7


def read_headline(tokens: Sequence[Token], pack: Pack) -> list[Finding]:
    """Return what a line without a full stop attributes by a colon or dash to somebody named by office or trade."""
    if not LEAST_SAID + 2 <= len(tokens) <= LONGEST or tokens[-1].text in {".", "!", "?", ":"}:
        return []
    marks = [i for i, t in enumerate(tokens) if t.kind == "mark" and t.text in MARKS]
    if len(marks) != 1 or any(t.kind == "quote" for t in tokens):
        return []
    at = marks[0]
    if tokens[at].text == ":" and at >= LEAST_SAID and _is_source(tokens[at + 1 :]):
        return [_make(tokens, (at, at + 1), (at + 1, len(tokens)), (0, at))]
    if tokens[at].text == ":" and len(tokens) - at > LEAST_SAID and _is_source(tokens[:at]):
        return [_make(tokens, (at, at + 1), (0, at), (at + 1, len(tokens)))]
    if at >= LEAST_SAID and _is_source(tokens[at + 1 :]):
        return [_make(tokens, (at, at + 1), (at + 1, len(tokens)), (0, at))]
    return []


def _is_source(words: Sequence[Token]) -> bool:
    """Say whether words are a short noun phrase whose head is a noun for one who speaks ("health officials")."""
    nouns = read_list("people.toml")
    speaking = {*nouns["sources"], *nouns["roles"], "police"}
    if not 0 < len(words) <= LONGEST_SOURCE or any(t.kind not in {"word", "name"} for t in words):
        return False
    last = words[-1].low
    return last in speaking or (last.endswith("s") and last[:-1] in speaking)


def _make(tokens: Sequence[Token], cue: tuple[int, int], source: tuple[int, int], content: tuple[int, int]) -> Finding:
    return Finding(
        sentence=span_of(tokens, 0, len(tokens)),
        source=span_of(tokens, *source),
        head=span_of(tokens, *source),
        cue=span_of(tokens, *cue),
        entry=NAMED,
        content=(span_of(tokens, *content),),
        rule="headline",
        probability=CHANCE,
    )
