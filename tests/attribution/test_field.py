"""Does the field reckon as the chain it is, and do training and reading see the same?"""

from dataclasses import replace
from itertools import product
from math import exp, isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attribution.pages import make_report
from firsthand.attribution import find_attributions
from firsthand.attribution.cues import Cue
from firsthand.attribution.grammar.hits import Finding
from firsthand.attribution.learnt.chances import Weights
from firsthand.attribution.learnt.settling import describe_settling, is_clear, settle_findings
from firsthand.attribution.learnt.steps import PARTS, Steps
from firsthand.attribution.learnt.tagger import MOST_KNOWN, Field, Table
from firsthand.attribution.learnt.trained import load_model
from firsthand.attribution.learnt.traits import Roles, find_window, read_traits, spell_window
from firsthand.attribution.text.tokens import read_tokens

WEIGHTS = st.floats(min_value=-3, max_value=3)
STEPS = st.fixed_dictionaries({a + b: WEIGHTS for a in "OSCK" for b in "OSC"} | {a + "K": WEIGHTS for a in "OSC"})
WORDS = st.lists(st.tuples(WEIGHTS, WEIGHTS), max_size=3)


def weigh_path(path, steps, words):
    return sum(words[i][part] for i, part in enumerate(path)) + sum(
        steps[a + b] for a, b in zip(path, path[1:], strict=False)
    )


@settings(max_examples=60, deadline=None)
@given(STEPS, WORDS, st.tuples(WEIGHTS, WEIGHTS), WEIGHTS, WORDS)
def test_the_chances_are_those_of_all_paths_counted_one_by_one(weights, before, own, cue, after):
    words = [{"O": 0.0, "S": s, "C": c} for s, c in before]
    words += [{"O": 0.0, "S": own[0], "C": own[1], "K": cue}] + [{"O": 0.0, "S": s, "C": c} for s, c in after]
    at = len(before)
    parts = [PARTS + "K" if i == at else PARTS for i in range(len(words))]
    paths = {path: exp(weigh_path(path, weights, words)) for path in product(*parts)}
    cued = {path: odds for path, odds in paths.items() if path[at] == "K"}
    steps = Steps(weights)
    left, right = ([(exp(s), exp(c)) for s, c in side] for side in (before, after[::-1]))
    inwards = steps.run_inwards(left, right)
    chance = steps.weigh_cue(*inwards, (exp(own[0]), exp(own[1])), exp(cue))
    assert isclose(chance, sum(cued.values()) / sum(paths.values()), rel_tol=1e-9)
    told = [*steps.tell_before(left, inwards[0]), None, *reversed(steps.tell_after(right, inwards[1]))]
    for i, pair in enumerate(told):
        if pair is not None:
            true = [sum(o for p, o in cued.items() if p[i] == part) / sum(cued.values()) for part in "SC"]
            assert all(isclose(mine, theirs, rel_tol=1e-9) for mine, theirs in zip(pair, true, strict=True))


def test_what_is_looked_up_is_what_training_spells_out():
    text = "On Friday, Mara Oduya, who runs the dam, told reporters that the wall of 1962 would not hold."
    tokens = read_tokens(text, 0, len(text), (), False)
    traits, field = read_traits(tokens), load_model(0.25).field
    at = next(i for i, token in enumerate(tokens) if token.low == "told")
    roles = Roles(ruled=(("that clause", {3: "S", 4: "S", at + 3: "C"}),), others={0: "C", 3: "S", 4: "S", at + 3: "C"})
    low, spelt = spell_window(traits, at, roles)
    looked = field.look(traits)
    before, after = field._weigh_sides(looked, at, roles)
    found = [*before, None, *reversed(after)]
    assert (low, len(spelt)) == (find_window(traits, at)[0], len(found))
    for pair, strings in zip(found, spelt, strict=True):
        if pair is not None:
            source, content, _ = field._add_up(strings)
            assert isclose(pair[0], exp(source), rel_tol=1e-9)
            assert isclose(pair[1], exp(content), rel_tol=1e-9)


def test_a_field_that_knows_nothing_takes_each_part_for_as_likely_as_any():
    text = "Mara said no"
    traits = read_traits(read_tokens(text, 0, len(text), (), False))
    field = Field({}, {})
    tag = field.tag(field.look(traits), 1, Roles())
    assert tag is not None
    assert tag.cue == pytest.approx(1 / 4)
    assert tag.source[0] == tag.content[2] == pytest.approx(1 / 3)


def test_a_table_forgets_rather_than_grow_without_end():
    table = Table(lambda key: key * 2)
    assert all(table[n] == 2 * n for n in range(MOST_KNOWN + 10))
    assert len(table) <= MOST_KNOWN
    assert table[3] == 6


def make_finding(start, rule="model", chance=0.5):
    return Finding(
        sentence=(start, start + 80),
        source=(start, start + 9),
        head=None,
        cue=(start + 10, start + 14),
        entry=Cue(word="say", cue_class="say"),
        content=((start + 20, start + 70),),
        rule=rule,
        probability=chance,
    )


PAGE = "The clerk said that the wall was not sound and would not hold the water for long. " * 40
BODY = ((0, len(PAGE)),)


def test_a_doubtful_finding_is_likelier_on_a_page_that_is_full_of_them():
    weights = load_model(0.25).weights
    few = settle_findings([make_finding(0, "witness")], PAGE, BODY, weights)
    many = settle_findings([make_finding(82 * n, "witness") for n in range(30)], PAGE, BODY, weights)
    assert many[0].probability > few[0].probability


def test_what_is_clear_needs_no_page_that_is_full_of_the_kind():
    weights = load_model(0.25).weights
    found = [make_finding(0, "that clause", 0.8)]
    short, long = PAGE[:1000], PAGE + PAGE
    few = [settle_findings(found, page, ((0, len(page)),), weights)[0].probability for page in (short, long)]
    assert few[0] == few[1] >= 0.6
    assert not is_clear(replace(found[0], nested=True)) and not is_clear(replace(found[0], source=None))


def test_chances_stay_as_they_are_where_nothing_was_fitted():
    found = [make_finding(0), make_finding(82, chance=0.1)]
    assert settle_findings(found, PAGE, BODY, Weights(values={}, least=0.25)) == found


def test_only_what_the_field_alone_found_is_left_out_when_it_turns_out_unlikely():
    weights = Weights(values={}, least=0.25, settled={"one": -5.0})
    kept = settle_findings([make_finding(0), make_finding(82, "that clause")], PAGE, BODY, weights)
    assert [one.rule for one in kept] == ["that clause"]


@pytest.mark.parametrize(
    ("words", "form"),
    [("Ada Brin", "name"), ("The mayor of Varn", "noun"), ("the mayor", "plain"), ("She", "pronoun"), ("Brin", "name")],
)
def test_the_form_of_a_source_is_told_by_its_words(words, form):
    text = f"{words} said that the wall would hold."
    one = replace(make_finding(0), source=(0, len(words)))
    assert f"source {form}" in describe_settling([one], text, ((0, len(text)),))[0]


def test_the_same_page_gives_the_same_chances_however_much_was_read_before():
    report = make_report("Ada Brin fears that the wall will fall. The council wants it mended, two clerks said.")
    first = find_attributions([report])
    find_attributions([make_report("He hopes that Oduya claims and fears and says so. " * 50)])
    assert find_attributions([report]) == first
