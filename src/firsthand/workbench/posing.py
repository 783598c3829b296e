"""Which five questions about sources matter most, for the case as it stands?"""

from __future__ import annotations

import threading
from weakref import WeakKeyDictionary

from firsthand.asking import Posed, pose_questions
from firsthand.model import Case
from firsthand.workbench.desk import Desk, Look

PATIENCE = 1.0
"""Seconds a page waits for them; in a case of many sources they take longer, and the page says so."""


class Poser:
    """The questions for the last state of a case, worked out beside the pages."""

    def __init__(self) -> None:
        self._ready = threading.Condition()
        self._state = ""
        self._posed: tuple[Posed, ...] | None = None

    def pose(self, look: Look) -> tuple[Posed, ...] | None:
        """Return the questions for a look that has an assessment; None while they are being worked out."""
        assert look.assessment is not None
        with self._ready:
            if self._state != look.state:
                self._state, self._posed = look.state, None
                told = look.state, look.assessment.case
                threading.Thread(target=self._work, args=told, daemon=True).start()
            self._ready.wait_for(lambda: self._posed is not None, PATIENCE)
            return self._posed

    def _work(self, state: str, case: Case) -> None:
        posed: tuple[Posed, ...] = ()
        try:
            posed = pose_questions(case)
        finally:
            with self._ready:
                if self._state == state:
                    self._posed = posed
                    self._ready.notify_all()


_POSERS: WeakKeyDictionary[Desk, Poser] = WeakKeyDictionary()


def find_poser(desk: Desk) -> Poser:
    """Return who poses the questions for a desk."""
    return _POSERS.setdefault(desk, Poser())
