"""What stands where in the pile: whose reports, whose words, about which claim?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cached_property

from firsthand.model import (
    Attribution,
    AttributionId,
    Claim,
    Quote,
    Report,
    ReportId,
    Source,
    SourceId,
    SourceKind,
    Span,
)
from firsthand.origins.lexicon import read_lexicon
from firsthand.origins.words import Word, find_sentence, split_words


class Index:
    """The pile as the rules of this package look at it: worked out once, never changed.

    Reports are in order of publication, those without a date last; attributions in order of report and place.
    """

    def __init__(
        self,
        reports: Sequence[Report],
        attributions: Sequence[Attribution],
        sources: Sequence[Source],
        claims: Sequence[Claim] = (),
    ) -> None:
        self.reports: dict[ReportId, Report] = {r.id: r for r in sorted(reports, key=order_reports)}
        self.place: dict[ReportId, int] = {report: n for n, report in enumerate(self.reports)}
        kept = [a for a in attributions if a.report in self.place]
        kept.sort(key=lambda a: (self.place[a.report], a.content.spans, a.id))
        self.attributions: dict[AttributionId, Attribution] = {a.id: a for a in kept}
        self.sources: dict[SourceId, Source] = {s.id: s for s in sources}
        self.claim_of: dict[AttributionId, str] = {a: c.matter or c.id for c in claims for a in c.attributions}

    @cached_property
    def words(self) -> Mapping[ReportId, tuple[Word, ...]]:
        """The words of each report's body."""
        return {r.id: split_words(r.text, r.body) for r in self.reports.values()}

    @cached_property
    def said_in(self) -> Mapping[ReportId, tuple[Attribution, ...]]:
        """The attributions of each report."""
        found: dict[ReportId, list[Attribution]] = {report: [] for report in self.reports}
        for attribution in self.attributions.values():
            found[attribution.report].append(attribution)
        return {report: tuple(said) for report, said in found.items()}

    @cached_property
    def said_of(self) -> Mapping[str, tuple[Attribution, ...]]:
        """The attributions of each claim, or of each matter where claims are known to be near one another."""
        found: dict[str, list[Attribution]] = {}
        for attribution in self.attributions.values():
            if attribution.id in self.claim_of:
                found.setdefault(self.claim_of[attribution.id], []).append(attribution)
        return {claim: tuple(said) for claim, said in sorted(found.items())}

    @cached_property
    def publisher_words(self) -> Mapping[ReportId, frozenset[str]]:
        """The words of each report's publisher's name that tell it from others."""
        return {r.id: name_words(r.publisher) for r in self.reports.values()}

    @cached_property
    def reports_by(self) -> Mapping[SourceId, tuple[ReportId, ...]]:
        """The reports that each source put out itself."""
        found: dict[SourceId, set[ReportId]] = {}
        for attribution in self.attributions.values():
            if attribution.chain:
                found.setdefault(attribution.chain[0], set()).add(attribution.report)
        by_words: dict[frozenset[str], list[ReportId]] = {}
        for report, words in self.publisher_words.items():
            by_words.setdefault(words, []).append(report)
        for source in self.sources.values():
            for name in {source.name, *source.names}:
                if words := name_words(name):
                    found.setdefault(source.id, set()).update(_find_bearers(words, source, by_words))
        return {source: tuple(sorted(held, key=self.place.__getitem__)) for source, held in found.items() if held}

    @cached_property
    def _selves(self) -> frozenset[ReportId]:
        """The reports whose publisher mostly speaks itself: statements, and not news of others."""
        own: dict[ReportId, int] = {}
        for attribution in self.attributions.values():
            own[attribution.report] = own.get(attribution.report, 0) + (1 if len(attribution.chain) == 1 else -1)
        return frozenset(report for report, balance in own.items() if balance >= 0)

    def speaks_itself(self, report: ReportId) -> bool:
        """Tell whether a report is mostly its publisher's own words."""
        return report in self._selves

    def same_publisher(self, first: ReportId, second: ReportId) -> bool:
        """Tell whether one publisher put both reports out."""
        words = self.publisher_words[first]
        return bool(words) and words == self.publisher_words[second]

    def name_source(self, source: SourceId) -> str:
        """Return a source's name, or its id where nothing else is known."""
        return self.sources[source].name if source in self.sources else str(source)

    def name_report(self, report: ReportId) -> str:
        """Return the words by which a reader knows a report."""
        held = self.reports[report]
        return held.publisher or held.title or held.path

    @cached_property
    def details(self) -> Mapping[AttributionId, frozenset[str]]:
        """The words of each content that are not common, numbers as figures."""
        return {a.id: detail_words(a.content.text) for a in self.attributions.values()}

    @cached_property
    def _starts(self) -> Mapping[ReportId, list[int]]:
        """Where the words of each report start."""
        return {report: [word.start for word in words] for report, words in self.words.items()}

    def find_words(self, span: Span) -> range:
        """Return the numbers of the words that start within a span."""
        starts = self._starts[span.report]
        return range(bisect_left(starts, span.start), bisect_left(starts, span.end))

    @cached_property
    def vocabulary(self) -> Mapping[ReportId, frozenset[str]]:
        """The words of each report that are no common words, numbers as figures."""
        lexicon = read_lexicon()
        return {
            report: frozenset(str(lexicon.numbers.get(w.text, w.text)) for w in words if w.text not in lexicon.common)
            for report, words in self.words.items()
        }

    def quote_content(self, attribution: Attribution) -> Quote:
        """Return the first piece of what was said, as it stands in the report."""
        return self.quote(content_span(attribution))

    def quote(self, span: Span) -> Quote:
        """Return the words that stand in a span."""
        return Quote(span=span, text=self.reports[span.report].text[span.start : span.end])

    def span_of(self, report: ReportId, words: Sequence[Word]) -> Span:
        """Return the span from the first of some neighbouring words to the last."""
        return Span(report=report, start=words[0].start, end=words[-1].end)

    def sentence_around(self, report: ReportId, start: int, end: int) -> Span:
        """Return the span of the sentence around a stretch of a report."""
        begin, finish = find_sentence(self.reports[report].text, start, end)
        return Span(report=report, start=begin, end=finish)


