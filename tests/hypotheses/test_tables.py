"""Does a product summed in stretches give what the whole product gives?"""

from __future__ import annotations

import numpy as np
import pytest

from firsthand.hypotheses import tables
from firsthand.hypotheses.tables import add_exponentials, sum_product


@pytest.mark.parametrize("block", [7, 40, 100, 250, 2**16])
@pytest.mark.parametrize("depth", [1.0, 900.0])
def test_stretches_of_any_length_add_up_to_the_whole(block: int, depth: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "BLOCK", block)
    rng = np.random.default_rng(5)
    shapes = ((2, 3, 1, 11, 6), (2, 1, 4, 11, 1), (1, 3, 4, 1, 6))
    parts = [-depth * rng.random(shape) for shape in shapes]
    for axes in ((0,), (1,), (0, 1), (0, 1, 2)):
        whole = add_exponentials(parts[0] + parts[1] + parts[2], axes)
        assert np.abs(sum_product(parts, axes) - whole).max() < 1e-12 * depth


def test_few_large_blocks_are_worked_on_rather_than_many_small_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    worked: list[int] = []
    plainly = tables._sum_plainly

    def count(parts: list[tables.Table], axes: tuple[int, ...]) -> tables.Table:
        worked.append(1)
        return plainly(parts, axes)

    monkeypatch.setattr(tables, "_sum_plainly", count)
    parts = [np.zeros((2, 3, 2, 400, 100)), np.zeros((1, 3, 1, 400, 100))]
    sum_product(parts, (0,))
    assert len(worked) <= 2 * parts[0].size // tables.BLOCK + 1
