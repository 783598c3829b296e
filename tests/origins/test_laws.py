"""What holds of every pile, whatever is in it?"""

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firsthand.origins import count_voices, draw_provenance, find_derivations, find_origins
from origins.piles import Pile

OUTLETS = ["Marsh Wire", "Evening Lamp", "Radio Fen", "Quay Portal", "Canal Board", "Le Fanal"]
PEOPLE = ["Rhea Coll", "Obe Lund", "Ada Brin"]
FACELESS = ["sources", "an official"]
SAYINGS = [
    "Four barges sank in the lock at Ennis",
    "No barges sank in the lock at Ennis",
    "In the lock at Ennis four barges went down with their gravel before dawn",
    "the gates burst",
]
COMMON = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

saying = st.tuples(
    st.sampled_from(SAYINGS),
    st.sampled_from([None, None, *OUTLETS]),
    st.sampled_from(["", *PEOPLE, *FACELESS]),
    st.sampled_from(["main", "other"]),
    st.just(1),
)
report = st.tuples(st.sampled_from(OUTLETS), st.one_of(st.none(), st.integers(1, 5)), st.lists(saying, max_size=3))
piles = st.lists(report, min_size=1, max_size=7)


def build(rows) -> Pile:
    """Make a pile; what an outlet says in its own name it does not also deny in its own name."""
    pile = Pile()
    rows = [(o, d, [s if s[1] or s[2] else (SAYINGS[0], None, "", s[3], 1) for s in said]) for o, d, said in rows]
    for outlet, day, sayings in rows:
        lines = [f"{said}, {via or 'he'} reported, citing {who}." for said, via, who, _, _ in sayings]
        name = pile.add_report(outlet, f"{outlet}, number {len(pile.reports)}.\n\n" + "\n\n".join(lines), day)
        for said, via, who, claim, polarity in sayings:
            kind = "unnamed" if who in FACELESS else "named"
            chain = " > ".join(part for part in (via, who) if part)
            pile.say(name, said, chain, claim, kind=kind, polarity=polarity)
    return pile


@COMMON
@given(piles)
def test_every_attribution_has_exactly_one_origin(rows):
    traced = build(rows).trace()
    held = [a for origin in traced.origins for a in origin.attributions]
    assert sorted(held) == sorted(a.id for a in traced.pile.attributions)
    assert len({origin.id for origin in traced.origins}) == len(traced.origins)


@COMMON
@given(piles)
def test_low_is_at_most_expected_is_at_most_high(rows):
    for count in build(rows).trace().counts.values():
        assert 0 <= count.low <= count.expected <= count.high
        assert count.low == int(count.low)
        assert count.high == int(count.high)
        assert count.high == 0 or count.low >= 1


@COMMON
@given(piles)
def test_every_quote_of_a_derivation_stands_in_its_report(rows):
    traced = build(rows).trace()
    texts = {r.id: r.text for r in traced.pile.reports}
    for derivation in traced.derivations:
        assert derivation.reason.quotes
        assert derivation.reason.sentence
        assert 0 < derivation.probability < 1
        for quote in derivation.reason.quotes:
            assert quote.text == texts[quote.span.report][quote.span.start : quote.span.end] != ""


@COMMON
@given(piles, st.randoms(use_true_random=False))
def test_the_order_of_input_never_matters(rows, order: random.Random):
    pile = build(rows)
    before = trace_all(pile)
    for things in (pile.reports, pile.attributions):
        order.shuffle(things)
    pile.sources = dict(order.sample(list(pile.sources.items()), len(pile.sources)))
    assert trace_all(pile) == before


def trace_all(pile: Pile) -> tuple:
    sources, claims = tuple(pile.sources.values()), build_claims(pile)
    derivations = find_derivations(pile.reports, pile.attributions, sources, claims)
    origins = find_origins(pile.reports, pile.attributions, sources, derivations, claims=claims)
    counts = [count_voices(c, pile.attributions, derivations, origins) for c in claims]
    drawn = draw_provenance(pile.reports, pile.attributions, sources, derivations, origins)
    return derivations, origins, counts, drawn


def build_claims(pile: Pile) -> tuple:
    pile.attributions.sort(key=lambda a: a.id) if not pile.claims else None
    said = {a.id: a.content.text for a in pile.attributions}
    return tuple(c for c in pile.list_claims() if said)


@COMMON
@given(piles, st.integers(0, 20), st.integers(1, 4))
def test_a_credited_copy_never_raises_the_number_of_origins_or_voices(rows, pick, copies):
    pile = build(rows)
    if not pile.attributions:
        return
    before = pile.trace()
    model = pile.attributions[pick % len(pile.attributions)]
    parent = next(r for r in pile.reports if r.id == model.report)
    names = {s.id: s.name for s in pile.sources.values()}
    chain = " > ".join([parent.publisher, *(names[s] for s in model.chain[1:] if names[s] != parent.publisher)])
    claim = next(name for name, members in pile.claims.items() if model.id in members)
    kind = model.source_kind.value
    for number in range(copies):
        text = f"{model.content.text}, {parent.publisher} reported."
        echo = pile.add_report(f"Echo {chr(0x3B1 + number)}", text, day=9)
        pile.say(echo, model.content.text, chain, claim, kind=kind, polarity=model.polarity)
    after = pile.trace()
    assert len(after.origins) <= len(before.origins)
    for name, count in before.counts.items():
        assert after.counts[name].high <= count.high
        assert after.counts[name].expected <= count.expected + 1e-9


@COMMON
@given(piles)
def test_the_drawing_has_a_mark_at_both_ends_of_every_line(rows):
    pile = build(rows)
    derivations, origins, _, drawn = trace_all(pile)
    marks = {node.id for node in drawn.nodes}
    assert len(marks) == len(drawn.nodes)
    for edge in drawn.edges:
        assert {edge.parent, edge.child} <= marks
        assert edge.parent != edge.child
        assert 0 <= edge.low <= edge.probability <= edge.high <= 1
    assert {o.id for o in origins} <= marks


def test_an_empty_pile_has_no_origins():
    assert find_derivations((), (), (), ()) == ()
    assert find_origins((), (), (), ()) == ()
    assert draw_provenance((), (), (), (), ()).nodes == ()


def test_a_report_without_words_or_publisher_is_no_trouble():
    pile = Pile()
    pile.add_report("", "", day=None)
    pile.add_report("", "...", day=1)
    assert pile.trace().derivations == ()
