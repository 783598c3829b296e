"""What becomes of files that a browser sends, or of words that are pasted?

Their names are anybody's words: only the last part is kept, made of letters, digits and a few signs. A file that
cannot be read is not added, and nothing in the case is overwritten.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from firsthand.case import add_reports
from firsthand.case.text import FILES, spell_out_marks
from firsthand.case.wording import make_slug
from firsthand.errors import InputError
from firsthand.model import record
from firsthand.reading import read_report
from firsthand.reading.gather import LARGEST, Unreadable
from firsthand.views.plain import count_things, show_period
from firsthand.workbench.desk import JUDGEMENTS

LONGEST_NAME = 120
STREAMED = (".warc", ".warc.gz", ".wacz")
BESIDE = ".toml"
NO_REPORTS = (*FILES, JUDGEMENTS, "log.jsonl")
FIELDS = ("title", "publisher", "url", "published")


@record
class Sent:
    """A file as it was sent: the name it was given, and its bytes."""

    given: str
    body: bytes


@record
class Outcome:
    """What became of one file: "added", "known" (its content was there already) or "refused", and a sentence."""

    given: str
    state: str
    words: str


def add_sent(folder: Path, sent: Sequence[Sent]) -> tuple[Outcome, ...]:
    """Add files that were sent to a case and say what became of each. Raises CaseError where it cannot be written."""
    reports = [one for one in sent if not _is_beside(one)]
    stems = {_cut(clean_name(one.given)) for one in reports}
    outcomes = [_judge(one, stems) for one in sent]
    taken = [place for place, one in enumerate(outcomes) if one.state == "added"]
    with TemporaryDirectory(prefix="firsthand-") as place:
        paths = _lay_down(Path(place), folder / "reports", [sent[number] for number in taken])
        added = add_reports(folder, paths) if paths else ()
    for number, one in zip(taken, added, strict=True):
        told = "its content was there already as" if one.known else "added as"
        state = "known" if one.known else "added"
        words = f"{told} {one.path}. {outcomes[number].words}".strip()
        outcomes[number] = Outcome(given=sent[number].given, state=state, words=words)
    return tuple(outcomes)


def make_text(words: str, facts: Mapping[str, str]) -> tuple[Sent, Sent]:
    """Return a pasted text as a report file and the facts beside it. Raises InputError where there are no words."""
    import tomlkit

    if not words.strip():
        raise InputError("there is no text; paste the words of the report")
    body = (words.replace("\r\n", "\n").strip() + "\n").encode("utf-8", "replace")
    title = facts.get("title", "").strip() or " ".join(words.split()[:8])
    name = f"{make_slug(title)[:60] or 'pasted'}-{hashlib.sha256(body).hexdigest()[:8]}"
    told = {key: " ".join(facts.get(key, "").split()) for key in FIELDS} | {"title": " ".join(title.split())}
    beside = tomlkit.document()
    for key, value in told.items():
        if value:
            beside[key] = value.encode("utf-8", "replace").decode()
    return (
        Sent(given=f"{name}.txt", body=body),
        Sent(given=f"{name}{BESIDE}", body=spell_out_marks(beside.as_string()).encode()),
    )


def clean_name(given: str) -> str:
    """Return a file name made of letters, digits, spaces and -_.,()+ from one that anybody may have chosen."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    plain = "".join(sign if unicodedata.category(sign)[0] in "LMN" or sign in " -_.,()+" else "-" for sign in last)
    plain = re.sub(r"-{2,}", "-", " ".join(plain.split())).strip(" -.") or "report"
    stem, ending = _cut(plain), plain[len(_cut(plain)) :]
    while len(f"{stem}{ending}".encode()) > LONGEST_NAME and stem:
        stem = stem[:-1]
    return f"{stem or 'report'}{ending[-20:]}"


def _cut(name: str) -> str:
    """Return a name without its ending; what stands beside a report is found by it."""
    return PurePosixPath(name).with_suffix("").name


def _is_beside(one: Sent) -> bool:
    return clean_name(one.given).lower().endswith(BESIDE)


def _judge(one: Sent, stems: set[str]) -> Outcome:
    name = clean_name(one.given)
    fault, words = "", ""
    if name.lower() in NO_REPORTS:
        fault = "is a file of a case, and no report"
    elif _is_beside(one):
        fault = "" if _cut(name) in stems else "holds facts about a report; add it together with that report"
    elif not one.body:
        fault = "is empty"
    elif len(one.body) > LARGEST:
        fault = f"is larger than {LARGEST // 1024 // 1024} MB; put it into the folder reports/ yourself"
    elif not name.lower().endswith(STREAMED):
        fault, words = _try_reading(name, one.body)
    if fault:
        return Outcome(given=one.given, state="refused", words=f"not added: it {fault}")
    return Outcome(given=one.given, state="added", words=words)


def _try_reading(name: str, body: bytes) -> tuple[str, str]:
    """Return why a file cannot be read, or what was read in it."""
    try:
        reports = read_report(name, body)
    except Unreadable as error:
        return str(error), ""
    if len(reports) != 1:
        return "", f"Read: {count_things(len(reports), 'report')}."
    one = reports[0]
    told = ", ".join(filter(None, (f"“{one.title}”" if one.title else "", one.publisher, show_period(one.published))))
    return "", f"Read: {told}."


def _lay_down(place: Path, there: Path, sent: Iterable[Sent]) -> list[Path]:
    """Write files where they can be added from, under names whose stem no other report of the case has."""
    known = {path.name: path for path in there.iterdir()} if there.is_dir() else {}
    paths: list[Path] = []
    renamed: dict[str, str] = {}
    for number, one in enumerate(sent):
        name = clean_name(one.given)
        key = one.given.rpartition(".")[0] or one.given
        if key not in renamed:
            same = known.get(name)
            free = _cut(name) if same and same.read_bytes() == one.body else _find_free(_cut(name), known, renamed)
            renamed[key] = free
        inner = place / str(number)
        inner.mkdir()
        paths.append(inner / f"{renamed[key]}{name[len(_cut(name)) :]}")
        paths[-1].write_bytes(one.body)
    return paths


def _find_free(stem: str, known: Mapping[str, Path], renamed: Mapping[str, str]) -> str:
    taken = {_cut(name).lower() for name in known} | {one.lower() for one in renamed.values()}
    free, number = stem, 1
    while free.lower() in taken:
        number += 1
        free = f"{stem}-{number}"
    return free
