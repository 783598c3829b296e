"""What does the reader ask about an attribution, and how did the machine come to it?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from firsthand.model import Attribution, ContentKind, Report, SourceId, SourceKind
from firsthand.probability import find_word, show_percent
from firsthand.views.wording import capitalise
from firsthand.workbench.marks import Mark

SPEECH = {
    ContentKind.DIRECT: "quoted words",
    ContentKind.MIXED: "words partly quoted",
    ContentKind.INDIRECT: "indirect speech",
}
STRONG, WEAK = 0.35, 0.0


class Step(NamedTuple):
    """One step of the way the words came: who, and whether he is the one they begin with, or nobody is named."""

    name: str
    kind: str


def ask_mark(mark: Mark, report: Report, names: Mapping[SourceId, str]) -> str:
    """Return the question that accepting an attribution answers with yes."""
    shown = mark.shown
    outlet = _name_outlet(report)
    source = _name_within(_name_source(shown, names))
    verb = "deny" if shown.polarity < 0 else "say"
    if shown.source_kind is SourceKind.UNNAMED and not shown.source_mention.text and mark.status != "added":
        return f"Does {outlet} give this without saying who said it?"
    if len(shown.chain) == 1:
        return f"Does {outlet} itself {verb} this?"
    relays = [names.get(one, str(one)) for one in shown.chain[1:-1]]
    through = f"{outlet}, by way of {' and '.join(relays)}," if relays else outlet
    if shown.content_kind is ContentKind.DIRECT:
        return f"Does {through} give these as the words of {source}?"
    return f"Does {through} have it that {source} {'denied' if verb == 'deny' else 'said'} this?"


def tell_machine(mark: Mark) -> str:
    """Return how the machine read it, and how sure it is: "indirect speech, “told”, unhedged; very likely, 91 %"."""
    one = mark.machine
    if one is None:
        return "The machine found nothing here."
    parts = [SPEECH[one.content_kind]]
    parts += [f"“{' '.join(one.cue.text.split())}”"] if one.cue.text else []
    parts += [name_hedge(one.hedge)] + (["denied"] if one.polarity < 0 else [])
    chance = f"{find_word(one.probability)}, {show_percent(one.probability)}"
    why = one.reason.sentence
    return f"Machine: {', '.join(parts)}. {why} Suggested: {chance}."


def name_hedge(hedge: float) -> str:
    """Return how much words are weakened, in a word."""
    return "unhedged" if hedge <= WEAK else "weakly hedged" if hedge < STRONG else "strongly hedged"


def tell_chain(mark: Mark, report: Report, names: Mapping[SourceId, str]) -> list[Step]:
    """Return the way the words came, from the report to the one they begin with, and from whom he has them."""
    shown = mark.shown
    steps = [Step(_name_outlet(report), "report")]
    steps += [Step(names.get(one, str(one)), "relay") for one in shown.chain[1:-1]]
    if len(shown.chain) > 1:
        steps.append(Step(_name_source(shown, names), "origin"))
    else:
        steps[0] = Step(steps[0].name, "origin")
    return [*steps, Step(shown.access.strip() or "whom? not stated", "access" if shown.access.strip() else "unknown")]


def _name_outlet(report: Report) -> str:
    return report.publisher or report.title or report.path


def _name_within(name: str) -> str:
    """Return a name as it stands within a sentence: "Unnamed official" begins with a small letter there."""
    first, _, rest = name.partition(" ")
    return f"{first.lower()} {rest}" if rest and first in ("Unnamed", "The", "A", "An", "One", "Two") else name


def _name_source(shown: Attribution, names: Mapping[SourceId, str]) -> str:
    return names.get(shown.source) or capitalise(shown.source_mention.text) or "somebody who is not named"
