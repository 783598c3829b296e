"""How does an outlet write up what it heard, read or took?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from cascades.events import CAUSE, MAIN, Event, add_detail, deny_main, make_event, tell_cause, tell_main
from cascades.grammar import add_article, bend, expand, read_words, write_sentences
from cascades.items import Item, Said, Tie
from cascades.names import make_company, make_outlets, make_wire, slug
from cascades.takings import edit, new_words

_MASKS = (
    "a {role} who asked not to be named",
    "a {role} who did not want to be identified",
    "a {role}, speaking on condition of anonymity,",
)
Draft = Sequence[tuple[str, Said | None]]
_VAGUE = ("sources", "sources close to the matter", "people familiar with the matter", "a source", "insiders")


@dataclass(frozen=True)
class Voice:
    """Somebody who said something first: "named", "unnamed" or an institution ("group"); `count` is what he counted."""

    id: str
    kind: str
    name: str
    role: str
    workplace: str
    count: int = 0

    def introduce(self, rng: Random) -> str:
        """Return how he is named where he is first met."""
        if self.kind == "group":
            return self.name
        if self.kind == "unnamed":
            return add_article(rng.choice(_MASKS).format(role=self.role))
        frames = ("{name}, a {role} at {work}", "{name}, a {role}", "{role} {name}", "{name}, who works as a {role}")
        return add_article(rng.choice(frames).format(name=self.name, role=self.role, work=self.workplace))

    @property
    def brief(self) -> str:
        """How he is named afterwards."""
        return {"named": self.name.split()[-1], "group": self.name}.get(self.kind, f"the {self.role}")

    @property
    def names(self) -> str:
        """What he may be called in a chain."""
        return f"{self.name}|{self.role}" if self.kind != "unnamed" else self.role


@dataclass(frozen=True)
class Line:
    """What one sentence is to say: whose words, on which claim, through whom.

    `relays`: outlets between the one who writes and the voice. `vague`: instead of the voice, "sources".
    `mute`: only the last relay is named, and not the voice. `crowd`: told to many at once.
    """

    voice: Voice
    claim: str = MAIN
    relays: tuple[str, ...] = ()
    vague: bool = False
    mute: bool = False
    crowd: bool = False
    denies: bool = False
    clause: str = ""


@dataclass(frozen=True)
class Press:
    """How a report is put out: by whom, how long after the last, dated or not or wrongly (`off`), linking to what.

    `own`: its outlet is itself the voice.
    """

    outlet: str = ""
    hours: float | None = None
    dated: bool = True
    off: timedelta = timedelta()
    links: tuple[str, ...] = ()
    own: bool = False


@dataclass
class Desk:
    """Where the reports of one event are made: its outlets, its clock, what is out already."""

    rng: Random
    name: str
    event: Event = field(init=False)
    outlets: list[str] = field(init=False)
    items: list[Item] = field(default_factory=list)
    voices: dict[str, bool] = field(default_factory=dict)
    clock: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.event = make_event(self.rng)
        self.outlets = make_outlets(self.rng, 14)
        self.clock = self.event.when + timedelta(hours=self.rng.randrange(3, 9))

    def meet(self, kind: str = "named", denies: bool = False) -> Voice:
        """Return somebody new who has something to say on the main claim."""
        rng = self.rng
        name = make_company(rng) if kind == "group" else f"{rng.choice(read_words()['first'])} {expand('PLACE', rng)}"
        role, work = (
            rng.choice(read_words()["person"]),
            f"the {rng.choice(read_words()['noun'])} {rng.choice(('works', 'office', 'yard', 'school', 'hall'))}",
        )
        voice = Voice(f"v{len(self.voices)}", kind, name, role, work, self.guess_count())
        self.voices[voice.id] = not denies
        return voice

    def guess_count(self) -> int:
        """Return how many somebody takes it to have been: the first whom one meets is right, half of the others err."""
        true = self.event.count
        near = max(2, round(true * self.rng.uniform(0.7, 1.3)))
        return true if not self.voices or self.rng.random() < 0.5 else near + (near == true)

    def take_wire(self) -> str:
        """Return the name of an agency."""
        return make_wire(self.rng)

    def next_outlet(self) -> str:
        """Return an outlet that has printed nothing yet."""
        return self.outlets.pop()

    def say(self, line: Line) -> str:
        """Return what a voice says on a claim, in one of many wordings."""
        if line.clause:
            return line.clause
        if line.denies:
            return deny_main(self.event, self.rng)
        event = replace(self.event, count=line.voice.count)
        return tell_main(event, self.rng) if line.claim == MAIN else tell_cause(event, self.rng)

    def publish(self, lines: Sequence[Line], ties: Sequence[Tie] = (), press: Press | None = None) -> Item:
        """Return, and keep, a report that says these lines among others; the clock goes on a few hours."""
        held = press or Press()
        outlet = held.outlet or self.next_outlet()
        return self.print_draft(outlet, self.draft(outlet, lines, held.own), ties, held)

    def draft(self, outlet: str, lines: Sequence[Line], own: bool = False) -> Draft:
        """Return the sentences of a report: the lines, and others about nothing in particular."""
        rng, met = self.rng, set[str]()
        sentences: list[tuple[str, Said | None]] = []
        for number, line in enumerate(lines):
            sentences.append(write_line(self, outlet, line, line.voice.id in met, own=own))
            met.add(line.voice.id)
            fillers = rng.randrange(1, 4) if number else rng.randrange(0, 2)
            sentences += [(filler, None) for filler in write_sentences(rng, fillers)]
        return [*sentences, *((filler, None) for filler in write_sentences(rng, rng.randrange(2, 6)))]

    def print_draft(self, outlet: str, sentences: Draft, ties: Sequence[Tie], press: Press) -> Item:
        """Return, and keep, the report of a draft."""
        rng = self.rng
        self.clock += timedelta(minutes=round(60 * (press.hours or rng.uniform(1.0, 7.0))))
        if press.links:
            frames = ("as first reported <>here<>", "the <>original report<> has more", "see <>this account<>")
            sentences = list(sentences)
            sentences.insert(rng.randrange(1, len(sentences)), (bend(rng.choice(frames), "cap") + ".", None))
        text, said = _lay(sentences, rng)
        item = Item(
            file=f"{slug(outlet)}.{'html' if press.links else 'txt'}",
            publisher=outlet,
            title=self.write_title(),
            url=f"https://{slug(outlet)}.example/{self.clock:%Y/%m/%d}/{slug(self.event.town)}",
            text=text,
            published=self.clock,
            shown=self.clock + press.off if press.dated else None,
            family=self.name,
            ties=tuple(ties),
            said=said,
            links=press.links,
        )
        self.items.append(item)
        return item

    def publish_copy(
        self, draft: Draft, agency: str, ties: Sequence[Tie], credited: bool, changed: float = 0.1
    ) -> Item:
        """Return a report made of an agency's: what was said kept, the rest cut and edited, the credit kept or not."""
        rng, outlet = self.rng, self.next_outlet()
        sentences: list[tuple[str, Said | None]] = []
        for sentence, said in draft:
            if said is None:
                words = edit(new_words(sentence), rng, changed)
                sentences += [(" ".join(w.word for w in words), None)] if rng.random() < 0.6 and words else []
            elif credited:
                sentences.append((sentence, replace(said, chain=(outlet, *said.chain))))
            else:
                bare = sentence.replace(f"told {agency} that", "said").replace(f"told {agency}", "said")
                sentences.append((bare, replace(said, chain=(outlet, *said.chain[1:]))))
        if credited:
            sentences.append((rng.choice(("({})", "Reporting by {}.", "With material from {}.")).format(agency), None))
        sentences += [(filler, None) for filler in write_sentences(rng, rng.randrange(0, 3))]
        return self.print_draft(outlet, sentences, ties, Press())

    def write_title(self) -> str:
        """Return a headline."""
        rng, event = self.rng, self.event
        frames = (
            f"{rng.choice(event.noun)} at {event.site}",
            f"what we know about {event.town}",
            f"{event.town} counts its {event.unit}",
            f"questions after {rng.choice(event.noun)} near {event.town}",
        )
        return bend(rng.choice(frames), "cap")

    def detail(self, voice: Voice, relays: tuple[str, ...] = ()) -> Line:
        """Return a line with a detail that only this report has."""
        return Line(voice, f"detail-{len(self.items)}-{voice.id}", relays=relays, clause=add_detail(self.rng))


