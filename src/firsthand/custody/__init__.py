"""Can we prove what was read: kept as it came, entered when it came, and unchanged since?

What comes into a case is kept in `custody/*.warc.gz` and entered in `custody/log.jsonl`, whose entries chain by hash.
After the Berkeley Protocol (2022), which asks who collected what, when, from where and with which tool.
"""

from firsthand.custody.bundle import Bundle, write_bundle
from firsthand.custody.capture import Response, enter_reports, record_capture
from firsthand.custody.check import Summary, check_custody, summarize_custody
from firsthand.custody.custodian import Custodian, read_custodian

__all__ = [
    "Bundle",
    "Custodian",
    "Response",
    "Summary",
    "check_custody",
    "enter_reports",
    "read_custodian",
    "record_capture",
    "summarize_custody",
    "write_bundle",
]
