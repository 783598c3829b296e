"""What in a case would not stand up if somebody pulled at it?

Names that do not exist are errors of loading.
Here: what loads, and yet should be looked at before anybody relies on it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from firsthand.case.limit import is_later, list_items
from firsthand.case.sources import UNJUDGED
from firsthand.model import Assertion, Case, Finding, Knob, Quote, Severity, SourceKind

Found = Iterator[Finding]
ALIKE = 1e-9
WIDEST_WORD = 0.25
SHOWN = 5


@cache
def load_cues() -> Mapping[str, list[str]]:
    """Return the patterns of words that claim more than one origin or one source can carry."""
    cues: dict[str, list[str]] = tomllib.loads((files(__package__) / "cues.toml").read_text("utf-8"))
    return cues


def check_case(case: Case) -> tuple[Finding, ...]:
    """Return what every rule finds, the gravest first, then in order of the rules."""
    found = [finding for rule in RULES for finding in rule(case)]
    order = list(Severity)
    return tuple(sorted(found, key=lambda finding: order.index(finding.severity)))


def find_missing_rest(case: Case) -> Found:
    """No hypothesis is "something else", so what nobody thought of counts as impossible."""
    if not any(one.something_else for one in case.hypotheses):
        what = "No hypothesis is something else, so what nobody thought of counts as impossible."
        yield _find(Severity.WRONG, "case.toml", what, "Add a hypothesis with something_else = true.")


def find_certain_priors(case: Case) -> Found:
    """A prior of 0 or 1 cannot be moved by any evidence."""
    for one in case.hypotheses:
        if one.prior.value in (0.0, 1.0):
            what = f"The prior of '{one.name}' is {one.prior.value:g}, and no evidence can move it."
            remedy = "Give it a small chance, or leave the hypothesis out."
            yield _find(Severity.WRONG, str(one.prior.id), what, remedy)


def find_twins(case: Case) -> Found:
    """Two hypotheses under which everything is equally likely cannot be told apart."""
    tables = list(_list_likelihoods(case))
    for index, one in enumerate(case.hypotheses):
        for other in case.hypotheses[index + 1 :]:
            if all(_is_alike(table, one.id, other.id) for table in tables):
                what = f"Nothing in this case tells '{one.name}' and '{other.name}' apart."
                remedy = "Merge the two, or say what would be seen under one and not under the other."
                yield _find(Severity.WRONG, f"hypothesis.{other.id}", what, remedy)


def _list_likelihoods(case: Case) -> Iterator[Mapping[Any, float]]:
    """Yield what differs by hypothesis in the evidence there is: claims spoken of, observations, silences, postures."""
    spoken = {item.claim for _, item in list_items(case)}
    for claim in case.claims:
        if claim.id in spoken:
            named = {one.id: float(one.id == claim.hypothesis) for one in case.hypotheses}
            yield named if claim.hypothesis else _read_values(claim.given)
    for observation in case.observations:
        if observation.claim is None:
            yield _read_values(observation.given)
    for expectation in case.expectations:
        if expectation.claim is None and expectation.coverage.high > 0:
            yield _read_values(expectation.produced)
        if expectation.posture and expectation.coverage.high > 0:
            yield from (_read_values(one.low) for one in case.postures if one.id == expectation.posture)


def _read_values(table: Mapping[Any, Knob]) -> dict[Any, float]:
    return {key: knob.value for key, knob in table.items()}


def _is_alike(table: Mapping[Any, float], one: str, other: str) -> bool:
    return abs(table[one] - table[other]) < ALIKE


def find_idle_evidence(case: Case) -> Found:
    """Evidence that is equally likely whatever is true weighs nothing; a suggestion is told as one."""
    tables = [(f"observation.{one.id}", one.title, one.given) for one in case.observations]
    tables += [(f"expectation.{one.id}", one.title, one.produced) for one in case.expectations if one.judged]
    given = ((one, {str(name): knob for name, knob in one.given.items()}) for one in case.claims if one.judged)
    tables += [(f"claim.{one.id}", one.sentence, table) for one, table in given]
    for where, title, table in tables:
        values = [knob.value for knob in table.values()]
        if values and max(values) - min(values) < ALIKE:
            what = f"'{title}' is equally likely whatever is true, so it weighs nothing."
            yield _find(Severity.WEAK, where, what, "Say under which explanation it is less likely.")


def find_double_counts(case: Case) -> Found:
    """The same source saying the same thing in the same report is one assertion."""
    seen: dict[tuple[str, str, str, bool], Assertion] = {}
    for one in case.assertions:
        key = (one.source, one.claim, one.quote.span.report, one.denies)
        if key in seen:
            what = f"'{one.title}' counts again what '{seen[key].title}' counts: one source, claim and report."
            yield _find(Severity.WRONG, f"assertion.{one.id}", what, "Leave one of the two out.")
        seen.setdefault(key, one)


def find_repeats(case: Case) -> Found:
    """What one source says again elsewhere is no second witness, and what is copied no second statement."""
    said: list[Assertion] = []
    for one in case.assertions:
        same = next((other for other in said if _is_repeated(one, other)), None)
        if same is not None:
            what = f"'{one.title}' and '{same.title}' count one source on one claim twice, as if apart."
            remedy = f'If one repeats the other, write copy_of = "{same.id}" and copy = "echo" or a chance.'
            yield _find(Severity.WEAK, f"assertion.{one.id}", what, remedy)
        if one.copy_of is None:
            said.append(one)


def _is_repeated(one: Assertion, other: Assertion) -> bool:
    apart = one.copy_of is None and one.quote.span.report != other.quote.span.report
    return apart and (one.source, one.claim, one.denies) == (other.source, other.claim, other.denies)


def find_shared_passages(case: Case) -> Found:
    """One passage that is counted as said and again as seen is counted twice."""
    counted = [(kind, item.id, item.title, item.quote) for kind, item in list_items(case) if kind != "expectation"]
    for place, (kind, name, title, quote) in enumerate(counted):
        for other_kind, _, other_title, other in counted[:place]:
            if (kind, other_kind) != ("assertion", "assertion") and quote and other and _do_overlap(quote, other):
                what = f"'{title}' rests on the very words that '{other_title}' rests on, and both count."
                yield _find(Severity.WEAK, f"{kind}.{name}", what, "Leave one of the two out, or quote what differs.")
                break


def _do_overlap(one: Quote, other: Quote) -> bool:
    first, second = one.span, other.span
    return first.report == second.report and first.start < second.end and second.start < first.end


def find_unjudged(case: Case) -> Found:
    """A machine's suggestion that nobody has judged is not yet evidence one can stand behind."""
    speaking = [one for one in case.profiles if any(said.source == one.source.id for said in case.assertions)]
    suggested = {
        "sources.toml": [one.source.name for one in speaking if not one.judged],
        "claims.toml": [
            *(one.sentence for one in case.claims if not one.judged),
            *(one.title for one in case.assertions if not one.judged),
        ],
        "expectations.toml": [one.title for one in case.expectations if not one.judged],
    }
    for where, titles in suggested.items():
        if titles:
            count = "is a suggestion" if len(titles) == 1 else f"are {len(titles)} suggestions"
            what = f"There {count} that nobody has judged: {_list_some(titles)}."
            remedy = "Look at each, then take away suggested = true, or accept or reject it."
            yield _find(Severity.WEAK, where, what, remedy)
    for one in speaking:
        if one.judged and UNJUDGED in (one.access.text, one.spin_off.text):
            what = f"'{one.source.name}' speaks, and its access or its spin is not judged."
            yield _find(Severity.WEAK, f"source.{one.source.id}", what, "Give it access and spin.")


