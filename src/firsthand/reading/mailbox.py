"""Which mails does a mailbox hold?"""

from __future__ import annotations

import re

from firsthand.reading.gather import Unreadable, note_unreadable
from firsthand.reading.item import Content, Opener, join_contents, place_content

# RFC 4155: "From ", a sender, a date as asctime() writes it; every mail after the first stands below a blank line.
BEGINS = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\r\n\r\n))From [^\r\n]*\d{4}[ \t]*\r?\n")
QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
MOST_MAILS = 20_000


def read_mailbox(path: str, data: bytes, opener: Opener) -> Content:
    """Read every mail of a mailbox, each called by its number; one that cannot be read is a problem."""
    starts = list(BEGINS.finditer(data))
    if not starts or data[: starts[0].start()].strip():
        raise Unreadable("is no mailbox: it does not start with a line 'From ... 2011'")
    if len(starts) > MOST_MAILS:
        raise Unreadable(f"holds {len(starts):,} mails; split it")
    content = Content()
    ends = [match.start() for match in starts[1:]] + [len(data)]
    for number, (match, end) in enumerate(zip(starts, ends, strict=True), 1):
        place = f"#{number}"
        try:
            inner = opener.open(place, QUOTED.sub(rb"\1", data[match.end() : end]), "message/rfc822")
        except Unreadable as error:
            content = join_contents(content, Content(problems=(note_unreadable(path + place, error),)))
        else:
            content = join_contents(content, place_content(path, place, inner))
    return content
