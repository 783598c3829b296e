"""Who is behind a description: is he named at all, and does it fit somebody else?"""

from __future__ import annotations

import re
from functools import lru_cache

from firsthand.model import Attribution, SourceKind
from firsthand.origins.index import Index, name_words, trim_plural
from firsthand.origins.lexicon import read_lexicon
from firsthand.origins.words import split_words

_AFTER = re.compile(r",\s+(?:(?:the|a|an|our|der|die|das|le|la|un|une|el)\s+)([\w' -]{3,60})[,.;]")
_BEFORE = re.compile(r"(?:the|a|an|our|der|die|das|le|la|un|une|el)\s+(\w+(?:\s\w+){0,3}),?\s+$", re.IGNORECASE)
_RELATIVE = re.compile(r",|\b(?:who|whom|whose|that|which|qui|que)\b")


def is_faceless(index: Index, attribution: Attribution) -> bool:
    """Tell whether nobody can say from the report alone who the originator is: unnamed, a role."""
    if len(attribution.chain) < 2:
        return False
    source = index.sources.get(attribution.chain[-1])
    kind = source.kind if source else attribution.source_kind
    if kind in (SourceKind.UNNAMED, SourceKind.ROLE):
        return True
    return kind is SourceKind.GROUP and source is not None and not _has_name(source.name)


def has_own_name(name: str) -> bool:
    """Tell whether an outlet or document is named by more than what it is: "Marsh Wire", and not "die Agentur"."""
    lexicon = read_lexicon()
    words = split_words(name, [(0, len(name))])
    telling = [w for w in words if w.text not in lexicon.common and w.text not in lexicon.anybody]
    return any(w.capital or w.text.isdecimal() for w in telling if w.text not in lexicon.articles)


def _has_name(name: str) -> bool:
    """Tell whether a description holds a capital that its first word does not owe to its place."""
    words = split_words(name, [(0, len(name))])
    articles = read_lexicon().articles
    return any(w.capital for w in words if w.text not in articles)


def fits_description(index: Index, child: Attribution, parent: Attribution) -> bool:
    """Tell whether one description fits both sources: half of the words of the shorter, the institution apart."""
    mine, theirs = (_describe(index, a) for a in (child, parent))
    return bool(mine and theirs) and len(mine & theirs) / min(len(mine), len(theirs)) >= 0.5


def differs_in_office(index: Index, child: Attribution, parent: Attribution) -> bool:
    """Tell whether a named source holds an office, and an unnamed one is described by none: a minister is no nurse."""
    mine, theirs = (_describe(index, a) for a in (child, parent))
    offices, vague = read_lexicon().offices, {trim_plural(word) for word in read_lexicon().vague}
    return bool(mine & offices and theirs - vague) and not theirs & offices


def _describe(index: Index, attribution: Attribution) -> frozenset[str]:
    """Return the words by which a source is described, over all reports, those of relative clauses apart."""
    source = index.sources.get(attribution.chain[-1]) if attribution.chain else None
    names = [attribution.source_mention.text, *((source.name, *source.names) if source else ())]
    if is_faceless(index, attribution):
        names = [_RELATIVE.split(name)[0] for name in names]
    elif source:
        names += find_appositions(index.reports[attribution.report].text, source.name)
    words = frozenset[str]().union(*(name_words(name) for name in names))
    return words - {"source", "sources", "official", "officials", "unnamed", "senior", "person", "people"}


def is_bare(attribution: Attribution) -> bool:
    """Tell whether a source is described by nothing that tells him from others: "sources", "people close to it"."""
    words = name_words(_RELATIVE.split(attribution.source_mention.text)[0])
    return not words - {trim_plural(word) for word in read_lexicon().vague}


@lru_cache(maxsize=4096)
def find_appositions(text: str, name: str) -> tuple[str, ...]:
    """Return what stands beside a name as its description: "Ann Lee, the district nurse," and "the nurse Ann Lee"."""
    found = []
    for place in re.finditer(re.escape(name), text):
        if after := _AFTER.match(text, place.end()):
            found.append(after.group(1))
        if before := _BEFORE.search(text, max(0, place.start() - 60), place.start()):
            found.append(before.group(1))
    return tuple(found)
