"""Of what rules and field propose for the words of a sentence, what is the best set, and how sure is it?

For each trigger the rules' finding, the field's, and the two that mix them are weighed by the same few numbers; the
likeliest stands. What no trigger opens stays as the rules have it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from firsthand.attribution.cues import Pack, load_pack, match_phrase
from firsthand.attribution.grammar.contents import trim_content
from firsthand.attribution.grammar.hits import Clues, Finding, Stretch, span_of, widen_group
from firsthand.attribution.grammar.phrases import read_right
from firsthand.attribution.learnt.chances import MODEL, Weights, weigh_finding
from firsthand.attribution.learnt.tagger import Field, Tag
from firsthand.attribution.learnt.traits import Roles, read_roles, read_traits
from firsthand.attribution.learnt.triggers import find_triggers, load_triggers
from firsthand.attribution.text.tokens import Token
from firsthand.model import record

LEVELS = (0.25, 0.35, 0.5, 0.65)
FAINT, LIKELY = 0.1, 0.2
LONGEST = 30
PIECE = 0.6
UNSOURCED = 0.5
CLEARLY = 0.15
FIRM = frozenset({"as", "according", "passive", "quoted as saying"})
NOBODY = frozenset({"nobody", "no", "none", "neither", "nor", "no-one"})
ARTICLES = frozenset({"the", "a", "an"})
UTTERED = frozenset({"say", "tell", "write", "report"})
MOST_TRIGGERS = 60


@record
class Model:
    """The trained field and the weights that turn its numbers into chances."""

    field: Field
    weights: Weights

    def join(self, tokens: Sequence[Token], found: Sequence[Finding], pack: Pack) -> list[Finding]:
        """Return the best set of findings for a sentence of which the rules found some."""
        return join_findings(tokens, found, pack, self)


def join_findings(tokens: Sequence[Token], found: Sequence[Finding], pack: Pack, model: Model) -> list[Finding]:
    """Return for each trigger the likeliest finding, and the findings of the rules that no trigger opens."""
    chosen: list[Finding] = []
    taken: set[int] = set()
    for at, mine, tag in tag_triggers(tokens, found, model):
        taken.update(id(finding) for finding in mine)
        weighed = [weigh_finding(one, model.weights) for one in list_candidates(tokens, at, mine, tag, pack)]
        best = _choose(weighed, len(mine))
        if best is not None and (mine or best.probability >= (UNSOURCED if _is_vague(best) else model.weights.least)):
            chosen.append(best)
    rest = [weigh_finding(one, model.weights) for one in found if id(one) not in taken]
    return drop_rivals([*chosen, *rest])


def _choose(candidates: Sequence[Finding], ruled: int) -> Finding | None:
    """Return the likeliest of the candidates; what the rules found, the first of them, must be clearly beaten."""
    best = max(candidates, key=lambda one: one.probability, default=None)
    rule = max(candidates[:ruled], key=lambda one: one.probability, default=None)
    return rule if rule is not None and best is not None and best.probability < rule.probability + CLEARLY else best


def _is_vague(finding: Finding) -> bool:
    """Say whether the field by itself found words of nobody: these must be likely, or another rule may find whose."""
    return finding.rule == MODEL and finding.source is None


def tag_triggers(
    tokens: Sequence[Token], found: Sequence[Finding], model: Model
) -> list[tuple[int, list[Finding], Tag | None]]:
    """Return each trigger with the rules' findings on it and what the field makes of it."""
    triggers = list_triggers(tokens, found, model.weights.idle)
    if not triggers:
        return []
    looked = model.field.look(read_traits(tokens))
    result = []
    for at, mine, roles in triggers:
        tag = model.field.tag(looked, at, roles, 0.0 if mine else model.weights.least)
        if mine or tag is not None:
            result.append((at, mine, tag))
    return result


def list_triggers(
    tokens: Sequence[Token], found: Sequence[Finding], idle: frozenset[str] = frozenset()
) -> list[tuple[int, list[Finding], Roles]]:
    """Return for each trigger its place, the rules' findings on it, and the roles all rules gave to words."""
    places = [at for at in find_triggers(tokens, idle, [f.cue for f in found]) if not _is_relay(tokens, at)]
    if not places:
        return []
    roles = [(finding, read_roles(tokens, finding)) for finding in found]
    others = {at: role for _, given in roles for at, role in given.items()}
    result = []
    for at in places[:MOST_TRIGGERS]:
        token = tokens[at]
        mine = [(f, given) for f, given in roles if f.cue[0] <= token.start and token.end <= f.cue[1]]
        seen = Roles(ruled=tuple((f.rule, given) for f, given in mine), others=others)
        result.append((at, [f for f, _ in mine], seen))
    return result


