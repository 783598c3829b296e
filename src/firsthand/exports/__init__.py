"""How does what was found leave firsthand in a form that other programs read?"""

from firsthand.exports.ach_csv import write_ach_decibans, write_ach_marks
from firsthand.exports.assessment_json import describe_assessment
from firsthand.exports.moves_json import describe_custody, describe_explanation, describe_findings, describe_what_if
from firsthand.exports.trace_json import describe_trace
from firsthand.exports.write_json import show_json

__all__ = [
    "describe_assessment",
    "describe_custody",
    "describe_explanation",
    "describe_findings",
    "describe_trace",
    "describe_what_if",
    "show_json",
    "write_ach_decibans",
    "write_ach_marks",
]
