"""Where does a report name another publisher as saying, writing or showing something?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from firsthand.model import Attribution, Derivation, Report, ReportId, record
from firsthand.origins.evidence import End, Finding, join_ends
from firsthand.origins.index import Index, name_words, trim_plural
from firsthand.origins.lexicon import read_lexicon
from firsthand.origins.matching import (
    can_precede,
    count_common,
    end_of_report,
    is_contradicted,
    kind_of_taking,
    prefer_report,
)
from firsthand.origins.words import Word

NAMED_IN_FULL = 0.85
NAMED_IN_SHORT = 0.75
# How many words before and after a name a word of saying may stand.
NEAR_FULL, NEAR_SHORT, NEAR_BARE = (10, 8), (3, 3), (2, 3)

Name = frozenset[str]


@record
class Naming:
    """The words from `at` to `stop` name a publisher; `near` is how close by a word of saying must stand."""

    name: Name
    at: int
    stop: int
    near: tuple[int, int]


def find_mentions(index: Index, told: Sequence[Derivation]) -> Iterator[Derivation]:
    """Yield a derivation for each publisher that a report names next to a word of saying, writing or showing.

    A publisher whom the report is already `told` to credit is left out.
    """
    known = {(d.child.report, index.publisher_words[d.parent.report]) for d in told if d.parent}
    reports: dict[Name, list[ReportId]] = {}
    for report, words in index.publisher_words.items():
        if words:
            reports.setdefault(words, []).append(report)
    bearers: dict[str, set[Name]] = {}
    for name, (first, *_) in reports.items():
        for word in name_words(index.reports[first].publisher.split("(")[0]):
            bearers.setdefault(word, set()).add(name)
    for report in index.reports:
        for naming in _find_namings(index.words[report], bearers):
            if (report, naming.name) in known or naming.name == index.publisher_words[report]:
                continue
            if found := _join_naming(index, index.reports[report], naming, reports[naming.name]):
                known.add((report, naming.name))
                yield found


def _find_namings(words: Sequence[Word], bearers: Mapping[str, set[Name]]) -> Iterator[Naming]:
    """Yield the stretches of words that name one publisher of the pile and no other, the longest each."""
    joining = read_lexicon().joining
    at = 0
    while at < len(words):
        stop, bearing = at, set[Name]()
        while stop < len(words) and (here := bearers.get(trim_plural(words[stop].text))):
            shared = bearing & here if bearing else here
            if not shared:
                break
            bearing, stop = shared, stop + 1
            ahead = stop
            while ahead < len(words) - 1 and words[ahead].text in joining:
                ahead += 1
            if ahead < len(words) and bearing & bearers.get(trim_plural(words[ahead].text), set()):
                stop = ahead
        if len(bearing) == 1 and (found := _make_naming(words, at, stop, next(iter(bearing)))):
            yield found
        at = max(stop, at + 1)


def _make_naming(words: Sequence[Word], at: int, stop: int, name: Name) -> Naming | None:
    """Return the naming in a stretch of words; None where it may as well be ordinary words, or qualify what follows."""
    run = [word for word in words[at:stop] if trim_plural(word.text) in name]
    capital = all(word.capital for word in run)
    if capital and {trim_plural(word.text) for word in run} == name:
        return Naming(name=name, at=at, stop=stop, near=NEAR_FULL)
    after_article = at > 0 and words[at - 1].text in read_lexicon().articles
    if not (capital or after_article) or _qualifies(words, stop):
        return None
    near = NEAR_FULL if capital and (after_article or len(run) > 1) else NEAR_SHORT if after_article else NEAR_BARE
    return Naming(name=name, at=at, stop=stop, near=near)


def _qualifies(words: Sequence[Word], stop: int) -> bool:
    """Tell whether a short name only qualifies the word after it: the Frost depot, the Packers' Union."""
    lexicon = read_lexicon()
    following = stop
    if following < len(words) and words[following].text == "s":
        following += 1
    if following >= len(words) or words[following].start - words[following - 1].end > 2 - (following > stop):
        return False
    return words[following].text not in lexicon.common and words[following].text not in lexicon.citing


def _join_naming(index: Index, report: Report, naming: Naming, reports: Sequence[ReportId]) -> Derivation | None:
    """Return the derivation that a naming shows; None where nothing is said near it."""
    words = index.words[report.id]
    sentence = index.sentence_around(report.id, words[naming.at].start, words[naming.stop - 1].end)
    inside = index.find_words(sentence)
    lexicon = read_lexicon()
    near = {words[n].text for n in inside if naming.at - naming.near[0] <= n < naming.stop + naming.near[1]}
    if not near & lexicon.citing or {words[n].text for n in inside} & lexicon.withheld:
        return None
    held = [parent for parent in reports if can_precede(index, parent, report.id)]
    if not held or _is_disowned_all(index, report.id, held):
        return None
    parent = max(held, key=lambda r: (count_common(index, report.id, r), prefer_report(index, report.id, r)))
    finding = Finding(
        rule="named as saying it",
        kind=kind_of_taking(index, report.id, parent),
        probability=NAMED_IN_FULL if naming.near == NEAR_FULL else NAMED_IN_SHORT,
        directed=True,
        sentence=f"{index.name_report(report.id)} names {index.name_report(parent)} as having said or shown it.",
    )
    return join_ends(index, End(span=sentence), end_of_report(index, parent), finding)


def _is_disowned_all(index: Index, report: ReportId, held: Sequence[ReportId]) -> bool:
    """Tell whether all that a report has from these publishers is denied in their own reports."""
    owners = {a.chain[0] for parent in held for a in index.said_in[parent] if a.chain}
    relayed: list[Attribution] = [a for a in index.said_in[report] if a.chain and a.chain[-1] in owners]
    return bool(relayed) and all(is_contradicted(index, a, held) for a in relayed)