def _list_some(titles: Sequence[str]) -> str:
    """Return the titles, only the first of many."""
    shown = titles if len(titles) <= SHOWN + 1 else [*titles[:SHOWN], f"and {len(titles) - SHOWN} more"]
    return "; ".join(shown)


def find_idle_interests(case: Case) -> Found:
    """A source that gains if it is believed may spin."""
    for one in case.profiles:
        if one.gains and one.spin_on.high == 0 and one.spin_off.high == 0:
            what = f"'{one.source.name}' gains if this is believed, and is judged never to spin."
            yield _find(Severity.WRONG, f"source.{one.source.id}", what, "Give spin a chance, or set gains = false.")


def find_unwatched(case: Case) -> Found:
    """A silence weighs only as far as somebody looked."""
    for one in case.expectations:
        if one.judged and one.coverage.high == 0:
            what = f"Nobody looked for '{one.title}', so that it is missing weighs nothing."
            yield _find(Severity.NOTE, f"expectation.{one.id}", what, "Look, and log it under watched.")


def find_wide_ranges(case: Case) -> Found:
    """A prior or a copy whose range is wider than any word of probability says little."""
    for one in case.hypotheses:
        width = one.prior.high - one.prior.low
        if width > WIDEST_WORD + ALIKE:
            what = f"The prior of '{one.name}' ranges over {width:.0%}, more than any word of probability."
            yield _find(Severity.NOTE, str(one.prior.id), what, "Narrow it, or say in prior_basis why not.")


