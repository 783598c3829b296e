"""Does an independent library come to the same chances?

Its answers on fifty networks are kept beside this test, so that nobody needs it installed;
`benchmarks/inference.py --record` writes them anew.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from firsthand.hypotheses import calibrate_factors, find_chances
from networks import make_network

RECORDED = json.loads(Path(__file__).with_name("pyagrum.json").read_text("utf-8"))


@pytest.mark.parametrize("answer", RECORDED["answers"], ids=lambda answer: f"{answer['network']['claims']} claims")
def test_every_belief_is_the_librarys(answer: dict) -> None:
    calibration = calibrate_factors(make_network(**answer["network"]).factors)
    assert set(answer["beliefs"]) == set(calibration.climb.tree.axes)
    for name, chances in answer["beliefs"].items():
        assert find_chances(calibration, name)[:, 0] == pytest.approx(chances, abs=1e-11), name


def test_fifty_networks_were_answered() -> None:
    assert len(RECORDED["answers"]) == 50
    assert RECORDED["source"].startswith("pyAgrum")
