"""Through whom did the words of one sentence come?

"C, S told Y, the R agency reported", "S reported, quoting T", "according to C, cited by D": the finding that says
the least is the one whose words they are; the others become its relays, the outermost first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from firsthand.attribution.cues import Pack, match_phrase, read_list
from firsthand.attribution.grammar.hits import Finding, Stretch, span_of
from firsthand.attribution.grammar.passed import add_passed, choose_target, touch
from firsthand.attribution.grammar.phrases import Phrase, find_named, is_speaker, read_left, read_right
from firsthand.attribution.grammar.sighted import add_sighted
from firsthand.attribution.grammar.words import is_capital
from firsthand.attribution.text.tokens import Token
from firsthand.attribution.who.subjects import is_known_noun, looks_personal

WRAPPED = 0.6
APART = frozenset({"though", "although", "while", "whereas", "as"})
PERSONAL = frozenset({"he", "she", "er", "sie", "il", "elle", "él", "ella"})


def apply_relays(tokens: Sequence[Token], found: Sequence[Finding], pack: Pack) -> tuple[Finding, ...]:
    """Return the findings of a sentence with their relays, those that only pass another on left out."""
    with_cited = add_passed(tokens, _read_citing(tokens, list(found), pack), pack)
    with_seen = add_sighted(tokens, with_cited, pack)
    placed = [_add_container(tokens, _add_place(tokens, finding, pack), pack) for finding in with_seen]
    return _join_nested(tokens, [_add_haver(tokens, _add_colon(tokens, f, pack), pack) for f in placed])


def _read_citing(tokens: Sequence[Token], found: list[Finding], pack: Pack) -> list[Finding]:
    citing = pack.phrases["citing"]
    for at in range(len(tokens)):
        for name in ("phrases", "relayed", "interview"):
            size = match_phrase(tokens, at, citing[name])
            if size and at + size < len(tokens):
                found = _apply_one(tokens, at, size, name, found, pack)
                break
        if match_phrase(tokens, at, citing.get("through", {})):
            found = _apply_through(tokens, at, found, pack)
    return found


def _apply_through(tokens: Sequence[Token], at: int, found: list[Finding], pack: Pack) -> list[Finding]:
    """Give "S said through an aide that C" the aide as relay: one who speaks for S, beside the words of saying."""
    mouth = read_right(tokens, at + 1, pack)
    target = choose_target(tokens, found, at)
    if mouth is None or target is None or not is_speaker(tokens, mouth, pack):
        return found
    finding = found[target]
    cue = next((i for i, t in enumerate(tokens) if t.end >= finding.cue[1]), at)
    beside = at == 0 or cue + 1 <= at <= cue + 2
    if not beside or any(s <= tokens[at].start < e for s, e in finding.content):
        return found
    words = span_of(tokens, mouth.first, mouth.head_last)
    return [*found[:target], replace(finding, relays=(*finding.relays, words)), *found[target + 1 :]]


def _add_place(tokens: Sequence[Token], finding: Finding, pack: Pack) -> Finding:
    """Give "S wrote in the Evening Courier that C" the Courier as relay."""
    at = next((i for i, t in enumerate(tokens) if t.start >= finding.cue[1]), len(tokens))
    at += at + 1 < len(tokens) and tokens[at].low in {"it", "this", "that"} and tokens[at + 1].low == "to"
    if finding.relays or at + 1 >= len(tokens) or tokens[at].low not in {"in", "on", "to"}:
        return finding
    if tokens[at].low == "to" and finding.hearer is not None:
        return finding
    outlet = read_right(tokens, at + 1, pack)
    inside = outlet is not None and any(s <= tokens[at].start < e for s, e in finding.content)
    if outlet is None or (inside and tokens[at].low != "to"):
        return finding
    words = tokens[outlet.first : outlet.head_last]
    named = [t for t in words if is_capital(t)]
    written = finding.entry.word == "write" and words[0].low == "the"
    if not named or not (written or any(t.low in read_list("people.toml")["outlets"] for t in words)):
        return finding
    return replace(finding, relays=(span_of(tokens, outlet.first, outlet.head_last),))


def _add_container(tokens: Sequence[Token], finding: Finding, pack: Pack) -> Finding:
    """Give "an email of 4 March in which an official says C" the email as relay."""
    if finding.source is None or finding.relays or _is_pronoun(tokens, finding.source):
        return finding
    at = next((i for i, t in enumerate(tokens) if t.start >= finding.source[0]), 0)
    if at < 3 or tokens[at - 1].low != "which" or tokens[at - 2].low not in {"in", "on"}:
        return finding
    documents = read_list("people.toml")["documents"]
    noun = next((i for i in range(at - 3, max(-1, at - 10), -1) if tokens[i].low in documents), None)
    if noun is None:
        return finding
    first = noun
    while first > 0 and tokens[first - 1].kind in {"word", "name"} and not pack.has("determiners", tokens[first].low):
        first -= 1
    last = at - 3 if tokens[at - 3].text == "," else at - 2
    return replace(finding, relays=(span_of(tokens, first, last),))


def _add_colon(tokens: Sequence[Token], finding: Finding, pack: Pack) -> Finding:
    """Give "Agency had it first: C, says S" the agency before the colon as relay."""
    colon = next(
        (i for i, t in enumerate(tokens) if t.text == ":" and t.end <= finding.content[0][0] <= t.end + 2), None
    )
    if colon is None or finding.rule not in {"according", "clause before"}:
        return finding
    name = find_named(tokens, colon)
    return replace(finding, relays=(span_of(tokens, 0, name), *finding.relays)) if name else finding


def _add_haver(tokens: Sequence[Token], finding: Finding, pack: Pack) -> Finding:
    """Give "the Herald had a farmer, S, who says C" the Herald as relay."""
    if finding.source is None or finding.relays:
        return finding
    at = next((i for i, t in enumerate(tokens) if t.start >= finding.source[0]), 0)
    if (
        at < 2
        or not pack.has("having", tokens[at - 1].low)
        or not any(t.low in pack.small["relative"] for t in tokens[at:])
    ):
        return finding
    outlet = read_left(tokens, at - 1, pack)
    if outlet is None:
        return finding
    last = tokens[outlet.last - 1]
    if not is_capital(last) and last.low not in read_list("people.toml")["outlets"]:
        return finding
    return replace(finding, relays=(span_of(tokens, outlet.first, outlet.last),))


def _apply_one(
    tokens: Sequence[Token], at: int, size: int, name: str, found: list[Finding], pack: Pack
) -> list[Finding]:
    """Apply one "citing T", "cited by R" or "in an interview with R" to the finding it belongs to."""
    phrase = read_right(tokens, at + size, pack, loose=name == "phrases")
    place = tokens[at].start
    target = choose_target(tokens, found, at)
    silent = phrase is None or (name == "phrases" and not _may_speak(tokens, phrase, pack))
    if phrase is None or silent or target is None or found[target].rule == "quoted as saying":
        return found
    words = span_of(tokens, phrase.first, phrase.last if name == "phrases" else phrase.head_last)
    finding = found[target]
    if any(s <= place < e for s, e in finding.content) and name == "phrases":
        return found
    source = finding.source
    if source is not None and at and source[0] < place < source[1]:
        source = (source[0], tokens[at - 1 - (tokens[at - 1].text == ",")].end)
    elif _overlaps(words, finding) and name != "relayed":
        return found
    if name == "relayed" and not is_speaker(tokens, phrase, pack):
        return found
    if name == "phrases":
        first, phrase = _split_pair(tokens, phrase)
        words = span_of(tokens, phrase.first, phrase.last)
        relays = (*finding.relays, *((source,) if source else ()), *first)
        head = span_of(tokens, phrase.first, phrase.head_last)
        changed = replace(finding, source=words, head=head, relays=relays, hearer=None)
    elif name == "relayed" or finding.hearer is None:
        changed = replace(finding, relays=(words, *finding.relays))
    else:
        return found
    return [*found[:target], changed, *found[target + 1 :]]


def _may_speak(tokens: Sequence[Token], phrase: Phrase, pack: Pack) -> bool:
    """Say whether what is cited is a source, and no thing: "citing the release of prisoners" gives a reason."""
    of = next((i for i in range(phrase.first + 1, phrase.head_last) if pack.has("of", tokens[i].low)), phrase.head_last)
    deed = of < phrase.head_last and tokens[of - 1].low in read_list("people.toml")["deeds"]
    noun = tokens[of - 1].low
    known = pack.language != "en" or is_speaker(tokens, phrase, pack) or is_known_noun(noun) or looks_personal(noun)
    return known and not deed


def _split_pair(tokens: Sequence[Token], phrase: Phrase) -> tuple[tuple[Stretch, ...], Phrase]:
    """Return the outlet and the person of "citing the T agency and the fire commander"."""
    outlets = read_list("people.toml")["outlets"]
    for at in range(phrase.first + 1, phrase.head_last - 1):
        if tokens[at].low in {"and", "et", "und", "y"} and tokens[at - 1].low in outlets:
            rest = Phrase(first=at + 1, last=phrase.last, head_last=phrase.head_last)
            return (span_of(tokens, phrase.first, at),), rest
    return (), phrase


def _overlaps(words: Stretch, finding: Finding) -> bool:
    return finding.source is not None and finding.source[0] <= words[0] < finding.source[1]


def _join_nested(tokens: Sequence[Token], found: Sequence[Finding]) -> tuple[Finding, ...]:
    """Give findings inside another's content that other's source as relay; leave out those that only wrap."""
    holders: dict[int, list[int]] = {i: [] for i in range(len(found))}
    wrapping: set[int] = set()
    for i, inner in enumerate(found):
        for j, outer in enumerate(found):
            if i != j and _holds(outer, inner) and not _holds(inner, outer) and not _is_apart(tokens, inner, outer):
                holders[i].append(j)
                if _passes_on(inner, outer) and _covers(tokens, inner, outer):
                    wrapping.add(j)
    idle = {i for i in holders if holders[i] and found[i].rule in {"noun", "hearsay"} and found[i].source is None}
    wrapping = {j for j in wrapping if any(j in holders[i] for i in holders if i not in idle)} | idle
    result = []
    for i, finding in enumerate(found):
        if i in wrapping:
            continue
        outer_first = sorted(holders[i], key=lambda j: -_size(found[j]))
        relays: tuple[Stretch, ...] = ()
        for j in outer_first:
            relays += found[j].relays + _list_other(found[j], finding)
        outside = [found[j] for j in outer_first]
        told = tuple((f.source, f.hearer) for f in outside if f.source is not None and f.hearer is not None)
        nested = bool(relays)
        result.append(replace(finding, relays=relays + finding.relays, told=told, nested=nested))
    return tuple(_clip_overlaps(_drop_pronouns(tokens, result)))


def _list_other(outer: Finding, inner: Finding) -> tuple[Stretch, ...]:
    """Return the source of an outer finding, unless it is the inner one's too."""
    if outer.source is None or (inner.source is not None and touch(outer.source, inner.source)):
        return ()
    return (outer.source,)


