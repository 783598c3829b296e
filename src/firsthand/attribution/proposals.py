"""What does somebody else propose as an attribution, and do its words stand in the report?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from firsthand.model import record

Stretch = tuple[int, int]
LONGEST_SOURCE = 400
LONGEST_CUE = 120
LONGEST_CONTENT = 8000
MOST_PIECES = 8
FAR = 2000


@record
class Piece:
    """Words as they are said to stand in a report, from character `start`; -1 where it is not said."""

    words: str
    start: int = -1


@record
class Proposal:
    """Who said what, by somebody else's reckoning: the content in pieces, the source and the cue where there is one."""

    content: tuple[Piece, ...]
    source: Piece | None = None
    cue: Piece | None = None


@record
class Placed:
    """A proposal whose every word was found in the report, as offsets."""

    content: tuple[Stretch, ...]
    source: Stretch | None
    cue: Stretch | None


Attribute = Callable[[str, str], Iterable[Proposal]]


def cut_piece(text: str, start: int, end: int) -> Piece:
    """Return the words of a stretch of a text."""
    return Piece(words=text[start:end], start=start)


def place_proposal(proposal: Proposal, text: str, body: Sequence[Stretch]) -> Placed | None:
    """Return where a proposal stands in a report's body; None where any of its words does not, letter by letter."""
    content = tuple(_place_all(proposal.content, text, body))
    if not content or len(content) != len(proposal.content):
        return None
    source = _place_near(proposal.source, text, body, content[0], LONGEST_SOURCE)
    cue = _place_near(proposal.cue, text, body, content[0], LONGEST_CUE)
    if (proposal.source is None) != (source is None) or (proposal.cue is None) != (cue is None):
        return None
    if any(max(content[0][0] - s[1], s[0] - content[-1][1]) > FAR for s in (source, cue) if s is not None):
        return None
    return Placed(content=tuple(sorted(content)), source=source, cue=cue)


def _place_all(pieces: Sequence[Piece], text: str, body: Sequence[Stretch]) -> Iterator[Stretch]:
    """Yield where the pieces of a content stand, until one does not."""
    at = 0
    for piece in pieces[: MOST_PIECES + 1]:
        start = piece.start if piece.start >= 0 else text.find(piece.words, at)
        stretch = _check(piece, start, text, body, LONGEST_CONTENT)
        if stretch is None:
            return
        yield stretch
        at = stretch[1]


def _check(piece: Piece, start: int, text: str, body: Sequence[Stretch], longest: int) -> Stretch | None:
    """Return the stretch of a piece if it is what it says, has a letter or digit, and lies inside the report's body."""
    end = start + len(piece.words)
    sound = 0 < len(piece.words) <= longest and start >= 0 and text[start:end] == piece.words
    if not sound or not any(c.isalnum() for c in piece.words):
        return None
    return (start, end) if any(first <= start and end <= last for first, last in body) else None


def _place_near(
    piece: Piece | None, text: str, body: Sequence[Stretch], content: Stretch, longest: int
) -> Stretch | None:
    """Return where a source or cue stands: as it says, or else the place nearest to the content."""
    if piece is None or not piece.words:
        return None
    if piece.start >= 0:
        return _check(piece, piece.start, text, body, longest)
    before = text.rfind(piece.words, 0, content[0])
    after = text.find(piece.words, content[1])
    places = [at for at in (before, after, text.find(piece.words, content[0], content[1])) if at >= 0]
    nearest = min(places, key=lambda at: max(content[0] - at, at - content[1], 0), default=-1)
    return _check(piece, nearest, text, body, longest)
