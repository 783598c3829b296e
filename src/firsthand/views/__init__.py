"""How do we show it?

`draw_page` makes the HTML page, `terminal` and `terminal_trace` what a terminal shows, `markdown` plain text.
Every graphic is a pure function from an assessment to SVG, in a module of its own.
"""

from __future__ import annotations

from firsthand.model import Assessment

__all__ = ["draw_page"]


def draw_page(assessment: Assessment, *, version: str = "") -> str:
    """Return the assessment as one HTML page with style, script and graphics inside; same input, same bytes."""
    from firsthand.views.page import fill_page

    return fill_page(assessment, version)
