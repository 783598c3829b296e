"""Does the alignment of two texts find what they share, edits and all, and nothing else?"""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.origins.alignment import align_pairs, align_texts, align_words, measure_words
from firsthand.origins.fingerprints import hash_words

WORDS = [f"{a}{b}{c}" for a in "bdkmprst" for b in "aeiou" for c in "lnrst"]
FEW = st.lists(st.sampled_from(WORDS[:7]), max_size=50)


def make_words(chance: random.Random, count: int) -> list[str]:
    return [chance.choice(WORDS) + chance.choice(WORDS) for _ in range(count)]


def edit_words(chance: random.Random, words: list[str], share: float) -> list[str]:
    """Return words of which a share is left out, replaced or preceded by a new one."""
    edited: list[str] = []
    for word in words:
        fate = chance.random() / share
        edited += make_words(chance, 1) if 1 / 3 <= fate < 1 else []
        edited += [word] if fate >= 2 / 3 else []
    return edited


@pytest.mark.parametrize("seed", range(10))
def test_a_run_of_twelve_words_is_found_whole_and_alone(seed: int) -> None:
    chance = random.Random(seed)
    shared = make_words(chance, 12)
    first = [*make_words(chance, chance.randrange(90)), *shared, *make_words(chance, chance.randrange(90))]
    second = [*make_words(chance, chance.randrange(90)), *shared, *make_words(chance, chance.randrange(90))]
    one, other = " ".join(first), " ".join(second)
    (run,) = align_texts(one, other).runs
    assert one[slice(*run.first)] == other[slice(*run.second)] == " ".join(shared)
    assert (run.words, run.same) == (12, 12)


@pytest.mark.parametrize("share", [0.08, 0.2])
@pytest.mark.parametrize("seed", range(5))
def test_edits_of_single_words_do_not_cut_a_copy_to_pieces(share: float, seed: int) -> None:
    chance = random.Random(seed)
    words = make_words(chance, 400)
    found = align_texts(" ".join(words), " ".join(edit_words(chance, words, share)))
    assert len(found.runs) <= 8
    assert min(found.contained_first, found.contained_second) > 1 - 1.5 * share


def test_a_passage_that_was_moved_is_found_where_it_stands_now() -> None:
    chance = random.Random(3)
    head, tail = make_words(chance, 40), make_words(chance, 40)
    found = align_texts(" ".join([*head, *tail]), " ".join([*tail, *head]))
    assert [run.same for run in found.runs] == [40, 40]
    assert found.runs[0].second > found.runs[1].second


def test_unrelated_texts_share_nothing() -> None:
    chance = random.Random(5)
    found = align_texts(" ".join(make_words(chance, 900)), " ".join(make_words(chance, 900)))
    assert found.runs == ()
    assert (found.contained_first, found.contained_second) == (0.0, 0.0)


def test_a_copy_with_additions_contains_the_whole_of_what_was_copied() -> None:
    chance = random.Random(6)
    words = make_words(chance, 60)
    found = align_texts(" ".join(words), " ".join([*make_words(chance, 60), *words]))
    assert found.contained_first == 1.0
    assert found.contained_second == pytest.approx(0.5)


def test_pieces_are_the_same_words_on_both_sides_and_leave_out_what_was_edited() -> None:
    first = "The boats left the harbour before dawn on Monday, and nobody on the quay saw smoke over the island."
    second = "The boats left the port before dawn on Monday, and nobody on the quay saw any smoke over the island."
    (run,) = align_texts(first, second).runs
    pairs = [(first[slice(*one)], second[slice(*other)]) for one, other in run.pieces]
    assert all(one == other for one, other in pairs)
    left = " ".join(one for one, _ in pairs).split()
    assert "harbour" not in left
    assert run.same == len(left) == 18


def test_a_seed_brings_in_a_match_that_a_common_phrase_hides() -> None:
    words = ["over and over again"] * 30
    text = " ".join(words)
    found = align_texts(text, text, seeds=[(0, 0)])
    assert found.contained_first == found.contained_second == 1.0
    assert max(run.same for run in found.runs) == 120


@given(FEW, FEW)
@settings(max_examples=150, deadline=None)
def test_the_compiled_and_the_plain_way_find_the_same(first: list[str], second: list[str]) -> None:
    one, other = " ".join(first), " ".join(second)
    assert align_texts(one, other, compiled=True) == align_texts(one, other)


@given(st.lists(FEW, min_size=1, max_size=5))
@settings(max_examples=100, deadline=None)
def test_many_pairs_at_once_are_measured_as_each_alone(texts: list[list[str]]) -> None:
    hashes = [hash_words(" ".join(words))[0].astype(np.uint32) for words in texts]
    begins = np.cumsum([0, *map(len, hashes)])
    words = np.concatenate(hashes)
    pairs = [(one, other) for one in range(len(texts)) for other in range(len(texts))]
    places = np.array([(begins[a], len(hashes[a]), begins[b], len(hashes[b])) for a, b in pairs])
    lengths = [(len(hashes[a]), len(hashes[b])) for a, b in pairs]
    alone = [
        measure_words(align_words(hashes[a], hashes[b]), both) for (a, b), both in zip(pairs, lengths, strict=True)
    ]
    for compiled in (False, True):
        assert align_pairs(words, places, compiled).tolist() == [list(one) for one in alone]


@given(FEW, FEW)
@settings(max_examples=150, deadline=None)
def test_every_block_holds_equal_words_and_a_run_goes_forward(first: list[str], second: list[str]) -> None:
    ours, theirs = hash_words(" ".join(first))[0], hash_words(" ".join(second))[0]
    ends: dict[int, tuple[int, int]] = {}
    for a, b, words, run in align_words(ours, theirs).tolist():
        assert words > 0
        assert ours[a : a + words].tolist() == theirs[b : b + words].tolist()
        assert (a, b) >= ends.get(run, (0, 0))
        assert b >= ends.get(run, (0, 0))[1]
        ends[run] = (a + words, b + words)


@given(FEW)
@settings(max_examples=60, deadline=None)
def test_a_text_contains_itself(words: list[str]) -> None:
    found = align_texts(" ".join(words), " ".join(words))
    if len(words) >= 8:
        assert found.contained_first == found.contained_second == 1.0
