"""What can go wrong, and what should the user do about it?

FirsthandError
├── InputError          a path, report or format that cannot be read
│   └── FetchError      an address on the web that does not give what was asked for
│       └── Refused     an address that is never asked
├── CaseError           a case folder says something that cannot be meant
│   └── UnknownName     a key or name that does not exist; carries the nearest ones
└── ModelError          the evidence or the knobs cannot be computed with
    ├── Contradiction   the evidence is impossible under every hypothesis
    └── TooCostly       exact inference would not fit; says what to split
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class FirsthandError(Exception):
    """A mistake a user can mend: one sentence that says what, where and what to do. Exit code 2, never a traceback."""


class InputError(FirsthandError):
    """Something given to be read cannot be read."""


class FetchError(InputError):
    """An address on the web does not give what was asked for."""


class Refused(FetchError):
    """An address on the web is never asked: it leads where a reader of public pages has no business."""


class CaseError(FirsthandError):
    """A case folder says something that cannot be meant.

    `where` is the file inside the case, `line` the 1-based line where one is known.
    """

    def __init__(self, what: str, where: str = "", line: int | None = None) -> None:
        place = f"{where}, line {line}: " if where and line else f"{where}: " if where else ""
        super().__init__(f"{place}{what}")
        self.what, self.where, self.line = what, where, line


class UnknownName(CaseError):
    """A key or a name that does not exist."""


class ModelError(FirsthandError):
    """The numbers given cannot be computed with."""


class Contradiction(ModelError):
    """The evidence is impossible under every hypothesis."""


class TooCostly(ModelError):
    """Exact inference would not fit in memory."""


def suggest(name: str, known: Iterable[str]) -> str:
    """Return "; did you mean 'x'?" for the known name nearest to `name`, or an empty string."""
    near = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"; did you mean '{near[0]}'?" if near else ""