def _drop_pronouns(tokens: Sequence[Token], found: Sequence[Finding]) -> list[Finding]:
    """Leave out the "he said" of "A guard put it so: C, he said": the one before the colon says the same."""
    named = {f.content for f in found if f.rule == "bare clause" and not _is_pronoun(tokens, f.source)}
    return [f for f in found if f.content not in named or not _is_pronoun(tokens, f.source)]


def _is_pronoun(tokens: Sequence[Token], source: Stretch | None) -> bool:
    return source is not None and any((t.start, t.end) == source and t.low in PERSONAL for t in tokens)


def _passes_on(inner: Finding, outer: Finding) -> bool:
    """Say whether the inner words are somebody's speech, which the outer finding only relays."""
    return (
        inner.entry.cue_class not in {"perceive", "believe", "intend", "show", "call", "ask"}
        and outer.entry.polarity == 1
    )


def _holds(outer: Finding, inner: Finding) -> bool:
    """Say whether one finding's cue and source stand inside what another says, outside quotations."""
    return any(s <= inner.cue[0] and inner.cue[1] <= e for s, e in outer.content)


def _is_apart(tokens: Sequence[Token], inner: Finding, outer: Finding) -> bool:
    """Say whether a clause of its own begins between what an outer finding says and an inner one: "though S fears"."""
    if inner.source is None or outer.cue[0] > inner.cue[0]:
        return False
    first = min(inner.source[0], inner.cue[0])
    for at, token in enumerate(tokens):
        if outer.cue[1] <= token.start < first and not any(touch((token.start, token.end), s) for s in inner.content):
            if token.text == ";":
                return True
            opens = token.low in APART and at > 0 and tokens[at - 1].text == ","
            if opens and at + 1 < len(tokens) and tokens[at + 1].start == first:
                return True
    return False


def _size(finding: Finding) -> int:
    return sum(e - s for s, e in finding.content)


def _covers(tokens: Sequence[Token], inner: Finding, outer: Finding) -> bool:
    """Say whether the outer content is little more than the inner finding."""
    parts = [*inner.content, *inner.relays, inner.cue, *((inner.source,) if inner.source else ())]
    words = [t for t in tokens if t.kind != "mark" and any(s <= t.start and t.end <= e for s, e in outer.content)]
    inside = [t for t in words if any(s <= t.start and t.end <= e for s, e in parts)]
    return bool(words) and sum(t.end - t.start for t in inside) >= WRAPPED * sum(t.end - t.start for t in words)


def _clip_overlaps(found: Sequence[Finding]) -> list[Finding]:
    """Leave out a finding that gives the same content to the same source as one before it."""
    seen: set[tuple[Stretch | None, tuple[Stretch, ...]]] = set()
    kept = []
    for finding in found:
        if (
            finding.rule == "noun"
            and finding.source is None
            and any(f is not finding and f.content[0][0] == finding.content[0][0] for f in found)
        ):
            continue
        key = (finding.source, finding.content)
        if key not in seen:
            seen.add(key)
            kept.append(finding)
    return kept
