"""Which kinds of story are there, and who took what from whom in each?

Kinds are split by hand into those that numbers may be fitted on and those that are only measured.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

from cascades.copies import make_copies
from cascades.events import CAUSE
from cascades.items import Item, Story, Tie
from cascades.newsroom import Desk, Line, Press, Voice

Maker = Callable[[Desk], Story]


def _close(desk: Desk, kind: str, hidden: Sequence[str] = (), siblings: Sequence[Sequence[Item]] = ()) -> Story:
    """Return the story of a desk."""
    claims = {line.claim: line.claim for item in desk.items for line in item.said}
    pairs = [(a.file, b.file) for group in siblings for n, a in enumerate(group) for b in group[n + 1 :]]
    return Story(desk.name, kind, tuple(desk.items), claims, dict(desk.voices), tuple(hidden), tuple(pairs))


def _first(desk: Desk, voice: Voice, press: Press | None = None) -> Item:
    """Return a report that has everything from the voice itself; of who is not named it may say no more than that."""
    vague = voice.kind == "unnamed" and desk.rng.random() < 0.25
    lines = [Line(voice, vague=vague), Line(voice, CAUSE, vague=vague), desk.detail(voice)]
    return desk.publish(lines, press=press)


def _stand_by(desk: Desk, count: int = 1) -> list[Item]:
    """Return reports of other people who saw it themselves."""
    return [_first(desk, desk.meet(desk.rng.choice(("named", "named", "unnamed")))) for _ in range(count)]


def _cite(parent: Item, signal: str = "named") -> Tie:
    return Tie(parent.file, "cited", signal)


def _make_credited(desk: Desk) -> Story:
    """One witness, three retellings that credit the first report, and another witness."""
    voice = desk.meet()
    first = _first(desk, voice)
    _stand_by(desk)
    for mute in (False, desk.rng.random() < 0.5, False):
        line = Line(voice, relays=(first.publisher,), mute=mute)
        desk.publish([line, Line(voice, CAUSE, (first.publisher,))], [_cite(first)])
    return _close(desk, "credited")


def _make_chained(desk: Desk) -> Story:
    """A credits B, which credits C, who met the witness."""
    voice = desk.meet(desk.rng.choice(("named", "unnamed")))
    first = _first(desk, voice)
    second = desk.publish(
        [Line(voice, relays=(first.publisher,)), Line(voice, CAUSE, (first.publisher,))], [_cite(first)]
    )
    _stand_by(desk)
    for _ in range(2):
        desk.publish([Line(voice, relays=(second.publisher, first.publisher))], [_cite(second)])
    return _close(desk, "chained")


def _make_wired(desk: Desk) -> Story:
    """Three papers credit an agency whose own report is missing; somebody else saw it too."""
    voice, agency = desk.meet(desk.rng.choice(("named", "unnamed"))), desk.take_wire()
    tie = Tie(agency, "cited", "named", latent=True)
    held = [desk.publish([Line(voice, relays=(agency,)), Line(voice, CAUSE, (agency,))], [tie]) for _ in range(3)]
    _stand_by(desk, desk.rng.randrange(1, 3))
    return _close(desk, "wired", [agency], [held])


def _make_loop(desk: Desk) -> Story:
    """A has it from B, and B has it from A; somebody else saw it."""
    return _go_round(desk, 2, "loop")


def _make_ring(desk: Desk) -> Story:
    """A has it from B, B from C, and C from A."""
    return _go_round(desk, 3, "ring")


def _go_round(desk: Desk, size: int, kind: str) -> Story:
    """Return a story in which each of some outlets credits the next, the last the first, without dates."""
    rumour = desk.meet("unnamed")
    outlets = [desk.next_outlet() for _ in range(size)]
    made: list[Item] = []
    for number, outlet in enumerate(outlets):
        ahead = outlets[(number + 1) % size]
        line = Line(rumour, relays=(ahead,), mute=True)
        made.append(desk.publish([line, Line(rumour, CAUSE, (ahead,), mute=True)], press=Press(outlet, dated=False)))
    names = dict(zip(outlets, (item.file for item in made), strict=True))
    for number, item in enumerate(made):
        place = desk.items.index(item)
        parent = names[outlets[(number + 1) % size]]
        desk.items[place] = replace(item, ties=(Tie(parent, "cited", "named"),))
    _stand_by(desk)
    return _close(desk, kind)


def _make_twins(desk: Desk) -> Story:
    """Two or three who saw the same thing tell it in like words to different reporters; one is echoed."""
    seen = [desk.meet(desk.rng.choice(("named", "unnamed"))) for _ in range(desk.rng.randrange(2, 4))]
    few = {name: getattr(desk.event, name)[:1] for name in ("noun", "active", "passive")}
    desk.event = replace(desk.event, **few)
    firsts = [desk.publish([Line(v), desk.detail(v)]) for v in seen]
    desk.publish([Line(seen[0], relays=(firsts[0].publisher,))], [_cite(firsts[0])])
    return _close(desk, "twins")


def _make_beat(desk: Desk) -> Story:
    """Three reporters hear one official at one press conference; a witness tells another."""
    voice = desk.meet()
    held = [desk.publish([Line(voice, crowd=True), Line(voice, CAUSE)], press=Press(hours=0.5)) for _ in range(3)]
    _stand_by(desk)
    return _close(desk, "beat", siblings=[held])


def _make_carried(desk: Desk) -> Story:
    """An agency's report is in the pile, and papers print it, most with its name and some without."""
    voice, agency = desk.meet(), desk.take_wire()
    draft = desk.draft(agency, [Line(voice), Line(voice, CAUSE), desk.detail(voice)])
    first = desk.print_draft(agency, draft, (), Press(agency))
    for credited in (True, False, desk.rng.random() < 0.5):
        desk.publish_copy(draft, agency, [Tie(first.file, "copied", "text")], credited)
    _stand_by(desk)
    return _close(desk, "carried")


