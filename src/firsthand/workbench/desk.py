"""What does the case say at this moment, and is somebody else changing it?

The files of the case are the truth; what was worked out of them is kept until they change. Another window, an editor
or git may change them at any time, so that they are looked at again with every page.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from firsthand.case import load_case
from firsthand.case.knobs import map_knobs
from firsthand.case.load import read_case_reports
from firsthand.case.text import FILES
from firsthand.errors import CaseError, FirsthandError
from firsthand.model import Assessment, Case, Judgement, Knob, Problem, Report, Trace, record
from firsthand.pipeline import Found, assess_case, find_in_reports, trace_case
from firsthand.workbench.apart import Send, do_apart

T = TypeVar("T")
JUDGEMENTS = "judgements.jsonl"
OF_TRACE = ("attribution.", "lineage.")
"""What judgements about who said what, and who had it from whom, are about."""
BROKEN = "firsthand itself failed here; the terminal it runs in says where. The files of the case are as they were."
PATIENCE = 1.5
"""Seconds a page waits for what is being worked out, before it shows what was known before."""
MANY = 300
"""Reports beyond which the first look takes so long that a page tells of it instead of waiting."""


@record
class Look:
    """A case as its files stood at one `state`. `changing`: they have changed since, and that is being worked out.

    `case` is None where the folder holds none yet, `assessment` where nothing can be concluded; `mistake` says why,
    and `place` and `line` in which file. `lost`: judgements that stood in the case during this run and are gone from
    its file. `opening`: a large case is being looked at for the first time, and nothing is known of it yet.
    `found`: what the machine finds in the reports, judged by nobody.
    """

    state: str
    case: Case | None = None
    assessment: Assessment | None = None
    mistake: str = ""
    changing: bool = False
    place: str = ""
    line: int | None = None
    lost: tuple[Judgement, ...] = ()
    opening: bool = False
    found: Found = ((), ())


class Desk:
    """One case folder, and the last look at it. Safe to use from several threads."""

    def __init__(self, folder: str | Path, samples: int | None = None) -> None:
        self.folder = Path(folder)
        self.samples = samples
        self._writing = threading.RLock()
        self._ready = threading.Condition()
        self._look: Look | None = None
        self._wanted = ""
        self._seen: dict[Judgement, None] = {}
        self._working = False
        self._reports: tuple[str, tuple[tuple[Report, ...], tuple[Problem, ...]]] | None = None
        self._found: tuple[tuple[Report, ...], Found] | None = None
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
                if self._look is None and len(self._list_files(self.folder / "reports")) <= MANY:
                    self._ready.wait_for(lambda: self._look is not None)
                if self._look is None:
                    return Look(state="", changing=True, opening=True)
            assert self._look is not None
            return replace(self._look, changing=self._look.state != state, lost=self._find_lost(self._look))

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

    def list_strays(self) -> list[str]:
        """Return what the folder holds though it is no case, so that none can begin in it."""
        if not self.folder.exists() or (self.folder / "case.toml").is_file():
            return []
        return sorted(one.name for one in self.folder.iterdir()) if self.folder.is_dir() else [self.folder.name]

    def forget(self, lost: Iterable[Judgement]) -> None:
        """Take it that judgements were meant to go from the file of the case."""
        for one in lost:
            self._seen.pop(one, None)

    def _find_lost(self, look: Look) -> tuple[Judgement, ...]:
        if look.case is None:
            return ()
        told = set(look.case.judgements)
        return tuple(one for one in tuple(self._seen) if one not in told)

    def _list_files(self, path: Path) -> list[Path]:
        try:
            return sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path][: path.exists()]
        except OSError:
            return []

    def _work(self) -> None:
        """Look until the files rest; a fault nobody foresaw is told on the page, and goes on to the terminal."""
        again = True
        while again:
            with self._ready:
                state = self._wanted
            look = Look(state=state, mistake=BROKEN)
            try:
                look = self._take_look(state)
            finally:
                again = self._publish(look)

    def _publish(self, look: Look) -> bool:
        """Put a look before those who wait, and return whether the files have changed since it was begun."""
        with self._ready:
            self._look = look
            self._working = self._wanted != look.state and look.mistake != BROKEN
            self._ready.notify_all()
            return self._working

    def _take_look(self, state: str) -> Look:
        """Return what can be concluded from the files, or what stands against it."""
        if not (self.folder / "case.toml").is_file():
            return Look(state=state)
        case: Case | None = None
        try:
            case = self.read_case()
            self._seen |= dict.fromkeys(case.judgements)
            found, assessment = self._conclude(case)
            return Look(state=state, case=case, assessment=assessment, found=found)
        except FirsthandError as fault:
            place, line = (fault.where, fault.line) if isinstance(fault, CaseError) else ("", None)
            known = self._found if case is not None and self._found and self._found[0] == case.reports else None
            found = known[1] if known else ((), ())
            return Look(state=state, case=case, mistake=str(fault), place=place, line=line, found=found)

    def read_case(self) -> Case:
        """Return the case as its files stand now; its reports are read again only where they changed.

        Raises CaseError or InputError where it does not load.
        """
        reports, problems = self._read_reports()
        return replace(load_case(self.folder, reports=reports), problems=problems)

    def _conclude(self, case: Case) -> tuple[Found, Assessment | None]:
        """Return what was found in the reports, and what follows; what is known of either already is not done again.

        A large case is worked out in a process of its own: the pages stay quick, and the memory is given back.
        """
        bare = _strip_numbers(case)
        found = self._found[1] if self._found is not None and self._found[0] == case.reports else None
        trace = self._traced[1] if self._traced is not None and self._traced[0] == bare else None
        given = (case, found, trace, self.samples)
        done = do_apart(_send_concluded, *given) if len(case.reports) > MANY else conclude_case(*given)
        self._found, self._traced = (case.reports, done.found), (bare, done.trace)
        if done.fault is not None:
            raise done.fault
        return done.found, done.assessment

    def _read_reports(self) -> tuple[tuple[Report, ...], tuple[Problem, ...]]:
        state = self.find_state("reports")
        if self._reports is None or self._reports[0] != state:
            many = len(self._list_files(self.folder / "reports")) > MANY
            read = do_apart(_send_reports, self.folder) if many else read_case_reports(self.folder)
            self._reports = state, read
        return self._reports[1]


class Concluded(NamedTuple):
    """What was found in the reports of a case, who said what, and the assessment, or why there is none."""

    found: Found
    trace: Trace
    assessment: Assessment | None = None
    fault: FirsthandError | None = None


def conclude_case(
    case: Case, found: Found | None = None, trace: Trace | None = None, samples: int | None = None
) -> Concluded:
    """Return what follows from a case, with what is known of it already."""
    found = found or find_in_reports(case.reports)
    trace = trace or trace_case(case, found)
    try:
        return Concluded(found, trace, assess_case(case, samples=samples, trace=trace))
    except FirsthandError as fault:
        return Concluded(found, trace, fault=fault)


def _send_concluded(send: Send, *given: Any) -> None:
    send(("result", conclude_case(*given)))


def _send_reports(send: Send, folder: Path) -> None:
    send(("result", read_case_reports(folder)))


def _strip_numbers(case: Case) -> Case:
    """Return what a trace hangs on: a number that was judged anew moves none of it, unless it is that of a copy."""
    told = tuple(one for one in case.judgements if one.about.startswith(OF_TRACE))
    return map_knobs(replace(case, judgements=told, knob_questions={}), _blank)


def _blank(knob: Knob) -> Knob:
    return knob if knob.id.endswith(".copy") else replace(knob, low=0.5, value=0.5, high=0.5)
