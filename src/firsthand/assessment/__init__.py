"""How do we say it: what is likely, on whose word, and how good is the basis?"""

from firsthand.assessment.ach import mark_matrix
from firsthand.assessment.confidence import Basis, judge_confidence
from firsthand.assessment.explanation import explain_number, list_ids
from firsthand.assessment.standards import apply_standards
from firsthand.assessment.summary import write_summary
from firsthand.assessment.weaknesses import Turned, find_weaknesses

__all__ = [
    "Basis",
    "Turned",
    "apply_standards",
    "explain_number",
    "find_weaknesses",
    "judge_confidence",
    "list_ids",
    "mark_matrix",
    "write_summary",
]
