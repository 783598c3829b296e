"""What could a source without a name know, and why has it no name?

Both stand in clauses beside its words: "two people who have read the draft, who asked not to be named for fear of ...".
A clause that speaks of names, leave or fear gives the reason; any other of its kind says what the source could know.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from firsthand.attribution.cues import read_list

Stretch = tuple[int, int]

FAR = 400
STOP = re.compile(r"[,;:—–()]|\.(?=\s|$|[”\"])|\n\n")
LATER = re.compile(
    r"[.”\"’)]*[ ]+(?P<who>(?:He|She|They|Both|Neither|All|Almost all|None|Each|The [a-z]+)"
    r"(?: of (?:them|whom|the [a-z]+))?) (?:have |has |had )?"
    r"(?P<verb>asked|spoke|requested|declined|insisted|was|were|did|would|feared?|refused|wished|begged|could|cannot)\b"
)
EXCUSED = re.compile(r"[.”\"’)]*[ ]+(?P<who>As|Because|Since|Fearing|For fear of) (?P<verb>[^.!?\n]{4,200})[.!?]")
NEXT_SENTENCE = re.compile(r"[^\n.!?]{0,300}[.!?][”\"’]?(?= )")
ENDING = re.compile(r"[.!?;](?=\s|$|[”\"])|\n")
GOES_ON = re.compile(r"\s(?:and|but|or)\s+(?=(?:who|whose|was|were|is|has|asked|spoke|requested)\b)")


def find_access(text: str, source: Stretch, sentence: Stretch, cue: int) -> str:
    """Return the words that say what a source could know ("familiar with the talks"), or an empty string.

    `cue` is where the words of saying begin.
    """
    clauses = [
        clause for clause in _list_clauses(text, source, (sentence[1], cue), "knowing") if not gives_reason(clause)
    ]
    return clauses[0] if clauses else ""


def find_anonymity(text: str, source: Stretch, sentence: Stretch, cue: int) -> str:
    """Return the words that say why a source goes without a name, or an empty string."""
    clauses = [*_list_clauses(text, source, (sentence[1], cue), "openings"), _read_fronted(text, sentence, source)]
    excuses = _list_clauses(text, source, (cue, cue), "excuses") if source[1] <= cue else []
    return max((*filter(gives_reason, clauses), *excuses), key=len, default="")


def _read_fronted(text: str, sentence: Stretch, source: Stretch) -> str:
    """Return the clause a sentence begins with before its source: "Speaking on condition of anonymity, a clerk"."""
    if not sentence[0] < source[0] or _openings("openings").match(text, sentence[0]) is None:
        return ""
    comma = text.find(",", sentence[0], source[0])
    return " ".join(text[sentence[0] : comma].split()) if comma > 0 else ""


def find_later(text: str, end: int) -> str:
    """Return the reason given by one of the two sentences after the one that ends at `end`: "Neither was free to"."""
    after = NEXT_SENTENCE.match(text, end + 1)
    for place in (end, after.end() if after else end):
        for pattern in (LATER, EXCUSED):
            match = pattern.match(text, place)
            if match is None or (place > end and match["who"] not in {"Neither", "Both", "They", "All"}):
                continue
            stop = ENDING.search(text, match.start("verb"), match.start() + FAR)
            clause = " ".join(text[match.start("who") : stop.start() if stop else match.end()].split())
            if gives_reason(clause):
                return clause
    return ""


def gives_reason(clause: str) -> bool:
    """Say whether a clause speaks of names, leave or fear."""
    low = f" {' '.join(clause.lower().replace('’', chr(39)).split())} "
    return any(f" {stem}" in low for stem in read_list("unnamed.toml")["reasons"])


def _list_clauses(text: str, source: Stretch, edges: Stretch, name: str) -> Sequence[str]:
    """Return the clauses that begin in or after a source's words with one of a list of openings, in order.

    They end at the latest with the sentence, and before the words of saying: the two `edges`.
    """
    end = min(edges[0], source[1] + FAR)
    found = []
    for match in _openings(name).finditer(text, source[0], end):
        if match.start() > source[1] + 3 and not _is_parted(text, match.start()):
            continue
        last = edges[1] if match.start() < edges[1] < end else end
        stop = STOP.search(text, _skip_aside(text, match.end(), last), last)
        last = stop.start() if stop else last
        parted = GOES_ON.search(text, match.end(), last)
        found.append(" ".join(text[match.start() : parted.start() if parted else last].split()))
    return found


def _skip_aside(text: str, at: int, last: int) -> int:
    """Return where a clause goes on after ", as they all do,"."""
    comma = text.find(",", at + 1, min(last, at + 60)) if text[at : at + 1] == "," else -1
    return comma + 1 if comma > 0 else at


def _is_parted(text: str, at: int) -> bool:
    """Say whether a mark or "and" stands before a place."""
    return text[max(0, at - 6) : at].rstrip().endswith((",", "—", "–", "(", ";", " and"))


@cache
def _openings(name: str) -> re.Pattern[str]:
    words = sorted(read_list("unnamed.toml")[name], key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b", re.IGNORECASE)
