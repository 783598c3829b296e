"""Does the corpus of our own hold to its format, and hold what its README promises?"""

from __future__ import annotations

from pathlib import Path

import pytest
from corpus import CorpusError, Item, count_corpus, read_corpus, read_item, tell_mode

GOOD = """title: A road
publisher: Vell Courier
date: 2019-03-04

{s1|A driver} {k1|said} {c1|the road, which {s2|the council} {k2|called} {c2|“safe”}, was shut}.
---
1 say unnamed who="driver"
2 call group who="council" via="driver"
"""


@pytest.fixture(scope="module")
def items() -> tuple[Item, ...]:
    return read_corpus()


def write_item(folder: Path, text: str) -> Path:
    path = folder / "item.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_marks_become_spans_of_the_bare_text(tmp_path: Path) -> None:
    item = read_item(write_item(tmp_path, GOOD))
    assert item.text == "A driver said the road, which the council called “safe”, was shut."
    outer, inner = item.attributions
    assert [item.text[s:e] for s, e in outer.get("c")] == ["the road, which the council called “safe”, was shut"]
    assert [item.text[s:e] for s, e in inner.get("s")] == ["the council"]
    assert inner.via == ("driver",)
    assert [tell_mode(item.text, one.get("c")) for one in (outer, inner)] == ["mixed", "direct"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (GOOD.replace("{s1|A driver}", "A driver"), "its source is marked otherwise"),
        (GOOD.replace(" say unnamed", " utter unnamed"), "unknown class or kind"),
        (GOOD.replace("was shut}", "was shut"), "never closed"),
        (GOOD.replace("A driver}", "A driver}}"), "stray '}'"),
        (GOOD.replace("2 call", "3 call"), "no content marked"),
        (GOOD.replace("---", "--"), "no line of three hyphens"),
        (GOOD.replace(' who="driver"', ""), "lacks who="),
    ],
)
def test_a_broken_item_is_refused_by_name(tmp_path: Path, wrong: str, told: str) -> None:
    with pytest.raises(CorpusError, match=r"item\.txt") as refused:
        read_item(write_item(tmp_path, wrong))
    assert told in str(refused.value)


def test_every_mark_stands_in_its_text_and_is_no_empty_stretch(items: tuple[Item, ...]) -> None:
    for item in items:
        for one in item.attributions:
            for spans in one.roles.values():
                assert all(0 <= start < end <= len(item.text) for start, end in spans), f"{item.path}: {one.number}"


def test_the_corpus_holds_what_was_promised(items: tuple[Item, ...]) -> None:
    english = [item for item in items if item.style[:3] not in ("fr-", "de-")]
    counts = count_corpus(english)
    assert counts["words"] >= 50_000
    assert len({item.style for item in english}) >= 16
    assert counts["chains"] >= 600 and counts["unnamed with access or reason"] >= 250 and counts["hedges"] >= 300


def test_whole_styles_are_held_out(items: tuple[Item, ...]) -> None:
    assert {i.style for i in items if i.test}.isdisjoint({i.style for i in items if not i.test})
    assert count_corpus([i for i in items if i.test and i.style[:3] not in ("fr-", "de-")])["words"] >= 10_000


def test_no_item_stands_twice(items: tuple[Item, ...]) -> None:
    assert len({item.text for item in items}) == len(items)
