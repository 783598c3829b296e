"""How does an assessment look as Markdown?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from firsthand.model import Assessment, Posterior, Quote, Sentence
from firsthand.probability import find_word, show_decibans, show_interval, show_percent
from firsthand.views.plain import count_things, show_text
from firsthand.views.robustness import list_robustness
from firsthand.views.wording import name_evidence, show_sampling

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+!|~&=@:$-])")


def show_markdown(text: str) -> str:
    """Return text with every character that Markdown might obey escaped, on one line."""
    return _MARKUP.sub(r"\\\1", show_text(text))


def draw_markdown(assessment: Assessment) -> str:
    """Return the assessment as Markdown: the verdict, the tables, and the quotations as numbered notes."""
    notes = _Notes(assessment)
    names, titles = {h.id: h.name for h in assessment.case.hypotheses}, name_evidence(assessment)
    asked = next(p for p in assessment.posteriors if p.hypothesis == assessment.case.asks)
    parts = [f"# {show_markdown(assessment.case.question)}", f"**{_show_chance(asked)}**, as of {assessment.as_of}."]
    parts += [_join(paragraph, notes) for paragraph in assessment.summary]
    parts.append(f"Confidence in this basis is {assessment.confidence}. {_join(assessment.confidence_why, notes)}")
    posteriors = [
        (show_markdown(names[p.hypothesis]), _show_chance(p), show_percent(p.prior)) for p in assessment.posteriors
    ]
    parts += ["## Which explanation fits?", _draw_table(("Explanation", "Now", "Before"), posteriors)]
    rows = [
        (
            show_markdown(titles[row.evidence]) + notes.cite(row.quotes),
            show_decibans(row.weight_db),
            show_percent(row.after),
        )
        for row in assessment.contributions
    ]
    parts.append(_draw_table(("Evidence, in order of arrival", "Weight", f"Then {names[asked.hypothesis]}"), rows))
    questions = [
        (show_markdown(q.title), f"{q.bits:.3f}", show_percent(q.probability_if_no), show_percent(q.probability_if_yes))
        for q in assessment.questions
    ]
    parts += ["## What would change our mind?", _draw_table(("Question", "Bits", "If no", "If yes"), questions)]
    robust = [
        tuple(show_markdown(cell) for cell in (row.title, row.sentence, row.verdict))
        for row in list_robustness(assessment)
    ]
    parts.append(_draw_table(("How far it holds", "", f"Then {names[asked.hypothesis]}"), robust))
    parts += ["## What is not known", *(f"- {show_markdown(unknown)}" for unknown in assessment.case.unknowns)]
    parts += ["## Quoted sentences", *notes.draw()]
    if assessment.problems:
        parts.append(f"## {count_things(len(assessment.problems), 'problem')} in reading")
        parts += [f"- {show_markdown(f'{problem.where}: {problem.what}')}" for problem in assessment.problems]
    return "\n\n".join(part for part in parts if part)


class _Notes:
    """Quotations numbered in the order they are first cited."""

    def __init__(self, assessment: Assessment) -> None:
        self._reports = {report.id: report for report in assessment.trace.reports}
        self._numbers: dict[Quote, int] = {}

    def cite(self, quotes: Iterable[Quote]) -> str:
        """Return the note marks of some quotations."""
        return "".join(f" [{self._numbers.setdefault(q, len(self._numbers) + 1)}]" for q in quotes)

    def draw(self) -> list[str]:
        """Return every cited quotation with where it stands."""
        lines = []
        for quote, number in self._numbers.items():
            report = self._reports.get(quote.span.report)
            place = show_markdown(f"{report.publisher}, {report.path}") if report else "not in the pile"
            characters = f"characters {quote.span.start}\u2013{quote.span.end}"
            lines.append(f"{number}. \u201c{show_markdown(quote.text)}\u201d {place}, {characters}")
        return lines


def _show_chance(posterior: Posterior) -> str:
    if posterior.sampling:
        chance = f"{find_word(posterior.probability)}, {show_percent(posterior.probability)}"
        return f"{chance} ({show_sampling(posterior)})"
    interval = show_interval(posterior.low, posterior.high)
    return f"{find_word(posterior.probability)}, {show_percent(posterior.probability)} ({interval})"


def _join(sentences: Iterable[Sentence], notes: _Notes) -> str:
    return " ".join(show_markdown(sentence.text) + notes.cite(sentence.quotes) for sentence in sentences)


def _draw_table(headings: tuple[str, ...], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    if not lines:
        return ""
    return "\n".join([f"| {' | '.join(headings)} |", "|" + " --- |" * len(headings), *lines])