def _make_hidden(desk: Desk) -> Story:
    """Papers print an agency's report that is not in the pile; nine credits in ten are gone; others saw it too."""
    voice, agency = desk.meet(desk.rng.choice(("named", "unnamed"))), desk.take_wire()
    draft = desk.draft(agency, [Line(voice), Line(voice, CAUSE), desk.detail(voice)])
    tie, held = Tie(agency, "copied", "text", latent=True), []
    for _ in range(desk.rng.randrange(3, 6)):
        held.append(desk.publish_copy(draft, agency, [tie], desk.rng.random() < 0.1, 0.15))
    _stand_by(desk, desk.rng.randrange(0, 3))
    return _close(desk, "hidden", [agency], [held])


def _make_retold(desk: Desk) -> Story:
    """As hidden, and every paper tells it in words of its own."""
    voice, agency = desk.meet(desk.rng.choice(("named", "unnamed"))), desk.take_wire()
    tie, held = Tie(agency, "rewritten", "paraphrase", latent=True), []
    for _ in range(desk.rng.randrange(3, 6)):
        relays = (agency,) if desk.rng.random() < 0.1 else ()
        held.append(desk.publish([Line(voice, relays=relays), Line(voice, CAUSE, relays)], [tie]))
    _stand_by(desk, desk.rng.randrange(0, 3))
    return _close(desk, "retold", [agency], [held])


def _make_linked(desk: Desk) -> Story:
    """Retellings that name nobody and link to the first report."""
    voice = desk.meet()
    first = _first(desk, voice)
    _stand_by(desk)
    for _ in range(2):
        press = Press(links=(first.url,))
        desk.publish([Line(voice, vague=True), Line(voice, CAUSE, vague=True)], [_cite(first, "linked")], press)
    return _close(desk, "linked")


def _make_numbered(desk: Desk) -> Story:
    """Later reports have it from "sources" who know the same figure and the same cause."""
    voice = desk.meet()
    first = _first(desk, voice)
    for _ in range(2):
        desk.publish([Line(voice, vague=True), Line(voice, CAUSE, vague=True)], [_cite(first, "paraphrase")])
    _stand_by(desk)
    return _close(desk, "numbered")


