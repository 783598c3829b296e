"""Which small case do the tests of cases start from?"""

from __future__ import annotations

from pathlib import Path

from firsthand.model import Period, Report, ReportId

CASE = """# Did it burst?
schema = 1
title = "The weir at Marl"
question = "Did the weir at Marl burst?"
asks = "burst"
as_of = 2031-05-20
unknowns = ["Who opened the gate."]

[hypothesis.burst]
name = "Burst"
sentence = "The weir at Marl burst."
prior = [0.1, 0.2, 0.3]

[hypothesis.opened]
name = "Opened"
sentence = "Its gate was opened."
prior = 0.3

[hypothesis.rest]
name = "Something else"
sentence = "Something else happened."
prior = 0.5
something_else = true

[campaign.blame]
name = "Blame"
sentence = "The mill wants somebody blamed."
prior = 0.2

[posture.council]
name = "The council keeps quiet"
low = { burst = 0.4, opened = 0.4, rest = 0.2 }
damp = 0.1

[model]
shameless = [0.5, 0.8, 0.9]

[[scenario]]
id = "flood"
name = "The meadows flood"
hypothesis = "burst"
chance = "likely"
follows = "Cattle must be moved."

[[scenario.consideration]]
report = "gazette.txt"
quote = "the meadows were dry"
sentence = "They were dry that day."
if_so = 0.2
if_not = 0.8

[[inquiry]]
id = "diver"
title = "A diver finds a crack"
claim = "crack"
yes = { true = 0.8, false = 0.1 }

[[standard]]
rule = "subject_heard"
subject = "mill"
"""

SOURCES = """[source.miller]
name = "Anna Weigl"
role = "miller"
access = 0.6
spin = { off = 0.1, on = 0.6 }
campaign = "blame"
gains = true
interest = "Damages."
ties = [{ to = "mill", sentence = "runs it", report = "gazette.txt", quote = "Anna Weigl, who runs the mill" }]

[source.warden]
name = "An unnamed warden"
access = [0.2, 0.6]
spin = 0.1
anonymous = { employer = 0.7, himself = 0.2, nobody = 0.1, own_spin = 0.1, same_as = "miller", same_weight = 0.2 }

[source.mill]
name = "The mill"
kind = "group"
grade = "C3"
talk = 0.4
"""

CLAIMS = """[claim.burst]
sentence = "The weir burst."
is = "burst"

[claim.crack]
sentence = "The weir had a crack."
given = { burst = 0.8, opened = 0.2, rest = 0.1 }

[[assertion]]
id = "miller-burst"
title = "The miller: it burst"
claim = "burst"
source = "miller"
report = "gazette.txt"
quote = "The weir gave way at noon"

[[assertion]]
id = "radio-burst"
title = "The radio repeats it"
claim = "burst"
source = "miller"
report = "radio.txt"
quote = "the weir gave way"
via = ["Radio Marl"]
copy_of = "miller-burst"
copy = "echo"

[[assertion]]
id = "warden-crack"
title = "The warden: a crack"
claim = "crack"
source = "warden"
report = "radio.txt"
quote = "a crack as wide as a hand"
copy_of = "miller-burst"
copy = "unknown"

[[observation]]
id = "meadows"
title = "The meadows were dry"
report = "gazette.txt"
quote = "the meadows were dry"
given = { burst = 0.1, opened = 0.4, rest = 0.9 }

[[statement]]
id = "letter"
title = "A letter in the mill's name"
report = "radio.txt"
quote = "a letter signed by the mill"
author = "mill"
claim = "crack"
campaign = "blame"
surfaces = { genuine_true = 0.4, genuine_false = 0.1, forged_on = 0.3, forged_off = 0.05 }

[[statement.check]]
kind = "style"
found = "the wrong letterhead"
genuine = 0.1
forged = 0.6
imitable = 0.5
report = "radio.txt"
quote = "the wrong letterhead"
"""

EXPECTATIONS = """[channel.paper]
name = "The paper"
share = 0.5
watched = [["2031-05-01", "2031-05-10"]]

[channel.square]
name = "The notice board"
share = 0.5

[[expectation]]
id = "photo"
title = "A photograph of the breach"
posture = "council"
produced = { burst = 0.9, opened = 0.2, rest = 0 }
by_now = 0.9
window = ["2031-05-01", "2031-05-20"]

[[expectation]]
id = "survey"
title = "A survey of the crack"
claim = "crack"
produced = { true = 0.7, false = 0.1 }
half_life_days = 10
since = 2031-05-10
coverage = 0.5
report = "gazette.txt"
quote = "no survey has been published"
"""

FILES = {"case.toml": CASE, "sources.toml": SOURCES, "claims.toml": CLAIMS, "expectations.toml": EXPECTATIONS}

GAZETTE = """Anna Weigl, who runs the mill, wrote to us on Monday.
"The weir gave way
at noon," she wrote, and the meadows were dry.
The council says that no survey has been published.
"""
RADIO = """A listener says the weir gave way, and a warden spoke of a crack as wide as a hand.
We were sent a letter signed by the mill, on paper with the wrong letterhead.
"""


def make_report(path: str, text: str, published: Period | None = None, publisher: str = "") -> Report:
    """Return a report that is all body."""
    return Report(
        id=ReportId(f"r-{path}"),
        path=path,
        title=path,
        publisher=publisher or path.partition(".")[0].title(),
        url="",
        published=published,
        retrieved=None,
        language="en",
        text=text,
        body=((0, len(text)),),
    )


REPORTS = (make_report("gazette.txt", GAZETTE), make_report("radio.txt", RADIO))


def write_case(folder: Path, **changed: tuple[str, str]) -> Path:
    """Write the small case with one passage of a file changed: `claims=("old", "new")`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, words in FILES.items():
        old, new = changed.get(name.partition(".")[0], ("", ""))
        assert old in words, f"{old!r} is not in {name}"
        (folder / name).write_text(words.replace(old, new, 1) if old else words, "utf-8")
    return folder
