"""Who wrote the document that a source has seen?

"C, according to R, which has seen the order from S": the words are S's, and R passes them on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from firsthand.attribution.cues import Pack, read_list
from firsthand.attribution.grammar.hits import Finding, Stretch, span_of
from firsthand.attribution.grammar.phrases import Phrase, is_speaker, read_right
from firsthand.attribution.text.tokens import Token

TOLD = frozenset({"according", "clause before", "as"})
NEAR = 3
LONGEST_TITLE = 5


def add_sighted(tokens: Sequence[Token], found: Sequence[Finding], pack: Pack) -> list[Finding]:
    """Return the findings of a sentence, the author of a document seen in the place of the one who has seen it."""
    result = list(found)
    for relative, document, author in _find_documents(tokens, pack):
        result = [f for f in result if not any(s <= document < e for s, e in f.content)]
        words, head = span_of(tokens, author.first, author.last), span_of(tokens, author.first, author.head_last)
        result = [
            replace(f, source=words, head=head, relays=(*f.relays, seer), hearer=None) if seer is not None else f
            for f in result
            for seer in (_find_seer(f, tokens[relative].start),)
        ]
    return result


def _find_documents(tokens: Sequence[Token], pack: Pack) -> Iterator[tuple[int, int, Phrase]]:
    """Yield the tokens of "which", the offset of "order" and the author of "which has seen the order from S"."""
    nouns = read_list("people.toml")
    for at in range(1, len(tokens) - NEAR):
        relative = next((i for i in range(at - 1, max(-1, at - NEAR), -1) if pack.has("relative", tokens[i].low)), None)
        if relative is None or tokens[at].low not in nouns["sighted"]:
            continue
        for place in range(at + 1, min(at + LONGEST_TITLE, len(tokens) - 2)):
            if tokens[place].low in nouns["documents"] and tokens[place + 1].low in {"from", "by"}:
                author = read_right(tokens, place + 2, pack)
                if author is not None and is_speaker(tokens, author, pack):
                    yield relative, tokens[place].start, author
                break


def _find_seer(finding: Finding, relative: int) -> Stretch | None:
    """Return the source of a finding if the relative clause at an offset is its own."""
    if finding.source is None or finding.head is None or finding.rule not in TOLD:
        return None
    return finding.head if finding.head[0] < relative <= max(finding.source[1], finding.head[1] + 2) else None
