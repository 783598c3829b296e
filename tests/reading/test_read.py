"""Which reports, problems and errors come of files, folders and standard input?"""

from __future__ import annotations

import gzip
import io
import os
import sys
from pathlib import Path

import pytest

from firsthand.errors import InputError
from firsthand.reading import read_reports
from firsthand.reading.gather import LARGEST

STORY = "The mill at Orrin burned down, the mayor said.\n\nNobody was hurt, she added."


def save(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def test_a_file_keeps_the_path_it_was_given_by(tmp_path: Path) -> None:
    path = save(tmp_path, "a.txt", STORY)
    (report,), problems = read_reports([path])
    assert (report.path, report.text, problems) == (path, STORY, ())


def test_files_of_a_folder_are_read_in_order_and_named_from_the_folder(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "inner/c.txt", ".hidden.txt", "build/d.txt", ".git/e.txt"):
        save(tmp_path, name, f"{STORY} {name}")
    reports, problems = read_reports([str(tmp_path)])
    assert [report.path for report in reports] == ["a.md", "b.txt", "inner/c.txt"]
    assert problems == ()


def test_a_case_gives_the_files_of_its_reports_folder(tmp_path: Path) -> None:
    save(tmp_path, "case.toml", "schema = 1")
    save(tmp_path, "notes.txt", "not a report")
    save(tmp_path, "reports/01.txt", STORY)
    reports, _ = read_reports([str(tmp_path)])
    assert [report.path for report in reports] == ["01.txt"]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (STORY.encode(), STORY),
        (
            b"<html><body><p>The dam holds, he said, and the mill is safe.",
            "The dam holds, he said, and the mill is safe.",
        ),
        (b'{"text": "The dam holds."}\n', "The dam holds."),
        (gzip.compress(STORY.encode()), STORY),
        (b"From: a@orrin.example\nTo: b@orrin.example\nSubject: Dam\n\nThe dam holds.", "The dam holds."),
        (b"From a@orrin.example Mon Mar  3 10:00:00 2014\nSubject: Dam\n\nThe dam holds.\n", "The dam holds.\n"),
    ],
)
def test_the_format_of_standard_input_is_told_by_its_bytes(
    monkeypatch: pytest.MonkeyPatch, data: bytes, text: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    (report,), _ = read_reports(["-"])
    assert report.path.partition("#")[0] == "-"
    assert report.text == text


def test_the_same_text_twice_is_two_reports_with_different_names(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        save(tmp_path, name, STORY)
    reports, _ = read_reports([str(tmp_path)])
    first = reports[0].id
    assert [report.id for report in reports] == [first, f"{first}~2", f"{first}~3"]
    assert first.startswith("r-")
    assert len(first) == 14


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = save(tmp_path, "a.txt", STORY)
    reports, _ = read_reports([path, str(tmp_path)])
    assert len(reports) == 1


def test_metadata_beside_a_report_outweighs_what_it_says_itself(tmp_path: Path) -> None:
    save(tmp_path, "a.txt", f"Title: Old title\n\n{STORY}")
    save(tmp_path, "a.toml", 'title = "New title"\npublished = 2021-03-04\nlanguage = "en"\n')
    (report,), problems = read_reports([str(tmp_path)])
    assert problems == ()
    assert report.title == "New title"
    assert report.published is not None
    assert report.published.start.isoformat() == "2021-03-04T00:00:00"


def test_the_encoding_stated_beside_a_file_is_used(tmp_path: Path) -> None:
    words = "Паром пришёл утром, сказала Ида Мёллер."
    (tmp_path / "a.txt").write_bytes(words.encode("cp866"))
    save(tmp_path, "a.toml", 'charset = "cp866"\n')
    (report,), _ = read_reports([str(tmp_path)])
    assert (report.text, report.problems) == (words, ())


def test_an_encoding_that_is_none_is_a_problem(tmp_path: Path) -> None:
    save(tmp_path, "a.txt", "The ferry is in.")
    save(tmp_path, "a.toml", 'charset = "unicode_escape"\n')
    (report,), _ = read_reports([str(tmp_path)])
    assert [problem.what for problem in report.problems] == [
        "'charset' is 'unicode_escape', which is no encoding of text"
    ]


def test_a_misspelt_key_beside_a_report_is_a_problem_with_a_suggestion(tmp_path: Path) -> None:
    save(tmp_path, "a.txt", STORY)
    save(tmp_path, "a.toml", 'publishr = "The Orrin Bell"\n')
    (report,), _ = read_reports([str(tmp_path)])
    assert report.problems[0].where == "a.toml"
    assert "did you mean 'Publisher'?" in report.problems[0].what


@pytest.mark.parametrize(
    ("paths", "words"),
    [
        ([], "nothing to read"),
        (["no/such/file.txt"], "no/such/file.txt: there is no such file or folder"),
        (["https://orrin.example/mill"], "an address on the web is not read here"),
        (["a\0b"], "there is no such file"),
        ([""], "there is no such file"),
        (["a" * 5000], "this is no path"),
    ],
)
def test_what_is_not_there_is_an_error_of_one_sentence(paths: list[str], words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        read_reports(paths)
    assert "\n" not in str(caught.value)


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no report in this folder"):
        read_reports([str(tmp_path)])


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \n\n ", "is empty"),
        ("a.txt", b"MZ\x90\0\3\0\0\0 some words", "is a program, not text"),
        ("a.txt", bytes(range(256)) * 4, "is binary, not text"),
        ("a.txt", b"%PDF-1.7 ...", "is a PDF, not text"),
        ("a.odt", b"PK\3\4", "a format that is not read; firsthand reads"),
        ("a.docx", b"PK\3\4", "is a zip archive that is damaged"),
        ("a.html", b"<html><body></body></html>", "without any text"),
        ("a.xml", b"<invoice><sum>3</sum></invoice>", "is no feed"),
        ("a.eml", b"From: a@orrin.example\nSubject: x\n\n", "is a mail without text"),
    ],
)
def test_one_file_that_cannot_be_read_is_an_error_and_beside_others_a_problem(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    path = save(tmp_path, name, content)
    with pytest.raises(InputError) as caught:
        read_reports([path])
    assert words in str(caught.value)
    save(tmp_path, "good.txt", STORY)
    reports, problems = read_reports([str(tmp_path)])
    assert [report.path for report in reports] == ["good.txt"]
    assert [problem.where for problem in problems] == [name]


def test_a_file_over_the_size_limit_is_a_problem(tmp_path: Path) -> None:
    save(tmp_path, "good.txt", STORY)
    with (tmp_path / "huge.txt").open("wb") as huge:
        huge.truncate(LARGEST + 1)
    _, problems = read_reports([str(tmp_path)])
    assert [(problem.where, problem.what) for problem in problems] == [("huge.txt", "is larger than 50 MB")]


def test_a_file_you_may_not_read_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(tmp_path, "good.txt", STORY)
    save(tmp_path, "closed.txt", STORY)
    read_bytes = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "closed.txt":
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    reports, problems = read_reports([str(tmp_path)])
    assert [report.path for report in reports] == ["good.txt"]
    assert [(problem.where, problem.what) for problem in problems] == [("closed.txt", "may not be read by you")]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    secret = save(tmp_path, "elsewhere/secret.txt", "The key is under the mat.")
    save(tmp_path, "pile/good.txt", STORY)
    (tmp_path / "pile/out.txt").symlink_to(secret)
    (tmp_path / "pile/away").symlink_to(tmp_path / "elsewhere")
    reports, problems = read_reports([str(tmp_path / "pile")])
    assert [report.path for report in reports] == ["good.txt"]
    assert sorted(problem.where for problem in problems) == ["away", "out.txt"]
    assert all("link out of its folder" in problem.what for problem in problems)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    save(tmp_path, "good.txt", STORY)
    os.mkfifo(tmp_path / "pipe.txt")
    _, problems = read_reports([str(tmp_path)])
    assert problems[0].what == "is no ordinary file"


def test_a_file_name_is_data(tmp_path: Path) -> None:
    name = "<b>$(rm)\n\u202eten.txt"
    save(tmp_path, name, STORY)
    (report,), _ = read_reports([str(tmp_path)])
    assert report.path == name


def test_a_file_name_that_is_no_utf8_can_still_be_shown(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text(STORY)
    (report,), _ = read_reports([str(tmp_path)])
    assert report.path == "caf\ufffd.txt"


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    for number in range(5):
        save(tmp_path, f"{number}.html", f"<html><body><p>{STORY} {number}</p></body></html>")
    assert read_reports([str(tmp_path)]) == read_reports([str(tmp_path)])
