"""A Spark of a master and two workers, each a process of its own, on this machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pytest

REQUIRED = bool(os.environ.get("FIRSTHAND_REQUIRE_SPARK"))
MISSING = [name for name, found in (("pyspark", find_spec("pyspark")), ("java", shutil.which("java"))) if not found]
# What a worker gives away, and what the one of each asks for: 450 MB is the least that Spark starts with.
CORES, MEMORY, ASKED = "1", "600m", "512m"
SECONDS = 60


class Cluster(NamedTuple):
    """Where the master is, and the folders in which the workers keep what they run."""

    master: str
    workers: tuple[Path, ...]


@pytest.fixture(scope="session")
def spark_home() -> Path:
    """Where Spark is; without it, or without Java, the tests that need it are not run, or fail where it is required."""
    if MISSING:
        if REQUIRED:
            pytest.fail(f"FIRSTHAND_REQUIRE_SPARK is set, and there is no {' and no '.join(MISSING)}")
        pytest.skip(f"not run: no {' and no '.join(MISSING)} here (make spark); FIRSTHAND_REQUIRE_SPARK fails instead")
    spec = find_spec("pyspark")
    return Path(spec.submodule_search_locations[0])


@pytest.fixture(scope="session")
def settings(spark_home, tmp_path_factory) -> Iterator[Path]:
    """Spark's own settings, given as a user gives them."""
    folder = tmp_path_factory.mktemp("settings")
    lines = [f"spark.executor.memory {ASKED}", "spark.driver.host 127.0.0.1", "spark.driver.bindAddress 127.0.0.1"]
    # What runs for seconds is not worth the second compiler of Java.
    lines += [f"spark.{side}.extraJavaOptions -XX:TieredStopAtLevel=1" for side in ("driver", "executor")]
    (folder / "spark-defaults.conf").write_text("\n".join(lines), "utf-8")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SPARK_CONF_DIR", str(folder))
        patched.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        yield folder


@pytest.fixture(scope="session")
def cluster(settings, spark_home, tmp_path_factory) -> Iterator[Cluster]:
    """A master with two workers of one core each."""
    folder = tmp_path_factory.mktemp("cluster")
    folders = tuple(folder / name for name in ("first", "second"))
    with start_master(spark_home, folder) as master, ExitStack() as stack:
        for place in folders:
            place.mkdir()
            words = ["-h", "127.0.0.1", "-c", CORES, "-m", MEMORY, "--webui-port", "0", "-d", str(place), master]
            ready = "Successfully registered with master"
            stack.enter_context(start_java(spark_home, "worker.Worker", words, place / "worker.log", ready))
        yield Cluster(master, folders)


@contextmanager
def start_master(home: Path, folder: Path) -> Iterator[str]:
    """Start a master without workers and give its address."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    words = ["-h", "127.0.0.1", "-p", str(port), "--webui-port", "0"]
    with start_java(home, "master.Master", words, folder / "master.log", "I have been elected leader"):
        yield f"spark://127.0.0.1:{port}"


@contextmanager
def start_java(home: Path, name: str, words: list[str], log: Path, ready: str) -> Iterator[None]:
    """Run one of Spark's own programs until the context is left, from the moment its log says it is ready."""
    environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_SCALA_VERSION": "2.13"}
    command = [
        "java",
        "-Xmx256m",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        f"{home}/jars/*",
        f"org.apache.spark.deploy.{name}",
        *words,
    ]
    with log.open("wb") as stream:
        process = subprocess.Popen(command, stdout=stream, stderr=stream, env=environment)
    try:
        ends = time.monotonic() + SECONDS
        while ready not in log.read_text("utf-8", "replace"):
            assert process.poll() is None, log.read_text("utf-8", "replace")[-2000:]
            assert time.monotonic() < ends, f"{name} did not start: {log.read_text('utf-8', 'replace')[-2000:]}"
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(SECONDS)
