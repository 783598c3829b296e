"""From whom does a sentence say that the one before it comes?

"R reports that C. That is from S, they say." and "C. The figure comes from S.": C is S's, through R if it is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from firsthand.attribution.cues import Cue, Pack, read_list
from firsthand.attribution.grammar.hits import Finding, Stretch, span_of
from firsthand.attribution.grammar.phrases import is_speaker, read_right
from firsthand.attribution.text.tokens import Token

COMES = Cue(word="is from", cue_class="according")
POINTERS = frozenset({"that", "this"})
VERBS = frozenset({"is", "was", "comes", "came", "'s"})
CITERS = frozenset({"it", "they"})
CITED = frozenset({"cited", "cites", "quoted", "quotes"})
CHANCE = 0.6


def read_provenance(
    tokens: Sequence[Token], before: Stretch, told: Sequence[Finding], pack: Pack
) -> tuple[Finding, ...]:
    """Return what the sentence before says as the words of whom this one names; nothing where it names nobody.

    `before` is the sentence before without its marks, `told` are its findings.
    """
    cited = _read_cited(tokens, told, pack)
    if cited:
        return cited
    verb = _find_verb(tokens)
    source = read_right(tokens, verb + 2, pack, loose=True) if verb else None
    if verb is None or source is None or not is_speaker(tokens, source, pack):
        return ()
    finding = Finding(
        sentence=span_of(tokens, 0, len(tokens)),
        source=span_of(tokens, source.first, source.head_last),
        head=span_of(tokens, source.first, source.head_last),
        cue=span_of(tokens, verb, verb + 2),
        entry=COMES,
        content=(before,),
        rule="said before",
        probability=CHANCE,
    )
    teller = told[-1].source if told else None
    if teller is None:
        return (finding,)
    last = told[-1]
    return (replace(finding, content=last.content, relays=(*last.relays, teller), inside=last.inside),)


def _read_cited(tokens: Sequence[Token], told: Sequence[Finding], pack: Pack) -> tuple[Finding, ...]:
    """Read "It cited S." after what R says: S is behind it, and R passes it on."""
    if len(tokens) < 3 or tokens[0].low not in CITERS or tokens[1].low not in CITED or not told:
        return ()
    source, last = read_right(tokens, 2, pack), told[-1]
    whole = source is not None and source.last >= len(tokens) - (tokens[-1].kind == "mark")
    if source is None or last.source is None or not whole or tokens[2].low == "no":
        return ()
    words, head = span_of(tokens, source.first, source.last), span_of(tokens, source.first, source.head_last)
    sentence, cue = span_of(tokens, 0, len(tokens)), span_of(tokens, 1, 2)
    relays = (*last.relays, last.source)
    found = replace(last, sentence=sentence, source=words, head=head, cue=cue, entry=COMES, relays=relays)
    return (replace(found, rule="said before", probability=CHANCE, hearer=None, direct=False, clues=None),)


def _find_verb(tokens: Sequence[Token]) -> int | None:
    """Return the place of the verb of "That is from" and "The figure comes from"."""
    noun = tokens[0].low in {"the", *POINTERS} and len(tokens) > 1 and tokens[1].low in read_list("people.toml")["told"]
    verb = 2 if noun else 1
    if len(tokens) < verb + 3 or (not noun and tokens[0].low not in POINTERS):
        return None
    return verb if tokens[verb].low in VERBS and tokens[verb + 1].low == "from" else None
