"""Are texts that spread through an archive found, in any order, bit by bit, and with no direction made up?"""

from __future__ import annotations

import json
import random
import re
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from firsthand.archive import build_archive, trace_archive
from firsthand.archive.directions import find_direction
from firsthand.archive.passages import find_ties
from firsthand.cli import main
from firsthand.errors import InputError
from firsthand.model import DerivationKind, Link, Period, Spread
from firsthand.origins.alignment import align_texts, mask_text
from firsthand.store.passage_store import PassageStore
from reports import make_report

SYLLABLES = [f"{a}{b}" for a in "bdkmprstlv" for b in "aeiou"]


def write_words(chance: random.Random, count: int) -> str:
    return " ".join("".join(chance.choices(SYLLABLES, k=3)) for _ in range(count))


def write_report(folder: Path, name: str, publisher: str, when: str, text: str) -> None:
    head = f"Title: {name}\nPublisher: {publisher}\n" + (f"Published: {when}\n" if when else "")
    folder.joinpath(f"{name}.txt").write_text(f"{head}\n{text}\n", "utf-8")


@pytest.fixture
def pile(tmp_path):
    """A wire's story copied, edited and quoted; another story; a round-up of both; a publisher with a template."""
    chance = random.Random(7)
    folder = tmp_path / "pile"
    folder.mkdir()
    story, other = write_words(chance, 120), write_words(chance, 120)
    first, second, rest = story.split()[:40], story.split()[40:70], story.split()[70:]
    quote = " ".join(second)
    write_report(folder, "wire", "Skell Wire", "2020-03-01", f"Skell, told to Skell Wire. {story}.")
    write_report(folder, "copy", "The Lantern", "2020-03-02", f"(Skell Wire) {story}.")
    edited = " ".join([*first[:20], "suddenly", *first[21:], *second, *rest[:9], "perhaps", *rest[10:]])
    write_report(folder, "edited", "Morning Post", "2020-03-03", f"{edited}.")
    own = write_words(chance, 100)
    write_report(folder, "quoted", "Coast Radio", "2020-03-04", f'{own}, he said: "{quote}", and was silent.')
    write_report(folder, "other", "Fjord Daily", "2020-03-01", f"{other}.")
    write_report(folder, "other-copy", "Garden Weekly", "2020-03-05", f"{other}.")
    roundup = " ".join([*first, *other.split()[:60]])
    write_report(folder, "roundup", "Digest", "2020-03-09", f"{roundup}.")
    footer = write_words(chance, 30)
    for number in range(10):
        text = f"{write_words(chance, 90)}.\n\n{footer}"
        write_report(folder, f"day-{number}", "Isle Gazette", f"2020-04-{2 * number + 1:02d}", text)
    return folder


def build(archive: Path, *paths: Path) -> Path:
    build_archive(archive, [str(path) for path in paths], workers=0)
    return archive


def name_families(spread: Spread) -> list[list[str]]:
    titles = {report.id: report.title for report in spread.reports}
    return [[titles[one] for one in family.reports] for family in spread.families]


def read_rows(archive: Path) -> list[tuple[object, ...]]:
    """Return what was found of pairs, by the ids of the reports."""
    with duckdb.connect(str(archive / "passages.duckdb"), read_only=True) as connection:
        return connection.execute(
            "SELECT c.id, q.id, p.shared, p.holders, t.same, t.longest FROM pairs p JOIN ties t USING (child, parent) "
            "JOIN traced c ON c.report = p.child JOIN traced q ON q.report = p.parent ORDER BY ALL"
        ).fetchall()


def test_reports_that_share_text_are_families_with_the_earliest_first(pile, tmp_path):
    spread = trace_archive(build(tmp_path / "archive", pile))
    assert name_families(spread) == [["wire", "copy", "edited", "quoted"], ["other", "other-copy", "roundup"]]
    assert (spread.searched, spread.found) == (17, 2)
    family = spread.families[0]
    assert (family.number, family.publishers) == (1, 4)
    assert family.first.start.day == 1
    assert family.last.start.day == 4


def test_each_edge_says_how_the_text_was_taken_and_rests_on_its_words(pile, tmp_path):
    spread = trace_archive(build(tmp_path / "archive", pile))
    reports = {report.id: report for report in spread.reports}
    told = {reports[edge.child].title: edge for edge in spread.families[0].edges}
    kinds = {title: edge.kind for title, edge in told.items()}
    assert kinds["copy"] is DerivationKind.COPIED
    assert kinds["quoted"] is DerivationKind.QUOTED
    assert all(edge.directed for edge in told.values())
    assert "names Skell Wire" in told["copy"].reason.sentence
    for edge in told.values():
        for quote in edge.reason.quotes:
            assert reports[quote.span.report].text[quote.span.start : quote.span.end] == quote.text
        for run in edge.runs:
            for (start, end), (first, last) in run.pieces:
                ours, theirs = reports[edge.child].text[start:end], reports[edge.parent].text[first:last]
                assert re.findall(r"\w+", ours) == re.findall(r"\w+", theirs)


