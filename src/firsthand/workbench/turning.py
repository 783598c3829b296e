"""What would the verdict be, were some numbers different and some evidence left out?

The case is calibrated once for each state of its files; then one number is turned in about a millisecond. What takes
longer (each step of the evidence, the intervals) is asked for once the hand rests.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from weakref import WeakKeyDictionary

from firsthand.case import turn_knobs
from firsthand.case.knobs import list_knobs
from firsthand.commands import open_what_if
from firsthand.errors import CaseError, ModelError, TooCostly
from firsthand.model import Assessment, Case, EvidenceId, EvidenceKind, Knob, KnobId, record
from firsthand.pipeline import compare_steps
from firsthand.views.wording import find_asked
from firsthand.workbench.desk import Desk, Look
from firsthand.workbench.telling import tell_assessment

APART = ("scenario.", "question.")
"""Numbers that by construction move no explanation."""
PRIOR = "hypothesis."
SWEEPING = 1.0
"""Seconds that may go into finding which numbers matter most before the page opens."""
RESTING = 0.8
"""Seconds that the intervals may take once the hand rests."""
FEWEST, TRIAL = 100, 50
NEARLY_NONE = 1e-9
AT_ONCE = 0.06
"""Seconds under which the steps are worked out with every move of the finger."""
KEPT = 24


@record
class Setting:
    """Numbers as turned, as chances, and the evidence left out; empty is as assessed."""

    turns: tuple[tuple[KnobId, float], ...] = ()
    without: tuple[EvidenceId, ...] = ()

    @property
    def moves(self) -> int:
        """How many numbers or pieces of evidence are moved."""
        return len(self.turns) + len(self.without)


class Turner:
    """One case ready to be turned. Safe to use from several threads; answers that were given are remembered."""

    def __init__(self, case: Case, assessed: Assessment) -> None:
        self.case, self.assessed = case, assessed
        self.knobs: dict[str, Knob] = {k.id: k for k in list_knobs(case) if not k.id.startswith(APART)}
        live = [one for one in assessed.contributions if one.kind != EvidenceKind.ECHO]
        self.evidence: dict[str, str] = {one.evidence: one.title for one in live}
        self.addresses = _find_addresses(assessed)
        self._turning = open_what_if(case)
        self._lock = threading.Lock()
        self._known: dict[tuple[Setting, str], Assessment] = {}
        self._draws, self._step_seconds = -1, self._time_steps()
        self.swings = self._sweep() if self._turning.calibrated is not None else {}

    def find_verdict(self, setting: Setting) -> Assessment:
        """Return the assessment with every explanation as it would be; its steps too where they take no time."""
        if self._step_seconds < AT_ONCE:
            return self.follow(setting)
        return self._remember(setting, "verdict", self._find_verdict)

    def follow(self, setting: Setting) -> Assessment:
        """Return the assessment with explanations, steps and what the word hangs on, without intervals."""
        return self._remember(setting, "steps", self._follow)

    def draw(self, setting: Setting) -> Assessment:
        """Return the same with intervals, as many draws as there is time for while the hand rests."""
        return self._remember(setting, "full", self._draw)

    def _remember(self, setting: Setting, depth: str, work_out: Callable[[Setting], Assessment]) -> Assessment:
        if not setting.moves:
            return self.assessed
        with self._lock:
            known = self._known.get((setting, depth))
        if known is None:
            _check_priors(setting)
            known = work_out(setting)
        with self._lock:
            self._known.pop((setting, depth), None)
            self._known[setting, depth] = known
            while len(self._known) > KEPT:
                del self._known[next(iter(self._known))]
        return known

    def _find_verdict(self, setting: Setting) -> Assessment:
        posteriors = self._turning.verdict(dict(setting.turns), setting.without)
        return replace(self.assessed, posteriors=posteriors, contributions=(), flips=())

    def _follow(self, setting: Setting) -> Assessment:
        moved = self._turning.full(dict(setting.turns), setting.without)
        return replace(self.assessed, posteriors=moved.posteriors, contributions=moved.contributions, flips=moved.flips)

    def _draw(self, setting: Setting) -> Assessment:
        steps = self.follow(setting)
        case, draws = turn_knobs(self.case, dict(setting.turns)), self._count_draws()
        if not draws:
            return steps
        posteriors, contributions = compare_steps(case, samples=draws, without=frozenset(setting.without))
        return replace(steps, posteriors=posteriors, contributions=contributions)

    def _time_steps(self) -> float:
        if self.assessed.withheld:
            return math.inf
        begun = time.perf_counter()
        self._turning.full()
        return time.perf_counter() - begun

    def _count_draws(self) -> int:
        """Return how many draws can be had while the hand rests: as many as the case asks for, or none."""
        if self._draws < 0:
            begun = time.perf_counter()
            try:
                compare_steps(self.case, samples=min(TRIAL, self.case.samples))
                each = (time.perf_counter() - begun) / TRIAL
                allowed = min(self.case.samples, int(RESTING / each))
            except TooCostly:
                allowed = 0
            self._draws = allowed if allowed >= FEWEST else 0
        return self._draws

    def _sweep(self) -> Mapping[str, float]:
        """Return how far each number carries the verdict inside its range, for as many as there is time."""
        swings: dict[str, float] = {}
        until = time.perf_counter() + SWEEPING
        for name, knob in self.knobs.items():
            if time.perf_counter() > until:
                break
            if knob.low < knob.high:
                ends = (max(knob.low, NEARLY_NONE), min(knob.high, 1 - NEARLY_NONE))
                chances = [self._ask_chance(KnobId(name), end) for end in ends]
                swings[name] = abs(chances[1] - chances[0])
        return swings

    def _ask_chance(self, name: KnobId, value: float) -> float:
        try:
            return find_asked(self.case, self._turning.verdict({name: value})).probability
        except ModelError:
            return 0.0


def _check_priors(setting: Setting) -> None:
    """Raise CaseError where explanations turned by hand leave nothing to share."""
    priors = sum(chance for name, chance in setting.turns if name.startswith(PRIOR))
    if priors > 1 + 1e-9:
        raise CaseError(f"the explanations turned would add up to {100 * priors:.0f}\u00a0% before any report")


def _find_addresses(assessment: Assessment) -> dict[str, str]:
    """Return where the sentences behind each piece of evidence are read."""
    bases, prefix = tell_assessment(assessment)["bases"], "evidence:"
    found = {key.removeprefix(prefix): one.number for key, one in bases.items() if key.startswith(prefix)}
    return {name: f"/hypotheses#rests-{number}" for name, number in found.items()}


class Turners:
    """The turner of the last look, made once for each state of the case."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: tuple[str, Turner] | None = None

    def find(self, look: Look) -> Turner:
        """Return the turner for a look that has an assessment."""
        assert look.assessment is not None
        with self._lock:
            if self._found is None or self._found[0] != look.state:
                self._found = look.state, Turner(look.assessment.case, look.assessment)
            return self._found[1]


_TURNERS: WeakKeyDictionary[Desk, Turners] = WeakKeyDictionary()


def find_turner(desk: Desk, look: Look) -> Turner:
    """Return what turns the case of a desk as it stood at a look."""
    return _TURNERS.setdefault(desk, Turners()).find(look)
