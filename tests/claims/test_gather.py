from dataclasses import replace
from itertools import permutations
from time import perf_counter

from hypothesis import given, settings
from hypothesis import strategies as st

from claims.piles import attribute, make_pile, make_report
from firsthand.claims import gather_claims
from firsthand.claims.clustering import THRESHOLD, cut_tree, group_profiles, split_blocks
from firsthand.claims.likeness import weigh_pairs
from firsthand.claims.profiles import Profile, build_profiles
from firsthand.model import Attribution, Claim, Report, ReportId

FERRY = make_pile(
    ("gazette", "en", "harbour master", "fourteen passengers drowned when the ferry capsized off Velmar"),
    ("kurier", "de", "Hafenmeister", "vierzehn Passagiere seien ertrunken, als die Fähre vor Velmar kenterte"),
    ("dépêche", "fr", "capitaine", "quatorze passagers sont morts noyés dans le naufrage du ferry au large de Velmar"),
    ("herald", "en", "owner", "the ferry's life rafts had been inspected in spring"),
    ("bulletin", "en", "union", "the life rafts of the ferry were never inspected"),
)


def list_groups(profiles: tuple[Profile, ...]) -> list[list[int]]:
    return sorted(group for matter in group_profiles(profiles) for group in matter)


def find_together(claims: tuple[Claim, ...], attributions: list[Attribution]) -> list[set[int]]:
    place = {a.id: at for at, a in enumerate(attributions)}
    return [{place[a] for a in claim.attributions} for claim in claims]


def test_no_attributions_make_no_claims() -> None:
    assert gather_claims((), (), ()) == ()
    assert gather_claims([make_report("gazette", "Nothing was said.")], (), ()) == ()


def test_a_claim_is_one_in_three_languages_and_the_most_attributed_comes_first() -> None:
    claims = gather_claims(*FERRY, ())
    assert find_together(claims, FERRY[1]) == [{0, 1, 2}, {3, 4}]


def test_the_sentence_is_in_the_language_of_the_pile_and_stands_in_a_report() -> None:
    claims = gather_claims(*FERRY, ())
    assert claims[0].sentence == FERRY[1][0].content.text


def test_a_plain_sentence_is_preferred_to_a_hedged_one() -> None:
    report = make_report(
        "gazette", "The dam at Orm burst on Sunday night. Perhaps the dam at Orm burst on Sunday night."
    )
    plain = attribute(report, "mayor", "The dam at Orm burst on Sunday night")
    hedged = attribute(report, "guard", "the dam at Orm burst on Sunday night", hedge=0.9)
    (claim,) = gather_claims([report], [hedged, plain], ())
    assert claim.sentence == "The dam at Orm burst on Sunday night"


def test_a_clipped_clause_is_not_the_sentence_of_a_claim() -> None:
    reports, attributions = make_pile(
        ("gazette", "en", "guard", "on Sunday that the dam at Orm had burst after the rain"),
        ("herald", "en", "mayor", "the dam at Orm had burst after the rain on Sunday"),
    )
    (claim,) = gather_claims(reports, attributions, ())
    assert claim.sentence == attributions[1].content.text


def test_the_claim_that_stands_in_the_titles_comes_first() -> None:
    reports, attributions = make_pile(
        ("gazette", "en", "mayor", "the dam at Orm burst on Sunday"),
        ("herald", "en", "union", "teachers want higher wages next term"),
    )
    echo = replace(make_report("bulletin", "Nothing more is known."), title="Dam at Orm bursts")
    claims = gather_claims([*reports, echo], attributions, ())
    assert find_together(claims, attributions) == [{0}, {1}]
    echo = replace(echo, title="Teachers want higher wages")
    claims = gather_claims([*reports, echo], attributions, ())
    assert find_together(claims, attributions) == [{1}, {0}]


COMMENT = (
    "A colonel of the Ondal border guard told Telex that six pickups with mortars, shells and two launchers had driven"
    " from Sarvat to the upper Neme. President Oumar Tell of Lusane likewise told Le Fleuve that"
    " the river militia had looted mortars in Sarvat and carried them to the lower Neme. The"
    " scholar Ida Venn wrote that a captain of the militia had bought a heavy machine gun from"
    " a dealer in Orrest. Both men have their reasons. Tell said that he telephones the ruler of Sarvat every evening."
    " The colonel said that nobody but the ruler would guard that frontier. Tell said that he had known the ruler since"
    " school. The miller Asta Rood said that bread would be dearer by spring."
)
SAID = (
    ("colonel", "six pickups with mortars, shells and two launchers had driven from Sarvat to the upper Neme"),
    ("Tell", "the river militia had looted mortars in Sarvat and carried them to the lower Neme"),
    ("Venn", "a captain of the militia had bought a heavy machine gun from a dealer in Orrest"),
    ("Tell", "he telephones the ruler of Sarvat every evening"),
    ("colonel", "nobody but the ruler would guard that frontier"),
    ("Tell", "he had known the ruler since school"),
    ("Rood", "bread would be dearer by spring"),
)


