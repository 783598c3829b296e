"""Is what an archive holds found again: listed, shown and searched, by word and by command?"""

import json
from datetime import date

import pytest

from firsthand.archive import build_archive, list_archive, make_filter, search_archive, show_report
from firsthand.cli import main
from firsthand.errors import InputError

NOTES = {
    "a.txt": "Title: Convoy\nPublisher: Skell Herald\nPublished: 2011-04-04\nLanguage: en\n\n"
    "A convoy crossed the Tenere at night, said Ida Moller of the coastguard.\n",
    "b.txt": "Title: Le convoi\nPublisher: Le Phare\nPublished: 2011-04-06\nLanguage: fr\n\n"
    "Un convoi a traversé le Ténéré dans la nuit, selon un témoin que nous avons rencontré.\n",
    "c.txt": "Title: Harbour \x1b[31mred\nPublisher: Skell Radio\n\nThe harbour was empty.\n",
    "d.bin": "\x00\x01\x02\x03" * 30,
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("look")
    for name, text in NOTES.items():
        folder.joinpath(name).write_bytes(text.encode())
    build_archive(folder / "archive", [str(folder / name) for name in NOTES], workers=0)
    return folder / "archive"


def run(capsys, *words) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main(["archive", *map(str, words)])
    captured = capsys.readouterr()
    return left.value.code, captured.out, captured.err


def test_reports_are_listed_in_the_order_they_were_read(archive):
    listed = list_archive(archive, limit=2)
    assert [kept.report.title for kept in listed.reports] == ["Convoy", "Le convoi"]
    assert listed.total == 3
    assert [kept.report.publisher for kept in list_archive(archive, limit=2, start=2).reports] == ["Skell Radio"]


def test_a_search_finds_a_word_with_and_without_accents_and_by_filter(archive):
    assert search_archive(archive, "tenere").total == 2
    french = search_archive(archive, "tenere", make_filter(language="fr"))
    assert [kept.report.title for kept in french.reports] == ["Le convoi"]
    assert ("Ténéré", True) in french.hits[0].pieces
    late = search_archive(archive, "tenere", make_filter(since=date(2011, 4, 5), until=date(2011, 4, 6)))
    assert late.total == 1


def test_a_report_is_shown_by_the_beginning_of_its_id(archive):
    name = list_archive(archive).reports[0].report.id
    shown = show_report(archive, name[:8])
    assert shown.kept.report.id == name
    assert shown.source.path.endswith("a.txt")
    assert shown.source.digest == shown.kept.digest


def test_an_id_that_is_not_there_or_not_enough_is_refused_in_a_sentence(archive):
    with pytest.raises(InputError, match="there is no report 'r-zz'"):
        show_report(archive, "r-zz")
    with pytest.raises(InputError, match="give more of the id"):
        show_report(archive, "r-")


def test_the_list_names_the_reports_and_counts_what_could_not_be_read(capsys, archive):
    code, out, _ = run(capsys, "list", archive)
    assert code == 0
    assert "4 Apr 2011" in out
    assert "Skell Herald" in out
    assert out.splitlines()[-1] == "3 reports; not read: 1 item"
    assert "\x1b" not in out


def test_what_could_not_be_read_is_listed_with_the_files(capsys, archive):
    _, out, _ = run(capsys, "list", archive, "--lost")
    assert "d.bin" in out.splitlines()[-1]
    assert out.count("sha256") == 4


def test_the_list_as_data_has_reports_files_and_problems(capsys, archive):
    _, out, _ = run(capsys, "list", archive, "--json", "--publisher", "skell", "--limit", "1")
    data = json.loads(out)
    assert data["total"] == 2
    assert [report["publisher"] for report in data["reports"]] == ["Skell Herald"]
    assert len(data["files"]) == 4
    assert len(data["problems"]) == 1


def test_a_report_is_shown_with_text_parts_and_custody(capsys, archive):
    name = list_archive(archive).reports[2].report.id
    code, out, _ = run(capsys, "show", archive, name)
    assert code == 0
    assert "The harbour was empty." in out
    assert "sha256" in out
    assert "\x1b" not in out
    data = json.loads(run(capsys, "show", archive, name, "--json")[1])
    assert data["text"].endswith("The harbour was empty.\n")
    assert len(data["custody"]["sha256"]) == 64


def test_a_search_shows_where_the_words_stand(capsys, archive):
    _, out, _ = run(capsys, "search", archive, "tenere", "nuit")
    assert "Ténéré" in out
    assert out.splitlines()[-1] == "1 report"
    data = json.loads(run(capsys, "search", archive, "tenere", "--json")[1])
    assert data["total"] == 2
    assert {piece["text"] for piece in data["reports"][0]["snippet"] if piece["match"]} <= {"Tenere", "Ténéré"}


@pytest.mark.parametrize("words", [[], ['"'], ["*"]])
def test_a_search_for_nothing_is_a_mistake_in_the_call(capsys, archive, words):
    code, _, err = run(capsys, "search", archive, *words)
    assert code == 2
    assert "no word to search for" in err


def test_an_archive_is_built_at_the_command_line_and_built_again(capsys, tmp_path):
    (tmp_path / "a.txt").write_text("The ferry is in.")
    words = ("build", tmp_path / "archive", tmp_path / "a.txt", "--workers", "1")
    code, out, err = run(capsys, *words)
    assert (code, err) == (0, "")
    assert "1 report added" in out
    assert "in it already: 1 file" in run(capsys, *words)[1]


def test_a_build_without_a_file_is_a_mistake_in_the_call(capsys, tmp_path):
    code, _, err = run(capsys, "build", tmp_path / "archive")
    assert code == 2
    assert "no file or folder is given" in err
