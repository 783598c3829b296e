"""How does every page of the workbench look: light, dark, on a phone, and printed? (`make screenshots`)

The example case is copied, served and photographed into `build/screenshots`; four pictures go to `docs/pictures`.
Needs Debian's chromium.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from firsthand.workbench.showing import PAGES
from workbench import EXAMPLE, Bench, serve, wait_until_open

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent
CHROMIUM = os.environ.get("FIRSTHAND_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
READER, TURNED = "/reports/analyst-weblog.txt", "/what-if?model.shameless=48"
NAMES = {"/": "verdict", READER: "reader", TURNED: "what-if-turned"}
LOOKS = {"light": (1360, "light"), "dark": (1360, "dark"), "phone": (390, "light"), "phone-dark": (390, "dark")}
CHOSEN = {
    "verdict": ("/", "light"),
    "reader": (READER, "light"),
    "what-if": (TURNED, "dark"),
    "provenance": ("/provenance", "light"),
}
HEIGHT = 900
FURTHER = (READER, TURNED, "/assessment", "/conflicts")


def name_page(address: str) -> str:
    return NAMES.get(address, address.strip("/").replace("/", "-"))


def photograph(browser: Browser, bench: Bench, look: str, addresses: list[str], folder: Path) -> None:
    """Write a picture of each page in one look, the whole page long."""
    width, scheme = LOOKS[look]
    context = browser.new_context(viewport={"width": width, "height": HEIGHT}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"http://{bench.host}:{bench.port}/?token={bench.token}")
    for address in addresses:
        page.goto(f"http://{bench.host}:{bench.port}{address}")
        page.wait_for_load_state("networkidle")
        name = name_page(address)
        page.screenshot(path=folder / f"{name}-{look}.png", full_page=True)
        if look == "light":
            page.emulate_media(media="print")
            page.pdf(path=folder / f"{name}.pdf")
            page.emulate_media(media="screen")
        for picture, (place, wanted) in CHOSEN.items():
            if wanted == look and place == address:
                page.screenshot(path=ROOT / "docs" / "pictures" / f"{picture}.png")
    context.close()


def main() -> None:
    folder = ROOT / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    (ROOT / "docs" / "pictures").mkdir(parents=True, exist_ok=True)
    os.environ["FIRSTHAND_USER"] = "ann"
    if CHROMIUM is None:
        sys.exit("no chromium here; install it, or name it in FIRSTHAND_CHROMIUM")
    with tempfile.TemporaryDirectory() as place:
        case = Path(shutil.copytree(EXAMPLE, Path(place, "case"), ignore=shutil.ignore_patterns("build")))
        with serve(case) as bench, sync_playwright() as playwright:
            wait_until_open(bench)
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
            for look in LOOKS:
                photograph(browser, bench, look, [*(address for address, _ in PAGES), *FURTHER], folder)
            browser.close()
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder.relative_to(ROOT)}, four in docs/pictures")


if __name__ == "__main__":
    main()
