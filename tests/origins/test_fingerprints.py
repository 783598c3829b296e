"""Do fingerprints find every shared run of words, and do the two ways of making them agree?"""

from __future__ import annotations

import random
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.origins.fingerprints import GUARANTEED, RUN, WINDOW, Prints, fingerprint_texts, hash_words

ODD = "aB éÉe\u0301ß \u0301中文ひ 🙂 .,\0_\n٣ЖΩ\ud800 Ā'"
WORDS = [f"{a}{b}{c}" for a in "bdkmprst" for b in "aeiou" for c in "lnrst"]


def make_words(random_: random.Random, count: int) -> list[str]:
    return [random_.choice(WORDS) for _ in range(count)]


def rows(prints: Prints) -> list[list[int]]:
    return [column.tolist() for column in prints]


def own(prints: Prints, text: int) -> list[int]:
    return prints.hashes[prints.begins[text] : prints.begins[text + 1]].tolist()


@given(st.lists(st.text(alphabet=st.sampled_from(ODD), max_size=60), max_size=6))
@settings(max_examples=200, deadline=None)
def test_the_compiled_and_the_numpy_way_give_the_same_rows(texts: list[str]) -> None:
    assert rows(fingerprint_texts(texts, compiled=True)) == rows(fingerprint_texts(texts))


@given(st.lists(st.sampled_from(["an", "bo", "cu"]), max_size=60), st.integers(0, 60))
@settings(max_examples=200, deadline=None)
def test_of_every_window_the_smallest_runs_are_kept_and_no_others(words: list[str], cut: int) -> None:
    texts = [" ".join(words[:cut]), " ".join(words[cut:])]
    for compiled in (False, True):
        prints = fingerprint_texts(texts, compiled)
        for number, text in enumerate(texts):
            marks = [mark_run(text.split()[at : at + RUN]) for at in range(max(0, len(text.split()) - RUN + 1))]
            width = min(WINDOW, len(marks))
            kept = {
                at
                for first in range(len(marks) - width + 1)
                for at in range(first, first + width)
                if marks[at] == min(marks[first : first + width])
            }
            assert own(prints, number) == [marks[at] for at in sorted(kept)]


def mark_run(words: list[str]) -> int:
    return own(fingerprint_texts([" ".join(words)]), 0)[0]


@given(st.text(alphabet=st.sampled_from(ODD), max_size=50))
@settings(max_examples=100, deadline=None)
def test_words_are_the_same_with_their_places_and_without(text: str) -> None:
    words = fingerprint_texts([text], compiled=True).words
    assert (hash_words(text)[0] >> np.uint64(32)).tolist() == words.tolist()


@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize("seed", range(20))
def test_every_shared_run_of_twelve_words_leaves_a_shared_fingerprint(seed: int, compiled: bool) -> None:
    chance = random.Random(seed)
    shared = make_words(chance, GUARANTEED)
    texts = [
        " ".join([*make_words(chance, chance.randrange(80)), *shared, *make_words(chance, chance.randrange(80))])
        for _ in range(2)
    ]
    prints = fingerprint_texts(texts, compiled)
    assert set(own(prints, 0)) & set(own(prints, 1))


def test_a_fingerprint_does_not_heed_case_accents_or_marks() -> None:
    one = "The café on Élysée street was closed, they said."
    other = "THE CAFE ON ELYSEE STREET -- was closed THEY said"
    assert fingerprint_texts([one]).hashes.tolist() == fingerprint_texts([other]).hashes.tolist()


def test_a_word_is_told_from_its_letters_in_another_order() -> None:
    hashes = hash_words("stale least tales steal a aa aaa")[0].tolist()
    assert len(set(hashes)) == len(hashes)


def test_a_word_stands_where_it_is_said_to() -> None:
    text = "«Ünder» the old bridge they found 12 crates 🙂 and a map of the harbour, twice folded."
    _, starts, ends = hash_words(text)
    found = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    assert found == re.findall(r"\w+", text)


@pytest.mark.parametrize("compiled", [False, True])
def test_a_short_text_leaves_nothing_and_one_of_six_words_a_single_one(compiled: bool) -> None:
    prints = fingerprint_texts(["", "short one", "one of no more than six"], compiled)
    assert prints.begins.tolist() == [0, 0, 0, 1]
    assert prints.bounds.tolist() == [0, 0, 2, 8]


@pytest.mark.parametrize("compiled", [False, True])
def test_the_texts_that_are_read_with_a_text_do_not_matter(compiled: bool) -> None:
    chance = random.Random(4)
    texts = [" ".join(make_words(chance, chance.randrange(40))) for _ in range(12)]
    prints = fingerprint_texts(texts, compiled)
    assert [own(prints, at) for at in range(12)] == [own(fingerprint_texts([one], compiled), 0) for one in texts]


def test_about_two_of_eight_runs_are_kept() -> None:
    text = " ".join(make_words(random.Random(1), 20_000))
    assert len(fingerprint_texts([text]).hashes) == pytest.approx(20_000 * 2 / (WINDOW + 1), rel=0.05)
