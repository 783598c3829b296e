"""Who is tied to whom, who gains by being believed, and whom may the same campaign move?

Sources stand in the middle, one below the other; those they are tied to outside the case stand to the right, campaigns
to the left. A tie between two sources is an arc. Nothing is placed by chance.
"""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.model import Case, Profile, Tie
from firsthand.views.svg import Svg, circle, frame, group, path, rect, shorten_text, wrap_text, write
from firsthand.views.tables import Table

ROW, HEAD, MOST = 60.0, 34.0, 24
LEFT, MIDDLE, RIGHT = 150.0, 300.0, 880.0


def draw_ties(case: Case, width: float = 1216.0) -> Svg:
    """Return the sources of a case with their campaigns and ties, at most 24 of them, those with ties first."""
    profiles = list_tied(case)[:MOST]
    places = {str(one.source.id): HEAD + ROW * (number + 0.5) for number, one in enumerate(profiles)}
    outside = _list_outside(profiles, places)
    bottom = HEAD + ROW * max(len(profiles), len(outside)) + 8
    spots = {name: HEAD + (bottom - 8 - HEAD) * (number + 0.5) / len(outside) for number, name in enumerate(outside)}
    marks = [
        write(0, 14, "May be moved by", "small ink2"),
        write(MIDDLE, 14, "Source", "small ink2"),
        write(RIGHT, 14, "Tied to", "small ink2"),
        *_draw_campaigns(case, profiles, places),
    ]
    ties = [_draw_tie(one, tie, (places, spots)) for one in profiles for tie in one.ties]
    marks += [*(drawn for drawn, _ in ties), *(words for _, words in ties)]
    marks += [_write_outside(name, y, width) for name, y in spots.items()]
    marks += [_draw_source(one, places[str(one.source.id)]) for one in profiles]
    words = f"{len(profiles)} sources, whom they are tied to, and who may move them."
    return frame("ties", (width, bottom), ("Interests and ties", words), marks)


def list_tied(case: Case) -> list[Profile]:
    """Return the sources in the case's order, those with an interest, a tie or a campaign first."""
    return sorted(case.profiles, key=lambda one: not (one.ties or one.campaign or one.gains is not None))


def tabulate_ties(case: Case) -> Table:
    """Return the same as a table."""
    names = {str(one.source.id): one.source.name for one in case.profiles}
    pushed = {one.id: one.name for one in case.campaigns}
    return Table(
        "Interests and ties",
        ("Source", "Gains if believed", "Tied to", "May be moved by"),
        tuple(
            (
                one.source.name,
                _tell_gain(one),
                "; ".join(f"{names.get(tie.to, tie.to)}: {tie.sentence}" for tie in one.ties) or "nobody known",
                pushed.get(one.campaign or "", "nobody known"),
            )
            for one in case.profiles
        ),
    )


def _tell_gain(one: Profile) -> str:
    if one.gains is None:
        return "not judged"
    return f"{'yes' if one.gains else 'no'}{': ' if one.interest else ''}{one.interest}"


def _list_outside(profiles: Sequence[Profile], places: dict[str, float]) -> list[str]:
    return list(dict.fromkeys(tie.to for one in profiles for tie in one.ties if tie.to not in places))


def _draw_source(one: Profile, y: float) -> Svg:
    look = {True: "dot other", False: "square", None: "perhaps"}[one.gains]
    mark = rect(MIDDLE - 20, y - 5, 10, 10, look) if one.gains is False else circle(MIDDLE - 15, y, 5.5, look)
    gain = shorten_text(f"Gains: {one.interest}" if one.interest and one.gains else _word_gain(one), 310, 12)
    name = shorten_text(one.source.name, 290, bold=True)
    return group(mark, write(MIDDLE, y - 1, name, "bold halo"), write(MIDDLE, y + 15, gain, "small ink2 halo"))


def _word_gain(one: Profile) -> str:
    if one.gains is None:
        return "Whether it gains is not judged"
    return "Gains by being believed" if one.gains else "Gains nothing by being believed"


def _draw_campaigns(case: Case, profiles: Sequence[Profile], places: dict[str, float]) -> list[Svg]:
    marks = []
    for one in case.campaigns:
        moved = [places[str(each.source.id)] for each in profiles if each.campaign == one.id]
        if not moved:
            continue
        y = sum(moved) / len(moved)
        marks += [path(f"M{LEFT:.0f} {y:.1f}C{LEFT + 70:.0f} {y:.1f} {MIDDLE - 90:.0f} {at:.1f} {MIDDLE - 26:.0f} {at:.1f}", "link-push") for at in moved]  # fmt: skip  # noqa: E501
        lines = wrap_text(one.name, LEFT - 12, 3)
        first = y - 8 * (len(lines) - 1) + 4.5
        marks.append(group(*(write(0, first + 16 * place, words, "halo") for place, words in enumerate(lines))))
    return marks


def _draw_tie(one: Profile, tie: Tie, where: tuple[dict[str, float], dict[str, float]]) -> tuple[Svg, Svg]:
    """Return the line of a tie and its words, which go on top of all lines."""
    places, spots = where
    y, start = places[str(one.source.id)], MIDDLE + 316
    if tie.to in spots:
        at = spots[tie.to]
        bent = f"C{start + 60:.0f} {y:.1f} {RIGHT - 70:.0f} {at:.1f} {RIGHT - 10:.0f} {at:.1f}"
        return path(f"M{start:.0f} {y:.1f}{bent}", "link-tie"), _write_lines(tie.sentence, (RIGHT, at + 16), 330, 2)
    at = places.get(tie.to, y)
    far = start + 26 + 8 * abs(at - y) / ROW
    bent = f"C{far:.0f} {y:.1f} {far:.0f} {at:.1f} {start:.0f} {at:.1f}"
    words = _write_lines(tie.sentence, (far + 2, (y + at) / 2 - 8), RIGHT - far - 30, 3)
    return path(f"M{start:.0f} {y:.1f}{bent}", "link-tie"), words


def _write_lines(words: str, place: tuple[float, float], room: float, most: int) -> Svg:
    lines = wrap_text(words, room, most, 12)
    return group(*(write(place[0], place[1] + 15 * row, one, "small ink2 halo") for row, one in enumerate(lines)))


def _write_outside(name: str, y: float, width: float) -> Svg:
    return write(RIGHT, y, shorten_text(name, width - RIGHT, bold=True), "bold halo")
