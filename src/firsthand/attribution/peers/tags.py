"""Who says what, by a tagger that marks stretches of the text as source, cue or content?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from firsthand.attribution.proposals import Attribute, Proposal, cut_piece
from firsthand.model import record

FAR = 600


@record
class Tagged:
    """A stretch of a text and what it is: "source", "cue" or "content". `number` joins those of one attribution."""

    start: int
    end: int
    role: str
    number: int | None = None


Tag = Callable[[str], Iterable[tuple[int, int, str]]]


def make_tagged(tag: Tag) -> Attribute:
    """Return the attributor of a tagger that gives (start, end, label) for each token.

    Labels are "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content" in upper or lower case, "O", or the
    same with a number that joins an attribution's stretches: "B-content-3".
    """

    def attribute(text: str, _language: str) -> Iterator[Proposal]:
        return join_tagged(text, join_labels(tag(text)))

    return attribute


def join_labels(labels: Iterable[tuple[int, int, str]]) -> list[Tagged]:
    """Return the stretches that labels of single tokens make."""
    found: list[Tagged] = []
    for start, end, label in labels:
        mark, _, rest = label.lower().partition("-")
        role, _, digits = rest.partition("-")
        number = int(digits) if digits.isdigit() else None
        if role not in {"source", "cue", "content"}:
            continue
        last = found[-1] if found else None
        if mark == "i" and last is not None and (last.role, last.number) == (role, number) and start - last.end <= 2:
            found[-1] = Tagged(start=last.start, end=end, role=role, number=number)
        else:
            found.append(Tagged(start=start, end=end, role=role, number=number))
    return found


def join_tagged(text: str, tagged: Sequence[Tagged]) -> Iterator[Proposal]:
    """Yield an attribution for each content: with the source and cue of its number, or else the nearest ones."""
    numbered: dict[int, list[Tagged]] = {}
    for one in tagged:
        if one.number is not None:
            numbered.setdefault(one.number, []).append(one)
    for group in numbered.values():
        content = [one for one in group if one.role == "content"]
        if content:
            yield _make(text, content, group)
    loose = [one for one in tagged if one.number is None]
    for at, one in enumerate(loose):
        if one.role == "content":
            yield _make(text, [one], loose[max(0, at - 6) : at + 7])


def _make(text: str, content: Sequence[Tagged], group: Sequence[Tagged]) -> Proposal:
    source, cue = (_find_nearest(content[0], group, role) for role in ("source", "cue"))
    return Proposal(
        content=tuple(cut_piece(text, one.start, one.end) for one in content),
        source=cut_piece(text, source.start, source.end) if source else None,
        cue=cut_piece(text, cue.start, cue.end) if cue else None,
    )


def _find_nearest(content: Tagged, group: Sequence[Tagged], role: str) -> Tagged | None:
    near = [one for one in group if one.role == role and _gap(one, content) <= FAR]
    return min(near, key=lambda one: (_gap(one, content), one.start), default=None)


def _gap(one: Tagged, other: Tagged) -> int:
    return max(one.start - other.end, other.start - one.end, 0)
