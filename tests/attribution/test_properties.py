from dataclasses import replace
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attribution.pages import make_report
from firsthand.attribution import find_attributions
from firsthand.attribution.text.quotes import find_quotations
from firsthand.attribution.text.sentences import split_paragraphs, split_sentences
from firsthand.attribution.text.tokens import read_tokens

PIECES = (
    *("said", "told", "that", '"the', "“dam", "‘broke,”", "Mara", "Oduya", ",", ".", ":", ";", "according", "to"),
    *("an", "official", "denied", "he", "she", "they", "I", "in", "of", "\n\n", "who", "’", "»", "«", "(„", "habe"),
    *("Laut", "sagte", "and", "but", "Gen.", "U.S.", "4", ")", "(", "-", "—", "|", "…", "is", "believed", "was"),
    *("by", "NAME:", "not", "reported", "citing", "selon", "confirmed", "as", "so", "interview", "with", "report"),
)
STRANGE = (
    *(
        "\u200d",
        "sa\u00adid",
        "\u202b",
        "\u200f",
        "مصدر",
        "сказал",
        "🔥",
        "e\u0301",
        "\u00a0",
        "5' 10\"",
        "‚",
        "›",
        "‹",
    ),
    *("“", "”", "„", '"', "'", "''", "``", "―", ".50 cal.", "R-Ky.,", "John F.", "if.If", "\u2028", "Q.", "\x85"),
)
WORDS = st.sampled_from(PIECES)
ODD = st.lists(st.sampled_from(PIECES + STRANGE), max_size=40).flatmap(
    lambda words: st.sampled_from(["", " "]).map(lambda gap: gap.join(words))
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=60).map(" ".join))
QUIET = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@QUIET
@given(TEXTS, st.sampled_from(["en", "fr", "de", "es", ""]))
def test_no_text_is_too_strange_and_every_span_holds_its_words(text, language):
    report = make_report(f"Head. {text} Tail.", language=language)
    inside = replace(report, body=((6, len(report.text) - 6),))
    found, sources = find_attributions([inside])
    known = {s.id for s in sources}
    for attribution in found:
        assert attribution.source in known
        assert set(attribution.chain) <= known
        assert attribution.chain[-1] == attribution.source
        assert 0 < attribution.probability <= 1
        assert 0 <= attribution.hedge <= 1
        for mention in (attribution.content, attribution.cue, attribution.source_mention):
            assert mention.text == " ".join(report.text[s:e] for s, e in mention.spans)
            assert all(6 <= s < e <= len(report.text) - 6 for s, e in mention.spans)


@QUIET
@given(st.one_of(TEXTS, ODD))
def test_every_word_stands_in_one_sentence_and_every_quotation_in_one_paragraph(text):
    paragraphs = split_paragraphs(text, 0, len(text))
    quotations = find_quotations(text, paragraphs, 0, len(text))
    assert all(a.end <= b.start for a, b in pairwise(quotations))
    for quotation in quotations:
        assert quotation.start <= quotation.inner[0] <= quotation.inner[1] <= quotation.end
        assert any(s <= quotation.start and quotation.end <= e for s, e in paragraphs)
    bounds = [(q.start, q.end) for q in quotations]
    for start, end in paragraphs:
        sentences = split_sentences(text, start, end, bounds)
        assert all(a[1] <= b[0] and not text[a[1] : b[0]].strip() for a, b in pairwise(sentences))
        for first, last in sentences:
            tokens = read_tokens(text, first, last, quotations, False)
            assert all(text[t.start : t.end] == t.text and t.start < t.end for t in tokens)
            assert all(a.end <= b.start for a, b in pairwise(tokens))
            covered = {at for t in tokens for at in range(t.start, t.end)}
            assert all(at in covered for at in range(first, last) if text[at].isalnum())


@QUIET
@given(ODD, st.sampled_from(["en", "fr", "de"]))
def test_strange_marks_move_no_span(text, language):
    report = make_report(text, language=language)
    for attribution in find_attributions([report])[0]:
        for mention in (attribution.content, attribution.cue, attribution.source_mention):
            assert mention.text == " ".join(report.text[s:e] for s, e in mention.spans)


REPORTS = [
    make_report("The dam broke, Mara Oduya told the Brill agency.", publisher="Valley Herald"),
    make_report("Oduya said the valley was dry. An official denied that anyone was hurt.", publisher="Varnel Courier"),
    make_report("Brill reported, citing Oduya, that the dam broke.", publisher="Quay Notes"),
]


@settings(max_examples=12, deadline=None)
@given(st.permutations(REPORTS))
def test_the_order_of_reports_changes_no_id(reports):
    wanted = find_attributions(REPORTS)
    found = find_attributions(reports)
    assert {a.id for a in found[0]} == {a.id for a in wanted[0]}
    assert {(s.id, s.name) for s in found[1]} == {(s.id, s.name) for s in wanted[1]}


def test_the_same_reports_give_the_same_attributions():
    assert find_attributions(REPORTS) == find_attributions(REPORTS)


def test_time_grows_no_faster_than_the_text():
    from time import perf_counter

    def measure(text: str) -> float:
        start = perf_counter()
        find_attributions([make_report(text)])
        return perf_counter() - start

    pieces = ("“‘" * 200 + "word", "Bob said, " * 200, "A" * 800, "he said that a b c and that " * 60)
    marks = ("'so " * 200, "“he said so. " * 80, "5' 10\" " * 120, "A, who ran it, in Varnel, " * 40, "\u200da" * 300)
    blocks = ("“The dam must go.” — Mara Oduya\n\n" * 20, "HOLT: we said so.\n\n" * 30, "He said:\n\n“We ran.\n\n" * 20)
    for piece in (*pieces, *marks, *blocks):
        short, long = measure(piece * 2), measure(piece * 16)
        assert long < 40 * short + 0.2
