import pytest

from attribution.pages import make_report, name_chain, read, read_chain
from firsthand.attribution import find_attributions
from firsthand.model import SourceKind

CHAINS = [
    (
        "The dam broke, Mara Oduya told the Brill news agency.",
        "The dam broke",
        ["Varnel Courier", "Brill", "Mara Oduya"],
    ),
    ("The dam broke, Mara Oduya told reporters.", "The dam broke", ["Varnel Courier", "Mara Oduya"]),
    ("The dam broke, Mara Oduya told the Courier.", "The dam broke", ["Varnel Courier", "Mara Oduya"]),
    (
        "The dam broke, the Brill agency reported, quoting Mara Oduya.",
        "The dam broke",
        ["Varnel Courier", "Brill", "Mara Oduya"],
    ),
    (
        "The dam broke, Mara Oduya said, the Brill agency reported.",
        "The dam broke",
        ["Varnel Courier", "Brill", "Mara Oduya"],
    ),
    (
        "The Brill agency, citing Mara Oduya, reported that the dam broke.",
        "the dam broke",
        ["Varnel Courier", "Brill", "Mara Oduya"],
    ),
    (
        "Mara Oduya said in an interview with the Brill agency that the dam broke.",
        "the dam broke",
        ["Varnel Courier", "Brill", "Mara Oduya"],
    ),
    (
        "The Herald had a farmer, Bo Lind, who says that the dam broke.",
        "the dam broke",
        ["Varnel Courier", "Herald", "Bo Lind"],
    ),
    (
        "VARNEL, May 4 (Brill) - The dam broke, Mara Oduya said.",
        "The dam broke",
        ["Varnel Courier", "Brill", "Mara Oduya"],
    ),
]


@pytest.mark.parametrize(("text", "content", "chain"), CHAINS)
def test_a_chain_runs_from_the_outlet_to_the_originator(text, content, chain):
    got = read_chain(text, content)
    assert len(got) == len(chain)
    assert all(wanted in name for wanted, name in zip(chain, got, strict=True))


def test_a_french_agency_is_a_relay():
    text = "Le pont a cédé, a affirmé le maire Luc Brenner, cité par l'agence Brill."
    got = read_chain(text, "Le pont", "Le Courrier", "fr")
    assert got == ["Le Courrier", "Brill", "Luc Brenner"]


def test_a_german_agency_and_newspaper_are_relays():
    text = 'Die Brücke sei sicher, sagte der Sprecher Jan Holt dem "Varnel Herald", wie die Agentur Brill schreibt.'
    got = read_chain(text, "Die Brücke", "Abendblatt", "de")
    assert got[0] == "Abendblatt"
    assert got[-1] == "Jan Holt"
    assert set(got[1:-1]) == {"Brill", "Varnel Herald"}


def test_a_saying_within_a_saying_is_one_link_more():
    text = "The governor told Ms Adair that the engineer had warned that the dam was cracked."
    got = read_chain(text, "the dam was cracked")
    assert [n.lower() for n in got] == ["varnel courier", "adair", "the governor", "the engineer"]


def test_what_a_speaker_passes_on_in_a_quotation_has_him_as_relay():
    text = '"Our patrol reports that two shots were fired from the mill," General Ada Stroud said.'
    found, sources = find_attributions([make_report(text)])
    inner = next(a for a in found if a.content.text == "two shots were fired from the mill")
    assert name_chain(inner, sources) == ["Varnel Courier", "Ada Stroud", "Our patrol"]


def test_a_relay_named_once_holds_for_the_same_source():
    text = "The dam broke, Mara Oduya told the Brill agency. Later Oduya said that the valley was dry."
    assert "Brill" in read_chain(text, "the valley was dry")[1]


def test_a_pronoun_is_the_person_met_last():
    text = "Mara Oduya came out at noon. She said that the dam had broken."
    assert read_chain(text, "the dam")[-1] == "Mara Oduya"


def test_a_pronoun_keeps_its_words_in_the_mention():
    found = read("Mara Oduya came out at noon. She said that the dam had broken.")
    assert found[0].source_mention.text == "She"
    assert found[0].source_kind is SourceKind.NAMED


