"""How is the tree of who had it from whom laid out?"""

from firsthand.model import Derivation, DerivationKind, Provenance, Reason, Span
from firsthand.origins import draw_provenance
from origins.piles import Pile

SEEN = "Four barges sank in the lock at Ennis"


def draw(pile: Pile, **more) -> Provenance:
    traced = pile.trace(**more)
    sources = tuple(pile.sources.values())
    return draw_provenance(pile.reports, pile.attributions, sources, traced.derivations, traced.origins)


def kinds_of(drawn: Provenance) -> dict[str, str]:
    return {node.label: node.kind for node in drawn.nodes}


def lines_of(drawn: Provenance) -> dict[tuple[str, str], str]:
    return {(edge.parent, edge.child): edge.kind for edge in drawn.edges}


def make_pile() -> Pile:
    pile = Pile()
    wire = pile.add_report("Marsh Wire", f"{SEEN}, harbour master Rhea Coll told Marsh Wire on Tuesday.", day=1)
    echo = pile.add_report("Evening Lamp", f"{SEEN}, Marsh Wire reported, citing Coll.", day=2)
    pile.say(wire, SEEN, "Rhea Coll")
    pile.say(echo, SEEN, "Marsh Wire > Rhea Coll")
    return pile


def test_an_origin_its_report_and_its_echo_stand_in_one_line():
    drawn = draw(make_pile())
    assert kinds_of(drawn) == {"Rhea Coll": "origin", "Marsh Wire": "report", "Evening Lamp": "echo"}
    assert lines_of(drawn) == {("o-rhea-coll", "r-0"): "relays", ("r-0", "r-1"): "relays"}


def test_a_relay_that_is_not_in_the_pile_is_drawn_between_a_latent_origin_and_the_report():
    pile = Pile()
    echo = pile.add_report("Evening Lamp", f"{SEEN}, Marsh Wire reported, citing Coll.", day=2)
    pile.say(echo, SEEN, "Marsh Wire > Rhea Coll")
    drawn = draw(pile)
    assert kinds_of(drawn)["Marsh Wire"] == "credited"
    assert kinds_of(drawn)["Rhea Coll"] == "latent"
    assert lines_of(drawn) == {
        ("o-rhea-coll", "credited:s-marsh-wire"): "relays",
        ("credited:s-marsh-wire", "r-0"): "relays",
    }


def test_a_round_up_is_cited_into_and_not_relayed_into():
    pile = make_pile()
    fen = pile.add_report("Fen Agency", "The lock swallowed the barges, Obe Lund told Fen Agency.", day=1)
    pile.say(fen, "The lock swallowed the barges", "Obe Lund")
    text = f"{SEEN}, Marsh Wire reported from Coll. The lock swallowed the barges, says Fen Agency from Lund."
    digest = pile.add_report("Weekly Digest", text, day=3)
    pile.say(digest, SEEN, "Marsh Wire > Rhea Coll")
    pile.say(digest, "The lock swallowed the barges", "Fen Agency > Obe Lund")
    lines = lines_of(draw(pile))
    assert lines["r-0", "r-3"] == "cited"
    assert lines["r-2", "r-3"] == "cited"


def test_outlets_that_cite_each_other_are_joined_by_two_lines_of_a_loop():
    pile = Pile()
    portal = pile.add_report("Quay Portal", f"{SEEN}, Radio Fen reported.", day=1)
    radio = pile.add_report("Radio Fen", f"{SEEN}, according to Quay Portal.", day=1)
    pile.say(portal, SEEN, "Radio Fen", kind="group")
    pile.say(radio, SEEN, "Quay Portal", kind="group")
    lines = lines_of(draw(pile))
    assert lines["r-0", "r-1"] == lines["r-1", "r-0"] == "loop"


def test_a_judged_maybe_is_drawn_as_given_and_leads_to_the_origin_that_may_repeat():
    pile = Pile()
    first = pile.add_report("Marsh Wire", f"{SEEN}, Rhea Coll told Marsh Wire.", day=1)
    second = pile.add_report("Evening Lamp", "The gates burst, a keeper told the Lamp.", day=3)
    one = pile.say(first, SEEN, "Rhea Coll")
    two = pile.say(second, "The gates burst", "a keeper", kind="unnamed")
    drawn = draw(pile, judged=[make_judged(pile, two, one)])
    (line,) = [edge for edge in drawn.edges if edge.kind == "may derive"]
    assert (line.parent, line.child) == ("r-0", "o-a-keeper")
    assert (line.low, line.probability, line.high) == (0.1, 0.25, 0.6)


def make_judged(pile: Pile, child: str, parent: str) -> Derivation:
    said = {a.id: a for a in pile.attributions}
    ends = {
        name: Span(report=a.report, start=a.content.spans[0][0], end=a.content.spans[0][1]) for name, a in said.items()
    }
    return Derivation(
        child=ends[child],
        parent=ends[parent],
        latent=None,
        kind=DerivationKind.DERIVED,
        probability=0.25,
        low=0.1,
        high=0.6,
        directed=True,
        reason=Reason(rule="judged", sentence="He may have read it."),
        child_attribution=child,
        parent_attribution=parent,
    )


def test_an_origin_that_speaks_of_something_else_is_an_aside():
    pile = Pile()
    first = pile.add_report("Marsh Wire", f"{SEEN}, Rhea Coll told Marsh Wire.", day=1)
    second = pile.add_report("Evening Lamp", "The fair is off, a keeper told the Lamp.", day=3)
    one = pile.say(first, SEEN, "Rhea Coll")
    pile.say(second, "The fair is off", "a keeper", kind="unnamed")
    traced = pile.trace()
    sources = tuple(pile.sources.values())
    drawn = draw_provenance(pile.reports, pile.attributions, sources, traced.derivations, traced.origins, (one,))
    assert [node.aside for node in drawn.nodes if node.kind in ("origin", "latent")] == [False, True]
