"""Does a voice count only as far as it says what the claim says?"""

from firsthand.origins import count_voices
from origins.piles import Pile

SEEN = "Four barges sank in the lock at Ennis"


def count(*sayings, near=()):
    """Count the voices of the claim that all but the sayings `near` it were gathered in."""
    pile = Pile()
    for number, (who, said) in enumerate([*sayings, *near]):
        report = pile.add_report(f"Paper {chr(0x3B1 + number)}", f"{said}, {who} said. The geese cried.", day=1)
        pile.say(report, said, who, "main" if number < len(sayings) else "near")
    traced = pile.trace()
    claim = next(c for c in pile.list_claims() if c.id == "main")
    beside = pile.claims.get("near", [])
    return count_voices(claim, pile.attributions, traced.derivations, traced.origins, near=beside)


def test_the_nearer_to_the_claim_the_more_a_voice_counts():
    far = count(("Rhea Coll", SEEN), ("Obe Lund", "The gates burst"))
    close = count(("Rhea Coll", SEEN), ("Obe Lund", "At Ennis four barges went under in the lock"))
    assert far.expected < close.expected <= 2


def test_who_speaks_to_a_near_claim_may_be_a_voice_for_this_one():
    sayings = (("Rhea Coll", SEEN), ("Ada Brin", "Four barges went down in the lock"))
    alone = count(*sayings)
    beside = count(*sayings, near=[("Obe Lund", "The lock at Ennis took four of the barges")])
    assert alone.expected < beside.expected < alone.expected + 1


def test_a_single_voice_stays_one():
    voices = count(("Rhea Coll", SEEN))
    assert (voices.low, voices.expected, voices.high) == (1, 1, 1)
