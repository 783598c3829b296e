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
from dataclasses import dataclass, replace

from firsthand.claims.folding import fold_word, stem_word
from firsthand.claims.slots import LONGEST_READ, find_details
from firsthand.claims.terms import find_meaning, find_terms, load_stopwords
from firsthand.claims.vocabulary import find_tokens
from firsthand.model import Attribution, Report, ReportId, SourceId

SENTENCE_END = re.compile(r"[.!?\u2026][\"'\u201d\u2019\u00bb\u201c)]*\s+(?=[^\sa-z])|\n[ \t]*\n\s*")

# Chosen among 3,000 random settings on the six piles named in clustering.py; the optimum is broad.
SENTENCE_WEIGHT = 0.3
BEFORE_WEIGHT = 0.1
BEFORE_IN_CONTEXT = 0.5
MEANING_WEIGHT = 1.3
NUMBER_WEIGHT = 0.8
SMALL_NUMBER_WEIGHT = 0.5
SMALL_NUMBER = 3
RUN = 3
PLACES = ("from", "via", "to", "where")
STOP = re.compile(r"[.!?:\u201c\"]")
WORD = re.compile(r"[^\W_]+")
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

    `place` is the report and the sentence in which the content begins (-1 where unknown); `rarity` the content's terms
    with their rarity; `facts` its details as kind, type and value; `runs` its words in threes; `headline` how near it
    is to the titles of the pile's reports.
    """

    source: SourceId
    place: tuple[ReportId, int]
    language: str
    weights: Weights
    context: Weights
    content: Weights
    rarity: Weights
    meanings: frozenset[str]
    names: frozenset[str]
    facts: frozenset[tuple[str, str, str]]
    runs: frozenset[str]
    text: str
    headline: float = 0.0


@dataclass(frozen=True, slots=True)
class Pile:
    """The sentences of each report, and the rarity of each term over all of them."""

    sentences: Mapping[ReportId, Sequence[Sentence]]
    rarity: Weights


def build_profiles(reports: Sequence[Report], attributions: Sequence[Attribution]) -> tuple[Profile, ...]:
    """Return a profile for each attribution, in the order given, and then one for each report's title."""
    by_id = {report.id: report for report in reports}
    pile = read_pile(reports)
    said = [build_profile(a, by_id.get(a.report), pile) for a in attributions]
    titles = [build_title_profile(report, pile.rarity) for report in reports]
    return measure_headline([*said, *titles], titles)


def read_pile(reports: Sequence[Report]) -> Pile:
    """Return the sentences of a pile, and how rare each term is among them."""
    sentences = {report.id: read_sentences(report) for report in reports}
    return Pile(sentences, measure_rarity([sentence for found in sentences.values() for sentence in found]))


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
    """Return the weight of each term by how many sentences of the pile have it: log(1 + (n - k + 1/2) / (k + 1/2)).

    A sentence that is copied counts once, so that an echo does not change what is said to be the same.
    """
    distinct = {sentence.terms for sentence in sentences}
    counts = Counter(term for terms in distinct for term in terms)
    total = len(distinct)
    return {term: math.log(1.0 + (total - count + 0.5) / (count + 0.5)) for term, count in counts.items()}


def build_profile(attribution: Attribution, report: Report | None, pile: Pile) -> Profile:
    """Return the profile of one attribution."""
    text = attribution.content.text
    content = dict.fromkeys(collect_terms(text), 1.0)
    weights, context, at = dict(content), dict(content), -1
    sentences = pile.sentences.get(attribution.report, ())
    if attribution.content.spans:
        start, end = attribution.content.spans[0][0], attribution.content.spans[-1][1]
        first = bisect_right(sentences, start, key=lambda sentence: sentence.end)
        touched = range(first, bisect_left(sentences, end, key=lambda sentence: sentence.start))
        at = touched[0] if touched else -1
        for index in touched:
            add_terms(weights, sentences[index].terms, SENTENCE_WEIGHT)
            add_terms(context, sentences[index].terms, 1.0)
        if at > 0:
            add_terms(weights, sentences[at - 1].terms, BEFORE_WEIGHT)
            add_terms(context, sentences[at - 1].terms, BEFORE_IN_CONTEXT)
    place, language = (attribution.report, at), report.language if report else ""
    return describe_text(text, (attribution.source, place, language), (weights, context, content), pile.rarity)


def build_title_profile(report: Report, rarity: Weights) -> Profile:
    """Return the profile of a report's title."""
    terms = dict.fromkeys(collect_terms(report.title), 1.0)
    about = (SourceId(f"title of {report.id}"), (report.id, -1), report.language)
    return describe_text(report.title, about, (terms, terms, terms), rarity)


def describe_text(
    text: str,
    about: tuple[SourceId, tuple[ReportId, int], str],
    terms: tuple[Mapping[str, float], Mapping[str, float], Mapping[str, float]],
    rarity: Weights,
) -> Profile:
    """Return the profile of a text: `about` is its source, place and language.

    `terms`: those of the content over the context, of both alike, and of the content alone.
    """
    rarest = max(rarity.values(), default=1.0)
    text = text[:LONGEST_READ]
    words = [fold_word(match.group()) for match in WORD.finditer(text)]
    return Profile(
        source=about[0],
        place=about[1],
        language=about[2],
        weights=scale_weights(terms[0], rarity),
        context=scale_weights(terms[1], rarity),
        content=scale_weights(terms[2], rarity),
        rarity={term: rarity.get(term, rarest) * weigh_kind(term) for term in sorted(terms[2])},
        meanings=frozenset(term for term in terms[2] if term.startswith("@")),
        names=find_names(text),
        facts=collect_facts(text),
        text=text,
        runs=frozenset(" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)),
    )


def find_names(text: str) -> frozenset[str]:
    """Return the keys of the words that stand with a capital and not at a sentence's beginning."""
    tokens = find_tokens(text)
    named = (t for at, t in enumerate(tokens) if t.text[0].isupper() and at and not STOP.search(t.gap))
    return frozenset(
        stem_word(t.text) for t in named if t.folded not in load_stopwords() and not find_meaning(t.folded)
    )


def collect_facts(text: str) -> frozenset[tuple[str, str, str]]:
    """Return the details of a text as kind, type and value: a place as such, and by the part it plays."""
    found = set()
    for detail in find_details(text):
        kinds = ("place", detail.slot) if detail.slot in PLACES else (detail.slot,)
        found |= {(kind, name, value) for kind in kinds for name, value in detail.facts if value}
    return frozenset(found)


def measure_headline(profiles: Sequence[Profile], titles: Sequence[Profile]) -> tuple[Profile, ...]:
    """Return the profiles, each with its mean likeness to the titles of the other reports."""
    total: Counter[str] = Counter()
    own: dict[ReportId, Weights] = {}
    for title in titles:
        total.update(title.content)
        own[title.place[0]] = title.content
    measured = []
    for profile in profiles:
        mine = own.get(profile.place[0], {})
        others = sum(w * (total[term] - mine.get(term, 0.0)) for term, w in sorted(profile.content.items()))
        measured.append(replace(profile, headline=round(max(0.0, others) / max(1, len(titles) - 1), 12)))
    return tuple(measured)


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
