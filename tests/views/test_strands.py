"""Does the tree hold every telling once, and do its marks keep their distance?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.model import Period, Provenance, ProvenanceEdge, ProvenanceNode, Reason
from firsthand.views.lanes import plan_lanes
from firsthand.views.provenance import fold_rows, number_origins
from firsthand.views.strands import MOST_STRANDS, Weave, weave_strands
from firsthand.views.svg import measure_text
from tests.views.sample import EDGES, NODES

KINDS = ("origin", "latent", "report", "credited", "echo")
WAYS = ("relays", "may derive", "linked", "cited", "loop")
SAMPLE = Provenance(nodes=NODES, edges=EDGES)


def make_node(name: str, kind: str, day: int | None = None) -> ProvenanceNode:
    start = None if day is None else datetime(2031, 5, 1) + timedelta(days=day)
    when = None if start is None else Period(start=start, end=start + timedelta(days=1))
    return ProvenanceNode(id=name, kind=kind, label=name.title(), detail="", when=when)


def make_edge(parent: str, child: str, kind: str = "relays") -> ProvenanceEdge:
    return ProvenanceEdge(
        parent=parent, child=child, kind=kind, probability=1.0, low=1.0, high=1.0,
        reason=Reason(rule="test", sentence="says so"),
    )  # fmt: skip


@st.composite
def provenances(draw: st.DrawFn) -> Provenance:
    count = draw(st.integers(1, 14))
    nodes = tuple(
        make_node(f"n{place}", draw(st.sampled_from(KINDS)), draw(st.none() | st.integers(0, 400)))
        for place in range(count)
    )
    names = st.sampled_from([node.id for node in nodes])
    edges = draw(st.lists(st.builds(make_edge, names, names, st.sampled_from(WAYS)), max_size=25))
    return Provenance(nodes=nodes, edges=tuple(edges))


def list_drawn(weave: Weave) -> list[str]:
    drawn = [node.id for strand in weave.strands for node in strand.nodes]
    rows = [row for strand in weave.strands for found in strand.echoes.values() for row in found]
    return drawn + [node.id for row in (*rows, *weave.stray) for node in row.nodes]


@given(provenances())
def test_every_node_is_drawn_once_however_they_are_joined(provenance: Provenance) -> None:
    weave = weave_strands(provenance)
    drawn = list_drawn(weave)
    assert len(drawn) == len(set(drawn))
    if not weave.folded:
        assert set(drawn) == {node.id for node in provenance.nodes}


@settings(deadline=None)
@given(provenances())
def test_every_mark_has_its_place_within_the_graphic(provenance: Provenance) -> None:
    weave = weave_strands(provenance)
    plan = plan_lanes(provenance, weave, 1216.0)
    assert plan.places.keys() == {node.id for strand in weave.strands for node in strand.nodes}
    assert all(0 <= x <= 1216 and 0 <= y <= plan.height for x, y in plan.places.values())


def test_an_echo_hangs_from_the_report_it_repeats_even_through_another_echo() -> None:
    nodes = (
        make_node("origin", "origin"),
        make_node("paper", "report"),
        make_node("one", "echo"),
        make_node("two", "echo"),
    )
    edges = (make_edge("origin", "paper"), make_edge("paper", "one"), make_edge("one", "two"))
    weave = weave_strands(Provenance(nodes=nodes, edges=edges))
    assert [row.label for row in weave.strands[0].echoes["paper"]] == ["One", "Two"]


def test_echoes_that_repeat_each_other_in_a_ring_are_not_lost() -> None:
    nodes = (make_node("one", "echo"), make_node("two", "echo"))
    weave = weave_strands(Provenance(nodes=nodes, edges=(make_edge("one", "two"), make_edge("two", "one"))))
    assert sorted(list_drawn(weave)) == ["one", "two"]


def test_a_hundred_echoes_of_many_publishers_fold_into_a_few_rows() -> None:
    nodes = (make_node("origin", "origin"), make_node("paper", "report"))
    nodes += tuple(make_node(f"echo{place}", "echo", place % 9) for place in range(100))
    edges = (make_edge("origin", "paper"), *(make_edge("paper", node.id) for node in nodes[2:]))
    rows = fold_rows(weave_strands(Provenance(nodes=nodes, edges=edges)).strands[0].echoes["paper"])
    assert len(rows) == 9
    assert sum(len(row.nodes) for row in rows) == 100
    assert rows[-1].label == "92 more publishers"


def test_more_strands_than_can_be_drawn_are_counted() -> None:
    nodes = tuple(make_node(f"origin{place}", "origin", place) for place in range(40))
    weave = weave_strands(Provenance(nodes=nodes, edges=()))
    assert (len(weave.strands), weave.folded) == (MOST_STRANDS, 40 - MOST_STRANDS)


def test_a_report_never_stands_left_of_an_earlier_one() -> None:
    weave = weave_strands(SAMPLE)
    plan = plan_lanes(SAMPLE, weave, 1216.0)
    dated = [node for node in NODES if node.when and node.kind == "report"]
    order = sorted(dated, key=lambda node: node.when.start + (node.when.end - node.when.start) / 2)  # type: ignore[union-attr]  # dated
    places = [plan.places[node.id][0] for node in order]
    assert places == sorted(places)


def test_origins_are_numbered_as_they_are_drawn() -> None:
    numbers = number_origins(weave_strands(SAMPLE))
    assert sorted(numbers.values()) == [1, 2, 3, 4, 5]
    assert numbers["o1"] == 1


def test_an_origin_dated_after_the_report_that_relays_it_still_stands_left_of_it() -> None:
    nodes = (make_node("origin", "origin", 9), make_node("paper", "report", 3), make_node("late", "report", 20))
    provenance = Provenance(nodes=nodes, edges=(make_edge("origin", "paper"), make_edge("paper", "late")))
    places = plan_lanes(provenance, weave_strands(provenance), 1216.0).places
    assert places["origin"][0] + 60 < places["paper"][0] < places["late"][0]


def test_a_label_on_one_line_has_room_for_its_name_and_its_detail() -> None:
    nodes = [make_node("o", "origin", 0), *(make_node(f"r{place}", "report", place + 1) for place in range(4))]
    nodes = [replace(node, detail="carries two voices and a rumour") for node in nodes]
    provenance = Provenance(nodes=tuple(nodes), edges=tuple(make_edge("o", f"r{place}") for place in range(4)))
    plan = plan_lanes(provenance, weave_strands(provenance), 1216.0)
    beside = [label for label in plan.labels.values() if label.side == "beside"]
    assert beside
    for label in beside:
        assert label.width >= measure_text(label.bold[0], 13, bold=True) + measure_text(" ".join(label.plain), 12)
