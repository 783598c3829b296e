"""Do fingerprints find every shared run of words, and do the three ways of making them agree?"""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.origins import winnowing_numpy
from firsthand.origins.fingerprints import (
    GUARANTEED,
    RUN,
    WINDOW,
    Fingerprints,
    fingerprint_texts,
    hash_words,
    load_folding,
)
from firsthand.origins.winnowing import keep_runs, read_letters

ODD = "aB éÉe\u0301ß \u0301中文ひ 🙂 .,\0_\n٣ЖΩ\ud800 Ā'"
WORDS = [f"{a}{b}{c}" for a in "bdkmprst" for b in "aeiou" for c in "lnrst"]


def make_words(random_: random.Random, count: int) -> list[str]:
    return [random_.choice(WORDS) for _ in range(count)]


def rows(prints: Fingerprints) -> list[tuple[int, ...]]:
    columns = (prints.hashes, prints.texts, prints.places, prints.starts, prints.ends)
    return list(zip(*(column.tolist() for column in columns), strict=True))


@given(st.lists(st.text(alphabet=st.sampled_from(ODD), max_size=60), max_size=6))
@settings(max_examples=150, deadline=None)
def test_the_compiled_and_the_numpy_way_give_the_same_rows(texts: list[str]) -> None:
    assert rows(fingerprint_texts(texts, compiled=True)) == rows(fingerprint_texts(texts, compiled=False))


@given(st.text(alphabet=st.sampled_from(ODD), max_size=50))
@settings(max_examples=100, deadline=None)
def test_numpy_reads_the_words_that_the_plain_loop_reads(text: str) -> None:
    kinds, folded = load_folding()
    codes = np.minimum(np.frombuffer((text + "\0").encode("utf-32-le", "surrogatepass"), np.uint32), 65535)
    with np.errstate(over="ignore"):
        plain = read_letters(codes.astype(np.uint16), kinds, folded)
    quick = winnowing_numpy.read_letters(codes.astype(np.uint16), kinds, folded)
    assert [column.tolist() for column in plain] == [column.tolist() for column in quick]


@given(st.lists(st.integers(0, 5), max_size=60), st.lists(st.integers(0, 60), max_size=4))
def test_numpy_keeps_the_runs_that_the_plain_loop_keeps(marks: list[int], cuts: list[int]) -> None:
    words = len(marks) + RUN - 1
    bounds = np.array([0, *sorted(min(cut, words) for cut in cuts), words], np.int64)
    some = np.array(marks, np.uint64)
    assert keep_runs(some, bounds, RUN, 4).tolist() == winnowing_numpy.keep_runs(some, bounds, RUN, 4).tolist()


@pytest.mark.parametrize("seed", range(30))
def test_every_shared_run_of_twelve_words_leaves_a_shared_fingerprint(seed: int) -> None:
    chance = random.Random(seed)
    shared = make_words(chance, GUARANTEED)
    texts = [
        " ".join([*make_words(chance, chance.randrange(80)), *shared, *make_words(chance, chance.randrange(80))])
        for _ in range(2)
    ]
    prints = fingerprint_texts(texts)
    assert set(prints.hashes[prints.texts == 0].tolist()) & set(prints.hashes[prints.texts == 1].tolist())


def test_a_fingerprint_does_not_heed_case_accents_or_marks() -> None:
    one = "The café on Élysée street was closed, they said."
    other = "THE CAFE ON ELYSEE STREET -- was closed THEY said"
    assert fingerprint_texts([one]).hashes.tolist() == fingerprint_texts([other]).hashes.tolist()


def test_a_fingerprint_stands_where_it_says() -> None:
    texts = ["", "short one", "«Ünder» the old bridge they found 12 crates 🙂 and a map of the harbour, twice folded."]
    prints = fingerprint_texts(texts)
    assert set(prints.texts.tolist()) == {2}
    starts = hash_words(texts[2])[1].tolist()
    for place, start, end in zip(prints.places, prints.starts, prints.ends, strict=True):
        assert starts[place] == start
        assert len(texts[2][start:end].replace("🙂", " ").split()) == RUN


def test_the_batch_a_text_is_read_in_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(4)
    texts = [" ".join(make_words(chance, 40)) for _ in range(12)]
    whole = rows(fingerprint_texts(texts))
    monkeypatch.setattr("firsthand.origins.fingerprints.BATCH", 300)
    assert rows(fingerprint_texts(texts)) == whole


def test_about_two_of_eight_runs_are_kept() -> None:
    text = " ".join(make_words(random.Random(1), 20_000))
    assert len(fingerprint_texts([text]).hashes) == pytest.approx(20_000 * 2 / (WINDOW + 1), rel=0.05)
