"""How is an assessment written down: as a page, as text, as Markdown, as data?"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from firsthand.model import Assessment


def write_assessment(assessment: Assessment, form: str, *, version: str = "") -> str:
    """Return the assessment as one string. `form` is "html", "text" or "md"; raises KeyError for any other.

    `version` of firsthand is named at the foot of the page.
    """
    return FORMS[form](assessment, version)


def _write_html(assessment: Assessment, version: str) -> str:
    from firsthand.views import draw_page

    return draw_page(assessment, version=version)


def _write_text(assessment: Assessment, version: str) -> str:
    from io import StringIO

    from rich.console import Console

    from firsthand.views.terminal import draw_assessment

    console = Console(file=StringIO(), width=110, color_system=None, markup=False, highlight=False, emoji=False)
    with console.capture() as captured:
        console.print(draw_assessment(assessment))
    return "\n".join(line.rstrip() for line in captured.get().splitlines())


def _write_markdown(assessment: Assessment, version: str) -> str:
    from firsthand.views.markdown import draw_markdown

    return draw_markdown(assessment)


FORMS: Mapping[str, Callable[[Assessment, str], str]] = {
    "html": _write_html,
    "text": _write_text,
    "md": _write_markdown,
}