def _lay(sentences: Draft, rng: Random) -> tuple[str, tuple[Said, ...]]:
    """Return the sentences as paragraphs, and where the attributions stand in them."""
    text, said = "", []
    for sentence, one in sentences:
        text += ("\n\n" if rng.random() < 0.45 else " ") if text else ""
        if one:
            said.append(replace(one, start=len(text) + sentence.index(one.quote)))
        text += sentence
    return text, tuple(said)


def write_line(desk: Desk, outlet: str, line: Line, met: bool, own: bool = False) -> tuple[str, Said]:
    """Return one sentence that gives a voice's words, and the attribution that it is."""
    rng, clause = desk.rng, desk.say(line)
    if own:
        quote, source, sentence = _state(rng, line.voice, clause)
    elif line.mute:
        quote, source, sentence = _relay_mute(rng, line.relays, clause)
    elif line.relays:
        quote, source, sentence = _relay(rng, line, clause, name_vaguely(rng) if line.vague else "")
    else:
        quote, source, sentence = _hear(rng, outlet, line, clause, met)
    source = source if source in sentence else bend(source, "cap")
    chain = (
        (outlet,)
        if own
        else (outlet, *line.relays)
        if line.mute
        else (outlet, *line.relays, line.voice.names if not line.vague else f"{source}|{line.voice.names}")
    )
    kind = line.voice.kind if not line.vague else "unnamed|group|role"
    kind = "group" if line.mute else {"unnamed": "unnamed|role"}.get(kind, kind)
    said = Said(quote=quote, source=source, chain=chain, claim=line.claim, origin=line.voice.id, kind=kind, polarity=1)
    return sentence, said


