"""Does a large tree stay light, and say how much of it is folded?"""

from __future__ import annotations

from firsthand.model import Provenance, ProvenanceEdge, ProvenanceNode, Reason
from firsthand.workbench.folding import MOST_MARKS, fold_provenance, is_folded


def make_node(name: str) -> ProvenanceNode:
    return ProvenanceNode(id=name, kind="report", label=name, detail="", when=None)


def make_edge(parent: str, child: str, kind: str = "relays", chance: float = 0.9) -> ProvenanceEdge:
    reason = Reason(rule="test", sentence="made for a test")
    return ProvenanceEdge(
        parent=parent, child=child, kind=kind, probability=chance, low=chance, high=chance, reason=reason
    )


def make_tree(*edges: ProvenanceEdge) -> Provenance:
    names = dict.fromkeys(end for edge in edges for end in (edge.parent, edge.child))
    return Provenance(nodes=tuple(make_node(name) for name in names), edges=edges)


def count_all(tree: Provenance) -> int:
    folded = sum(int(node.label.split()[0]) for node in tree.nodes if is_folded(node.id))
    return folded + sum(not is_folded(node.id) for node in tree.nodes)


def test_a_small_tree_is_drawn_whole():
    tree = make_tree(*(make_edge("root", f"n{n}") for n in range(200)))
    assert fold_provenance(tree) is tree


def test_of_a_large_tree_every_mark_is_drawn_or_counted():
    wide = [make_edge("root", f"n{n}") for n in range(600)]
    deep = [make_edge(f"n{n}", f"n{n}-{k}") for n in range(40) for k in range(20)]
    tree = make_tree(*wide, *deep)
    folded = fold_provenance(tree)
    assert count_all(folded) == len(tree.nodes)
    assert len(folded.nodes) < 2 * MOST_MARKS
    assert len(folded.edges) < 2 * MOST_MARKS


def test_the_surest_line_of_a_mark_is_the_one_that_is_drawn():
    tree = make_tree(
        *(make_edge("root", f"n{n}") for n in range(400)),
        make_edge("other", "n5", chance=0.95),
        make_edge("root", "other"),
        make_edge("n7", "n5", "linked", 1.0),
    )
    lines = {(edge.parent, edge.child) for edge in fold_provenance(tree).edges}
    assert ("other", "n5") in lines
    assert not {("root", "n5"), ("n7", "n5")} & lines


def test_a_circle_is_folded_too_and_its_loop_is_drawn():
    circle = [make_edge("a", "b", "loop"), make_edge("b", "a", "loop")]
    tree = make_tree(*circle, *(make_edge("a", f"n{n}") for n in range(400)))
    folded = fold_provenance(tree)
    assert {("a", "b"), ("b", "a")} <= {(edge.parent, edge.child) for edge in folded.edges}
    assert count_all(folded) == len(tree.nodes)


def test_folding_is_the_same_every_time():
    edges = [make_edge(f"n{n % 30}", f"m{n}") for n in range(500)]
    assert fold_provenance(make_tree(*edges)) == fold_provenance(make_tree(*edges))
