"""Does a judgement take the place of what the machine found, and of nothing else?"""

from pathlib import Path

from firsthand.attribution import find_attributions, judge_attributions
from firsthand.case import load_case

GOLDEN = Path(__file__).parent.parent / "golden"


def judge(name):
    case = load_case(GOLDEN / name)
    attributions, sources = find_attributions(case.reports)
    return case, attributions, judge_attributions(case, attributions, sources)


def test_every_assertion_has_its_attribution_at_the_words_quoted():
    case, _, judged = judge("loud-silence")
    by_id = {a.id: a for a in judged.attributions}
    for assertion in case.assertions:
        placed = by_id[judged.placed[assertion.id]]
        assert placed.source == assertion.source
        assert placed.report == assertion.quote.span.report
        assert placed.reason.rule == "judged"
        assert placed.chain[-1] == assertion.source


def test_a_judgement_replaces_and_does_not_double():
    _, found, judged = judge("loud-silence")
    assert len(judged.attributions) <= len(found) + 1
    assert len({a.id for a in judged.attributions}) == len(judged.attributions)


def test_every_source_of_a_chain_is_known():
    _, _, judged = judge("forged-statement")
    known = {source.id for source in judged.sources}
    for attribution in judged.attributions:
        assert set(attribution.chain) <= known


def test_a_purported_statement_is_never_the_word_of_the_author_it_names():
    case, _, judged = judge("forged-statement")
    placed = next(a for a in judged.attributions if a.id == judged.placed["letter"])
    assert placed.source != case.statements[0].author
    assert next(source.name for source in judged.sources if source.id == placed.source) == case.statements[0].title


def test_the_relays_of_an_assertion_stand_between_outlet_and_source():
    _, _, judged = judge("loud-silence")
    names = {source.id: source.name for source in judged.sources}
    echo = next(a for a in judged.attributions if a.id == judged.placed["coast-whale"])
    assert [names[link] for link in echo.chain] == ["Coast News", "Gale Herald", "Bruno Tast"]
