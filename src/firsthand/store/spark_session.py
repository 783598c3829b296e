"""Who does the work on Spark, and what is wrong where nobody does?

Spark is a Java program that is started beside us; what it says goes to a file, since it says much.
Settings are Spark's own: those in `spark-defaults.conf` of SPARK_CONF_DIR count before those given here.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from firsthand.errors import InputError

if TYPE_CHECKING:
    from py4j.java_gateway import JavaGateway
    from pyspark import SparkConf, SparkContext
    from pyspark.sql import SparkSession

MASTER = re.compile(r"local(\[(\d+|\*)\])?|spark://[^\s/]+:\d+(,[^\s/]+:\d+)*|k8s://\S+|yarn")
SETTINGS = {
    "spark.log.level": "WARN",
    "spark.ui.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
    # Plans are made anew from what the steps before turned out to hold; a task with far more than the others is split.
    "spark.sql.adaptive.enabled": "true",
    "spark.sql.adaptive.skewJoin.enabled": "true",
    "spark.sql.adaptive.skewJoin.skewedPartitionThresholdInBytes": "64MB",
    "spark.sql.adaptive.advisoryPartitionSizeInBytes": "32MB",
    # A task can only be split between those who read what it is sent.
    "spark.sql.files.maxPartitionBytes": "32MB",
}
SECONDS_TO_CONNECT, SECONDS_TO_START = 5, 60
REASON = 300
NOT_SAID = ("An error occurred while calling", "at ")


def check_spark(master: str) -> None:
    """See that Spark can be started here and that its master is named as Spark names one. Raises InputError."""
    if not MASTER.fullmatch(master):
        raise InputError(
            f"'{master}' names no Spark; write spark://HOST:7077, yarn, k8s://URL, or local[2] for this machine"
        )
    if find_spec("pyspark") is None:
        raise InputError("Spark is not installed: pip install 'firsthand[spark]'")
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java", path=str(Path(home, "bin")) if home else None) is None:
        where = f"JAVA_HOME is {home}, where there is no bin/java" if home else "there is no java on the path"
        raise InputError(f"Spark needs Java 17 or newer, and {where}: install openjdk-17-jre-headless")


@contextmanager
def open_session(master: str, log: Path, settings: Mapping[str, str]) -> Iterator[SparkSession]:
    """Give a session on `master`, with `settings` where the user's own say nothing; what Spark says goes to `log`.

    Raises InputError where it does not start, no worker takes the work, or the work fails.
    """
    check_spark(master)
    from py4j.protocol import Py4JError
    from pyspark import SparkContext
    from pyspark.errors import AnalysisException, PySparkException
    from pyspark.sql import SparkSession

    with _start_java(log) as gateway:
        try:
            _knock(master, gateway)
            with SparkContext(conf=_set_all(master, gateway, settings), gateway=gateway) as context:
                _await_workers(master, context)
                yield SparkSession(context)
        except AnalysisException:
            # What Spark cannot make sense of is our mistake.
            raise
        except (Py4JError, PySparkException, ConnectionError) as error:
            reason = _find_reason(error, log)
            raise InputError(f"{master}: Spark could not do it ({reason}); what it said is in {log}") from error


@contextmanager
def _start_java(log: Path) -> Iterator[JavaGateway]:
    from pyspark import SparkContext
    from pyspark.errors import PySparkRuntimeError
    from pyspark.java_gateway import launch_gateway

    with log.open("ab") as stream:
        try:
            gateway = launch_gateway(popen_kwargs={"stdout": stream, "stderr": stream})
        except PySparkRuntimeError as error:
            raise InputError(
                f"Spark does not start here, Java 17 or newer is needed; what it said is in {log}"
            ) from error
    said = logging.FileHandler(log)
    logging.getLogger().addHandler(said)
    SparkContext._ensure_initialized(gateway=gateway)
    try:
        yield gateway
    finally:
        # It ends when nobody speaks to it any more.
        gateway.proc.stdin.close()
        gateway.proc.wait()
        SparkContext._gateway = SparkContext._jvm = SparkContext._active_spark_context = None
        logging.getLogger().removeHandler(said)
        said.close()


def _knock(master: str, gateway: JavaGateway) -> None:
    """See that one of the masters answers: Spark itself takes a minute to find that none does."""
    from py4j.protocol import Py4JJavaError

    places = re.findall(r"([^/,]+):(\d+)", master) if master.startswith("spark://") else []
    for host, port in places:
        try:
            door = gateway.jvm.java.net.Socket()
            door.connect(gateway.jvm.java.net.InetSocketAddress(host, int(port)), 1000 * SECONDS_TO_CONNECT)
            door.close()
            return
        except Py4JJavaError:
            continue
    if places:
        raise InputError(
            f"{master}: no Spark master answers there; start it, or name another (local[2] is this machine)"
        )


def _set_all(master: str, gateway: JavaGateway, settings: Mapping[str, str]) -> SparkConf:
    from pyspark import SparkConf

    conf = SparkConf(_jvm=gateway.jvm)
    for name, value in {**SETTINGS, **settings}.items():
        conf.setIfMissing(name, value)
    return conf.setMaster(master).setAppName("firsthand archive trace")


def _await_workers(master: str, context: SparkContext) -> None:
    """Wait until somebody is there to work; without this Spark waits for ever."""
    if master.startswith("local"):
        return
    ends = time.monotonic() + SECONDS_TO_START
    # The one that asks is counted too.
    while context._jsc.sc().getExecutorMemoryStatus().size() < 2:
        if time.monotonic() > ends:
            remedy = "start workers with at least the cores and the memory that spark.executor.memory asks for (1g)"
            raise InputError(f"{master}: the master answers and no worker takes the work; {remedy}")
        time.sleep(0.2)


def _find_reason(error: Exception, log: Path) -> str:
    """Return the line that says what went wrong: of the error, or of the log where Java has ended."""
    from py4j.protocol import Py4JNetworkError

    told: list[str] = []
    if not isinstance(error, (ConnectionError, Py4JNetworkError)):
        # What was said is asked of Java.
        with suppress(ConnectionError, Py4JNetworkError):
            told = [line for line in map(str.strip, str(error).splitlines()) if line and not line.startswith(NOT_SAID)]
    told = told or re.findall(r" ERROR \w+: (.+)", log.read_text("utf-8", "replace"))[-1:]
    return (told[0] if told else "its Java program ended")[:REASON]
