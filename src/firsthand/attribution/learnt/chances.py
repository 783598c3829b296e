"""How likely is it that a finding is right?

A logistic model over a few numbers: the rule, the field's chances for cue, source and content, the cue's class, length,
quotation. Its weights are fitted on held-out folds of the training text, so that the chances can be believed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import field, replace

from firsthand.attribution.grammar.hits import Finding
from firsthand.model import record

ALMOST = 0.001
MODEL = "model"


@record
class Weights:
    """The weights of the logistic model by name; findings less likely than `least` are not kept at all.

    `settled` holds those of the second model, by which chances are settled once the page is read; `idle` the triggers
    that opened nothing in the training text, which are not worth the time where no rule speaks for them.
    """

    values: Mapping[str, float]
    least: float
    settled: Mapping[str, float] = field(default_factory=dict)
    idle: frozenset[str] = frozenset()


def weigh_finding(finding: Finding, weights: Weights) -> Finding:
    """Return a finding with the probability that its content and its source are right."""
    return replace(finding, probability=add_up(describe_finding(finding), weights.values))


def add_up(numbers: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the chance that numbers make by their weights; a number without a weight counts for nothing."""
    total = sum(weights.get(name, 0.0) * value for name, value in numbers.items())
    return round(1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total)))), 4)


def describe_finding(finding: Finding) -> dict[str, float]:
    """Return the numbers a finding is weighed by, by name."""
    clues = finding.clues
    size = sum(e - s for s, e in finding.content)
    ruled = MODEL if finding.rule == MODEL else "rule"
    numbers = {
        "one": 1.0,
        f"rule {finding.rule}": 1.0,
        f"class {finding.entry.cue_class}": 1.0,
        "direct": float(finding.direct),
        "pieces": float(len(finding.content) > 1),
        "length": math.log(max(size, 1)) - 4.0,
        "no source": float(finding.source is None),
        "short source": float(finding.source is not None and finding.source[1] - finding.source[0] <= 4),
    }
    if clues is None:
        return numbers | {"no clues": 1.0}
    return numbers | {
        f"cue {ruled}": tell_odds(clues.cue),
        "content": tell_odds(clues.content),
        "source": tell_odds(clues.source),
        "product": clues.cue * clues.content * clues.source,
        "mixed": float(clues.mixed),
    }


def tell_odds(chance: float) -> float:
    """Return the log odds of a chance, within bounds."""
    chance = min(max(chance, ALMOST), 1.0 - ALMOST)
    return math.log(chance / (1.0 - chance))
