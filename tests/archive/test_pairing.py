"""Do SQL, sorting and compiled loops find the same pairs, at once and bit by bit?"""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.archive import choosing, pairing, passages
from firsthand.archive.choosing import choose_prints, split_prints
from firsthand.archive.pairing import Prints
from firsthand.store import Store
from firsthand.store import passages as sql
from firsthand.store.passage_store import PassageStore

DAY = 86_400


class Story:
    """Reports that copy each other, with a phrase that all have and templates of a publisher."""

    def __init__(self, seed: int, count: int = 60) -> None:
        chance = random.Random(seed)
        template, common = self._draw(chance, 4), self._draw(chance, 1)
        self.prints: list[list[int]] = []
        self.facts: list[tuple[int, str, str, int | None]] = []
        for number in range(count):
            own = self._draw(chance, chance.randrange(12))
            for parent in chance.sample(self.prints, min(len(self.prints), chance.randrange(4))):
                own += chance.sample(parent, chance.randint(0, len(parent)))
            publisher = chance.choice(["Herald", "Post", "", "Skell Wire"])
            if number % 3 == 0:
                publisher, own = "Isle Gazette", own + template
            own += common if chance.random() < 0.9 else []
            own += own[:1] if chance.random() < 0.1 else []
            self.prints.append(chance.sample(own, len(own)))
            moment = chance.choice([None, chance.randrange(60) * DAY])
            self.facts.append((number, f"r-{chance.getrandbits(40):010x}", publisher, moment))

    @staticmethod
    def _draw(chance: random.Random, count: int) -> list[int]:
        return [chance.getrandbits(64) for _ in range(count)]

    def put(self, store: PassageStore, first: int, after: int) -> None:
        """Put some of the reports into a store, as if their texts had left these fingerprints."""
        counts = [len(held) for held in self.prints]
        rows = [
            (number, sum(counts[:number]), counts[number], *self.facts[number][1:]) for number in range(first, after)
        ]
        connection = store._connection
        connection.executemany("INSERT INTO traced SELECT $1, $4, $5, $6, 0, 0 FROM (SELECT $2, $3)", rows)
        connection.executemany("INSERT INTO printed VALUES ($1, $2, $3)", [row[:3] for row in rows])
        with store._prints.open("ab") as stream:
            stream.write(np.array(sum(self.prints[first:after], []), np.uint64).tobytes())

    def find_pairs(self, folder, monkeypatch, *, way: str, cuts: tuple[int, ...] = ()):
        """Return the pairs found in a way, some reports at a time."""
        folder.mkdir()
        Store(folder, write=True).__exit__(None, None, None)
        monkeypatch.setattr(passages, "is_worth_compiling", lambda _: way == "compiled")
        monkeypatch.setattr(PassageStore, "by_sql", way == "sql")
        edges = [0, *cuts, len(self.prints)]
        for first, after in zip(edges, edges[1:], strict=False):
            with PassageStore(folder) as store:
                self.put(store, first, after)
                store.rank_reports()
                passages._pair_some(store, first)
                found = store._connection.execute("SELECT * FROM pairs ORDER BY ALL").fetchall()
        return found


@pytest.mark.parametrize("way", ["numpy", "compiled"])
@pytest.mark.parametrize("cuts", [(), (20, 41), (1, 2, 59)])
@pytest.mark.parametrize("seed", range(4))
def test_what_is_found_in_memory_is_found_by_sql(tmp_path, monkeypatch, way, cuts, seed):
    monkeypatch.setattr(pairing, "PART_PRINTS", (50, 500)[seed % 2])
    monkeypatch.setattr(choosing, "PIECE_PRINTS", 20)
    story = Story(seed)
    found = story.find_pairs(tmp_path / "memory", monkeypatch, way=way, cuts=cuts)
    assert found == story.find_pairs(tmp_path / "sql", monkeypatch, way="sql", cuts=cuts)
    assert len(found) > 40


@pytest.mark.parametrize("seed", range(4))
def test_pairs_found_bit_by_bit_are_those_found_at_once(tmp_path, monkeypatch, seed):
    story = Story(seed)
    whole = story.find_pairs(tmp_path / "whole", monkeypatch, way="compiled")
    assert story.find_pairs(tmp_path / "bits", monkeypatch, way="compiled", cuts=(7, 30, 44)) == whole


@pytest.mark.parametrize("limit", ["MANY", "CANDIDATES", "CLOSE"])
def test_a_limit_holds_in_memory_as_it_does_in_sql(tmp_path, monkeypatch, limit):
    for module in (pairing, sql):
        monkeypatch.setattr(module, limit, 1)
    story = Story(9)
    found = story.find_pairs(tmp_path / "memory", monkeypatch, way="numpy", cuts=(30,))
    assert found == story.find_pairs(tmp_path / "sql", monkeypatch, way="sql", cuts=(30,))


@given(st.lists(st.lists(st.integers(0, 40), max_size=8), max_size=12), st.sampled_from([1, 2, 8]))
@settings(max_examples=60, deadline=None)
def test_every_fingerprint_held_twice_is_chosen_once_by_its_part(held: list[list[int]], parts: int) -> None:
    prints = Prints(np.array(sum(held, []), np.uint64) << np.uint64(3), np.cumsum([0, *map(len, held)], dtype=np.int64))
    everything = [(value << 3, number) for number, values in enumerate(held) for value in values]
    twice = [row for row in everything if sum(row[0] == other for other, _ in everything) > 1]
    for compiled in (False, True):
        chosen = [piece for part in range(parts) for piece in split_prints(*prints, (part, parts), compiled)]
        rows = [row for hashes, reports in chosen for row in zip(hashes.tolist(), reports.tolist(), strict=True)]
        assert all(rows.count(row) >= twice.count(row) for row in twice)
        assert sorted(set(rows) - set(everything)) == []
        wanted = np.unique(prints.hashes)[::2]
        some = [choose_prints(*prints, (part, parts), wanted, compiled) for part in range(parts)]
        assert sorted(value for hashes, _ in some for value in hashes.tolist()) == sorted(
            value for value, _ in everything if value in set(wanted.tolist())
        )


def test_a_fingerprint_weighs_less_the_more_hold_it_and_the_same_in_sql(tmp_path):
    Store(tmp_path, write=True).__exit__(None, None, None)
    holders = np.unique(np.geomspace(2, 2_000_000, 3_000).astype(np.int64))
    with PassageStore(tmp_path) as store:
        rows = store._connection.execute(
            f"SELECT {sql.weigh_sql()} FROM (SELECT unnest($1) AS holders)", [holders.tolist()]
        ).fetchall()
    weights = sql.weigh(holders)
    assert [row[0] for row in rows] == weights.tolist()
    assert (np.diff(weights) <= 0).all()
    assert weights[0] == sql.WEIGHT
