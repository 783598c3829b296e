"""How are the questions about a source put to the analyst in a terminal?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from firsthand.model import Knob
from firsthand.probability import show_interval, show_percent
from firsthand.views.plain import show_text

if TYPE_CHECKING:
    from rich.console import RenderableType

Asked = tuple[str, str, Mapping[str, str], str]
Told = tuple[str, str, Sequence[Asked], Sequence[Knob]]


def draw_interviews(told: Sequence[Told]) -> RenderableType:
    """Return for each source its questions, each with the answers it takes, and how the numbers stand.

    `told`: id and name of a source; attribute, question, meaning of each answer and the answer so far; the numbers.
    """
    from rich.console import Group
    from rich.text import Text

    if not told:
        return Text("Nobody speaks in this case yet; firsthand draft suggests who does.")
    lines: list[Text] = []
    for source, name, asked, knobs in told:
        lines.append(Text(show_text(f"{name} ({source})"), style="bold"))
        for number, (attribute, question, answers, answer) in enumerate(asked, 1):
            lines.append(Text(show_text(f"{number}. {question}")))
            for word, means in answers.items():
                mark = "\u2192" if word == answer else " "
                lines.append(Text(f"   {mark} {attribute}={word}: {means}", style="bold" if word == answer else "dim"))
        stand = ", ".join(_show_knob(knob) for knob in knobs)
        lines += [Text(f"   Now: {show_text(stand)}"), Text()]
    return Group(*lines[:-1])


def _show_knob(knob: Knob) -> str:
    shown = f"{knob.id} {show_percent(knob.value)}"
    return f"{shown} ({show_interval(knob.low, knob.high)})" if knob.low < knob.high else shown
