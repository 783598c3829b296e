"""Does a site ask robots to keep off a page?

Source: RFC 9309, with "Crawl-delay" as many sites and robots use it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from firsthand.model import record

TOKEN = "firsthand"  # noqa: S105 (the name robots.txt files know us by)
LARGEST = 512 * 1024
UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
ESCAPED = re.compile(r"%([0-9A-Fa-f]{2})")


@record
class Robots:
    """What a site's robots.txt says to us: (allowed, path pattern) pairs, and the seconds to leave between pages."""

    rules: tuple[tuple[bool, str], ...] = ()
    delay: float = 0.0

    def allows(self, target: str) -> bool:
        """Say whether a path with its query may be fetched: the longest pattern that fits decides, a tie allows."""
        target = _normalise(target)
        fitting = [(len(pattern), allowed) for allowed, pattern in self.rules if _fits(pattern, target)]
        return max(fitting)[1] if fitting else True


ALLOW_ALL = Robots()


def read_robots(text: str) -> Robots:
    """Read a robots.txt: the groups that name us, or else those for everybody."""
    ours, everybody = list[tuple[str, str]](), list[tuple[str, str]]()
    named = False
    for agents, lines in _split_groups(text):
        if TOKEN in agents:
            named = True
            ours += lines
        if "*" in agents:
            everybody += lines
    lines = ours if named else everybody
    rules = tuple((field == "allow", _normalise(value)) for field, value in lines if field != "crawl-delay" and value)
    return Robots(rules=rules, delay=_find_delay(value for field, value in lines if field == "crawl-delay"))


def _split_groups(text: str) -> Iterator[tuple[set[str], list[tuple[str, str]]]]:
    """Yield each group: the robots it is for, in lower case, and its lines."""
    agents, lines = set[str](), list[tuple[str, str]]()
    for line in text.removeprefix("\ufeff").splitlines():
        field, colon, value = line.partition("#")[0].partition(":")
        field, value = field.strip().lower(), value.strip()
        if not colon:
            continue
        if field == "user-agent":
            if lines:
                yield agents, lines
                agents, lines = set(), []
            agents.add(_read_token(value))
        elif agents and field in ("allow", "disallow", "crawl-delay"):
            lines.append((field, value))
    if agents:
        yield agents, lines


def _read_token(value: str) -> str:
    match = re.match(r"[A-Za-z_-]+", value)
    return match[0].lower() if match else value[:1]


def _find_delay(values: Iterable[str]) -> float:
    numbers = [float(value) for value in values if re.fullmatch(r"\d{1,6}(\.\d{1,6})?", value)]
    return max(numbers, default=0.0)


def _normalise(path: str) -> str:
    """Write a path so that equal ones are spelled alike: `%41` is "A", but `%2F` stays apart from "/"."""
    written = quote(path, safe="%/:?#[]@!$&'()*+,;=~|")
    return ESCAPED.sub(_write_escape, written)


def _write_escape(match: re.Match[str]) -> str:
    sign = chr(int(match[1], 16))
    return sign if UNRESERVED.fullmatch(sign) else match[0].upper()


def _fits(pattern: str, target: str) -> bool:
    """Say whether a pattern fits the beginning of a path; "*" is anything, "$" at the end the end. In linear time."""
    ended = pattern.endswith("$")
    first, *pieces = pattern.removesuffix("$").split("*")
    if not target.startswith(first):
        return False
    place, last = len(first), pieces.pop() if ended and pieces else ""
    for piece in pieces:
        found = target.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    if not ended:
        return True
    return place == len(target) if "*" not in pattern else len(target) - len(last) >= place and target.endswith(last)
