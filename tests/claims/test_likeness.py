import hashlib
import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.piles import make_pile
from firsthand.claims import gather_claims
from firsthand.claims.likeness import list_signs, load_weights, weigh_pairs
from firsthand.claims.profiles import build_profiles
from firsthand.claims.terms import load_toml

TRAINING = Path(__file__).parents[2] / "training"


@pytest.fixture(scope="module")
def training() -> ModuleType:
    spec = importlib.util.spec_from_file_location("train_claims", TRAINING / "train_claims.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["train_claims"] = module
    spec.loader.exec_module(module)
    return module


WORDS = st.sampled_from(["ferry", "dam", "fourteen", "Velmar", "Orm", "sank", "killed", "Tuesday", "to", "école", "8"])
CONTENTS = st.lists(st.lists(WORDS, min_size=1, max_size=9).map(" ".join), min_size=1, max_size=8)


@given(CONTENTS)
@settings(max_examples=60, deadline=None)
def test_a_chance_is_a_chance_and_the_same_both_ways(contents: list[str]) -> None:
    pile = make_pile(*((f"outlet{at}", "en", f"source{at % 3}", text) for at, text in enumerate(contents)))
    chances = weigh_pairs(build_profiles(*pile))
    assert np.all((chances >= 0) & (chances <= 1))
    assert np.array_equal(chances, chances.T)


def test_saying_the_same_in_other_words_is_likelier_than_another_detail_and_that_than_another_event() -> None:
    reports, attributions = make_pile(
        ("gazette", "en", "guard", "a wolf tore eleven sheep on the Orm alp on Tuesday night"),
        ("herald", "en", "shepherd", "eleven sheep were torn by a wolf on the Orm alp"),
        ("bulletin", "en", "farmer", "the fence on the Orm alp was broken"),
        ("monitor", "en", "teacher", "school fees will rise in autumn"),
    )
    chances = weigh_pairs(build_profiles(reports, attributions))
    assert chances[0, 1] > 0.5 > chances[0, 2] > chances[0, 3]


def test_every_sign_has_a_weight() -> None:
    profiles = build_profiles(*make_pile(("gazette", "en", "guard", "a wolf tore eleven sheep")))
    assert {name for name, _ in list_signs(profiles)} | {"bias"} == set(load_weights())


def test_the_weights_are_those_of_the_texts_that_are_there(training: ModuleType) -> None:
    digests = load_toml("weights.toml")["digests"]
    texts = {p.stem: p for p in (TRAINING / "claims").glob("*.txt") if p.stem not in training.HELD_OUT}
    assert digests == {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in texts.items()}


def test_topics_never_trained_on_are_told_apart_and_the_chances_can_be_believed(training: ModuleType) -> None:
    found, joined, same = [], [], []
    weights = np.array(list(load_weights().values()))
    for topic in training.read_topics():
        if topic.name in training.HELD_OUT and topic.name not in training.UNSEEN:
            names, signs, truth = training.list_pairs(topic)
            found.append(training.predict(weights, signs))
            joined.append(training.cluster_topic(topic, names, weights))
            same.append(truth)
    assert training.measure_calibration(np.concatenate(found), np.concatenate(same)) <= 0.05
    assert training.measure_pairs(np.concatenate(joined), np.concatenate(same)) >= 0.5


def test_what_leaves_one_place_is_one_event_on_topics_written_after_the_signs(training: ModuleType) -> None:
    weights = np.array(list(load_weights().values()))
    blind = np.where(np.array(list(load_weights())) == "route agrees", 0.0, weights)
    topics = [topic for topic in training.read_topics() if topic.name in training.UNSEEN]
    names, same = training.list_pairs(topics[0])[0], [training.list_pairs(topic)[2] for topic in topics]

    def measure(known: Sequence[float]) -> float:
        joined = [training.cluster_topic(topic, names, known) for topic in topics]
        return float(training.measure_pairs(np.concatenate(joined), np.concatenate(same)))

    assert measure(weights) >= 0.43
    assert measure(weights) > measure(blind)


def test_a_place_left_in_both_tells_more_than_a_place_named_in_both() -> None:
    def weigh(second: str) -> float:
        rows = (
            ("gazette", "en", "colonel", "six pickups with mortars had driven from Sarvat to the upper Neme"),
            ("herald", "en", "envoy", second),
            ("monitor", "en", "teacher", "school fees will rise in autumn"),
        )
        return float(weigh_pairs(build_profiles(*make_pile(*rows)))[0, 1])

    left = weigh("the militia had brought something heavy out of Sarvat")
    named = weigh("the militia had seen something heavy near Sarvat")
    assert left > named


def test_an_embedder_may_bring_together_what_shares_no_word() -> None:
    reports, attributions = make_pile(
        ("gazette", "en", "guard", "a wolf tore eleven sheep"),
        ("herald", "en", "shepherd", "predators ravaged the flock"),
        ("monitor", "en", "teacher", "school fees will rise in autumn"),
    )

    def embed(texts: Sequence[str]) -> list[tuple[float, float]]:
        return [(0.0, 1.0) if "school" in text else (1.0, 0.0) if text else (0.0, 0.0) for text in texts]

    assert len(gather_claims(reports, attributions, ())) == 3
    assert len(gather_claims(reports, attributions, (), embed=embed)) == 2
