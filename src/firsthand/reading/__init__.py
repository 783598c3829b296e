"""What was published?

`read_reports` turns files and folders into reports, and what could not be read into problems.
"""

from firsthand.reading.read import read_report, read_reports

__all__ = ["read_report", "read_reports"]
