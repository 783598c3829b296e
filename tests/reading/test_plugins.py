"""Can somebody else's reader be added, and can it do harm?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from firsthand.errors import InputError
from firsthand.model import Report
from firsthand.reading import plugins, read_report, read_reports
from reading.samples import FISH


class Reader:
    suffixes = (".tape",)

    def __init__(self, read: Callable[[str, bytes], tuple[Report, ...]]) -> None:
        self.read = read

    def __call__(self, path: str, data: bytes) -> tuple[Report, ...]:
        return self.read(path, data)


def transcribe(path: str, data: bytes) -> tuple[Report, ...]:
    (report,) = read_report("x.txt", data[::-1])
    return (replace(report, path=path),)


def fail(path: str, data: bytes) -> tuple[Report, ...]:
    raise ZeroDivisionError("the tape is torn")


def overreach(path: str, data: bytes) -> tuple[Report, ...]:
    return tuple(replace(one, body=((0, 10_000),)) for one in transcribe(path, data))


def return_words(path: str, data: bytes) -> tuple[Report, ...]:
    return ("words",)  # type: ignore[return-value]


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[object], None]]:
    def put(read: object) -> None:
        def load(entry: EntryPoint) -> object:
            if isinstance(read, Exception):
                raise read
            return read

        monkeypatch.setattr(EntryPoint, "load", load)
        entry = EntryPoint(name="tapes", value="tapes:read", group=plugins.GROUP)
        monkeypatch.setattr(plugins, "entry_points", lambda group: [entry])
        plugins.find_plugins.cache_clear()

    yield put
    plugins.find_plugins.cache_clear()


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    (tmp_path / "a.tape").write_bytes(FISH.encode()[::-1])
    (tmp_path / "b.txt").write_text("The ice was gone.")
    return tmp_path


def test_an_installed_reader_reads_the_files_of_its_suffix(install: Callable[[object], None], pile: Path) -> None:
    install(Reader(transcribe))
    reports, problems = read_reports([str(pile)])
    assert [(report.path, report.text) for report in reports] == [("a.tape", FISH), ("b.txt", "The ice was gone.")]
    assert problems == ()


@pytest.mark.parametrize(
    ("read", "words"),
    [
        (fail, "failed (ZeroDivisionError: the tape is torn)"),
        (overreach, "no sound report"),
        (return_words, "no sound report"),
    ],
)
def test_a_reader_that_fails_is_a_problem_and_the_others_go_on(
    install: Callable[[object], None], pile: Path, read: Callable[[str, bytes], tuple[Report, ...]], words: str
) -> None:
    install(Reader(read))
    reports, problems = read_reports([str(pile)])
    assert [report.path for report in reports] == ["b.txt"]
    assert [problem.where for problem in problems] == ["a.tape"]
    assert words in problems[0].what


def test_a_reader_that_cannot_be_loaded_is_told(install: Callable[[object], None], pile: Path) -> None:
    install(ImportError("no module named tapes"))
    reports, problems = read_reports([str(pile)])
    assert [report.path for report in reports] == ["b.txt"]
    assert [problem.where for problem in problems] == ["tapes", "a.tape"]


def test_without_a_reader_the_suffix_is_not_read(pile: Path) -> None:
    with pytest.raises(InputError, match="'.tape' file, a format that is not read"):
        read_reports([str(pile / "a.tape")])
