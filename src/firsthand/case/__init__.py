"""What does a case folder say, and does every quotation in it stand in its report?

A case is a folder of text: `case.toml` (required), `sources.toml`, `claims.toml`, `expectations.toml`,
`judgements.jsonl` and `reports/`. The keys of each file are those of its JSON Schema in `firsthand/schemas/`.
A quantity is a number, `[low, high]`, `[low, value, high]` or a word of probability.
"""

from firsthand.case.ach import new_case_from_matrix
from firsthand.case.check import check_case
from firsthand.case.draft import draft_case
from firsthand.case.folder import add_reports, new_case
from firsthand.case.judgements import apply_judgements, list_decidable, read_judgements, record_judgement
from firsthand.case.knobs import ask_knobs, find_knob, list_knobs, turn_knobs
from firsthand.case.limit import limit_case
from firsthand.case.load import load_case

__all__ = [
    "add_reports",
    "apply_judgements",
    "ask_knobs",
    "check_case",
    "draft_case",
    "find_knob",
    "limit_case",
    "list_decidable",
    "list_knobs",
    "load_case",
    "new_case",
    "new_case_from_matrix",
    "read_judgements",
    "record_judgement",
    "turn_knobs",
]
