"""Who knows this first hand?

Give firsthand a pile of reports about an event and it answers, in order:

0  What was published?                    `reading`
1  Who really said what?                  `attribution`, `claims`
2  How many voices, not echoes?           `origins`
3  What is each source worth?             `sources`
4  Which explanation fits?                `hypotheses`
5  What should be there, and is not?      `silence`
6  Is the statement theirs?               `authenticity`
7  And if it is true?                     `impact`
8  What would change our mind?            `sensitivity`
9  How do we say it, and show it?         `assessment`, `views`

`trace_paths` needs only a pile; `assess_folder` needs a case, which is a folder of text.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from firsthand.case import (
        add_reports,
        check_case,
        draft_case,
        load_case,
        new_case,
        turn_knobs,
    )
    from firsthand.commands import assess_folder, explain_id, trace_paths, try_moves
    from firsthand.errors import FirsthandError
    from firsthand.exports import describe_assessment, describe_trace
    from firsthand.pipeline import assess_case, trace_reports
    from firsthand.views.write import write_assessment

_HOMES = {
    "FirsthandError": "errors",
    "add_reports": "case",
    "assess_case": "pipeline",
    "assess_folder": "commands",
    "check_case": "case",
    "describe_assessment": "exports",
    "describe_trace": "exports",
    "draft_case": "case",
    "explain_id": "commands",
    "load_case": "case",
    "new_case": "case",
    "trace_paths": "commands",
    "trace_reports": "pipeline",
    "try_moves": "commands",
    "turn_knobs": "case",
    "write_assessment": "views.write",
}
__all__ = [
    "FirsthandError",
    "add_reports",
    "assess_case",
    "assess_folder",
    "check_case",
    "describe_assessment",
    "describe_trace",
    "draft_case",
    "explain_id",
    "load_case",
    "new_case",
    "trace_paths",
    "trace_reports",
    "try_moves",
    "turn_knobs",
    "write_assessment",
]


def __getattr__(name: str) -> object:
    """Load a public name where it is first used, so that importing firsthand costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'firsthand' has no attribute {name!r}")
    return getattr(import_module(f"firsthand.{_HOMES[name]}"), name)