def test_a_round_up_of_two_stories_does_not_make_them_one(pile, tmp_path):
    families = name_families(trace_archive(build(tmp_path / "archive", pile)))
    assert sum("roundup" in family for family in families) == 1
    assert not any({"wire", "other"} <= set(family) for family in families)


def test_what_a_publisher_always_prints_ties_nothing(pile, tmp_path):
    archive = build(tmp_path / "archive", pile)
    families = name_families(trace_archive(archive))
    assert not any(title.startswith("day-") for family in families for title in family)


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_the_reports_does_not_matter(pile, tmp_path, seed):
    files = sorted(pile.iterdir())
    plain = trace_archive(build(tmp_path / "plain", *files))
    random.Random(seed).shuffle(files)
    mixed = trace_archive(build(tmp_path / "mixed", *files))
    assert plain.families == mixed.families
    assert read_rows(tmp_path / "plain") == read_rows(tmp_path / "mixed")


@pytest.mark.parametrize("seed", range(4))
def test_what_comes_bit_by_bit_is_found_as_if_it_had_come_at_once(pile, tmp_path, seed):
    files = sorted(pile.iterdir())
    random.Random(seed).shuffle(files)
    whole = trace_archive(build(tmp_path / "whole", *files))
    for first in range(0, len(files), 5):
        build(tmp_path / "bits", *files[first : first + 5])
        grown = trace_archive(tmp_path / "bits")
    assert grown.families == whole.families
    assert read_rows(tmp_path / "bits") == read_rows(tmp_path / "whole")