def find_overclaims(case: Case) -> Found:
    """ "Confirmed" needs two independent origins."""
    confirming = re.compile("|".join(rf"\b{word}\b" for word in load_cues()["confirming"]), re.IGNORECASE)
    origins = count_own_words(case)
    for where, words, claim in _list_sentences(case):
        count = max((len(origins.get(one.id, ())) for one in case.claims if claim in (one.id, None)), default=0)
        if count < 2 and (match := confirming.search(words)):
            what = f"'{words}' says '{match[0]}', and there {_count(count)} behind it."
            yield _find(Severity.WRONG, where, what, "Say who says so, or find a second independent origin.")


def _count(count: int) -> str:
    return "is one origin" if count == 1 else "is no origin" if count == 0 else f"are {count} origins"


def count_own_words(case: Case) -> dict[str, set[str]]:
    """Return for each claim the sources who assert it and do not surely or perhaps repeat another."""
    own: dict[str, set[str]] = {}
    for one in case.assertions:
        if not one.denies and (one.copy is None or one.copy.high < 1):
            own.setdefault(one.claim, set()).add(one.source)
    return own


def _list_sentences(case: Case) -> Iterator[tuple[str, str, str | None]]:
    """Yield what the analyst himself wrote that a reader takes as said: where, the words, the claim if it has one."""
    yield "case.toml, title", case.title, None
    for hypothesis in case.hypotheses:
        yield f"hypothesis.{hypothesis.id}", hypothesis.sentence, None
    for claim in case.claims:
        yield f"claim.{claim.id}", claim.sentence, claim.id
    for assertion in case.assertions:
        yield f"assertion.{assertion.id}", assertion.title, assertion.claim


def find_plurals(case: Case) -> Found:
    """One source is not "officials" or "sources"."""
    cues = load_cues()
    plural = re.compile("|".join(rf"\b{word}\b" for word in cues["plural"]), re.IGNORECASE)
    sources = {one.source.id: one.source for one in case.profiles}
    for one in case.assertions:
        source = sources[one.source]
        if source.kind is SourceKind.GROUP:
            continue
        words = _take_sentence(case, one.quote)
        if match := plural.search(one.title) or plural.search(words):
            what = f"'{match[0]}' stands for one source, '{source.name}'."
            yield _find(Severity.NOTE, f"assertion.{one.id}", what, "Write the singular, or name the others.")


def _take_sentence(case: Case, quote: Quote) -> str:
    """Return the quotation with the rest of its line, where the saying words stand."""
    text = next((report.text for report in case.reports if report.id == quote.span.report), "")
    start, end = text.rfind("\n", 0, quote.span.start) + 1, text.find("\n", quote.span.end)
    return text[start : end if end >= 0 else len(text)] or quote.text


def find_late_reports(case: Case) -> Found:
    """A report published after the day of the assessment counts all the same."""
    for report in case.reports:
        if is_later(report.published, case.as_of):
            what = f"'{report.title or report.path}' was published after {case.as_of}, the day of the assessment."
            yield _find(Severity.WEAK, f"reports/{report.path}", what, "Move as_of on, or assess with --as-of.")


def find_uncited(case: Case) -> Found:
    """A report that nobody cites was collected and not used."""
    cited = {quote.span.report for quote in list_quotes(case)}
    uncited = [report for report in case.reports if report.id not in cited]
    if len(uncited) > SHOWN:
        names = _list_some([f"'{report.title or report.path}'" for report in uncited])
        what = f"Nothing in this case quotes {len(uncited)} of its {len(case.reports)} reports: {names}."
        yield _find(Severity.NOTE, "reports", what, "Cite them, or take them out of reports/.")
        return
    for report in uncited:
        what = f"Nothing in this case quotes '{report.title or report.path}'."
        yield _find(Severity.NOTE, f"reports/{report.path}", what, "Cite it, or take it out of reports/.")


def list_quotes(case: Case) -> Iterator[Quote]:
    """Yield every quotation that the case rests on."""
    optional = [item.quote for _, item in list_items(case)]
    optional += [check.quote for one in case.statements for check in one.checks]
    optional += [point.quote for one in case.scenarios for point in one.considerations]
    yield from (quote for quote in optional if quote is not None)
    for group in _list_groups(case):
        yield from group


def _list_groups(case: Case) -> Iterable[tuple[Quote, ...]]:
    yield from (one.quotes for one in case.postures)
    for profile in case.profiles:
        yield profile.quotes
        yield from (tie.quotes for tie in profile.ties)


def _find(severity: Severity, where: str, what: str, remedy: str) -> Finding:
    return Finding(severity=severity, where=where, what=what, remedy=remedy)


RULES: tuple[Callable[[Case], Found], ...] = (
    find_missing_rest,
    find_certain_priors,
    find_twins,
    find_idle_evidence,
    find_double_counts,
    find_repeats,
    find_shared_passages,
    find_overclaims,
    find_plurals,
    find_idle_interests,
    find_unjudged,
    find_late_reports,
    find_unwatched,
    find_wide_ranges,
    find_uncited,
)
