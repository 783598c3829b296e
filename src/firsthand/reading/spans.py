"""What is left of stretches of a text when others are taken out of them?"""

from __future__ import annotations

from collections.abc import Sequence

Spans = tuple[tuple[int, int], ...]


def subtract_spans(text: str, whole: Sequence[tuple[int, int]], taken: Sequence[tuple[int, int]]) -> Spans:
    """Return the stretches of `whole` without those of `taken`, trimmed of white space, empty ones left out."""
    left = list(whole)
    for first, last in taken:
        cut: list[tuple[int, int]] = []
        for start, end in left:
            apart = last <= start or end <= first
            cut += [(start, end)] if apart else [(start, min(first, end)), (max(last, start), end)]
        left = cut
    return tuple(trimmed for start, end in left if (trimmed := trim_span(text, start, end)) is not None)


def trim_span(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return a stretch without the white space at its ends, or None where nothing is left."""
    words = text[start:end]
    inner = words.strip()
    if not inner:
        return None
    begin = start + len(words) - len(words.lstrip())
    return begin, begin + len(inner)
