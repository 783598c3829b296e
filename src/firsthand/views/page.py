"""How is the assessment shown as one page that needs nothing else?

The template holds the order and the words, the graphics' modules draw, and this module brings the two together.
Everything the template prints is escaped; only graphics and citation links of our own making go in as markup.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from firsthand.model import Assessment, Claim, NodeBelief, Quote
from firsthand.probability import find_word, show_decibans, show_interval, show_percent
from firsthand.views.alternatives import list_alternatives
from firsthand.views.bars import draw_bar, draw_interval, draw_pair
from firsthand.views.bases import Bases, gather_bases, list_bases
from firsthand.views.chains import list_chains
from firsthand.views.discrepancies import compare_accounts
from firsthand.views.forest import draw_forest, tabulate_forest
from firsthand.views.matrix import draw_matrix
from firsthand.views.notes import Notes, find_numbers, number_notes
from firsthand.views.passages import cut_report, find_address, find_loose_parts
from firsthand.views.plain import count_things, show_period
from firsthand.views.provenance import draw_provenance, tabulate_provenance
from firsthand.views.questions import draw_questions, tabulate_questions
from firsthand.views.robustness import list_robustness
from firsthand.views.sharing import key_edge
from firsthand.views.strip import draw_strip
from firsthand.views.svg import Svg, clean_text
from firsthand.views.tables import Table
from firsthand.views.timeline import draw_timeline, is_cut, tabulate_chances, tabulate_timeline
from firsthand.views.waterfall import draw_waterfall, tabulate_waterfall
from firsthand.views.wording import (
    capitalise,
    find_asked,
    name_asked,
    name_hypotheses,
    show_aside,
    show_check_weight,
    show_decibans_range,
    show_likelihood,
    show_long_day,
    show_plain_decibans,
    show_range,
    show_sampling,
    show_share,
)

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

WIDE, COLUMN, PHONE = 1216.0, 824.0, 358.0


def fill_page(assessment: Assessment, version: str) -> str:
    """Return the assessment as one HTML page with style, script and graphics inside; same input, same bytes."""
    style, script = read_asset("page.css"), read_asset("page.js")
    return load_environment().get_template("page.html.j2").render(
        version=version,
        style=_trust(style),
        script=_trust(script),
        style_hash=hash_source(style),
        script_hash=hash_source(script),
        **tell_page(assessment),
    )  # fmt: skip


def tell_page(assessment: Assessment) -> dict[str, Any]:
    """Return what the templates of the page print: the assessment, its graphics, and what every number rests on."""
    notes = number_notes(assessment)
    bases = gather_bases(assessment, notes)
    return {
        "a": assessment,
        "case": assessment.case,
        "asked": find_asked(assessment.case, assessment.posteriors),
        "asked_name": name_asked(assessment.case),
        "names": name_hypotheses(assessment.case),
        "notes": sorted(notes.items(), key=lambda item: item[1]),
        "bases": bases,
        "all_bases": list_bases(bases),
        "rest": lambda key, words: _link_basis(key, words, bases),
        "reports": {report.id: report for report in assessment.trace.reports},
        "cites": lambda quotes: _link_numbers(find_numbers(quotes, notes)),
        "cite_numbers": _link_numbers,
        "segments": lambda report: cut_report(report, notes, assessment.trace.attributions),
        "suggested": {item.id for item in assessment.case.expectations if not item.judged},
        "asserted": _gather_assertions(assessment),
        **_draw_graphics(assessment, notes, bases),
    }


def read_asset(name: str) -> str:
    """Return a style sheet or a script that goes into the page."""
    return files("firsthand.views").joinpath(name).read_text(encoding="utf-8")


def hash_source(source: str) -> str:
    """Return the content-security-policy word that allows exactly this style or script."""
    return f"'sha256-{b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"


def _draw_graphics(assessment: Assessment, notes: Notes, bases: Bases) -> dict[str, object]:
    return {
        "forests": _trust_all(draw_forest(assessment, width, bases) for width in (COLUMN, PHONE)),
        "forest_table": tabulate_forest(assessment),
        "strip": draw_strip(assessment),
        "timelines": _trust_all(draw_timeline(assessment, notes, width, bases) for width in (WIDE, PHONE)),
        "timeline_cut": is_cut(assessment),
        "timeline_tables": (tabulate_chances(assessment), tabulate_timeline(assessment)),
        "tree": _trust(draw_provenance(assessment, notes, WIDE, bases)),
        "tree_table": _link_lines(tabulate_provenance(assessment), assessment, bases),
        "chains": list_chains(assessment, notes),
        "compared": compare_accounts(assessment, notes),
        "waterfalls": _trust_all(draw_waterfall(assessment, notes, width, bases) for width in (WIDE, PHONE)),
        "waterfall_table": tabulate_waterfall(assessment),
        "matrix": draw_matrix(assessment),
        "alternatives": list_alternatives(assessment),
        "robustness": list_robustness(assessment),
        "question_plots": _trust_all(draw_questions(assessment, width, bases) for width in (WIDE, PHONE)),
        "question_table": tabulate_questions(assessment),
        "postures": _pair_beliefs(assessment, "Q:"),
        "campaigns": _pair_beliefs(assessment, "K:"),
    }


def _link_lines(table: Table, assessment: Assessment, bases: Bases) -> Table:
    """Return the table of lines with what each is as a link to what it rests on."""
    edges = assessment.trace.provenance.edges
    rows = (
        (*row[:2], _link_basis(key_edge(edge), row[2], bases), *row[3:])
        for row, edge in zip(table.rows, edges, strict=True)
    )
    return table._replace(rows=tuple(rows))


def _pair_beliefs(assessment: Assessment, prefix: str) -> dict[str, NodeBelief]:
    """Return the chance of every campaign or posture by its id."""
    return {
        belief.variable.removeprefix(prefix): belief
        for belief in assessment.beliefs
        if belief.variable.startswith(prefix)
    }


def _gather_assertions(assessment: Assessment) -> dict[str, list[tuple[str, bool, tuple[Quote, ...]]]]:
    """Return what each source is held to have said: the claim, whether it is denied, and the quotations."""
    claims: dict[str, Claim] = {claim.id: claim for claim in assessment.case.claims}
    said: dict[str, dict[tuple[str, bool], list[Quote]]] = {}
    for assertion in assessment.case.assertions:
        sentence = claims[assertion.claim].sentence if assertion.claim in claims else assertion.title
        said.setdefault(assertion.source, {}).setdefault((sentence, assertion.denies), []).append(assertion.quote)
    return {
        source: [(sentence, denies, tuple(quotes[:1])) for (sentence, denies), quotes in found.items()]
        for source, found in said.items()
    }


@cache
def load_environment() -> Environment:
    """Return where templates are found and what they may call: everything they print is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("firsthand.views", "templates"),
        autoescape=True,
        finalize=_clean,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        percent=show_percent,
        share=show_share,
        interval=show_interval,
        word=find_word,
        decibans=show_decibans,
        plain_decibans=show_plain_decibans,
        decibans_range=show_decibans_range,
        likelihood=show_likelihood,
        range_of=show_range,
        likelihood_aside=show_aside,
        sampling_of=show_sampling,
        period=show_period,
        long_day=show_long_day,
        count=count_things,
        capitalise=capitalise,
        check_weight=show_check_weight,
        change=_show_change,
        address=find_address,
        loose_parts=find_loose_parts,
        svg=_trust,
        bar=lambda share, width: _trust(draw_bar(share, width)),
        interval_bar=lambda chance, low, high, width: _trust(draw_interval(chance, low, high, width)),
        pair=lambda before, after, asked: _trust(draw_pair(before, after, asked)),
    )
    return environment


