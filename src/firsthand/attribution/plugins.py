"""Which attributors stand beside our own grammar, and what of theirs is taken?

An attributor is a function `(text, language) -> proposals`, named in a package's entry points under
`firsthand.attributors`. It is used where its user names it. Nothing it says is believed as such: words that do not
stand in the report are dropped and counted, and where it fails, our own reading stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from itertools import islice

from firsthand.attribution.cues import Cue, Pack, guess_language, load_pack
from firsthand.attribution.grammar.hits import Finding
from firsthand.attribution.mixing import CHANCE
from firsthand.attribution.proposals import Attribute, Placed, Proposal, Stretch, place_proposal
from firsthand.attribution.text.sentences import split_paragraphs, split_sentences
from firsthand.errors import InputError
from firsthand.model import Problem, Report, ReportId, record

GROUP = "firsthand.attributors"
MOST = 5000
Proposed = Mapping[ReportId, tuple[Finding, ...]]


@record
class Attributor:
    """An attributor by its name: its function, or the sentence why it cannot be used."""

    name: str
    attribute: Attribute | None = None
    fault: str = ""


@cache
def list_attributors() -> tuple[Attributor, ...]:
    """Return the installed attributors in the order of their names."""
    return tuple(load_attributor(one) for one in sorted(entry_points(group=GROUP), key=lambda e: (e.name, e.value)))


def load_attributor(entry: EntryPoint) -> Attributor:
    """Load one attributor; whatever goes wrong in it becomes its fault and no crash."""
    try:
        attribute = entry.load()
    except Exception as error:  # somebody else's code may fail in any way
        return Attributor(name=entry.name, fault=f"cannot be loaded ({_say(error)})")
    if not callable(attribute):
        return Attributor(name=entry.name, fault="is no function")
    return Attributor(name=entry.name, attribute=attribute)


def choose_attributors(names: Sequence[str]) -> tuple[Attributor, ...]:
    """Return the installed attributors of these names. Raises InputError for one that is not installed."""
    known = {one.name: one for one in list_attributors()}
    for name in names:
        if name not in known:
            there = ", ".join(sorted(known)) or "none"
            raise InputError(f"there is no attributor '{name}'; installed: {there}")
    return tuple(known[name] for name in dict.fromkeys(names))


def propose_findings(
    reports: Sequence[Report], attributors: Sequence[Attributor]
) -> tuple[Proposed, tuple[Problem, ...]]:
    """Return what attributors propose for each report, checked word by word, and what went wrong or was dropped."""
    proposed: dict[ReportId, tuple[Finding, ...]] = {}
    problems: list[Problem] = []
    for report in reports:
        found: list[Finding] = []
        for one in attributors:
            placed, problem = _ask(one, report)
            found += _make_findings(report, placed)
            problems += [problem] if problem is not None else []
        proposed[report.id] = tuple(found)
    return proposed, tuple(problems)


def _ask(one: Attributor, report: Report) -> tuple[list[Placed], Problem | None]:
    """Return what one attributor proposes for one report and stands in it, and the problem there was."""
    remedy = "the report was read without it; remove or mend the attributor if this goes on"
    if one.attribute is None:
        return [], Problem(where=report.path, what=f"the attributor '{one.name}' {one.fault}", remedy=remedy)
    try:
        given = list(islice(one.attribute(report.text, report.language), MOST))
    except Exception as error:  # somebody else's code may fail in any way
        what = f"the attributor '{one.name}' failed ({_say(error)})"
        return [], Problem(where=report.path, what=what, remedy=remedy)
    placed = [_place(proposal, report) for proposal in given]
    dropped = sum(1 for p in placed if p is None)
    kept = list(dict.fromkeys(p for p in placed if p is not None))
    if not dropped:
        return kept, None
    what = f"the attributor '{one.name}' proposed {dropped} of {len(given)} attributions in words the report has not"
    return kept, Problem(where=report.path, what=what, remedy="these were dropped")


def _place(proposal: object, report: Report) -> Placed | None:
    """Return a proposal's place; None too for what is none, whoever made it."""
    if not isinstance(proposal, Proposal):
        return None
    try:
        return place_proposal(proposal, report.text, report.body)
    except (TypeError, AttributeError, ValueError):  # a proposal whose fields are not what they should be
        return None


def _say(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]


def _make_findings(report: Report, placed: Sequence[Placed]) -> list[Finding]:
    """Return proposals as findings; class, hedge and polarity come from our own lists, the chance is ours too."""
    if not placed:
        return []
    pack = load_pack(report.language or guess_language(report.text))
    sentences = [
        sentence
        for first, last in report.body
        for paragraph in split_paragraphs(report.text, first, last)
        for sentence in split_sentences(report.text, *paragraph)
    ]
    return [_make_finding(report.text, one, sentences, pack) for one in placed]


def _make_finding(text: str, one: Placed, sentences: Sequence[Stretch], pack: Pack) -> Finding:
    anchor = (one.cue or one.source or one.content[0])[0]
    at = _find_last(sentences, anchor)
    sentence = sentences[at] if sentences else one.content[0]
    cue = one.cue or (anchor, anchor)
    return Finding(
        sentence=sentence,
        source=one.source,
        head=one.source,
        cue=cue,
        entry=_find_entry(text[slice(*cue)], pack),
        content=one.content,
        rule="proposed",
        probability=CHANCE,
    )


def _find_last(sentences: Sequence[Stretch], at: int) -> int:
    """Return the number of the last sentence that begins at or before `at`, by halving."""
    low, high = 0, len(sentences)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if sentences[middle][0] <= at else (low, middle)
    return max(0, low - 1)


def _find_entry(words: str, pack: Pack) -> Cue:
    """Return our own entry for the words of saying; a plain "say" where we have none."""
    lows = words.lower().split()
    entries = (pack.verbs.get((low,)) or pack.nouns.get((low,)) for low in reversed(lows))
    return next((e for e in entries if e is not None), Cue(word=words.lower(), cue_class="say"))