def test_a_pronoun_of_the_other_gender_is_somebody_else():
    text = (
        'Bo Lind came first. "It shook," he said. Mara Oduya came next. "It broke," she said. He said that it was loud.'
    )
    assert read_chain(text, "it was loud")[-1] == "Bo Lind"


def test_the_official_is_the_one_met_before():
    text = "The dam broke, a Varnel security official told the Brill agency. The official said that nobody knew."
    found = read(text)
    assert len({a.source for a in found}) == 1
    assert found[0].chain == found[1].chain


def test_an_unnamed_source_has_institution_access_and_reason():
    text = (
        "The dam was cracked, said a senior official of the Water Board familiar with the survey, "
        "who spoke on condition of anonymity."
    )
    found, sources = find_attributions([make_report(text)])
    assert found[0].source_kind is SourceKind.UNNAMED
    assert found[0].access.startswith("familiar with the survey")
    assert "condition of anonymity" in found[0].anonymity
    assert "Water Board" in next(s.speaks_for for s in sources if s.id == found[0].source)


def test_several_officials_are_plural():
    assert read("Officials said that the dam was cracked.")[0].plural
    assert not read("An official said that the dam was cracked.")[0].plural


def test_an_eyewitness_author_speaks_for_the_publisher():
    found = read("I counted eleven boats at the quay.", publisher="Quay Notes")
    assert found[0].chain == ("s-quay-notes",)


def test_an_issuer_asserts_its_own_statement():
    text = (
        "Every lamp of the Service was burning along the whole coast on that night. "
        "The Service regrets that its log for the second watch has been lost."
    )
    found = read(text, publisher="Ravel Lighthouse Service", title="Communiqué of the Lighthouse Service")
    assert {a.chain for a in found} == {("s-ravel-lighthouse-service",)}
    assert any(a.content.text.startswith("Every lamp of the Service") for a in found)


def test_a_newspaper_asserts_nothing_by_its_narrative():
    assert (
        read("No member of the Service fired on Wednesday at the ford, and the bridge is shut.", title="Statement")
        == ()
    )


def test_who_is_quoted_as_saying_is_the_originator():
    text = "The minister was quoted by the Brill agency as saying that the bridge had been blown up."
    assert read_chain(text, "the bridge")[1:] == ["Brill agency", "The minister"]
    text = "The Brill agency quoted Mara Oduya as saying the talks had failed."
    assert read_chain(text, "the talks")[1:] == ["Brill agency", "Mara Oduya"]


def test_the_presenter_of_a_broadcast_is_its_outlet():
    text = (
        "PRESENTER: The bridge at Kessa was shut this morning.\n\nCAPT BRENN: We lost two boats there at four.\n\n"
        "PRESENTER: That makes three.\n\nCAPT BRENN: It makes three so far."
    )
    found = read(text, publisher="Radio Varnel")
    assert next(a.chain for a in found if "bridge" in a.content.text) == ("s-radio-varnel",)
    assert next(a.chain for a in found if "two boats" in a.content.text) == ("s-radio-varnel", "s-brenn")


def test_an_interview_belongs_to_who_gave_it_and_its_outlet_is_carried_back():
    text = (
        "An interview some days earlier with Ravel's premier Ada Stroud claimed that the harbour was mined. "
        "On the next page, in the same interview with Brill Weekly, she said that the road was shut."
    )
    found, sources = find_attributions([make_report(text)])
    assert {tuple(name_chain(a, sources)) for a in found} == {("Varnel Courier", "Brill Weekly", "Ada Stroud")}


def test_a_report_citing_an_unnamed_official_is_his_relay():
    text = (
        "There is the Brill report citing an unnamed Tunisian customs official that nine boats had left the cape. "
        "The official went on, adding, “more of them will come.” The Tunisian argued that the coast must be shut."
    )
    found, sources = find_attributions([make_report(text)])
    assert len({a.source for a in found}) == 1
    assert [name_chain(a, sources)[1] for a in found] == ["Brill"] * len(found)
    official = next(s for s in sources if s.id == found[0].source)
    assert (official.kind, official.speaks_for) == (SourceKind.UNNAMED, "Tunisia")
