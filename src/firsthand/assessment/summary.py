"""What are the few sentences a reader takes away, and what does each rest on?"""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.model import Assertion, Case, Contribution, Count, EvidenceKind, Profile, Quote, Sentence, SourceKind
from firsthand.probability import show_decibans

Spoken = Sequence[tuple[Profile, Assertion]]
NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)


def write_summary(
    case: Case, reports: int, voices: Count, spoken: Spoken, contributions: Sequence[Contribution], weight_db: float
) -> tuple[tuple[Sentence, ...], ...]:
    """Return paragraphs of sentences: whose word it is, then what the evidence did.

    `spoken`: who asserts the asked claim at first hand, and in which words. `weight_db` is prior-free.
    """
    if not reports:
        return ((Sentence(text="The case holds no report yet; add some with: firsthand add CASE PATH."),),)
    return (
        _tell_suggestions(case) + _tell_voices(reports, voices, spoken),
        _tell_weights(case, contributions, weight_db),
    )


def spell_number(number: int) -> str:
    """Return a count as prose writes it: words to twenty, figures beyond."""
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else str(number)


def _tell_suggestions(case: Case) -> tuple[Sentence, ...]:
    speaking = {one.source for one in case.assertions}
    looked_at = [one.judged for one in case.profiles if one.source.id in speaking]
    if not speaking or any(looked_at) or any(one.judged for one in case.assertions):
        return ()
    return (Sentence(text="A machine suggested all of what is weighed here, and nobody has judged it yet."),)


def _tell_voices(reports: int, voices: Count, spoken: Spoken) -> tuple[Sentence, ...]:
    low, high = round(voices.low), round(voices.high)
    if high == 0:
        return (Sentence(text=f"None of the {_count(reports, 'report')} asserts it."),)
    kinds = {profile.source.kind for profile, _ in spoken}
    people = kinds <= {SourceKind.NAMED, SourceKind.UNNAMED}
    back = _tell_range(low, high, people)
    appears = f"The story appears in {_count(reports, 'report')}"
    joint = "and" if high >= reports else "but"
    sentences = [
        Sentence(
            text=f"{appears}, {joint} the words go back to {back}.",
            quotes=tuple(assertion.quote for _, assertion in spoken),
        )
    ]
    if high > low:
        sentences.append(Sentence(text="Whether they had it from one another is not known.", quotes=()))
    return (*sentences, *_tell_interests([profile for profile, _ in spoken]))


def _tell_range(low: int, high: int, people: bool) -> str:
    if high == low:
        return _many(high, people)
    opening, joint = ("", "or") if high == low + 1 else ("between ", "and")
    return f"{opening}{spell_number(low)} {joint} {_many(high, people)}"


def _tell_interests(profiles: Sequence[Profile]) -> list[Sentence]:
    gaining = [profile for profile in profiles if profile.gains]
    unjudged = [profile for profile in profiles if profile.gains is None]
    sentences: list[Sentence] = []
    if gaining and len(gaining) == len(profiles):
        opening = "It gains" if len(gaining) == 1 else "Each gains"
        sentences.append(
            Sentence(text=f"{opening} if it is believed: {_list_interests(gaining)}.", quotes=_tie(gaining))
        )
    elif gaining:
        opening = spell_number(len(gaining)).capitalize()
        verb = "gains" if len(gaining) == 1 else "gain"
        text = f"{opening} of them {verb} if it is believed: {_list_interests(gaining)}."
        sentences.append(Sentence(text=text, quotes=_tie(gaining)))
    elif not unjudged:
        sentences.append(Sentence(text="None of them is known to gain if it is believed."))
    if unjudged:
        names = ", ".join(profile.source.name for profile in unjudged)
        sentences.append(Sentence(text=f"Nobody has judged yet who gains: {names}."))
    return sentences


def _list_interests(profiles: Sequence[Profile]) -> str:
    return "; ".join(
        f"{profile.source.name} ({profile.interest})" if profile.interest else profile.source.name
        for profile in profiles
    )


def _tie(profiles: Sequence[Profile]) -> tuple[Quote, ...]:
    found = [quote for profile in profiles for tie in profile.ties for quote in tie.quotes]
    return tuple(found) or tuple(quote for profile in profiles for quote in profile.quotes)


def _tell_weights(case: Case, contributions: Sequence[Contribution], weight_db: float) -> tuple[Sentence, ...]:
    asked = next(h for h in case.hypotheses if h.id == case.asks)
    sentences = []
    for verb, sign in (("Raising", 1), ("Lowering", -1)):
        moved = [row for row in contributions if sign * row.weight_db >= 0.005]
        moved.sort(key=lambda row: -abs(round(row.weight_db, 9)))
        if moved:
            total = sum(row.weight_db for row in moved)
            named = "; ".join(_name_row(row) for row in moved[:3])
            more = f"; and {_count(len(moved) - 3, 'more')}" if len(moved) > 3 else ""
            text = f"{verb} the chance of \u201c{asked.name}\u201d, {show_decibans(total, 1)} in all: {named}{more}."
            sentences.append(Sentence(text=text, quotes=tuple(q for row in moved[:3] for q in row.quotes[:1])))
    echoes = sum(row.kind == EvidenceKind.ECHO for row in contributions)
    if echoes:
        verb = "adds" if echoes == 1 else "add"
        sentences.append(Sentence(text=f"{_count(echoes, 'echo', 'echoes').capitalize()} {verb} nothing."))
    weight = show_decibans(weight_db, 1)
    sentences.append(Sentence(text=f"Taken together the evidence weighs {weight}, whatever one believed before."))
    return tuple(sentences)


def _name_row(row: Contribution) -> str:
    return f"{row.title} ({show_decibans(row.weight_db, 1)})"


def _count(number: int, one: str, many: str = "") -> str:
    if one == "more":
        return f"{spell_number(number)} more"
    return f"{spell_number(number)} {one if number == 1 else many or one + 's'}"


def _many(number: int, people: bool) -> str:
    one, many = ("person", "people") if people else ("source", "sources")
    return _count(number, one, many)