@pytest.mark.parametrize("broken", ["keep_pairs", "add_ties", "rank_reports"])
def test_a_trace_that_is_stopped_goes_on_where_it_was(pile, tmp_path, monkeypatch, broken):
    archive = build(tmp_path / "archive", pile)
    whole = trace_archive(build(tmp_path / "whole", pile))
    with monkeypatch.context() as patched:
        patched.setattr(PassageStore, broken, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            trace_archive(archive)
    with PassageStore(archive) as store:
        assert store.count_reports() == (17, 17, 17 * (broken == "add_ties"))
    assert trace_archive(archive).families == whole.families


@pytest.mark.parametrize("name", ["words.u32", "prints.u64"])
def test_what_a_killed_trace_left_half_written_is_taken_out(pile, tmp_path, name):
    archive = build(tmp_path / "archive", pile)
    whole = trace_archive(build(tmp_path / "whole", pile))
    trace_archive(archive)
    with (archive / name).open("ab") as stream:
        stream.write(b"half a word")
    assert trace_archive(archive).families == whole.families
    assert (archive / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


def test_a_second_trace_reads_nothing_again(pile, tmp_path, monkeypatch):
    archive = build(tmp_path / "archive", pile)
    before = trace_archive(archive)
    for name in ("read_texts", "keep_pairs", "add_ties"):
        monkeypatch.setattr(PassageStore, name, lambda *_: pytest.fail("this was done before"))
    assert trace_archive(archive) == before


def test_one_story_can_be_followed_by_its_words(pile, tmp_path):
    archive = build(tmp_path / "archive", pile)
    assert name_families(trace_archive(archive, about="Skell")) == [["wire", "copy", "edited", "quoted"]]
    assert name_families(trace_archive(archive, about="nobodysaidthis")) == []
    late = trace_archive(archive, since=date(2020, 3, 6))
    assert name_families(late) == [["other", "other-copy", "roundup"]]
    assert len(trace_archive(archive, limit=1).families) == 1


def make_pair(first: str, second: str, **facts: dict[str, object]):
    one, other = (make_report(text, **facts[name]) for text, name in ((first, "one"), (second, "other")))
    return one, other, align_texts(one.text, other.text).runs


SHARED = "The boats left the harbour before dawn on Monday and nobody on the quay saw smoke over the island"


def make_day(day: int) -> Period:
    return Period(start=datetime(2020, 3, day), end=datetime(2020, 3, day + 1))


def test_which_text_is_longer_or_better_says_nothing_of_direction():
    facts = {"one": {"publisher": "Herald", "published": make_day(1)}, "other": {"publisher": "Post"}}
    one, other, runs = make_pair(f"{SHARED}. It was cold.", SHARED.upper(), **facts)
    assert find_direction(one, other, runs).way == 0
    assert find_direction(other, one, [run for run in align_texts(other.text, one.text).runs]).way == 0


def test_a_credit_goes_before_a_link_and_a_link_before_dates():
    early = {"publisher": "Herald", "published": make_day(1), "url": "https://herald.example/a"}
    late = {"publisher": "Post", "published": make_day(3), "url": "https://www.post.example/b/"}
    one, other, runs = make_pair(SHARED, SHARED, one=early, other=late)
    assert find_direction(one, other, runs).way == 1
    linked = early | {"links": (Link(url="http://post.example/b?from=us"),)}
    one, other, runs = make_pair(SHARED, SHARED, one=linked, other=late)
    assert find_direction(one, other, runs).way == -1
    one, other, runs = make_pair(SHARED, f"{SHARED}, the Herald wrote.", one=linked, other=late)
    assert find_direction(one, other, runs).way == 1


def test_a_pingback_is_no_link_of_the_report_that_shows_it():
    early = {"publisher": "Herald", "url": "https://herald.example/a"}
    shown = early | {"links": (Link(url="https://post.example/b", rel="pingback"),)}
    one, other, runs = make_pair(
        SHARED, SHARED, one=shown, other={"publisher": "Post", "url": "https://post.example/b"}
    )
    assert find_direction(one, other, runs).way == 0


def test_two_that_credit_each_other_have_no_direction():
    facts = {"one": {"publisher": "Herald", "published": make_day(1)}, "other": {"publisher": "Post"}}
    one, other, runs = make_pair(f"{SHARED}, the Post wrote.", f"{SHARED}, the Herald wrote.", **facts)
    found = find_direction(one, other, runs)
    assert found.way == 0
    assert len(found.quotes) == 2


def test_what_is_masked_leaves_every_place_as_it_was():
    text = "menu menu BODY one menu BODY two menu"
    masked = mask_text(text, [[10, 18], [24, 32]])
    assert len(masked) == len(text)
    assert masked.split() == ["BODY", "one", "BODY", "two"]
    assert masked[10:18] == text[10:18]
    assert mask_text(text, None) is text


def test_a_publisher_that_is_credited_and_has_no_report_here_is_named(tmp_path):
    chance = random.Random(2)
    story, folder = write_words(chance, 60), tmp_path / "few"
    folder.mkdir()
    write_report(folder, "one", "Herald", "2020-03-01", f"{story}, Skell Wire reported.")
    write_report(folder, "two", "Post", "2020-03-02", f"{story}, Skell Wire reported.")
    write_report(folder, "three", "Skell Wire", "2020-03-02", write_words(chance, 60))
    (family,) = trace_archive(build(tmp_path / "archive", folder)).families
    assert family.credited == ("Skell Wire",)


def test_the_command_prints_families_and_writes_a_page(pile, tmp_path, capsys):
    archive = build(tmp_path / "archive", pile)
    with pytest.raises(SystemExit) as left:
        main(["archive", "trace", str(archive), "-o", str(tmp_path / "page.html")])
    shown = capsys.readouterr().out
    assert left.value.code == 0
    assert "4 reports, 4 publishers, 1 Mar 2020 to 4 Mar 2020" in shown
    assert "2 families in 17 reports" in shown
    assert (tmp_path / "page.html").read_text("utf-8").startswith("<!doctype html>")
    with pytest.raises(SystemExit):
        main(["archive", "trace", str(archive), "--json", "--about", "Skell"])
    told = json.loads(capsys.readouterr().out)
    assert told["schema"] == "firsthand.spread/1"
    assert [len(family["reports"]) for family in told["families"]] == [4]
    assert told["families"][0]["edges"][0]["directed"] is True


def test_a_folder_without_an_archive_is_said_to_be_none(tmp_path):
    with pytest.raises(InputError, match="there is no archive here"):
        trace_archive(tmp_path)


@pytest.mark.parametrize("name", ["words.u32", "prints.u64"])
def test_what_is_lost_is_said_to_be_lost(pile, tmp_path, name):
    archive = build(tmp_path / "archive", pile)
    trace_archive(archive)
    (archive / name).unlink()
    with pytest.raises(InputError, match=f"{re.escape(name)}: this file is missing"):
        trace_archive(archive)


def test_what_another_version_kept_is_not_read(pile, tmp_path):
    archive = build(tmp_path / "archive", pile)
    trace_archive(archive)
    with duckdb.connect(str(archive / "passages.duckdb")) as kept:
        kept.execute("ALTER TABLE pairs DROP COLUMN weight")
    with pytest.raises(InputError, match=r"another version of firsthand; delete passages\.duckdb"):
        trace_archive(archive)


def test_a_trace_by_sql_and_one_with_compiled_loops_find_what_a_plain_one_does(pile, tmp_path, monkeypatch):
    plain = trace_archive(build(tmp_path / "plain", pile))
    with monkeypatch.context() as patched:
        patched.setattr("firsthand.archive.passages.is_worth_compiling", lambda _: True)
        assert trace_archive(build(tmp_path / "compiled", pile)) == plain
    monkeypatch.setattr(PassageStore, "by_sql", True)
    assert trace_archive(build(tmp_path / "sql", pile)) == plain
    assert read_rows(tmp_path / "plain") == read_rows(tmp_path / "compiled") == read_rows(tmp_path / "sql")


def test_progress_is_told(pile, tmp_path):
    steps = []
    with PassageStore(build(tmp_path / "archive", pile)) as store:
        assert find_ties(store, lambda progress: steps.append(progress.step)) == 17
        assert find_ties(store, lambda _: None) == 0
    assert steps == ["reading", "comparing", "laying side by side"]