def _is_relay(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a trigger only names the relay of another's words ("citing", "quoted by")."""
    citing = load_pack("en").phrases["citing"]
    return any(match_phrase(tokens, at, citing[name]) > 0 for name in ("phrases", "relayed"))


def list_candidates(
    tokens: Sequence[Token], at: int, ruled: Sequence[Finding], tag: Tag | None, pack: Pack
) -> list[Finding]:
    """Return what may be attributed on a trigger: by rule, by the field, and by both together."""
    if tag is None:
        return list(ruled)
    own = _propose(tokens, at, tag, pack)
    candidates = list(ruled)
    if own is not None and ruled:
        candidates += [one for rule in ruled for one in _mix(rule, own)]
    elif own is not None:
        candidates.append(own)
    sound = [one for one in candidates if one in ruled or not _says_itself(one)]
    window = tokens[tag.low : tag.low + len(tag.content)]
    content, source = Expected(window, tag.content), Expected(window, tag.source)
    return [replace(one, clues=_compare(one, own, tag, content, source)) for one in sound]


def _says_itself(finding: Finding) -> bool:
    """Say whether a source stands within what it is said to say: the field has taken a subject for a speaker."""
    return finding.source is not None and any(_touch(finding.source, span) for span in finding.content)


def _mix(rule: Finding, own: Finding) -> list[Finding]:
    """Return a rule's finding with the field's content, with its source, and with both.

    Where both see the same source, the rule knows better where it ends; where it has read a chain ("the R report citing
    S that C"), the rule stands.
    """
    if rule.relays:
        return []
    other = own.source is not None and (rule.source is None or not _touch(rule.source, own.source))
    firm = rule.content == own.content or rule.rule in FIRM
    mixed = [] if firm else [replace(rule, content=own.content, direct=own.direct)]
    if other:
        mixed += [replace(one, source=own.source, head=own.head) for one in (rule, *mixed)]
    return mixed


def _touch(one: Stretch, other: Stretch) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _propose(tokens: Sequence[Token], at: int, tag: Tag, pack: Pack) -> Finding | None:
    """Return what the field by itself makes of a trigger."""
    content = _read_runs(tokens, tag.low, tag.content, at)
    if not content:
        return None
    source = _trim_source(tokens, _read_source(tokens, tag, at), pack)
    if source is not None and not NOBODY.isdisjoint((tokens[source[0]].low, tokens[max(0, source[0] - 1)].low)):
        return None
    trigger = load_triggers()[tokens[at].low]
    told = read_right(tokens, at + 1, pack) if "hearer" in trigger.entry.frames else None
    if told is not None and any(s <= tokens[told.first].start < e for s, e in content):
        told = None
    first = widen_group(tokens, at, pack) if trigger.part != "noun" else at
    negated = any(pack.has("negations", t.low) for t in tokens[first:at])
    if negated and trigger.entry.cue_class in UTTERED:
        return None
    return Finding(
        sentence=span_of(tokens, 0, len(tokens)),
        source=span_of(tokens, *source) if source else None,
        head=span_of(tokens, source[0], _end_head(tokens, *source)) if source else None,
        cue=span_of(tokens, first, at + 1),
        entry=replace(trigger.entry, polarity=-trigger.entry.polarity) if negated else trigger.entry,
        content=content,
        rule=MODEL,
        probability=0.0,
        hearer=span_of(tokens, told.first, told.head_last) if told is not None else None,
        direct=all(t.kind in {"quote", "mark"} for t in tokens if content[0][0] <= t.start < content[-1][1]),
    )


def _read_runs(tokens: Sequence[Token], low: int, chances: Sequence[float], at: int) -> tuple[Stretch, ...]:
    """Return the runs of words that overlap best, by expectation, with the true content; marks between them too."""
    words = [chance for chance, token in zip(chances, tokens[low:], strict=False) if token.kind != "mark"]
    least = max(LEVELS, key=lambda level: _expect_level(words, level))
    runs: list[list[int]] = []
    for i, chance in enumerate(chances):
        place = low + i
        if chance < least or place == at:
            continue
        gap = tokens[runs[-1][1] : place] if runs else ()
        if runs and at not in range(runs[-1][1], place) and all(t.kind == "mark" for t in gap):
            runs[-1][1] = place + 1
        else:
            runs.append([place, place + 1])
    weights = [sum(chances[first - low : last - low]) for first, last in runs]
    spans = (
        trim_content(tokens, first, last)
        for (first, last), weight in zip(runs, weights, strict=True)
        if weight == max(weights) or weight >= PIECE * (last - first)
    )
    return tuple(span for span in spans if span is not None)


def _expect_level(chances: Sequence[float], level: float) -> float:
    """Return the overlap to be expected with the truth of the words that reach a level of chance."""
    reached = [chance for chance in chances if chance >= level]
    held = sum(reached)
    return held / (len(reached) + sum(chances) - held) if reached else 0.0


def _read_source(tokens: Sequence[Token], tag: Tag, at: int) -> tuple[int, int] | None:
    """Return the stretch of words that overlaps best, by expectation, with the true source, if one is likely."""
    likely = [i for i, chance in enumerate(tag.source) if chance >= FAINT and tokens[tag.low + i].kind != "mark"]
    total = sum(tag.source)
    best, chosen = 0.0, None
    for number, first in enumerate(likely):
        held = 0.0
        at_before = first
        for last in likely[number : number + LONGEST]:
            held += sum(tag.source[at_before : last + 1])
            at_before = last + 1
            if tag.low + first <= at <= tag.low + last:
                break
            overlap = held / (last + 1 - first + total - held)
            if overlap > best:
                best, chosen = overlap, (tag.low + first, tag.low + last + 1)
    return chosen if best >= LIKELY else None


def _trim_source(tokens: Sequence[Token], source: tuple[int, int] | None, pack: Pack) -> tuple[int, int] | None:
    """Return a source without small words at its edges that can be no part of it ("But", "firmly", "had")."""
    if source is None:
        return None
    first, last = source
    while first < last and any(pack.has(g, tokens[first].low) for g in ("conjunctions", "prepositions", "adverbs")):
        first += 1
    while last > first and _ends_source(tokens[last - 1], pack):
        last -= 1
    empty = last == first + 1 and tokens[first].low in ARTICLES
    return (first, last) if first < last and not empty and tokens[first].kind != "quote" else None


def _ends_source(token: Token, pack: Pack) -> bool:
    """Say whether a word may not end a source."""
    plain = token.kind == "mark" or (token.text.islower() and token.low.endswith("ly"))
    return plain or any(pack.has(g, token.low) for g in ("auxiliaries", "negations", "adverbs", "prepositions"))


def _end_head(tokens: Sequence[Token], first: int, last: int) -> int:
    """Return where a source's noun phrase proper ends: before its first comma or "who"."""
    return next((i for i in range(first + 1, last) if tokens[i].text == "," or tokens[i].low in {"who", "which"}), last)


def _compare(one: Finding, own: Finding | None, tag: Tag, content: Expected, source: Expected) -> Clues:
    """Return the numbers by which a candidate is weighed; of a chain read by rule the field may see the relay."""
    shared = [source.overlap((who,)) for who in (one.source, *one.relays) if who is not None and one.source is not None]
    return Clues(
        cue=tag.cue,
        content=content.overlap(one.content),
        source=max(shared, default=1.0 - max(tag.source)),
        mixed=one.rule != MODEL and own is not None and (one.content == own.content) != (one.source == own.source),
    )


class Expected:
    """What the words of a window are expected to share with the truth; marks count for nothing."""

    def __init__(self, tokens: Sequence[Token], chances: Sequence[float]) -> None:
        words = [0 if token.kind == "mark" else token.text.count(" ") + 1 for token in tokens]
        self._tokens = tokens
        self._sizes = [0, *accumulate(words)]
        self._held = [0.0, *accumulate(chance * n for chance, n in zip(chances, words, strict=True))]

    def overlap(self, spans: Sequence[Stretch]) -> float:
        """Return the overlap to be expected of spans with the truth: what they hold of it, over their union."""
        size, held = 0, 0.0
        for start, end in spans:
            first = bisect_right(self._tokens, start, key=lambda token: token.end)
            last = bisect_left(self._tokens, end, key=lambda token: token.start)
            size += self._sizes[last] - self._sizes[first]
            held += self._held[last] - self._held[first]
        return held / (size + self._held[-1] - held) if size else 0.0


def drop_rivals(found: Sequence[Finding]) -> list[Finding]:
    """Leave out what the field alone finds where a likelier finding, or a rule, has the same words or crosses them."""
    kept: list[Finding] = []
    for finding in sorted(found, key=lambda f: (f.rule == MODEL, -f.probability, f.cue, f.content)):
        if not any(_rivals(finding, other) for other in kept):
            kept.append(finding)
    return sorted(kept, key=lambda f: (f.cue, f.content))


def _rivals(one: Finding, other: Finding) -> bool:
    """Say whether two findings cannot both stand: the same content from different cues, or contents that cross."""
    if MODEL not in {one.rule, other.rule}:
        return False
    if one.content == other.content:
        return True
    (a, b), (c, d) = (one.content[0][0], one.content[-1][1]), (other.content[0][0], other.content[-1][1])
    return a < c < b < d or c < a < d < b
