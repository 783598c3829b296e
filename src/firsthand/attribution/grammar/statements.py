"""What does an institution assert in its own name?

A report whose publisher issues a statement, a notice or a reply asserts its own sentences: those that speak of "we" or
of the institution, and plain declarations, at a modest probability. A newspaper's own narrative is no attribution.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from firsthand.attribution.cues import Cue, Pack, find_phrase, read_list
from firsthand.attribution.grammar.hits import Finding, Stretch
from firsthand.attribution.text.quotes import find_quotations
from firsthand.attribution.text.sentences import split_paragraphs, split_sentences
from firsthand.attribution.who.names import fold_words, make_key, own_words
from firsthand.model import Report

OWN = Cue(word="", cue_class="own statement")
SELF = frozenset(
    {"we", "our", "us", "nous", "notre", "nos", "wir", "unser", "unsere", "nosotros", "nuestro", "nuestra"}
)
SHORTEST, LONGEST = 6, 60


def read_own_statements(report: Report, found: Sequence[Finding], pack: Pack) -> list[Finding]:
    """Return what the publisher asserts, if the report is a statement of its own; else nothing."""
    if not is_statement(report):
        return []
    taken = sorted(s for f in found for s in (*f.content, f.cue))
    statements = []
    for start, end in report.body:
        paragraphs = split_paragraphs(report.text, start, end)
        quotations = find_quotations(report.text, paragraphs, start, end)
        bounds = [(q.start, q.end) for q in quotations]
        for paragraph in paragraphs:
            for sentence in split_sentences(report.text, *paragraph, bounds):
                if not _overlaps(sentence, taken) and _is_assertion(report, sentence):
                    statements.append(_make(report, sentence))
    return statements


def find_self(text: str, sentence: Stretch, publisher: str) -> Stretch | None:
    """Return where a sentence speaks of its publisher: by "we" or by words of its name; None where it does not."""
    words = own_words(make_key(publisher))
    for match in re.finditer(r"[\w'’]+", text[slice(*sentence)]):
        word = match.group().lower()
        if word in SELF or (match.group()[0].isupper() and set(fold_words(word)) & words):
            return sentence[0] + match.start(), sentence[0] + match.end()
    return None


def is_statement(report: Report) -> bool:
    """Say whether a report is its publisher's own statement: by a body that is no news outlet, of itself."""
    key = make_key(report.publisher)
    if not key or set(fold_words(report.publisher)) & set(read_list("people.toml")["outlets"]):
        return False
    body = " ".join(report.text[s:e] for s, e in report.body)
    opening = f"{report.title}. {body[:300]}"
    if find_phrase(opening, read_list("people.toml")["statement_words"]):
        return True
    return _count_self(body, key) >= 2


def _count_self(body: str, key: str) -> int:
    """Return how many sentences begin with "we" or with the publisher's own name."""
    own = own_words(key)
    count = 0
    for start, end in split_sentences(body, 0, min(len(body), 4000)):
        words = fold_words(body[start : min(end, start + 60)])[:2]
        first = body[start:end].split(" ", 1)[0].lower()
        count += first in SELF or bool(words and words[0] in set(key.split()) and (words[0] in own or len(words) > 0))
    return count


def _overlaps(sentence: Stretch, taken: Sequence[Stretch]) -> bool:
    at = bisect_right(taken, sentence)
    return any(s < sentence[1] and sentence[0] < e for s, e in taken[max(0, at - 8) : at + 8])


def _is_assertion(report: Report, sentence: Stretch) -> bool:
    """Say whether a sentence of a statement declares something: long enough, ended, no question, no contact line."""
    words = report.text[slice(*sentence)].split()
    ended = words[-1].rstrip('”"»)').endswith(".") if words else False
    return ended and SHORTEST <= len(words) <= LONGEST and any(w.islower() for w in words[1:])


def _make(report: Report, sentence: Stretch) -> Finding:
    source = find_self(report.text, sentence, report.publisher)
    own = source is not None
    return Finding(
        sentence=sentence,
        source=source,
        head=source,
        cue=(sentence[0], sentence[0]),
        entry=OWN,
        content=(sentence,),
        rule="own statement",
        probability=0.6 if own else 0.45,
    )