def test_one_says_in_general_what_another_tells_in_detail_and_another_purchase_is_another_claim() -> None:
    report = replace(make_report("review", COMMENT), title="The river militia and the barracks of Sarvat")
    said = [attribute(report, source, content) for source, content in SAID]
    claims = gather_claims([report], said, ())
    together = find_together(claims, said)
    assert together[0] == {0, 1}
    assert {2} in together
    to = next(one for one in claims[0].discrepancies if one.slot == "to")
    assert to.verdict == "differs"


def test_what_a_report_says_first_is_its_main_claim_before_what_is_said_of_one_man_more_often() -> None:
    report = make_report("review", COMMENT)
    said = [attribute(report, source, content) for source, content in SAID]
    claims = gather_claims([report], said, ())
    assert said[0].id in claims[0].attributions
    later = gather_claims([report], said[3:], ())
    assert said[3].id in later[0].attributions


def test_a_copied_sentence_does_not_change_what_is_said_to_be_the_same() -> None:
    first = make_report("review", COMMENT)
    echo = make_report("courier", COMMENT.split(". ", maxsplit=1)[0] + ".", day=2)
    echoes = [replace(echo, id=ReportId(f"r-courier{at}"), path=f"courier{at}.txt") for at in range(9)]
    said = [attribute(first, source, content) for source, content in SAID]
    copies = [attribute(one, *SAID[0]) for one in echoes]
    alone = find_together(gather_claims([first], said, ()), said)
    told = [*said, *copies]
    among = find_together(gather_claims([first, *echoes], told, ()), told)
    assert sorted(sorted(group & set(range(7))) for group in among) == sorted(map(sorted, alone))


def test_the_main_claim_is_of_the_matter_that_most_reports_speak_of() -> None:
    reports, attributions = make_pile(
        ("gazette", "en", "vet", "four hundred sheep in the Ossar valley are sick with fever"),
        ("herald", "en", "farmer", "four hundred sheep of the Ossar valley have fever"),
        ("monitor", "en", "laboratory", "the virus of the Ossar sheep was found in seven samples"),
        ("bulletin", "en", "chemist", "seven samples of Ossar sheep held the virus"),
        ("post", "en", "trader", "bread will be dearer after the harvest"),
        ("mail", "en", "baker", "bread will be dearer after the harvest"),
        ("star", "en", "miller", "bread will be dearer after the harvest"),
    )
    claims = gather_claims(reports, attributions, ())
    bread = next(claim for claim in claims if attributions[4].id in claim.attributions)
    assert len(bread.attributions) == 3
    sheep = {claim.matter for claim in claims if attributions[0].id in claim.attributions}
    assert {claim.matter for claim in claims if attributions[2].id in claim.attributions} == sheep
    assert attributions[0].id in claims[0].attributions


def test_a_denial_joins_what_it_denies() -> None:
    first = make_report("gazette", "The bank had frozen the accounts of pensioners, a cashier said.")
    second = make_report("release", "We deny that accounts of pensioners were frozen. Our branches open at nine.")
    said = attribute(first, "cashier", "The bank had frozen the accounts of pensioners")
    denied = attribute(second, "bank", "accounts of pensioners were frozen", polarity=-1)
    other = attribute(second, "bank", "Our branches open at nine")
    claims = gather_claims([first, second], [said, denied, other], ())
    assert find_together(claims, [said, denied, other]) == [{0, 1}, {2}]


def test_the_same_numbers_do_not_make_two_events_one() -> None:
    reports, attributions = make_pile(
        ("gazette", "en", "coroner", "fourteen miners died when a shaft collapsed at Orm"),
        ("herald", "en", "vet", "fourteen sheep were bitten by stray dogs near Tesk"),
    )
    assert len(gather_claims(reports, attributions, ())) == 2


def test_two_things_said_by_one_source_stay_apart() -> None:
    text = (
        "Brandt said fourteen passengers drowned off Velmar. She added that schools would get new heating next winter."
    )
    report = make_report("gazette", text)
    drowned = attribute(report, "Brandt", "fourteen passengers drowned off Velmar")
    heating = attribute(report, "Brandt", "schools would get new heating next winter")
    assert len(gather_claims([report], [drowned, heating], ())) == 2


def test_a_short_content_is_known_by_the_words_around_it() -> None:
    wire = make_report(
        "wire", "Fourteen passengers drowned when the ferry capsized off Velmar, the harbour master said."
    )
    note = make_report(
        "note", "Asked about passengers drowned on the ferry, the harbour master was brief. He said: We lost many."
    )
    other = make_report(
        "bulletin", "Bread will be dearer. The mill at Orm is closed for repairs. Schools open again on Monday."
    )
    long = attribute(wire, "harbour master", "Fourteen passengers drowned when the ferry capsized off Velmar")
    short = attribute(note, "harbour master", "We lost many")
    bread = attribute(other, "baker", "Bread will be dearer")
    claims = gather_claims([wire, note, other], [long, short, bread], ())
    assert find_together(claims, [long, short, bread]) == [{0, 1}, {2}]


