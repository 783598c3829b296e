"""Which outlet or person passed on what a source says, by the words beside the source?

"first reported by the Lowe Examiner", "a letter, which the daily Brill printed,", "the Examiner's editor", "she was
told by a clerk": the outlet and the one who was told stand between the reader and the source.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from firsthand.attribution.cues import Pack, read_list
from firsthand.attribution.grammar.hits import Finding, Stretch, span_of
from firsthand.attribution.grammar.phrases import read_right, read_subject
from firsthand.attribution.grammar.words import is_capital
from firsthand.attribution.text.tokens import Token

NEAR, FAR = 4, 8


def add_passed(tokens: Sequence[Token], found: Sequence[Finding], pack: Pack) -> list[Finding]:
    """Return the findings of a sentence with those who are said to have passed on what they say as relays."""
    passed = _add_outlets(tokens, list(found))
    if pack.language != "en":
        return passed
    return [_add_told(tokens, _add_house(tokens, _add_printed(tokens, f, pack)), pack) for f in passed]


def _is_passed(tokens: Sequence[Token], by: int) -> bool:
    """Say whether "published" stands shortly before "by", or with no mark between: "published in part on Monday by"."""
    for at in range(by - 1, max(-1, by - FAR), -1):
        if tokens[at].low in read_list("people.toml")["passed_on"]:
            return True
        if tokens[at].kind == "mark" and by - at >= NEAR:
            return False
    return False


def _add_printed(tokens: Sequence[Token], finding: Finding, pack: Pack) -> Finding:
    """Give "a letter, which the news site Brill published, says C" the site as relay."""
    nouns, source = read_list("people.toml"), finding.source
    if source is None or finding.relays:
        return finding
    for at, token in enumerate(tokens):
        if not (source[0] < token.start <= source[1] + 2) or token.low not in {"which", "that"}:
            continue
        near = range(at + 2, min(len(tokens), at + FAR))
        verb = next((i for i in near if tokens[i].low in nouns["passed_on"]), at)
        outlet = read_right(tokens[:verb], at + 1, pack)
        if outlet is not None and any(t.low in nouns["outlets"] for t in tokens[outlet.first : outlet.head_last]):
            return replace(finding, relays=(span_of(tokens, outlet.first, outlet.head_last),))
    return finding


def _add_house(tokens: Sequence[Token], finding: Finding) -> Finding:
    """Give "the Karsk Telegraph's defence editor, S, says C" and "the Gazette's source" the paper as relay."""
    nouns, source = read_list("people.toml"), finding.source
    if source is None or finding.relays:
        return finding
    words = [t for t in tokens if source[0] <= t.start < source[1]]
    owner = next((i for i, t in enumerate(words[:5]) if t.low.endswith(("'s", "s'"))), None)
    if owner is None or not is_capital(words[owner]):
        return finding
    title = next((t for t in words[owner + 1 : owner + NEAR] if t.low in nouns["staff"]), None)
    name = words[owner].text.removesuffix("'s").removesuffix("’s").rstrip("'’")
    if title is None or not any(t.low.removesuffix("'s") in nouns["outlets"] for t in words[: owner + 1]):
        return finding
    return replace(finding, relays=((words[0].start, words[owner].start + len(name)),))


def _add_told(tokens: Sequence[Token], finding: Finding, pack: Pack) -> Finding:
    """Give "she was told by S that C" her as relay, unless many were told or the outlet itself was."""
    source = finding.source
    if source is None or finding.entry.cue_class != "tell" or source[0] < finding.cue[1]:
        return finding
    first = next((i for i, t in enumerate(tokens) if t.start >= finding.cue[0]), 0)
    by = next((i for i, t in enumerate(tokens) if t.end + 1 == source[0]), 0)
    if not pack.has("by", tokens[by].low) or not any(
        pack.has("passive", t.low) for t in tokens[max(0, first - 1) : by] if t.start < finding.cue[1]
    ):
        return finding
    told = read_subject(tokens, first, pack)
    words = tokens[told.first : told.last] if told else ()
    silent = any(t.low in read_list("people.toml")["hearers"] or pack.has("first", t.low) for t in words)
    if told is None or silent:
        return finding
    return replace(finding, relays=(*finding.relays, span_of(tokens, told.first, told.head_last)))


def _find_passed(tokens: Sequence[Token]) -> list[tuple[int, Stretch]]:
    """Return the outlets of "first reported by the Lowe Examiner" and "obtained by the weekly Brill", by place."""
    nouns = read_list("people.toml")
    found = []
    for at in range(1, len(tokens)):
        if tokens[at].low != "by" or not _is_passed(tokens, at):
            continue
        last = at + 1
        while last < len(tokens) and (
            is_capital(tokens[last]) or tokens[last].low in nouns["outlets"] or tokens[last].low == "the"
        ):
            last += 1
        words = tokens[at + 1 : last]
        if any(t.low in nouns["outlets"] for t in words) and any(map(is_capital, words)):
            found.append((at, span_of(tokens, at + 1, last)))
    return found


def _add_outlets(tokens: Sequence[Token], found: list[Finding]) -> list[Finding]:
    """Give findings the outlets that are said to have passed on what they say."""
    for at, outlet in _find_passed(tokens):
        target = choose_target(tokens, found, at)
        if target is None or any(touch(outlet, r) for f in found for r in f.relays):
            continue
        finding = found[target]
        source = finding.source
        if any(s <= outlet[0] < e for s, e in finding.content) or (source is not None and source[0] >= outlet[0]):
            continue
        found = [
            replace(f, relays=(outlet, *f.relays)) if (f.source, f.content) == (source, finding.content) else f
            for f in found
        ]
    return found


def choose_target(tokens: Sequence[Token], found: Sequence[Finding], at: int) -> int | None:
    """Return the finding whose cue stands last before a token, or the sentence's first; none beyond a semicolon."""
    place = tokens[at].start
    before = [i for i, f in enumerate(found) if f.cue[0] < place]
    target = before[-1] if before else 0 if found else None
    if target is None:
        return None
    edges = sorted((place, found[target].cue[0]))
    return None if any(t.text == ";" and edges[0] < t.start < edges[1] for t in tokens) else target


def touch(one: Stretch, other: Stretch) -> bool:
    """Say whether two stretches share a character."""
    return one[0] < other[1] and other[0] < one[1]
