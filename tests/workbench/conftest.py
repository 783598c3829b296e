"""What do the workbench's tests share: a server of its own for a case, and a real browser?"""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn

from firsthand.workbench import Desk, make_app
from firsthand.workbench.guard import Door, make_door
from tests.workbench.asking import Asker

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = os.environ.get("FIRSTHAND_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
REQUIRED = bool(os.environ.get("FIRSTHAND_REQUIRE_BROWSER"))
EXAMPLE = Path(__file__).parents[2] / "examples" / "libya-2011"


@dataclass
class Bench:
    """A workbench that runs: its case folder, its address and its door."""

    folder: Path
    address: str
    door: Door
    desk: Desk

    @property
    def entrance(self) -> str:
        return f"{self.address}/?token={self.door.token}"


@dataclass
class Visit:
    """One browser window on a workbench, with everything it complained about and asked for."""

    bench: Bench
    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> Page:
        self.page.goto(self.bench.address + path)
        return self.page


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None and not REQUIRED:
        pytest.skip("no chromium here; set FIRSTHAND_REQUIRE_BROWSER to fail instead")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield found
        found.close()


@pytest.fixture
def serve() -> Iterator[Callable[[Path], Bench]]:
    """Start a workbench for a folder; all are stopped at the end of the test."""
    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def start(folder: Path) -> Bench:
        bound = socket.create_server(("127.0.0.1", 0))
        port = bound.getsockname()[1]
        door, desk = make_door("127.0.0.1", port), Desk(folder, samples=200)
        server = uvicorn.Server(
            uvicorn.Config(make_app(desk, door), log_level="warning", lifespan="off", timeout_graceful_shutdown=1)
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        running.append((server, thread))
        while not server.started:
            time.sleep(0.01)
        return Bench(folder, f"http://127.0.0.1:{port}", door, desk)

    yield start
    for server, thread in running:
        server.should_exit = True
        thread.join(5)


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of the example case that a test may change."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "case", ignore=shutil.ignore_patterns("build")))


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Open a window on a workbench, past its door."""
    contexts = []

    def enter(bench: Bench, width: int = 1360, path: str = "/", **options: object) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)  # type: ignore[arg-type]
        contexts.append(context)
        visit = Visit(bench, context.new_page())
        visit.page.on("console", lambda message: visit.complaints.append(message.text))
        visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        visit.page.on("request", lambda request: visit.requests.append(request.url))
        visit.page.goto(f"{bench.address}{path}?token={bench.door.token}")
        return visit

    yield enter
    for context in contexts:
        context.close()


@pytest.fixture
def asker() -> Callable[[Bench], Asker]:
    """Ask a workbench without a browser."""
    return Asker