def _find_bearers(
    words: frozenset[str], source: Source, by_words: Mapping[frozenset[str], list[ReportId]]
) -> Sequence[ReportId]:
    """Return the reports of the publisher that bears a name, in whatever language, or but for one word: its website."""
    if words in by_words or source.kind not in (SourceKind.GROUP, SourceKind.DOCUMENT):
        return by_words.get(words, ())
    body = name_body(source.name)
    near = [held for name, held in by_words.items() if len(body) > 1 and name_body(" ".join(sorted(name))) == body]
    near = near or [held for name, held in by_words.items() if name and name < words and len(words - name) == 1]
    return near[0] if len(near) == 1 else ()


def content_span(attribution: Attribution) -> Span:
    """Return where the first piece of what was said stands; of the cue or the source where there is none."""
    for mention in (attribution.content, attribution.cue, attribution.source_mention):
        if mention.spans:
            start, end = mention.spans[0]
            return Span(report=attribution.report, start=start, end=end)
    return Span(report=attribution.report, start=0, end=0)


def order_reports(report: Report) -> tuple[bool, str, str]:
    """Return the key that puts reports in order of publication, undated ones last, ties by id."""
    return report.published is None, report.published.start.isoformat() if report.published else "", report.id


def surely_after(first: Report, second: Report) -> bool:
    """Tell whether the first was certainly published after the second: their periods do not overlap."""
    if first.published is None or second.published is None:
        return False
    return first.published.start >= second.published.end and first.published != second.published


def name_words(name: str) -> frozenset[str]:
    """Return the words of a name that carry it, folded: "The Ministry of the Interior" -> ministry, interior."""
    words = [word.text for word in split_words(name, [(0, len(name))])]
    lexicon = read_lexicon()
    carrying = frozenset(trim_plural(w) for w in words if w not in lexicon.common)
    return carrying or frozenset(w for w in words if w not in lexicon.joining)


def name_body(text: str) -> frozenset[str]:
    """Return the words by which an institution is known, in English where the list has them."""
    lexicon = read_lexicon()
    found: set[str] = set()
    for word in split_words(text, [(0, len(text))]):
        english = lexicon.bodies.get(word.text) or lexicon.bodies.get(trim_plural(word.text)) or trim_plural(word.text)
        found |= set(english.split())
    return frozenset(found - lexicon.common - lexicon.joining - lexicon.articles - lexicon.anybody)


def trim_plural(word: str) -> str:
    """Return a word without the s of its plural: observers -> observer."""
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


def detail_words(text: str) -> frozenset[str]:
    """Return the folded words of a text that are no common words, number words as figures."""
    lexicon = read_lexicon()
    words = (word.text for word in split_words(text, [(0, len(text))]))
    return frozenset(str(lexicon.numbers.get(w, w)) for w in words if w not in lexicon.common)
