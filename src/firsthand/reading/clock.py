"""At what time of day, and in which zone?"""

from __future__ import annotations

import re
from datetime import timedelta

from firsthand.reading.lists import load_table

CLOCK = re.compile(
    r"(?<![\d.])(?P<hour>2[0-4]|[01]?\d)(?!\d)(?:[:.h](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?)?"
    r"\s*(?P<half>[ap]\.?m\b\.?)?(?P<uhr>\s*(?:Uhr|h)\b)?",
    re.IGNORECASE,
)
# Without a mark only right after the date, whose place is a line break.
BARE_CLOCK = re.compile(r"\n[\s,T]*(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?![\d/.-])")
OFFSET = re.compile(r"(?P<sign>[+-])(?P<hours>\d{2}):?(?P<minutes>\d{2})\b")
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


def find_clock(words: str) -> tuple[timedelta, timedelta] | None:
    """Find a time of day: how long after midnight, and how wide (a second, a minute or an hour); None without one."""
    words = OFFSET.sub(" ", words)
    for match in CLOCK.finditer(words):
        if match["minute"] or match["half"] or match["uhr"]:
            hour = int(match["hour"])
            if match["half"]:
                hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
            time = timedelta(hours=hour, minutes=int(match["minute"] or 0), seconds=int(match["second"] or 0))
            return time, SECOND if match["second"] else MINUTE if match["minute"] else HOUR
    bare = BARE_CLOCK.search(words)
    return (timedelta(hours=int(bare["hour"]), minutes=int(bare["minute"])), MINUTE) if bare else None


def find_offset(words: str) -> timedelta:
    """Return how far the zone that `words` name is ahead of universal time; 0 where they name none."""
    match = OFFSET.search(words)
    if match:
        size = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"]))
        return size if match["sign"] == "+" else -size
    zones = load_table("dates.toml", "zones")
    for word in re.findall(r"(?<![A-Za-z])[A-Z]{1,4}(?![A-Za-z])", words):
        if word.lower() in zones:
            return timedelta(minutes=zones[word.lower()])
    return timedelta()
