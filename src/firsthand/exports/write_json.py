"""How is JSON written so that it reads back the same, and a terminal that shows it obeys none of it?"""

from __future__ import annotations

import json
import re

# What JSON may hold as it is, and yet a terminal obeys, a line reader breaks at, or UTF-8 has no bytes for.
_ESCAPED = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def show_json(data: object) -> str:
    """Return plain data as JSON in readable characters, those that could do harm written as \\uXXXX."""
    words = json.dumps(data, ensure_ascii=False, indent=1)
    return _ESCAPED.sub(lambda sign: f"\\u{ord(sign[0]):04x}", words)
