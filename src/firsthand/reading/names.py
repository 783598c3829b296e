"""What may a file name or an address be called in what we show?"""

from __future__ import annotations

import os
from urllib.parse import urlsplit


def show_path(path: str) -> str:
    """Return a path as text that can be written anywhere: bytes that are no UTF-8 become replacement marks."""
    return os.fsencode(path).decode("utf-8", "replace")


def find_host(url: str) -> str:
    """Return the host of an address without "www.", or an empty string where there is none."""
    try:
        host = urlsplit(url.strip()).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")