def _hear(rng: Random, outlet: str, line: Line, clause: str, met: bool) -> tuple[str, str, str]:
    """Return (quote, source, sentence) of words that a report has from the voice itself."""
    source = name_vaguely(rng) if line.vague else line.voice.brief if met else line.voice.introduce(rng)
    source = source.rstrip(",") if not line.vague else source
    after, cap = ("," if "," in source else ""), bend(clause, "cap")
    subject = bend(source, "cap")
    if line.crowd:
        told = rng.choice(("told reporters", "told a press conference", "said at a press conference"))
        return (
            clause,
            source,
            f"{subject}{after} {told} on {rng.choice((line_day(clause), 'Monday', 'Friday'))} that {clause}.",
        )
    verb = rng.choice(("said", "said", "confirmed", "recalled", "insisted"))
    if met:
        verb = "added"
    frames = [
        (clause, f"{subject}{after} {verb} that {clause}."),
        (clause, f"{subject}{after} told {outlet} that {clause}."),
        (cap, f"\u201c{cap},\u201d {source}{after} told {outlet}."),
        (cap, f"\u201c{cap},\u201d said {source}."),
        (cap, f"{cap}, {source}{after} told {outlet}."),
        (cap, f"{cap}, said {source}."),
    ]
    quote, sentence = frames[0] if line.vague else rng.choice(frames)
    return quote, source, sentence.replace(",.", ".")


def name_vaguely(rng: Random) -> str:
    """Return how a source is spoken of that nobody is to know."""
    word, person = expand("noun", rng), expand("person", rng)
    some = (f"{word} sources", f"{word} officials", f"a senior {person}", f"two {bend(person, 's')}", f"one {person}")
    return rng.choice((*_VAGUE, *some))


def line_day(clause: str) -> str:
    """Return the day that a clause names, or else a day."""
    return next((day for day in read_words()["weekday"] if day in clause), "Thursday")


def _relay(rng: Random, line: Line, clause: str, vague: str) -> tuple[str, str, str]:
    """Return (quote, source, sentence) of words that a report has through others."""
    source = vague or (line.voice.introduce(rng).rstrip(","))
    near, *far = line.relays
    after, cap = ("," if "," in source else ""), bend(clause, "cap")
    if far:
        deep = far[0]
        frames = [
            (clause, f"{near}, citing {deep}, reported that {source}{after} had said {clause}."),
            (cap, f"{cap}, {source}{after} told {deep}, according to {near}."),
            (clause, f"According to {near}, {source}{after} told {deep} that {clause}."),
        ]
    else:
        frames = [
            (
                clause,
                f"{near} reported, citing {source}{after} that {clause}."
                if after
                else f"{near} reported, citing {source}, that {clause}.",
            ),
            (cap, f"{cap}, {source}{after} told {near}."),
            (clause, f"{bend(source, 'cap')}{after} told {near} that {clause}."),
            (clause, f"According to {near}, {source}{after} said that {clause}."),
            (clause, f"{bend(source, 'cap')}, quoted by {near}, said that {clause}."),
        ]
    quote, sentence = rng.choice(frames)
    return quote, source, sentence.replace(",,", ",")


def _relay_mute(rng: Random, relays: Sequence[str], clause: str) -> tuple[str, str, str]:
    """Return (quote, source, sentence) where only the outlet credited is named."""
    near, cap = relays[-1], bend(clause, "cap")
    frames = [
        (clause, f"{near} reported that {clause}."),
        (cap, f"{cap}, {near} reported."),
        (clause, f"According to {near}, {clause}."),
        (cap, f"{cap}, according to {near}."),
    ]
    quote, sentence = rng.choice(frames)
    return quote, near, sentence


def _state(rng: Random, voice: Voice, clause: str) -> tuple[str, str, str]:
    """Return (quote, source, sentence) of what somebody puts out himself."""
    verb = rng.choice(("confirms", "states", "announces"))
    return clause, voice.name, f"{voice.name} {verb} that {clause}."


__all__ = ["CAUSE", "MAIN", "Desk", "Line", "Voice", "write_line"]
