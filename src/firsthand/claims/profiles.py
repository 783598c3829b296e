"""What is each attribution about, and how telling are the words it says so with?

A profile weighs the terms of the content in full, and the terms of the sentences around it in part,
because a content is often short ("we lost three") and says what it is about only where it stands.
A report's title is profiled too: what stands together in a title belongs together in the pile.
A term weighs by its rarity over the sentences of the pile (Robertson and Spaerck Jones 1976): what every sentence
has, even in a pile of three short reports, hardly weighs.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from firsthand.claims.terms import find_terms
from firsthand.model import Attribution, Report, ReportId, SourceId

SENTENCE_END = re.compile(r"[.!?\u2026][\"'\u201d\u2019\u00bb\u201c)]*\s+(?=[^\sa-z])|\n[ \t]*\n\s*")

# Chosen among 3,000 random settings on the six piles named in clustering.py; the optimum is broad.
SENTENCE_WEIGHT = 0.3
BEFORE_WEIGHT = 0.1
MEANING_WEIGHT = 1.3
NUMBER_WEIGHT = 0.8
SMALL_NUMBER_WEIGHT = 0.5
SMALL_NUMBER = 3
Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Sentence:
    """Where a sentence of a report stands, and its terms."""

    start: int
    end: int
    terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Profile:
    """What an attribution is about: its terms with those around it, and its content's alone, each of length one.

    `place` is the report and the sentence in which the content begins (-1 where unknown).
    """

    source: SourceId
    place: tuple[ReportId, int]
    weights: Weights
    content: Weights


def build_profiles(reports: Sequence[Report], attributions: Sequence[Attribution]) -> tuple[Profile, ...]:
    """Return a profile for each attribution, in the order given, and then one for each report's title."""
    sentences = {report.id: read_sentences(report) for report in reports}
    rarity = measure_rarity([sentence for found in sentences.values() for sentence in found])
    said = (build_profile(a, sentences.get(a.report, ()), rarity) for a in attributions)
    return (*said, *(build_title_profile(report, rarity) for report in reports))


def read_sentences(report: Report) -> tuple[Sentence, ...]:
    """Return the sentences of a report's body with their terms."""
    return tuple(Sentence(start, end, collect_terms(report.text[start:end])) for start, end in split_sentences(report))


def collect_terms(text: str) -> frozenset[str]:
    """Return the keys of a text's terms."""
    return frozenset(term.key for term in find_terms(text))


def split_sentences(report: Report) -> tuple[tuple[int, int], ...]:
    """Return where the sentences of a report's body stand; a rough cut is enough to weigh words by."""
    found = []
    for start, end in sorted(report.body):
        at = start
        for match in SENTENCE_END.finditer(report.text, start, end):
            found.append((at, match.end()))
            at = match.end()
        if at < end:
            found.append((at, end))
    return tuple(found)


def measure_rarity(sentences: Sequence[Sentence]) -> dict[str, float]:
    """Return the weight of each term by how many sentences of the pile have it: log(1 + (n - k + 1/2) / (k + 1/2))."""
    counts = Counter(term for sentence in sentences for term in sentence.terms)
    total = len(sentences)
    return {term: math.log(1.0 + (total - count + 0.5) / (count + 0.5)) for term, count in counts.items()}


def build_profile(attribution: Attribution, sentences: Sequence[Sentence], rarity: Weights) -> Profile:
    """Return the profile of one attribution; `sentences` are those of its report."""
    content = dict.fromkeys(collect_terms(attribution.content.text), 1.0)
    weights, at = dict(content), -1
    if attribution.content.spans:
        start, end = attribution.content.spans[0][0], attribution.content.spans[-1][1]
        first = bisect_right(sentences, start, key=lambda sentence: sentence.end)
        touched = range(first, bisect_left(sentences, end, key=lambda sentence: sentence.start))
        at = touched[0] if touched else -1
        for index in touched:
            add_terms(weights, sentences[index].terms, SENTENCE_WEIGHT)
        if at > 0:
            add_terms(weights, sentences[at - 1].terms, BEFORE_WEIGHT)
    return Profile(
        attribution.source, (attribution.report, at), scale_weights(weights, rarity), scale_weights(content, rarity)
    )


def build_title_profile(report: Report, rarity: Weights) -> Profile:
    """Return the profile of a report's title."""
    weights = scale_weights(dict.fromkeys(collect_terms(report.title), 1.0), rarity)
    return Profile(SourceId(f"title of {report.id}"), (report.id, -1), weights, weights)


def add_terms(weights: dict[str, float], terms: Iterable[str], weight: float) -> None:
    """Give terms this weight where they have none greater."""
    for term in terms:
        weights[term] = max(weights.get(term, 0.0), weight)


def scale_weights(weights: Weights, rarity: Weights) -> dict[str, float]:
    """Return weights times rarity and kind of term, scaled to length one; empty where nothing weighs."""
    rarest = max(rarity.values(), default=1.0)
    raw = {term: weight * rarity.get(term, rarest) * weigh_kind(term) for term, weight in sorted(weights.items())}
    length = math.sqrt(sum(value * value for value in raw.values()))
    return {term: value / length for term, value in raw.items()} if length else {}


def weigh_kind(term: str) -> float:
    """Return how telling a kind of term is beside its rarity: meanings more, small numbers less."""
    if term.startswith("@"):
        return MEANING_WEIGHT
    if term.startswith("#"):
        return SMALL_NUMBER_WEIGHT if float(term[1:]) <= SMALL_NUMBER else NUMBER_WEIGHT
    return 1.0
