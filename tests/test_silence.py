"""Does a silence weigh only as far as somebody looked?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from firsthand.errors import ModelError
from firsthand.hypotheses import centre_knobs, list_contributions, read_knobs, solve
from firsthand.model import Case, Channel, Expectation, Period
from firsthand.silence import cover_window, describe_silences, weigh_silences
from vector_one import build_case, find_chance_of_asked, knob, weigh

WINDOW = Period(start=datetime(2020, 3, 1), end=datetime(2020, 3, 11))


def watch(first: int, last: int) -> Period:
    return Period(start=datetime(2020, 3, first), end=datetime(2020, 3, last))


def channel(share: float, *watched: Period) -> Channel:
    return Channel(id=f"c{share}", name="", share=share, watched=watched)


def with_expectation(**more: object) -> Case:
    case = build_case(echoes=0)
    return replace(case, expectations=(replace(case.expectations[0], **more),))


def find_factor(one: Expectation) -> tuple[tuple[str, ...], list[list[float]]]:
    case = replace(build_case(echoes=0), expectations=(one,))
    factor = weigh_silences(case, centre_knobs(read_knobs(case)))[0].likelihood
    return factor.scope, factor.table[..., 0].tolist()


def test_the_chance_of_not_seeing_it_is_one_minus_the_product() -> None:
    scope, table = find_factor(build_case().expectations[0])
    assert scope == ("H", "Q:group")
    assert table[0] == pytest.approx([1 - 0.35 * 0.9 * 0.1, 1 - 0.35 * 0.9])
    assert table[3] == pytest.approx([1, 1])


@pytest.mark.parametrize(
    ("title", "shown"), [("Film of the attack", "Not seen: film of the attack"), ("No film", "No film")]
)
def test_a_silence_is_said_to_be_one(title: str, shown: str) -> None:
    case = with_expectation(title=title)
    assert weigh_silences(case, centre_knobs(read_knobs(case)))[0].title == shown


def test_without_a_posture_nothing_damps_it() -> None:
    scope, table = find_factor(replace(build_case().expectations[1], posture=None))
    assert scope == ("C:fighting",)
    assert table == pytest.approx([1 - 0.6 * 0.9, 1])


def test_nobody_looked_weighs_exactly_nothing() -> None:
    blind = with_expectation(coverage=knob("expectation.video.coverage", 0.0))
    assert find_chance_of_asked(blind) == pytest.approx(
        find_chance_of_asked(replace(blind, expectations=())), abs=1e-15
    )
    assert "Nobody looked" in weigh_silences(blind, centre_knobs(read_knobs(blind)))[0].reason.sentence


def test_two_silences_of_one_producer_count_for_less_than_two_of_two() -> None:
    case = build_case(echoes=0)
    video = case.expectations[0]
    twice = tuple(replace(video, id=f"video-{n}") for n in range(2))
    shared = replace(case, expectations=twice)
    other = replace(
        case.postures[0], id="other", low={k: replace(v, id=f"o.{k}") for k, v in case.postures[0].low.items()}
    )
    apart = replace(
        case,
        postures=(*case.postures, replace(other, damp=knob("posture.other.damp", 0.1))),
        expectations=(twice[0], replace(twice[1], posture="other")),
    )
    assert (
        find_chance_of_asked(apart)
        < find_chance_of_asked(shared)
        < find_chance_of_asked(replace(case, expectations=()))
    )


def test_half_the_window_on_half_the_channels_is_a_quarter() -> None:
    assert cover_window((channel(0.5, watch(1, 6)), channel(0.5)), WINDOW) == pytest.approx(0.25)


def test_watches_that_overlap_count_once() -> None:
    overlapping = (watch(1, 5), watch(3, 6), watch(4, 5), watch(9, 20))
    assert cover_window((channel(1.0, *overlapping),), WINDOW) == pytest.approx(0.7)


def test_shares_beyond_the_whole_are_scaled_down_and_missing_ones_stay_missing() -> None:
    assert cover_window((channel(0.8, watch(1, 11)), channel(0.8)), WINDOW) == pytest.approx(0.5)
    assert cover_window((channel(0.3, watch(1, 11)),), WINDOW) == pytest.approx(0.3)
    assert cover_window((), WINDOW) == 0.0


def test_a_watch_outside_the_window_covers_nothing() -> None:
    assert cover_window((channel(1.0, watch(12, 20)),), WINDOW) == 0.0


def test_a_moment_is_covered_by_a_watch_over_it() -> None:
    moment = Period(start=datetime(2020, 3, 5), end=datetime(2020, 3, 5))
    assert cover_window((channel(1.0, watch(1, 11)),), moment) == 1.0
    assert cover_window((channel(1.0, watch(6, 11)),), moment) == 0.0


def test_times_with_and_without_a_zone_are_compared_as_utc() -> None:
    zoned = Period(start=datetime(2020, 3, 1, tzinfo=UTC), end=datetime(2020, 3, 11, tzinfo=UTC))
    assert cover_window((channel(1.0, zoned),), WINDOW) == 1.0


def test_a_silence_is_described_by_its_three_numbers_and_its_weight() -> None:
    case = build_case(echoes=0)
    knobs = centre_knobs(read_knobs(case))
    solution = solve(*weigh(case, knobs))
    rows = list_contributions(case, solution, solution)
    video, biographies = describe_silences(case, knobs, rows)
    assert (video.produced, video.by_now, video.coverage) == (0.35, 1.0, 0.9)
    assert video.seen == pytest.approx(0.315)
    assert video.weight_db == pytest.approx(-0.75, abs=0.005)
    assert video.watched == "9 of 10 known channels watched, 20 Mar – 8 Apr"
    assert biographies.produced == 0.6
    assert "no log" in biographies.watched


def test_a_silence_is_known_when_its_window_closes() -> None:
    case = build_case(echoes=0)
    (found, _) = weigh_silences(case, centre_knobs(read_knobs(case)))
    assert found.when is not None
    assert found.when.end == datetime(2011, 4, 9)
    assert found.when.start.date() == date(2011, 4, 8)


def test_a_posture_the_case_does_not_have_is_named() -> None:
    with pytest.raises(ModelError, match="'nowhere'"):
        find_factor(replace(build_case().expectations[0], posture="nowhere"))


def test_a_hypothesis_under_which_nothing_is_said_is_named() -> None:
    with pytest.raises(ModelError, match="'none'"):
        find_factor(
            replace(
                build_case().expectations[0],
                produced={key: one for key, one in build_case().expectations[0].produced.items() if key != "none"},
            )
        )