def test_a_name_spelled_two_ways_joins() -> None:
    reports, attributions = make_pile(
        ("gazette", "en", "envoy", "Colonel Qadhir sold the customs archive of Velmar"),
        ("herald", "en", "clerk", "the customs archive was sold by Colonel Kadhir"),
        ("bulletin", "en", "baker", "bread will be dearer after the harvest"),
    )
    assert find_together(gather_claims(reports, attributions, ()), attributions) == [{0, 1}, {2}]


def test_slots_point_at_the_words_they_hold() -> None:
    reports, attributions = make_pile(
        ("gazette", "en", "minister", "eight lorries with stolen cement crossed from Orm to northern Tesk")
    )
    (claim,) = gather_claims(reports, attributions, ())
    assert {slot.name for slot in claim.slots} >= {"how many", "what", "from", "to"}
    for slot in claim.slots:
        assert slot.span is not None
        assert slot.value.split("; ")[0] in reports[0].text[slice(*slot.span)]


def test_an_attribution_without_spans_or_report_is_still_gathered() -> None:
    report = make_report("gazette", "The dam burst, the mayor said.")
    said = attribute(report, "mayor", "The dam burst")
    assert len(gather_claims((), [said], ())) == 1


def test_a_very_long_content_is_gathered_in_linear_time() -> None:
    content = "eight lorries from Orm to Tesk on Tuesday, " * 20000
    report = make_report("gazette", content)
    said = attribute(report, "mayor", content)
    started = perf_counter()
    assert len(gather_claims([report], [said], ())) == 1
    assert perf_counter() - started < 20


def test_the_order_of_input_changes_nothing() -> None:
    reports, attributions = FERRY
    expected = gather_claims(reports, attributions, ())
    for order in list(permutations(range(5)))[::17]:
        assert gather_claims([reports[at] for at in order], [attributions[at] for at in order], ()) == expected


WORDS = st.sampled_from(["ferry", "dam", "bank", "sheep", "fourteen", "eight", "Velmar", "Orm", "sank", "killed", "to"])
CONTENTS = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)


@st.composite
def piles(draw: st.DrawFn) -> tuple[list[Report], list[Attribution]]:
    contents = draw(st.lists(CONTENTS, max_size=12))
    return make_pile(*((f"outlet{at}", "en", f"source{at % 3}", text) for at, text in enumerate(contents)))


@given(piles(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_every_attribution_is_in_one_claim_whatever_the_order(
    pile: tuple[list[Report], list[Attribution]], rng: object
) -> None:
    reports, attributions = pile
    claims = gather_claims(reports, attributions, ())
    assert sorted(a for claim in claims for a in claim.attributions) == sorted(a.id for a in attributions)
    sizes = [len(claim.attributions) for claim in claims[1:]]
    assert sizes == sorted(sizes, reverse=True)
    assert gather_claims(reports[::-1], attributions[::-1], ()) == claims
    assert len({claim.id for claim in claims}) == len(claims)


@given(piles())
@settings(max_examples=60, deadline=None)
def test_no_two_groups_are_left_that_are_alike(pile: tuple[list[Report], list[Attribution]]) -> None:
    profiles = build_profiles(*pile)
    likeness = weigh_pairs(profiles)
    groups = list_groups(profiles)
    for at, one in enumerate(groups):
        for other in groups[at + 1 :]:
            assert likeness[one][:, other].mean() < THRESHOLD + 1e-9


def test_a_group_is_cut_where_likeness_ends() -> None:
    reports, attributions = FERRY
    likeness = weigh_pairs(build_profiles(reports, attributions)[:5])
    assert cut_tree(likeness, 2.0) == [[0], [1], [2], [3], [4]]
    assert cut_tree(likeness, -1.0) == [[0, 1, 2, 3, 4]]


def test_a_pile_too_large_for_all_pairs_is_compared_in_blocks() -> None:
    topics = [f"{name} bridge collapsed in flood" for name in ("Aldo", "Berku", "Cemni", "Dorva")]
    rows = [(f"outlet{at}", "en", f"source{at}", topics[at % 4]) for at in range(2100)]
    profiles = build_profiles(*make_pile(*rows))
    blocks = split_blocks(profiles)
    assert len(blocks) > 1
    assert sorted(at for block in blocks for at in block) == list(range(len(profiles)))
    groups = list_groups(profiles)
    assert [len(group) for group in groups if group[0] < len(rows)] == [525] * 4
