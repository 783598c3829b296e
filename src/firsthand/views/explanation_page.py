"""How is what stands behind one number shown as a page that needs nothing else?"""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.model import Explanation, Report
from firsthand.views.page import hash_source, load_environment, read_asset
from firsthand.views.sharing import lay_pair


def fill_explanation_page(found: Explanation, reports: Sequence[Report], version: str = "") -> str:
    """Return what stands behind a number as one HTML page without script; same input, same bytes."""
    by_id = {report.id: report for report in reports}
    style = read_asset("page.css")
    return load_environment().get_template("explanation.html.j2").render(
        found=found,
        quotes=list(dict.fromkeys(found.quotes)),
        laid=[lay_pair(edge, by_id[edge.child], by_id[edge.parent]) for edge in found.shared],
        reports=by_id,
        version=version,
        style=style,
        style_hash=hash_source(style),
    )  # fmt: skip
