"""Does a paragraph begin with a dateline: the place, often the day and the agency, before its dash?

"LORN, April 4 (Norda) -", "Lorn, le 4 avril (Norda) –", "Lorn (dpa).", "LORN: ", "(Norda) -".
Source: stylebooks of news agencies differ in order and marks; what they share is a place in capitals or a place with a
day or an agency, and a sentence that begins after it.
"""

from __future__ import annotations

import re
from functools import cache

from firsthand.reading.lists import load_list, load_table

ANATOMY, DATES = "anatomy.toml", "dates.toml"
LONGEST, HEAD = 120, 160
LOUD = r"[A-ZÀ-Þ][A-ZÀ-Þ’'.-]+(?: [A-ZÀ-Þ][A-ZÀ-Þ’'.-]*){0,3}"
# A hyphen parts words and is in none, so that there is one way to read a line.
QUIET = r"[A-ZÀ-Þ][\w’']+(?:[ -](?:[A-ZÀ-Þ][\w’']+|de|du|des|del|la|le|el|al|am|an|der|sur|of|the|upon|do|da)){0,4}"
REGION = r"(?:, ?[A-ZÀ-Þ][\w.’'-]*(?: [A-ZÀ-Þ][\w.’'-]*){0,2})"
AGENCY = r"\((?P<agency>[A-ZÀ-Þa-z][\w.&’'-]*(?:[ /-][\w.&’'-]+){0,3})\)"
DASH = r"(?: ?(?:[-–—―]|--) |\.? ?[-–—―] |\.[-–—―]+ )"
LABEL = re.compile(r"^[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{1,30}: \S", re.MULTILINE)
# What begins after a dateline is a sentence.
BEGINS = r"(?=[\"“«„‘'(]{0,2}[A-ZÀ-Þ0-9]|[\"“«„])"


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], ...], re.Pattern[str], re.Pattern[str]]:
    """Return the datelines that show themselves by a day, an agency or a dash; the ones with a colon; lone lines."""
    months = "|".join(sorted(load_table(DATES, "months"), key=lambda name: (-len(name), name)))
    weekdays = "|".join(sorted(load_table(DATES, "weekdays")))
    month, year = rf"(?i:{months})\b\.?", r"(?:,? (?:de |del )?\d{4})?"
    day = r"(?:(?:le|den|el|il) )?\d{1,2}(?:er|st|nd|rd|th|\.|º)?"
    dated = rf"(?:(?i:{weekdays}),? )?(?:{month} {day}{year}|{day} (?:de )?{month}{year})|(?i:{weekdays})"
    place = rf"(?:{LOUD}|{QUIET})(?:(?:/| / )(?:{LOUD}|{QUIET})){{0,2}}{REGION}{{0,2}}?"
    known = "|".join(load_list(ANATOMY)["agencies"])
    wire = rf"\((?P<agency>(?:{known})(?:[/-](?:{known}|\w{{2,12}}))*)\)"
    strong = (
        rf"{place}, (?:{dated}) ?{AGENCY}{DASH}",
        rf"{place} {AGENCY}{DASH}",
        rf"{place}(?:, (?:{dated}))? {wire}(?:\.|:)? ",
        rf"{place}, (?:{dated})(?:{DASH}|: )",
        rf"(?:{dated}) {AGENCY}{DASH}",
        rf"{wire}{DASH}",
        rf"(?P<loud>{LOUD}{REGION}{{0,2}}){DASH}",
        rf"\({QUIET}\) [-–—] ",
    )
    return (
        tuple(re.compile(one + BEGINS) for one in strong),
        re.compile(rf"(?P<loud>{LOUD}{REGION}{{0,2}}): " + BEGINS),
        re.compile(rf"{place}, (?:{dated})(?: {AGENCY})?\W*"),
    )


def find_dateline(words: str, *, opens: bool, labelled: bool) -> int:
    """Return where the dateline at the start of a paragraph ends, or 0 where it has none.

    `opens`: it is the first of the report, which alone may have one with a colon; `labelled`: other lines of the report
    begin with a name in capitals and a colon, so that this one is who speaks, and not where.
    """
    strong, colon, alone = _patterns()
    if len(words) <= LONGEST and alone.fullmatch(words):
        return len(words)
    words = words[:HEAD]
    candidates = (*strong, colon) if opens and not labelled else strong
    for pattern in candidates:
        match = pattern.match(words)
        if match and not _is_shouted(match):
            return len(match[0].rstrip())
    return 0


def has_labels(text: str) -> bool:
    """Say whether several lines of a text begin with a name in capitals and a colon, as those of a transcript do."""
    return len(LABEL.findall(text)) > 1


def _is_shouted(match: re.Match[str]) -> bool:
    """Say whether what stands in capitals is a word that opens items in capitals and names no place: "UPDATE -"."""
    loud = match.groupdict().get("loud")
    first = re.split(r"[ ,]", loud)[0] if loud else ""
    return first.rstrip(".") in load_list(ANATOMY)["no_place"]
