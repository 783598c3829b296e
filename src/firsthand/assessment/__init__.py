"""How do we say it: what is likely, on whose word, and how good is the basis?"""

from firsthand.assessment.confidence import Basis, judge_confidence
from firsthand.assessment.explanation import explain_number, list_ids
from firsthand.assessment.standards import apply_standards
from firsthand.assessment.summary import write_summary

__all__ = ["Basis", "apply_standards", "explain_number", "judge_confidence", "list_ids", "write_summary"]
