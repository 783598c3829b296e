"""How does what was found leave firsthand in a form that other programs read?"""

from firsthand.exports.assessment_json import describe_assessment
from firsthand.exports.moves_json import describe_explanation, describe_findings, describe_what_if
from firsthand.exports.trace_json import describe_trace

__all__ = [
    "describe_assessment",
    "describe_explanation",
    "describe_findings",
    "describe_trace",
    "describe_what_if",
]
