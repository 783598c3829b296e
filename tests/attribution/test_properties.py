from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attribution.pages import make_report
from firsthand.attribution import find_attributions

PIECES = (
    *("said", "told", "that", '"the', "“dam", "‘broke,”", "Mara", "Oduya", ",", ".", ":", ";", "according", "to"),
    *("an", "official", "denied", "he", "she", "they", "I", "in", "of", "\n\n", "who", "’", "»", "«", "(„", "habe"),
    *("Laut", "sagte", "and", "but", "Gen.", "U.S.", "4", ")", "(", "-", "—", "|", "…", "is", "believed", "was"),
    *("by", "NAME:", "not", "reported", "citing", "selon", "confirmed", "as", "so", "interview", "with", "report"),
)
WORDS = st.sampled_from(PIECES)
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

    for piece in ("“‘" * 200 + "word", "Bob said, " * 200, "A" * 800, "he said that a b c and that " * 60):
        short, long = measure(piece * 2), measure(piece * 16)
        assert long < 40 * short + 0.2
