"""Which sources of different reports are one?

A person or institution is one source under all its spellings; a surname or a short name joins the full name where only
one fits. Unnamed sources stay apart unless description, institution and relay are the same.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from firsthand.attribution.who.cast import PUBLISHER, Member
from firsthand.attribution.who.chains import Draft
from firsthand.attribution.who.names import fold_words, is_short_for, make_key, make_slug
from firsthand.attribution.who.sounds import UNVOWELLED, list_consonants, sound_name, sound_word
from firsthand.model import Report, Source, SourceId, SourceKind, record

MOST_FITTING = 60
ASIDE = re.compile(r"\(([^()]+)\)")


@record
class ReportCast:
    """One report with those met in it and what they said."""

    report: Report
    members: tuple[Member, ...]
    drafts: tuple[Draft, ...]


def identify_sources(casts: Sequence[ReportCast]) -> tuple[Mapping[tuple[str, int], SourceId], tuple[Source, ...]]:
    """Return the id of each member of each report's cast, and the sources that words are attributed to or through."""
    used = _find_used(casts)
    joined = _join_keys(casts, used)
    ids: dict[tuple[str, int], SourceId] = {}
    members: dict[SourceId, list[Member]] = defaultdict(list)
    for cast in casts:
        relays = _find_relays(cast, joined)
        for number in used[cast.report.id]:
            source = _make_id(cast, number, joined, relays.get(number, ""))
            ids[cast.report.id, number] = source
            members[source].append(cast.members[number])
    sources = tuple(_make_source(source, members[source]) for source in sorted(members))
    return ids, sources


def _find_used(casts: Sequence[ReportCast]) -> dict[str, list[int]]:
    return {cast.report.id: sorted({PUBLISHER, *(n for draft in cast.drafts for n in draft.chain)}) for cast in casts}


def _join_keys(casts: Sequence[ReportCast], used: Mapping[str, Sequence[int]]) -> dict[str, str]:
    """Return for each key the fullest key it is short for, where that is without doubt."""
    groups: dict[str, bool] = {}
    names: dict[str, str] = {}
    publishers = set()
    for cast in casts:
        publishers.add(cast.members[PUBLISHER].key)
        for number in used[cast.report.id]:
            member = cast.members[number]
            if member.key:
                groups[member.key] = groups.get(member.key, False) or member.group
                names[member.key] = min(member.name, names.get(member.key, member.name))
    spelled = _join_spellings(names, publishers)
    near = _index_words(sorted(set(spelled.values())))
    asides = {key: _find_aside(name) for key, name in names.items() if "(" in name}
    return {key: _find_full(spelled[key], near, groups, (publishers, asides)) for key in groups}


def _find_aside(name: str) -> frozenset[str]:
    """Return the words within brackets of a name, as the place in "Radio Dale (Lessania)", but no initials."""
    words = (word for inside in ASIDE.findall(name) for word in inside.split() if not word.isupper())
    return frozenset(make_key(" ".join(words)).split())


def _join_spellings(names: Mapping[str, str], publishers: set[str]) -> dict[str, str]:
    """Return for each key the one under which its other spellings go; `names` holds a name as written for each.

    Names in a script without short vowels go by their consonants, where only one name in Latin letters has them.
    """
    first: dict[str, str] = {}
    bones: dict[str, set[str]] = defaultdict(set)
    joined = {}
    for key in sorted(names, key=lambda key: (key not in publishers, bool(UNVOWELLED.search(names[key])), key)):
        sound = sound_name(key)
        alike = bones[list_consonants(sound)]
        found = first.get(sound)
        if not found and UNVOWELLED.search(names[key]) and len(alike) == 1 and " " in key:
            found = next(iter(alike))
        joined[key] = found or first.setdefault(sound, key)
        alike.add(joined[key])
    return joined


def _index_words(keys: Sequence[str]) -> Mapping[str, list[str]]:
    """Return the keys that hold a word, as it sounds, or whose first letters it is."""
    near: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        for word in {*map(sound_word, key.split()), "".join(w[0] for w in key.split())}:
            near[word].append(key)
    return near


def _find_full(
    key: str,
    near: Mapping[str, list[str]],
    groups: Mapping[str, bool],
    known: tuple[set[str], Mapping[str, frozenset[str]]],
) -> str:
    """Return the one full name a key stands for: a publisher of the pile first, else the only one that fits.

    `known`: the publishers, and the words of names that stand in brackets, by which nobody goes.
    """
    publishers, asides = known
    if key in publishers:
        return key
    rarest = min((near[sound_word(word)] for word in key.split()), key=len)
    fitting = [full for full in rarest[:MOST_FITTING] if full != key and _is_short(key, full, groups)]
    fitting = [full for full in fitting if not set(key.split()) <= asides.get(full, frozenset())]
    own = [full for full in fitting if full in publishers]
    best = own or [f for f in fitting if not any(_is_short(f, g, groups) for g in fitting if g != f)]
    return best[0] if len(best) == 1 else key


def _is_short(key: str, full: str, groups: Mapping[str, bool]) -> bool:
    if groups[full]:
        return is_short_for(key, full)
    few, many = [sound_word(word) for word in key.split()], [sound_word(word) for word in full.split()]
    return not groups[key] and len(few) < len(many) and few[-1] == many[-1] and set(few) <= set(many)


def _make_id(cast: ReportCast, number: int, joined: Mapping[str, str], relay: str) -> SourceId:
    member = cast.members[number]
    if member.key:
        return SourceId("s-" + make_slug(joined.get(member.key, member.key)))
    words = member.words[0] if member.words else "not named"
    institution = " ".join(sorted(fold_words(member.speaks_for)))
    scope = relay or cast.report.id
    digest = hashlib.sha256("\n".join((" ".join(fold_words(words)), institution, scope)).encode()).hexdigest()[:6]
    return SourceId(f"s-{make_slug(' '.join(fold_words(words)[:8]))}-{digest}")


def _find_relays(cast: ReportCast, joined: Mapping[str, str]) -> dict[int, str]:
    """Return for each member the key of the named relay right before it where it is first relayed."""
    relays: dict[int, str] = {}
    for draft in cast.drafts:
        if len(draft.chain) > 2:
            key = cast.members[draft.chain[-2]].key
            relays.setdefault(draft.who, joined.get(key, key))
    return relays


def _make_source(source: SourceId, members: Sequence[Member]) -> Source:
    named = sorted({m.name for m in members if m.name}, key=lambda n: (-len(n.split()), n))
    words = sorted({w for m in members for w in m.words if w})
    first = members[0]
    kinds = [m.kind for m in members]
    kind = (
        SourceKind.NAMED
        if first.key and not any(m.group for m in members)
        else SourceKind.GROUP
        if first.key
        else kinds[0]
    )
    return Source(
        id=source,
        name=named[0] if named else words[0] if words else "somebody not named",
        kind=kind,
        speaks_for=next((m.speaks_for for m in members if m.speaks_for), ""),
        names=tuple(sorted({*named, *words})),
    )
