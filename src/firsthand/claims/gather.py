"""What exactly is claimed, by which attributions, and where do they differ?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

from firsthand.claims.clustering import group_profiles
from firsthand.claims.comparing import find_discrepancies
from firsthand.claims.likeness import Embed
from firsthand.claims.profiles import Profile, build_profiles
from firsthand.claims.slots import fill_slots, read_details
from firsthand.claims.terms import load_stopwords
from firsthand.claims.vocabulary import find_tokens, is_verb, list_words
from firsthand.model import Attribution, AttributionId, Claim, ClaimId, Report, ReportId, Source

CLEAREST_LENGTH = 12
TOO_LONG = 45
OTHER_LANGUAGE = 0.6
DENIAL = 0.6
IN_PIECES = 0.8
IN_THE_MIDDLE = 0.7
LONGEST_WORD = 100


def gather_claims(
    reports: Sequence[Report],
    attributions: Sequence[Attribution],
    sources: Sequence[Source],
    embed: Embed | None = None,
) -> tuple[Claim, ...]:
    """Return the claims of a pile, its main claim first and then the most attributed.

    Every attribution belongs to exactly one. Assertions and denials of the same proposition are one claim: the stand
    is on the attribution. "Most attributed" counts the reports that attribute it, each the more the further up it does,
    or have it in their title, then those of its wider matter, then attributions. The main claim is the most attributed
    of the widest matter: a pile is about what most of its reports speak of, whatever part of it each of them tells.
    `origins` is left open. `embed`: a plug-in that turns texts into vectors, never needed.
    """
    by_id = {report.id: report for report in sorted(reports, key=lambda report: report.id)}
    ordered = sorted({a.id: a for a in attributions}.values(), key=lambda a: a.id)
    profiles = build_profiles(tuple(by_id.values()), ordered)
    language, leads = find_language(reports), find_leads(ordered)
    ranked = []
    for matter in group_profiles(profiles, embed):
        everybody = [at for group in matter for at in group]
        about = name_members([ordered[at] for at in everybody if at < len(ordered)])
        wide = len({profiles[at].place[0] for at in everybody})
        for group in matter:
            said = [at for at in group if at < len(ordered)]
            if said:
                carried = weigh_reports([profiles[at].place[0] for at in group], [ordered[at] for at in said], leads)
                claim = build_claim([ordered[at] for at in said], [profiles[at] for at in said], by_id, language)
                rank = (-carried, -wide, -len(said), claim.id)
                ranked.append((rank, replace(claim, matter=f"m-{about}")))
    ranked.sort(key=lambda row: row[0])
    main = min(ranked, key=lambda row: (row[0][1], row[0]), default=None)
    return tuple(claim for _, claim in sorted(ranked, key=lambda row: row is not main))


def find_leads(attributions: Sequence[Attribution]) -> dict[AttributionId, float]:
    """Return how far up in its report each attribution stands: 1 for the first, a half for the second, and so on."""
    order = sorted(attributions, key=lambda a: (a.report, a.content.spans[:1], a.id))
    before = Counter[ReportId]()
    leads = {}
    for attribution in order:
        before[attribution.report] += 1
        leads[attribution.id] = 1.0 / before[attribution.report]
    return leads


def weigh_reports(
    carriers: Sequence[ReportId], said: Sequence[Attribution], leads: Mapping[AttributionId, float]
) -> float:
    """Return how many reports carry a claim, each counted once and, by how far up it says so, up to twice.

    What a report says first is what it is about: of pages alone, the first thing said is the main claim more often
    than the one said most often (.72 against .49 of 120).
    """
    first: dict[ReportId, float] = {}
    for one in said:
        first[one.report] = max(first.get(one.report, 0.0), leads[one.id])
    return round(len(set(carriers)) + sum(first[report] for report in sorted(first)), 9)


def name_members(members: Sequence[Attribution]) -> str:
    """Return a name for some attributions, the same in whatever order they come."""
    return sha256("\n".join(sorted(a.id for a in members)).encode()).hexdigest()[:10]


def find_language(reports: Sequence[Report]) -> str:
    """Return the language most reports are in, English where as many are."""
    counts = Counter(report.language for report in reports)
    return min(counts, key=lambda language: (-counts[language], language != "en", language), default="en")


def build_claim(
    members: Sequence[Attribution], profiles: Sequence[Profile], reports: Mapping[ReportId, Report], language: str
) -> Claim:
    """Return the claim that these attributions make, its details side by side in order of publication."""
    sentence = choose_sentence(members, profiles, reports, language)
    in_order = sorted(members, key=lambda a: date_attribution(a, reports))
    details = {a.id: read_details(a, reports) for a in in_order}
    slots = tuple(slot for a in in_order for slot in fill_slots(a, details[a.id], reports))
    return Claim(
        id=ClaimId("c-" + name_members(members)),
        sentence=sentence,
        slots=slots,
        attributions=tuple(a.id for a in in_order),
        discrepancies=find_discrepancies(in_order, slots, details),
    )


def date_attribution(
    attribution: Attribution, reports: Mapping[ReportId, Report]
) -> tuple[bool, datetime, str, int, str]:
    """Return a key that puts attributions in order of publication, undated reports last, then as they stand."""
    report = reports.get(attribution.report)
    period = report.published if report else None
    start = attribution.content.spans[0][0] if attribution.content.spans else 0
    when = read_utc(period.start) if period else datetime.max
    return period is None, when, attribution.report, start, attribution.id


def read_utc(when: datetime) -> datetime:
    """Return a time in UTC without its zone; a time without one is UTC."""
    return when.astimezone(UTC).replace(tzinfo=None) if when.tzinfo else when


def choose_sentence(
    members: Sequence[Attribution], profiles: Sequence[Profile], reports: Mapping[ReportId, Report], language: str
) -> str:
    """Return the clearest content as it stands: central among the others, plain, neither short nor endless."""
    centre: Counter[str] = Counter()
    for profile in profiles:
        centre.update(profile.weights)
    scores = []
    for member, profile in zip(members, profiles, strict=True):
        central = sum(weight * centre[term] for term, weight in sorted(profile.weights.items())) / len(profiles)
        scores.append((-central * weigh_wording(member, reports, language), member.id, member.content.text))
    return " ".join(min(scores)[2].split())


def weigh_wording(member: Attribution, reports: Mapping[ReportId, Report], language: str) -> float:
    """Return how clear the wording of a content is by itself, from 0 to 1."""
    words = len(member.content.text.split())
    weight = min(1.0, words / CLEAREST_LENGTH) * min(1.0, TOO_LONG / max(words, 1)) * (1.0 - 0.5 * member.hedge)
    report = reports.get(member.report)
    if report is None or report.language != language:
        weight *= OTHER_LANGUAGE
    if member.polarity < 0:
        weight *= DENIAL
    if begins_in_the_middle(member.content.text):
        weight *= IN_THE_MIDDLE
    return weight * (IN_PIECES if len(member.content.spans) > 1 else 1.0)


def begins_in_the_middle(text: str) -> bool:
    """Say whether a content begins with a small function word or a verb, as a clipped clause does."""
    first = next(iter(find_tokens(text[:LONGEST_WORD])), None)
    if first is None or first.text[0].isupper() or first.folded in list_words("words", "pronouns"):
        return False
    small = first.folded in load_stopwords() and first.folded not in list_words("words", "articles")
    return small or is_verb(first.folded)
