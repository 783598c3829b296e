"""What does the trained model add to the rules, and what does it never do?"""

import hashlib
import tomllib
from importlib import resources
from time import perf_counter

import pytest

from attribution.pages import make_report, read, read_one
from firsthand.attribution import find_attributions
from firsthand.attribution.learnt.trained import load_model
from firsthand.attribution.learnt.traits import Roles, read_traits, spell_window
from firsthand.attribution.learnt.triggers import find_triggers, load_triggers
from firsthand.attribution.text.tokens import read_tokens
from firsthand.attribution.who.unnamed import find_access, find_anonymity
from firsthand.errors import InputError

WEIGHTS = resources.files("firsthand.attribution").joinpath("weights")


def test_a_wish_is_found_that_no_rule_knows():
    found = read_one("The harbour board wants the ferry company to open its books.")
    assert found.source_mention.text == "The harbour board"
    assert found.content.text.endswith("open its books")


def test_the_weights_belong_together_and_are_small():
    field = WEIGHTS.joinpath("field.json").read_bytes()
    told = tomllib.loads(WEIGHTS.joinpath("chances.toml").read_text(encoding="utf-8"))
    assert hashlib.sha256(field).hexdigest() == told["field"]
    assert len(field) < 1_000_000


def test_an_unknown_setting_is_said_to_be_unknown():
    with pytest.raises(InputError, match="no setting 'bold'"):
        find_attributions([make_report("The dam broke, Mara Oduya said.")], "bold")


def test_a_setting_keeps_what_is_sure_enough():
    text = "The dam broke, Mara Oduya said. The council considers the wall unsafe and fears another flood."
    sure, wide = (find_attributions([make_report(text)], name)[0] for name in ("precision", "recall"))
    assert {a.id for a in sure} <= {a.id for a in wide}
    assert all(a.probability >= 0.6 for a in sure)


def test_other_languages_are_left_to_the_rules():
    german = make_report("Das Tor war zu, sagte Ada Brin. Der Rat will die Mauer prüfen.", language="de")
    assert all(a.reason.rule != "model" for a in find_attributions([german])[0])


def test_a_statement_is_not_read_through_the_model():
    text = "The Service regrets the loss of its log. The Service hereby demands the return of every lamp by Friday."
    found = read(text, publisher="Ravel Lighthouse Service", title="Communiqué of the Lighthouse Service")
    assert found
    assert all(a.reason.rule != "model" for a in found)


@pytest.mark.parametrize("text", ["Nobody wants the ferry back.", "No official wants the ferry back."])
def test_what_nobody_thinks_is_attributed_to_nobody(text):
    assert read(text) == ()


def test_a_trigger_is_a_word_and_never_a_quotation():
    assert load_triggers()["hopes"].lemma == "hope"
    assert "according" in load_triggers()
    assert find_triggers(()) == []


def test_the_traits_of_a_sentence_are_one_list_for_each_word():
    report = make_report("Mara Oduya hopes that the dam holds.")
    words = read_tokens(report.text, 0, len(report.text), (), False)
    traits = read_traits(words)
    assert len(traits.words) == len(traits.classes) == len(words)
    low, spelt = spell_window(traits, 2, Roles())
    assert (low, len(spelt)) == (0, len(words))
    field = load_model(0.25).field
    tag = field.tag(field.look(traits), 2, Roles())
    assert tag is not None and 0.5 < tag.cue <= 1
    assert len(tag.source) == len(tag.content) == len(words)


UNNAMED = [
    ("Two people who have read the draft said the wall was unsafe.", "who have read the draft", ""),
    (
        "An official familiar with the plan, who asked not to be named for fear of reprisals, said it was dead.",
        "familiar with the plan",
        "who asked not to be named for fear of reprisals",
    ),
    (
        "One clerk, speaking on condition of anonymity because the inquiry is not over, said the log was lost.",
        "",
        "speaking on condition of anonymity because the inquiry is not over",
    ),
]


@pytest.mark.parametrize(("text", "access", "reason"), UNNAMED)
def test_what_an_unnamed_source_knows_and_why_it_has_no_name(text, access, reason):
    cue = text.index(" said")
    source = (0, text.index(",") if "," in text else cue)
    assert find_access(text, source, (0, len(text)), cue) == access
    assert find_anonymity(text, source, (0, len(text)), cue) == reason


STRANGE = {
    "one quotation that never ends": '"' + "the wall will fall he said and she knows it " * 4000,
    "marks within marks": "“" * 2500 + " he said the wall fell " + "”" * 2500,
    "one sentence without an end": "Mara Oduya says the wall wants to fear hope and claim " * 4000,
    "emoji and other scripts": "🔥 Мара said 水 “the دیوار fell” 👩‍👩‍👧 told she hopes. " * 2000,
    "marks of no width": "Mara\u200b Oduya\u200d sa\u00adid\ufeff that the wall\u2060 fell. " * 3000,
    "nothing but triggers": "said claims fears hopes wants says " * 5000,
}


@pytest.mark.parametrize("name", sorted(STRANGE))
def test_time_stays_linear_however_strange_the_text(name):
    whole = STRANGE[name]
    half = whole[: len(whole) // 2]
    find_attributions([make_report(half[:500], language="en")])
    spent = []
    for text in (half, whole):
        start = perf_counter()
        find_attributions([make_report(text, language="en")])
        spent.append(perf_counter() - start)
    assert spent[1] < 4 * spent[0] + 0.5
