"""How does an assessment look in a terminal?"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from firsthand.model import (
    Assessment,
    Contribution,
    EvidenceKind,
    Explanation,
    Finding,
    Posterior,
    Quote,
    Report,
    ReportId,
    Sentence,
    Severity,
    WhatIf,
)
from firsthand.probability import find_word, show_decibans, show_interval, show_percent
from firsthand.views.plain import count_things, show_text
from firsthand.views.robustness import list_robustness
from firsthand.views.terminal_spread import draw_shared
from firsthand.views.terminal_trace import ACCENT, show_count
from firsthand.views.wording import name_evidence, show_sampling

BAR = 24
MATRIX_COLUMNS = 5
STYLES = {Severity.WRONG: "bold red", Severity.WEAK: "yellow", Severity.NOTE: "dim"}


def draw_assessment(assessment: Assessment, brief: bool = False) -> RenderableType:
    """Return the assessment; `brief` stops after the verdict, the voices, the waterfall and what would change it."""
    drawn = [draw(assessment) for draw, in_brief in SECTIONS if in_brief or not brief]
    return Group(*(part for part in drawn if part is not None))


def draw_explanation(found: Explanation, reports: Iterable[Report]) -> RenderableType:
    """Return what stands behind a number, each quotation highlighted in the sentence around it."""
    by_id = {report.id: report for report in reports}
    parts: list[RenderableType] = [Text(show_text(found.title), style="bold"), Text(found.id, style="dim"), Text()]
    parts += [Text(show_text(line)) for line in found.lines]
    seen: dict[Quote, None] = dict.fromkeys(found.quotes)
    for number, quote in enumerate(seen, start=1):
        parts += [Text(), Padding(_draw_quote(quote, number, by_id), (0, 0, 0, 2))]
    for edge in found.shared:
        parts += [Text(), draw_shared(edge, by_id)]
    return Group(*parts)


def draw_what_if(outcome: WhatIf) -> RenderableType:
    """Return every hypothesis before and after the moves, and each move alone."""
    table = _make_table(
        "Explanation", "as assessed", "after the move" if len(outcome.moves) == 1 else "after all moves"
    )
    for before, after in zip(outcome.before, outcome.after, strict=True):
        style = "bold" if before.hypothesis == outcome.asked else ""
        name = Text(show_text(outcome.names[before.hypothesis]), style=style)
        table.add_row(name, show_verdict(before), Text(show_verdict(after), style=style))
    rows = [f"{about}: {start} \u2192 {end}" for about, start, end in outcome.moves]
    if len(rows) > 1:
        chances = (f"{find_word(alone)}, {show_percent(alone)}" for alone in outcome.alone)
        rows = [f"{row}; alone: {chance}" for row, chance in zip(rows, chances, strict=True)]
    old, new = (next(p for p in side if p.hypothesis == outcome.asked) for side in (outcome.before, outcome.after))
    words = find_word(old.probability), find_word(new.probability)
    if new.sampling:
        worth = f"{new.sampling.draws:,} draws, worth {new.sampling.effective:,.0f} independent ones"
        rows.append(f"The case is too large to count exactly: estimated from {worth}.")
    moved = "The word stays." if words[0] == words[1] else f"The word moves from {words[0]} to {words[1]}."
    return Group(*(Text(show_text(row)) for row in rows), Text(), table, Text(), Text(moved, style="bold"))


def draw_findings(findings: Iterable[Finding]) -> RenderableType:
    """Return what a check found wanting, each with its place and remedy."""
    lines = []
    for found in findings:
        line = Text(f"{found.severity.value}  ", style=STYLES[found.severity])
        line.append(f"{show_text(found.where)}: {show_text(found.what)}", style="default")
        lines.append(line.append(f"\n    {show_text(found.remedy)}" if found.remedy else "", style="dim"))
    return Group(*lines, Text(count_things(len(lines), "finding") if lines else "Nothing found wanting.", style="bold"))


def show_verdict(posterior: Posterior) -> str:
    """Return word, number and, where it was drawn, interval in one line: "unlikely, 21 % (14-37 %)"."""
    shown = f"{find_word(posterior.probability)}, {show_percent(posterior.probability)}"
    if posterior.sampling:
        return f"{shown} ({show_sampling(posterior)})"
    drawn = posterior.low < posterior.high
    return f"{shown} ({show_interval(posterior.low, posterior.high)})" if drawn else shown


def _draw_quote(quote: Quote, number: int, reports: dict[ReportId, Report]) -> Text:
    report = reports.get(quote.span.report)
    text = Text(f"{number}  ", style=ACCENT)
    if report is None:
        return text.append(f"\u201c{show_text(quote.text)}\u201d", style="default")
    before, after = _find_surroundings(report.text, quote)
    text.append(_keep_edges(before), style="not bold dim")
    text.append(show_text(quote.text), style="default not bold reverse")
    text.append(_keep_edges(after), style="not bold dim")
    place = f"\n   {show_text(report.publisher or report.title)} · {show_text(report.path)} · "
    return text.append(f"{place}characters {quote.span.start}\u2013{quote.span.end}", style="cyan not bold")


def _find_surroundings(text: str, quote: Quote) -> tuple[str, str]:
    """Return up to 120 characters of the same paragraph on either side, cut at words."""
    start, end = quote.span.start, quote.span.end
    before = text[max(0, start - 120) : start].rsplit("\n\n", 1)[-1]
    after = text[end : end + 120].split("\n\n", 1)[0]
    if len(before) == 120:
        before = "\u2026" + before.split(" ", 1)[-1]
    if len(after) == 120:
        after = after.rsplit(" ", 1)[0] + "\u2026"
    return before, after


def _keep_edges(text: str) -> str:
    """Return text made safe, with one space kept at either edge where there was any."""
    shown = show_text(text)
    return f"{' ' * text[:1].isspace()}{shown}{' ' * (bool(shown) and text[-1:].isspace())}"


def _draw_verdict(assessment: Assessment) -> RenderableType:
    asked = next(p for p in assessment.posteriors if p.hypothesis == assessment.case.asks)
    shown = show_verdict(asked)
    word = find_word(asked.probability)
    headline = Text(word[0].upper() + word[1:], style=ACCENT)
    headline.append(shown[len(word) :], style="default bold")
    headline.append(f"   as of {assessment.as_of.day} {assessment.as_of:%B %Y}", style="dim not bold")
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    names = {h.id: h.name for h in assessment.case.hypotheses}
    for posterior in assessment.posteriors:
        style = "bold" if posterior is asked else ""
        before = f"before: {show_percent(posterior.prior)}"
        table.add_row(Text(show_text(names[posterior.hypothesis]), style=style), show_verdict(posterior), before)
    return Group(Text(show_text(assessment.case.question), style="bold"), headline, Text(), table)


def _draw_summary(assessment: Assessment) -> RenderableType:
    paragraphs = [Text(), *(_join(paragraph) for paragraph in assessment.summary)]
    why = " ".join(sentence.text for sentence in assessment.confidence_why)
    basis = Text(f"Confidence in this basis is {assessment.confidence}. {show_text(why)}", style="dim")
    return Group(*paragraphs, basis)


def _join(sentences: Iterable[Sentence]) -> Text:
    return Text(" ".join(show_text(sentence.text) for sentence in sentences))


def _draw_strip(assessment: Assessment) -> RenderableType:
    parts = (
        count_things(len(assessment.trace.reports), "report"),
        count_things(assessment.trace.publishers, "publisher"),
        show_count(assessment.voices),
        f"{assessment.disinterested} disinterested",
    )
    return Group(Text(), Text(", ".join(parts), style="bold"))


def _draw_waterfall(assessment: Assessment) -> RenderableType | None:
    if not assessment.contributions:
        return None
    rows = [row for row in assessment.contributions if row.kind != EvidenceKind.ECHO]
    echoes = len(assessment.contributions) - len(rows)
    largest = max((abs(row.weight_db) for row in rows), default=1.0) or 1.0
    table = _make_table("What each piece of evidence did", "", "weight", "interval", "id")
    names = name_evidence(assessment)
    for row in rows:
        weight = show_decibans(row.weight_db)
        table.add_row(show_text(names[row.evidence]), _draw_bar(row, largest), weight, _range(row), row.evidence)
    if echoes:
        adds = "an echo adds nothing" if echoes == 1 else "echoes add nothing"
        table.add_row(
            Text(count_things(echoes, "reprint"), style="dim"), Text(adds, style="dim"), "0.00\u00a0dB", "", ""
        )
    total = f"({show_decibans(assessment.weight_low_db, 1)} to {show_decibans(assessment.weight_high_db, 1)})"
    name = Text("Weight of all the evidence, whatever the start", style="bold")
    table.add_row(name, "", Text(show_decibans(assessment.weight_db), style="bold"), total, "")
    return Group(Text(), table)


def _range(row: Contribution) -> str:
    return f"({show_decibans(row.low_db, 1)} to {show_decibans(row.high_db, 1)})"


def _draw_bar(row: Contribution, largest: float) -> Text:
    length = max(1, round(BAR / 2 * abs(row.weight_db) / largest)) if abs(row.weight_db) >= 0.005 else 0
    half = BAR // 2
    if row.weight_db >= 0:
        return Text(" " * half + "\u2502").append("\u2588" * length, style="blue")
    return Text(" " * (half - length)).append("\u2592" * length, style="yellow").append("\u2502", style="default")


def _make_table(*headings: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
    for number, heading in enumerate(headings):
        table.add_column(heading, overflow="fold", no_wrap=heading == "id", ratio=None if number else 1)
    return table


def _draw_rows(title: str, rows: list[str]) -> RenderableType | None:
    if not rows:
        return None
    return Group(Text(), Text(title, style="bold"), *(Padding(Text(show_text(row)), (0, 0, 0, 2)) for row in rows))


def _draw_sources(assessment: Assessment) -> RenderableType | None:
    rows = []
    for found in assessment.sources:
        profile, grade = found.profile, found.grade
        role = f", {profile.role}" if profile.role else ""
        gains = {True: f"gains: {profile.interest or 'yes'}", False: "gains nothing", None: "gain not judged"}
        modes = ""
        if found.before and found.after:
            before, after = show_percent(found.before.spinning), show_percent(found.after.spinning)
            modes = f"; spinning {before} before, {after} after"
        suggested = "" if profile.judged else " (suggested, not judged)"
        label = f"{profile.source.name}{role}{suggested} [{grade.reliability}{grade.credibility}]"
        rows.append(f"{label}: {gains[profile.gains]}{modes}")
    return _draw_rows("What each source is worth", rows)


def _draw_silences(assessment: Assessment) -> RenderableType | None:
    rows, names = [], name_evidence(assessment)
    for silence in assessment.silences:
        parts = f"produced {show_percent(silence.produced)}, by now {show_percent(silence.by_now)}"
        weight = show_decibans(silence.weight_db) if silence.coverage > 0 else "not counted: nobody looked"
        rows.append(f"{names[silence.evidence]}: {parts}, coverage {show_percent(silence.coverage)}: {weight}")
    return _draw_rows("What should be there, and is not", rows)


def _draw_checks(assessment: Assessment) -> RenderableType | None:
    rows = []
    for found in assessment.statements:
        interval = show_interval(found.low, found.high)
        chance = f"{find_word(found.genuine)}, {show_percent(found.genuine)} ({interval})"
        rows.append(f"{found.statement.title}: genuine, {chance}")
        for row in found.checks:
            toward = row.toward_forged_db
            weight = "not counted" if toward is None else f"{show_decibans(toward, 1)} toward forged"
            rows.append(f"  {row.check.kind}: {row.check.found}: {weight}")
    return _draw_rows("Is the statement theirs?", rows)


def _draw_impact(assessment: Assessment) -> RenderableType | None:
    rows = [
        f"{found.scenario.name}: {find_word(found.probability)}, {show_percent(found.probability)} "
        f"({show_interval(found.low, found.high)}). {found.scenario.follows}"
        for found in assessment.scenarios
    ]
    return _draw_rows("And if it is true? (nothing here moves any number above)", rows)


def _draw_questions(assessment: Assessment) -> RenderableType | None:
    if not assessment.questions:
        return None
    table = _make_table("What would change our mind", "bits", "chance of yes", "if no", "if yes")
    for question in assessment.questions:
        chances = (question.chance_of_yes, question.probability_if_no, question.probability_if_yes)
        table.add_row(show_text(question.title), f"{question.bits:.3f}", *(show_percent(chance) for chance in chances))
    return Group(Text(), table)


def _draw_flips(assessment: Assessment) -> RenderableType | None:
    rows = []
    for flip in assessment.flips:
        moves = "; ".join(f"{before} \u2192 {after}" for _, before, after in flip.moves)
        word = f"{find_word(flip.probability)}, {show_percent(flip.probability)}"
        rows.append(f"{flip.title}: {moves}: {word} ({show_interval(flip.low, flip.high)})")
    return _draw_rows("The fewest moves that change the word", rows)


def _draw_robustness(assessment: Assessment) -> RenderableType | None:
    rows = [
        f"{row.title}: {row.verdict}{f'. {row.sentence}' if row.sentence else ''}"
        for row in list_robustness(assessment)
    ]
    return _draw_rows("How far it holds", rows)


def _draw_matrix(assessment: Assessment) -> RenderableType | None:
    matrix = assessment.matrix
    if not matrix.evidence or not matrix.marks:
        return None
    names = {h.id: h.name for h in assessment.case.hypotheses}
    telling = [p for p in range(len(matrix.evidence)) if any(abs(row[p]) >= 0.005 for row in matrix.cells)]
    shown, scored = telling[:MATRIX_COLUMNS], any(matrix.inconsistency)
    headings = [*(matrix.evidence[p] for p in shown), *(["marks against"] if scored else [])]
    table = _make_table("Every explanation against the evidence, dB", *headings)
    for name, row, score in zip(matrix.hypotheses, matrix.cells, matrix.inconsistency, strict=True):
        weights = [show_decibans(row[p], 1) for p in shown]
        table.add_row(show_text(names[name]), *weights, *([str(score)] if scored else []))
    return Group(Text(), table)


def _draw_unknowns(assessment: Assessment) -> RenderableType | None:
    return _draw_rows("What is not known", list(assessment.case.unknowns))


def _draw_standards(assessment: Assessment) -> RenderableType | None:
    words = {True: "met", False: "not met", None: "unclear"}
    rows = [f"{result.sentence}: {words[result.holds]}; {result.why}" for result in assessment.standards]
    return _draw_rows("Standard of evidence, stated at the outset", rows)


def _draw_problems(assessment: Assessment) -> RenderableType | None:
    if not assessment.problems:
        return None
    title = f"{count_things(len(assessment.problems), 'problem')} in reading"
    return _draw_rows(title, [f"{problem.where}: {problem.what}" for problem in assessment.problems])


SECTIONS: tuple[tuple[Callable[[Assessment], RenderableType | None], bool], ...] = (
    (_draw_verdict, True),
    (_draw_summary, True),
    (_draw_strip, True),
    (_draw_waterfall, True),
    (_draw_matrix, False),
    (_draw_sources, False),
    (_draw_silences, False),
    (_draw_checks, False),
    (_draw_impact, False),
    (_draw_questions, True),
    (_draw_flips, False),
    (_draw_robustness, False),
    (_draw_unknowns, False),
    (_draw_standards, False),
    (_draw_problems, True),
)
