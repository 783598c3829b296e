"""Which runs of words do two reports share?"""

from hypothesis import given
from hypothesis import strategies as st

from firsthand.model import ReportId
from firsthand.origins.passages import SHORTEST, find_passages
from firsthand.origins.words import split_words

WORDS = st.lists(st.sampled_from([f"w{n}" for n in range(400)]), min_size=0, max_size=60)


def find(*texts):
    split = {ReportId(f"r{n}"): split_words(text, [(0, len(text))]) for n, text in enumerate(texts)}
    return find_passages(split, frozenset({"the", "of"}))


@given(WORDS, WORDS, WORDS, st.lists(st.integers(0, 10**6), min_size=SHORTEST, max_size=40, unique=True))
def test_every_shared_run_of_eight_words_is_found(before, after, other, run):
    shared = " ".join(f"x{n}" for n in run)
    first = " ".join([*before, shared, *after])
    second = " ".join([*other, shared])
    spans = [(p.first, p.second) for p in find(first, second)]
    assert any(shared in first[a.start : a.end] and shared in second[b.start : b.end] for a, b in spans)


def test_a_run_is_found_whatever_its_accents_and_capitals():
    (passage,) = find(
        "Le Maire a tout démenti hier soir devant la presse", "le maire a tout dementi HIER soir devant la presse"
    )
    assert passage.words == 10


def test_seven_shared_words_are_too_few():
    assert find("one two three four five six seven a b c", "one two three four five six seven d e f") == ()


def test_a_hundred_copies_are_not_compared_each_with_each():
    text = " ".join(f"word{n}" for n in range(200))
    assert len(find(*[text] * 100)) < 500


def test_a_passage_within_one_report_is_not_shared():
    text = "nothing is so dull as a sentence said twice over here"
    assert find(f"{text}. Again: {text}.") == ()
