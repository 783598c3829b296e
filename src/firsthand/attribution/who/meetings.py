"""Who is met in a report, where, besides those who say something?

Names outside what is said word for word, and whom sentences are about, are met in the order of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from firsthand.attribution.cues import Pack, read_list
from firsthand.attribution.grammar.hits import Finding, Stretch
from firsthand.attribution.text.quotes import QUOTE_MARKS
from firsthand.attribution.who.cast import Cast
from firsthand.attribution.who.mentions import describe_source
from firsthand.attribution.who.subjects import Subject, is_known_noun, list_subjects, looks_personal
from firsthand.model import Report

RUN = re.compile(
    r"\b[A-Z][\w'’-]++(?:(?:(?<=\b[A-Z])\.|(?<=\b[A-Z][a-z])\.|(?<=\b[A-Z][a-z]{2})\.)?\s+(?:(?:al|bin|de|van|von|der|el)\s+)?[A-Z][\w'’-]++){0,4}"
)
PLACE_BEFORE = re.compile(r"\b(?:in|at|from|near|to|on|über|in|à)\s+(?:the\s+)?$", re.IGNORECASE)
SENTENCE_EDGE = re.compile(r"[.!?:;\n”\"]")
LOOK_BACK = 40


@dataclass
class Meetings:
    """Names and subjects still to be met, last first."""

    text: str
    starts: Sequence[int]
    runs: list[tuple[int, str]]
    subjects: list[Subject]

    def meet_until(self, place: int, cast: Cast) -> None:
        """Note in the cast who is met before a place of the text."""
        while self.runs and self.runs[-1][0] < place:
            self._meet_run(*self.runs.pop(), cast)
        while self.subjects and self.subjects[-1].place < place:
            _meet_subject(self.subjects.pop(), cast)

    def _meet_run(self, at: int, words: str, cast: Cast) -> None:
        if " " not in words and not cast.knows(words):
            return
        start = self.starts[bisect_right(self.starts, at) - 1]
        before = self.text[max(start, at - LOOK_BACK) : at]
        if PLACE_BEFORE.search(before) or (words.isupper() and before[-1:] in {"", "\n"}):
            return
        seen = describe_source(words, " ".join(_drop_small(words.split(), cast.pack)), cast.pack)
        if seen.key and not seen.group and len(seen.key.split()) <= 3:
            known = cast.find_name(seen)
            if known is not None or len(seen.key.split()) > 1:
                cast.meet(at, cast.resolve(seen, at, None), _leads(before, at - start))


def find_meetings(report: Report, found: Sequence[Finding], pack: Pack) -> Meetings:
    """Return the names and subjects of a report's body, outside what is said word for word."""
    runs = _find_runs(report, found)
    subjects = _find_subjects(report, found, pack)
    return Meetings(text=report.text, starts=[s for s, _ in report.body], runs=runs, subjects=subjects)


def _find_runs(report: Report, found: Sequence[Finding]) -> list[tuple[int, str]]:
    """Return the places and words of names, last first."""
    said = sorted(s for f in found for s in f.content if _is_quoted(report.text, f, s))
    runs: list[tuple[int, str]] = []
    at = 0
    for start, end in report.body:
        for match in RUN.finditer(report.text, start, end):
            while at < len(said) and said[at][1] <= match.start():
                at += 1
            if at == len(said) or match.start() < said[at][0]:
                runs.append((match.start(), match.group()))
    runs.reverse()
    return runs


def _leads(before: str, offset: int) -> bool:
    """Say whether a name with these words before it begins a sentence, or stands beside what begins it."""
    edge = max((m.end() for m in SENTENCE_EDGE.finditer(before)), default=0 if offset < LOOK_BACK else -1)
    opening = before[edge:].rstrip() if edge >= 0 else ""
    apposed = opening.endswith(",") and opening.count(",") == 1
    return edge >= 0 and (apposed or (len(before) - edge <= 24 and "," not in opening))


def _is_quoted(text: str, finding: Finding, content: Stretch) -> bool:
    return finding.direct or text[content[0]] in QUOTE_MARKS or text[max(0, content[0] - 1)] in QUOTE_MARKS


def _find_subjects(report: Report, found: Sequence[Finding], pack: Pack) -> list[Subject]:
    """Return what sentences are about, last first, outside what is said and who says it."""
    if pack.language != "en":
        return []
    taken = sorted([s for f in found for s in f.content] + [f.source for f in found if f.source is not None])
    subjects: list[Subject] = []
    at, edge = 0, 0
    for start, end in report.body:
        for subject in list_subjects(report.text, start, end, pack):
            while at < len(taken) and taken[at][0] <= subject.place:
                edge = max(edge, taken[at][1])
                at += 1
            if subject.place >= edge:
                subjects.append(subject)
    subjects.reverse()
    return subjects


def _meet_subject(subject: Subject, cast: Cast) -> None:
    """Note whom a sentence is about, where it is somebody or something that may be meant later."""
    seen = replace(describe_source(subject.words + subject.rest, subject.words, cast.pack), words=subject.words)
    if seen.key and cast.is_common(seen.name, seen.words):
        return
    known = bool(seen.pronoun) or is_known_noun(seen.noun)
    if not known and not seen.key and seen.definite and not looks_personal(seen.noun):
        known, seen = True, replace(seen, gender="n", plural=seen.noun.endswith("s"))
    if seen.key:
        titled = not seen.nouns.isdisjoint(read_list("people.toml")["roles"])
        known = len(seen.key.split()) > 1 or seen.group or titled or cast.find_name(seen) is not None
    if known:
        cast.placed[subject.place] = cast.resolve(seen, subject.place, None)
        cast.meet(subject.place, cast.placed[subject.place], True)


def _drop_small(words: Sequence[str], pack: Pack) -> Sequence[str]:
    """Return words without the small ones that begin a sentence ("While Morn")."""
    first = 0
    while first < len(words) - 1 and any(
        pack.has(g, words[first].lower())
        for g in ("conjunctions", "prepositions", "determiners", "pronouns", "adverbs")
    ):
        first += 1
    return words[first:]
