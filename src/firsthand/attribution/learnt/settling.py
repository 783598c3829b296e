"""How likely is it that a finding is right, once the whole page has been read?

On a page that is full of what people said, a doubtful finding is more often right than on one that says little of the
kind; what a rule has read clearly is right on either, and one inside another's words less often. A logistic model over
these numbers, fitted on folds its field has not seen, makes the chances believable on pages of either sort.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import log

from firsthand.attribution.cues import load_pack
from firsthand.attribution.grammar.hits import Finding, Stretch
from firsthand.attribution.learnt.chances import MODEL, Weights, add_up, tell_odds

SPOKEN = frozenset({"say", "tell", "write", "report", "according", "ask", "deny", "noun"})
PLAINLY = frozenset(
    {
        "quoted",
        "quoted before",
        "that clause",
        "clause before",
        "bare clause",
        "question",
        "according",
        "as",
        "noun",
        "quoted as saying",
    }
)
FEW, SHORT, FLOOR = 0.5, 30, -0.2
USUAL, LENGTH = 0.5, 5.0


def settle_findings(found: Sequence[Finding], text: str, body: Sequence[Stretch], weights: Weights) -> list[Finding]:
    """Return the findings of a report, each with its chance in view of all; as they are where no weights are known.

    What the field alone found is left out where that chance is too small.
    """
    if not weights.settled:
        return list(found)
    rows = describe_settling(found, text, body)
    settled = [replace(one, probability=add_up(row, weights.settled)) for one, row in zip(found, rows, strict=True)]
    return [one for one in settled if one.rule != MODEL or one.probability >= weights.least]


def describe_settling(found: Sequence[Finding], text: str, body: Sequence[Stretch]) -> list[dict[str, float]]:
    """Return for each finding of a report the numbers by which its chance is settled, by name."""
    words = sum(len(text[start:end].split()) for start, end in body)
    density = log(100 * (sum(one.probability for one in found) + FEW) / (words + SHORT)) - USUAL
    return [_describe_one(one, text, density) for one in found]


def _describe_one(finding: Finding, text: str, density: float) -> dict[str, float]:
    clear, form = is_clear(finding), _tell_form(finding, text)
    told = {
        "one": 1.0,
        "chance": tell_odds(finding.probability),
        f"rule {finding.rule}": 1.0,
        f"source {form}": 1.0,
        "clear": float(clear),
        "density clear" if clear else "density": max(density, FLOOR) if clear else density,
        "inside": float(finding.inside is not None),
        "sentence": log(finding.sentence[1] - finding.sentence[0] + 1) - LENGTH,
    }
    if finding.nested:
        told |= {"nested": 1.0, f"nested {finding.entry.cue_class}": 1.0, f"nested {form}": 1.0}
    return told


def is_clear(finding: Finding) -> bool:
    """Say whether a rule has read who said what, all three expressed: such words need no page full of others' words."""
    spoken = finding.entry.cue_class in SPOKEN and finding.rule in PLAINLY
    return spoken and finding.source is not None and not finding.nested


def _tell_form(finding: Finding, text: str) -> str:
    """Say whether a source is a name, a noun with a name in it ("the mayor of Varn"), a plain noun, a pronoun, none."""
    if finding.source is None:
        return "none"
    words = text[slice(*finding.source)].split()
    small = load_pack("en").small
    first = words[0].lower()
    if len(words) == 1 and first in small["pronouns"]:
        return "pronoun"
    opens = first in small["determiners"] or (len(words) > 1 and finding.source[0] <= finding.sentence[0] + 1)
    named = [word for word in words[opens:] if word[0].isupper()]
    if not named:
        return "plain"
    return "name" if words[0][0].isupper() and first not in small["determiners"] else "noun"
