"""The invented reports about the Halcyon, and words quoted from them."""

from __future__ import annotations

from datetime import datetime, timedelta

import firsthand.model as m

TEXTS = {
    "gazette": (
        "Minister: drone boat sank the Halcyon",
        "Merrow Gazette",
        "In an interview, Minister Tavel Orsk said a drone boat sent by the islanders sank the grain ship Halcyon. "
        "He added that he speaks with the owners of the ship every morning. "
        "Asked what he had seen, the minister said his staff had told him.",
    ),
    "coastline": (
        "Official: two engines, no crew",
        "Coastline Agency",
        "A port official who would not be named said a boat with two engines and no crew struck the Halcyon at night. "
        "We know that it came from the north, he said. "
        "The port authority has asked for patrols for a year.",
    ),
    "lantern": (
        "Crewless boat blamed",
        "Daily Lantern",
        "A crewless boat struck the Halcyon, Coastline Agency reports.",
    ),
    "kurier": (
        "Frachter von Boot ohne Besatzung getroffen",
        "Nachtkurier",
        "Ein Boot ohne Besatzung habe den Frachter getroffen, meldet die Agentur Coastline.",
    ),
    "harbour": ("Struck at night", "Harbour Blog", "Coastline Agency says the ship was struck by a boat with no crew."),
    "review": (
        "The week at sea",
        "Tidewater Review",
        "The claim goes back in large part to two people, a minister and a port official. "
        "The statement of the Free Gulls, which Strand Wire took from this page, was sent to one newsroom only. "
        "So far there is no film of the attack, and the islanders have shown no wreckage.\n\n"
        "Share this page. Subscribe to our letter.",
    ),
    "hearing": (
        "Hearing on the loss of the Halcyon",
        "Assembly Record",
        "Admiral Lise Varn told the committee that traces of a blast had been found below the waterline. "
        "Blasts such as this have come from old mines before.",
    ),
    "mina": (
        "السفينة هالسيون غرقت بعد حريق",
        "ميناء اليوم",
        "قال بحار إن حريقا اندلع في السفينة قبل غرقها.",
    ),
}
DAYS = {
    "gazette": ("2031-05-01", "2031-05-04"),
    "coastline": ("2031-05-08", "2031-05-08"),
    "lantern": ("2031-05-09", "2031-05-09"),
    "kurier": ("2031-05-10", "2031-05-10"),
    "harbour": ("2031-05-11", "2031-05-11"),
    "review": ("2031-05-12", "2031-05-16"),
    "hearing": ("2031-05-05", "2031-05-06"),
    "mina": ("2031-05-07", "2031-05-07"),
}
LANGUAGES = {"kurier": "de", "mina": "ar"}


def find_period(name: str) -> m.Period:
    first, last = (datetime.fromisoformat(day) for day in DAYS[name])
    return m.Period(start=first, end=last + timedelta(days=1))


def make_report(name: str) -> m.Report:
    title, publisher, text = TEXTS[name]
    end = text.find("\n\nShare") if "\n\nShare" in text else len(text)
    parts = (m.Part(kind=m.PartKind.FURNITURE, text=text[end:], span=(end, len(text))),) if end < len(text) else ()
    return m.Report(
        id=m.ReportId(f"r-{name}"), path=f"reports/{name}.txt", title=title, publisher=publisher,
        url=f"https://{name}.example/story", published=find_period(name), retrieved=None,
        language=LANGUAGES.get(name, "en"), text=text, body=((0, end),), parts=parts,
    )  # fmt: skip


def quote(name: str, words: str) -> m.Quote:
    start = TEXTS[name][2].index(words)
    return m.Quote(span=m.Span(report=m.ReportId(f"r-{name}"), start=start, end=start + len(words)), text=words)


TWO = quote("review", "goes back in large part to two people, a minister and a port official")
DRONE = quote("gazette", "a drone boat sent by the islanders sank the grain ship Halcyon")
OWNERS = quote("gazette", "he speaks with the owners of the ship every morning")
STAFF = quote("gazette", "his staff had told him")
ENGINES = quote("coastline", "a boat with two engines and no crew struck the Halcyon at night")
NORTH = quote("coastline", "We know that it came from the north")
PATROLS = quote("coastline", "The port authority has asked for patrols for a year")
BLAST = quote("hearing", "traces of a blast had been found below the waterline")
MINES = quote("hearing", "Blasts such as this have come from old mines before")
NEWSROOM = quote("review", "was sent to one newsroom only")
FILM = quote("review", "there is no film of the attack")
WRECKAGE = quote("review", "the islanders have shown no wreckage")
FIRE = quote("mina", "حريقا اندلع في السفينة قبل غرقها")
LANTERN = quote("lantern", "A crewless boat struck the Halcyon")


def knob(name: str, value: float, spread: float = 0.1) -> m.Knob:
    return m.Knob(id=m.KnobId(name), low=max(0.0, value - spread), value=value, high=min(1.0, value + spread))


def because(sentence: str, *quotes: m.Quote) -> m.Reason:
    return m.Reason(rule="sample", sentence=sentence, quotes=quotes)
