"""Do the shares of groups of evidence add up, whoever comes first?"""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from firsthand.errors import ModelError
from firsthand.hypotheses import join, share_weight
from firsthand.model import Factor, VariableId
from networks import make_network, over

H = VariableId("H")


def weigh_odds(factors: list[Factor]) -> float:
    chance = join(factors, (H,))[0, 0]
    return float(10 * np.log10(chance / (1 - chance)))


def test_shares_are_the_average_over_every_order() -> None:
    network = make_network(5)
    frame = list(network.frame)
    groups = {"one": network.reports[:3], "two": network.reports[3:5], "three": network.reports[5:]}
    shares = share_weight(frame, groups, (H, 0))
    counted = dict.fromkeys(groups, 0.0)
    for order in permutations(groups):
        said = list(frame)
        for name in order:
            before, said = weigh_odds(said), [*said, *groups[name]]
            counted[name] += (weigh_odds(said) - before) / 6
    assert {one.group: one.weight_db for one in shares} == pytest.approx(counted, abs=1e-9)
    assert all(one.exact and one.error == 0 for one in shares)


def test_shares_add_up_to_the_weight_of_all_evidence() -> None:
    network = make_network(8, hubs=2)
    groups = {f"g{number}": network.reports[number::12] for number in range(12)}
    shares = share_weight(network.frame, groups, (H, 2))
    chances = [join(factors, (H,))[2, 0] for factors in (network.frame, network.factors)]
    weight = np.diff([10 * np.log10(chance / (1 - chance)) for chance in chances])[0]
    assert sum(one.weight_db for one in shares) == pytest.approx(weight, abs=1e-9)


def test_beyond_twelve_groups_shares_are_estimates_marked_as_such_and_still_add_up() -> None:
    network = make_network(7)
    groups = {f"g{number}": [one] for number, one in enumerate(network.reports[:14])}
    frame = list(network.frame)
    shares = share_weight(frame, groups, (H, 0))
    assert not any(one.exact for one in shares)
    assert all(one.error > 0 for one in shares)
    weight = weigh_odds([*frame, *network.reports[:14]]) - weigh_odds(frame)
    assert sum(one.weight_db for one in shares) == pytest.approx(weight, abs=1e-9)
    assert share_weight(frame, groups, (H, 0)) == shares


def test_estimates_lie_near_the_exact_shares() -> None:
    network = make_network(5)
    groups = {f"g{number}": [one] for number, one in enumerate(network.reports[:12])}
    exact = share_weight(network.frame, groups, (H, 1))
    more = {**groups, "nothing": [over("C:0", [0.5, 0.5])]}
    drawn = {one.group: one for one in share_weight(network.frame, more, (H, 1), orders=400)}
    for one in exact:
        assert abs(drawn[one.group].weight_db - one.weight_db) < 4.5 * drawn[one.group].error
    assert drawn["nothing"].weight_db == pytest.approx(0, abs=1e-9)


def test_evidence_that_settles_the_matter_alone_cannot_be_shared_out() -> None:
    network = make_network(2)
    with pytest.raises(ModelError, match="certain or impossible"):
        share_weight(network.frame, {"proof": [over("H", [0, 1, 1, 1])], "rest": network.reports}, (H, 0))