def _make_named(desk: Desk) -> Story:
    """Later reports name the witness and not the report that found him."""
    voice = desk.meet()
    first = _first(desk, voice)
    for _ in range(2):
        desk.publish([Line(voice), Line(voice, CAUSE)], [_cite(first, "paraphrase")])
    _stand_by(desk, 2)
    return _close(desk, "named")


def _make_masked(desk: Desk) -> Story:
    """Later reports have it from the same witness and do not name him; others saw it too."""
    voice = desk.meet()
    first = _first(desk, voice)
    _stand_by(desk)
    hidden = replace(voice, kind="unnamed")
    for _ in range(2):
        desk.publish([Line(hidden), Line(hidden, CAUSE)], [_cite(first, "paraphrase")])
    return _close(desk, "masked")


def _make_mistimed(desk: Desk) -> Story:
    """Credited retellings that show a time before the first report's, or none."""
    voice = desk.meet()
    first = _first(desk, voice)
    for press in (Press(off=-timedelta(days=2)), Press(dated=False), Press(off=-timedelta(hours=30)), Press()):
        desk.publish([Line(voice, relays=(first.publisher,))], [_cite(first)], press)
    _stand_by(desk)
    return _close(desk, "mistimed")


def _make_denied(desk: Desk) -> Story:
    """A company denies in a statement of its own, which two papers credit, what a witness says."""
    voice, company = desk.meet(), desk.meet("group", denies=True)
    first = _first(desk, voice)
    statement = desk.publish([Line(company, denies=True), desk.detail(company)], press=Press(company.name, own=True))
    for _ in range(2):
        lines = [Line(voice, relays=(first.publisher,)), Line(company, denies=True)]
        desk.publish(lines, [_cite(first), _cite(statement)])
    return _close(desk, "denied")


def _make_alike(desk: Desk) -> Story:
    """Who is not named is in two reports or three, in some with another figure; another of his trade speaks too."""
    one = desk.meet("unnamed")
    first = desk.publish([Line(one), Line(one, CAUSE), desk.detail(one)])
    again = [first]
    for _ in range(desk.rng.randrange(1, 3)):
        told = replace(one, count=one.count * desk.rng.choice((1, 1, 2, 10)))
        again.append(desk.publish([Line(told), Line(told, CAUSE)], [_cite(first, "paraphrase")]))
    other = replace(desk.meet("unnamed"), role=one.role)
    desk.publish([Line(other), Line(other, CAUSE), desk.detail(other)])
    _stand_by(desk)
    return _close(desk, "alike", siblings=[again])


MAKERS: Mapping[str, Maker] = {
    "credited": _make_credited,
    "chained": _make_chained,
    "linked": _make_linked,
    "loop": _make_loop,
    "twins": _make_twins,
    "carried": _make_carried,
    "numbered": _make_numbered,
    "retold": _make_retold,
    "alike": _make_alike,
    "beat": _make_beat,
    "wired": _make_wired,
    "named": _make_named,
    "masked": _make_masked,
    "mistimed": _make_mistimed,
    "ring": _make_ring,
    "hidden": _make_hidden,
    "denied": _make_denied,
}
STORY_KINDS = tuple(MAKERS)
TUNE_KINDS, TEST_KINDS = STORY_KINDS[:9], STORY_KINDS[9:]


def make_stories(seed: int, events: int, kinds: Sequence[str] = STORY_KINDS) -> list[Story]:
    """Return so many stories of each kind; a story is the same whatever others are asked for."""
    return [
        MAKERS[kind](Desk(Random(f"{seed} {kind} {number}"), f"{kind}-{number:03d}"))
        for kind in kinds
        for number in range(events)
    ]


def make_cascades(seed: int, events: int, kinds: Sequence[str] = STORY_KINDS) -> list[Item]:
    """Return the reports of stories of these kinds and of as many families of copies, in order of time."""
    held = [item for story in make_stories(seed, events, kinds) for item in story.items]
    return sorted([*held, *make_copies(seed, events * len(kinds))], key=lambda item: (item.published, item.file))
