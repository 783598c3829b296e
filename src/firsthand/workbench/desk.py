"""What does the case say at this moment, and is somebody else changing it?

The files of the case are the truth; what was worked out of them is kept until they change. Another window, an editor
or git may change them at any time, so that they are looked at again with every page.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from firsthand.case import load_case
from firsthand.case.knobs import map_knobs
from firsthand.case.load import read_case_reports
from firsthand.case.text import FILES
from firsthand.errors import FirsthandError
from firsthand.model import Assessment, Case, Knob, Problem, Report, Trace, record
from firsthand.pipeline import assess_case, trace_case

T = TypeVar("T")
JUDGEMENTS = "judgements.jsonl"
OF_TRACE = ("attribution.", "lineage.")
"""What judgements about who said what, and who had it from whom, are about."""
PATIENCE = 1.5
"""Seconds a page waits for what is being worked out, before it shows what was known before."""


@record
class Look:
    """A case as its files stood at one `state`. `changing`: they have changed since, and that is being worked out.

    `case` is None where the folder holds none yet, `assessment` where nothing can be concluded; `mistake` says why.
    """

    state: str
    case: Case | None = None
    assessment: Assessment | None = None
    mistake: str = ""
    changing: bool = False


class Desk:
    """One case folder, and the last look at it. Safe to use from several threads."""

    def __init__(self, folder: str | Path, samples: int | None = None) -> None:
        self.folder = Path(folder)
        self.samples = samples
        self._writing = threading.RLock()
        self._ready = threading.Condition()
        self._look: Look | None = None
        self._wanted = ""
        self._working = False
        self._reports: tuple[str, tuple[tuple[Report, ...], tuple[Problem, ...]]] | None = None
        self._traced: tuple[Case, Trace] | None = None

    def look(self, wait: float = PATIENCE) -> Look:
        """Return the case as its files stand; the last look, marked `changing`, where `wait` seconds do not do.

        The first look is waited for.
        """
        state = self.find_state()
        with self._ready:
            if self._look is None or self._look.state != state:
                self._wanted = state
                if not self._working:
                    self._working = True
                    threading.Thread(target=self._work, daemon=True).start()
                self._ready.wait_for(lambda: self._look is not None and self._look.state == state, wait)
                if self._look is None:
                    self._ready.wait_for(lambda: self._look is not None)
            assert self._look is not None
            return self._look if self._look.state == state else replace(self._look, changing=True)

    def find_state(self, *names: str) -> str:
        """Return a digest of the files of the case, or of some of them, by their size and time of change."""
        told = hashlib.sha256()
        for name in names or (*FILES, JUDGEMENTS, "reports"):
            for path in self._list_files(self.folder / name):
                seen = path.stat()
                told.update(f"{path.name}\0{seen.st_size}\0{seen.st_mtime_ns}\n".encode())
        return told.hexdigest()[:20]

    def write(self, act: Callable[[], T]) -> T:
        """Do one change of the case's files while no other is done from this workbench."""
        with self._writing:
            return act()

    def _list_files(self, path: Path) -> list[Path]:
        try:
            return sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path][: path.exists()]
        except OSError:
            return []

    def _work(self) -> None:
        while True:
            with self._ready:
                state = self._wanted
            look = self._take_look(state)
            with self._ready:
                self._look = look
                self._ready.notify_all()
                if self._wanted == state:
                    self._working = False
                    return

    def _take_look(self, state: str) -> Look:
        """Return what can be concluded from the files; a fault of any kind is shown, never lost with its thread."""
        if not (self.folder / "case.toml").is_file():
            return Look(state=state)
        case: Case | None = None
        try:
            reports, problems = self._read_reports()
            case = replace(load_case(self.folder, reports=reports), problems=problems)
            return Look(
                state=state, case=case, assessment=assess_case(case, samples=self.samples, trace=self._trace(case))
            )
        except FirsthandError as fault:
            return Look(state=state, case=case, mistake=str(fault))

    def _read_reports(self) -> tuple[tuple[Report, ...], tuple[Problem, ...]]:
        state = self.find_state("reports")
        if self._reports is None or self._reports[0] != state:
            self._reports = state, read_case_reports(self.folder)
        return self._reports[1]

    def _trace(self, case: Case) -> Trace:
        """Return who said what; a number that was judged anew moves none of it, unless it is the chance of a copy."""
        told = tuple(one for one in case.judgements if one.about.startswith(OF_TRACE))
        bare = map_knobs(replace(case, judgements=told, knob_questions={}), _blank)
        if self._traced is None or self._traced[0] != bare:
            self._traced = bare, trace_case(case)
        return self._traced[1]


def _blank(knob: Knob) -> Knob:
    return knob if knob.id.endswith(".copy") else replace(knob, low=0.5, value=0.5, high=0.5)