def _clean(value: object) -> object:
    """Spell out control characters in everything printed that is not our own markup."""
    from markupsafe import Markup

    return clean_text(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _trust(markup: Svg | str) -> Markup:
    from markupsafe import Markup

    return Markup(markup)  # noqa: S704


def _trust_all(markup: Iterable[Svg]) -> list[Markup]:
    return [_trust(item) for item in markup]


def _link_basis(key: str, words: str, bases: Bases) -> Markup:
    """Return a number, or words, as a link to what it rests on; as it is, where nothing is known of that."""
    from markupsafe import Markup, escape

    inside = words if isinstance(words, Markup) else escape(clean_text(words))
    if key not in bases:
        return inside
    return _trust(f'<a class="basis" href="#rests-{bases[key].number}">{inside}</a>')


def _show_change(before: float, after: float) -> Markup:
    plain = show_share(before).removesuffix("\u00a0%")
    return _trust(f'<span class="ink2">{plain} →</span> <b>{show_share(after)}</b>')


def _link_numbers(numbers: Iterable[int]) -> Markup:
    """Return citation numbers as raised links to their end notes."""
    links = (
        f'<a class="cite" href="#note-{number}"><span class="hidden">note </span>{number}</a>' for number in numbers
    )
    joined = "".join(links)
    return _trust(f"<sup>{joined}</sup>" if joined else "")
