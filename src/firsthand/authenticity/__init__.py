"""Is the statement theirs? Style, format, channel and confirmation, each a likelihood ratio."""

from firsthand.authenticity.statements import check_statement, weigh_statements

__all__ = ["check_statement", "weigh_statements"]
