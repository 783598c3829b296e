"""Is Spark asked where it is, and is it said in one sentence what is wrong where it is not?"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from tests.store.conftest import start_master

from firsthand.archive import build_archive, trace_archive
from firsthand.cli import main
from firsthand.errors import InputError
from firsthand.store import spark_session
from firsthand.store.spark_session import check_spark, open_session

# No letter of it means anything to Spark or DuckDB.
FOLDER = "all [boats] {1*} 100%20 'é'"
STORY = """The ferry left the quay at six with forty people on board, and the harbour master saw it turn back at the
second buoy, where the current had taken the anchor of a dredger that nobody had lit that night."""


@pytest.fixture
def archive(tmp_path):
    """An archive of a story, its copy and a report of something else."""
    pages = tmp_path / "pages"
    pages.mkdir()
    texts = {
        "first": STORY,
        "copy": f"From the coast. {STORY}",
        "other": "The market was closed for repairs.",
    }
    for day, (name, text) in enumerate(texts.items(), 1):
        head = f"Title: {name}\nPublisher: The {name} Gazette\nPublished: 2020-03-0{day}\n"
        (pages / f"{name}.txt").write_text(f"{head}\n{text}\n", "utf-8")
    build_archive(tmp_path / FOLDER, [str(pages)], workers=0)
    return tmp_path / FOLDER


def run(*words: str | Path) -> int:
    with pytest.raises(SystemExit) as left:
        main([str(word) for word in words])
    return left.value.code


def read_tables(archive: Path) -> dict[str, list[tuple[object, ...]]]:
    with duckdb.connect(str(archive / "passages.duckdb"), read_only=True) as connection:
        # Fingerprints are laid in a table only where pairs are found by SQL.
        names = {row[0] for row in connection.execute("SHOW TABLES").fetchall()} - {"fingerprints"}
        return {name: connection.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for name in names}


@pytest.mark.parametrize("master", ["spark", "spark://quay.example", "local[two]", "http://quay.example:7077", "-x"])
def test_what_names_no_master_is_said_to_be_none(master):
    with pytest.raises(InputError, match=r"names no Spark; write spark://HOST:7077"):
        check_spark(master)


def test_without_spark_it_is_said_how_to_install_it(archive, monkeypatch, capsys):
    monkeypatch.setattr(spark_session, "find_spec", lambda _: None)
    assert run("archive", "trace", archive, "--spark", "local[1]") == 2
    assert "pip install 'firsthand[spark]'" in capsys.readouterr().err


@pytest.mark.parametrize("home", ["", "/nowhere"])
def test_without_java_it_is_said_what_to_install(monkeypatch, home):
    monkeypatch.setattr(spark_session, "find_spec", lambda _: True)
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setenv("JAVA_HOME", home)
    with pytest.raises(InputError, match="needs Java 17 or newer.*install openjdk-17"):
        check_spark("local[1]")


def test_a_trace_without_spark_loads_nothing_of_it(archive):
    script = f"import sys; from firsthand.archive import trace_archive; trace_archive({str(archive)!r});"
    script += "print([name for name in sys.modules if name.startswith(('pyspark', 'py4j'))])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_two_workers_trace_an_archive_as_one_machine_does(archive, cluster, tmp_path, capsys):
    assert run("archive", "trace", archive, "--json") == 0
    plain, tables = capsys.readouterr().out, read_tables(archive)
    for name in ("passages.duckdb", "words.u32", "prints.u64"):
        (archive / name).unlink()
    before = [set(place.glob("app-*/*")) for place in cluster.workers]
    assert run("archive", "trace", archive, "--json", "--spark", cluster.master) == 0
    assert capsys.readouterr().out == plain
    assert read_tables(archive) == tables
    assert len(tables["pairs"]) == 1
    took_part = [set(place.glob("app-*/*")) - seen for place, seen in zip(cluster.workers, before, strict=True)]
    assert all(took_part), "each worker ran something"
    assert not (archive / "passages.spark").exists()
    (tmp_path / "late.txt").write_text(f"Title: late\nPublisher: Late News\n\n{STORY}\n", "utf-8")
    build_archive(archive, [str(tmp_path / "late.txt")], workers=0)
    (family,) = trace_archive(archive, spark=cluster.master).families
    assert family.size == 3


def test_a_master_that_does_not_answer_is_said_not_to(archive, settings, capsys):
    assert run("archive", "trace", archive, "--spark", "spark://127.0.0.1:9") == 2
    shown = capsys.readouterr().err
    assert "spark://127.0.0.1:9: no Spark master answers there; start it" in shown
    assert "Traceback" not in shown


def test_a_master_without_workers_is_not_waited_for_for_ever(archive, spark_home, settings, tmp_path, monkeypatch):
    monkeypatch.setattr(spark_session, "SECONDS_TO_START", 1)
    with start_master(spark_home, tmp_path) as master, pytest.raises(InputError, match="no worker takes the work"):
        trace_archive(archive, spark=master)
    assert len(trace_archive(archive).families) == 1, "what was kept is traced without it"


def test_work_that_fails_is_told_by_its_reason_and_where_the_rest_stands(settings, tmp_path):
    (tmp_path / "broken.parquet").write_bytes(b"no table")
    log = tmp_path / "spark.log"
    told = pytest.raises(InputError, match=r"local\[1\]: Spark could not do it \(.*broken\.parquet.*spark\.log")
    with told, open_session("local[1]", log, {}) as session:
        session.read.schema("hash BIGINT").parquet(f"{tmp_path.as_uri()}/broken.parquet").collect()
    assert "broken.parquet" in log.read_text("utf-8")


def test_a_java_that_ends_on_the_way_is_told(settings, tmp_path):
    from pyspark import SparkContext

    told = pytest.raises(InputError, match="its Java program ended")
    with told, open_session("local[1]", tmp_path / "spark.log", {}) as session:
        SparkContext._gateway.proc.kill()
        session.sql("SELECT 1").collect()
