"""Can every page be used by everybody: no violation that axe finds, nothing wider than the window, all by keyboard?"""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from firsthand.case import new_case
from firsthand.workbench.showing import PAGES

FURTHER = ("/assessment", "/conflicts")
ADDRESSES = (*(address for address, _ in PAGES), *FURTHER)
LOOKS = {"light": (1360, "light"), "dark": (1360, "dark"), "phone": (390, "light")}
OPTIONS = {"resultTypes": ["violations"]}


def check_page(page) -> list[str]:
    """Return what axe finds wrong, with the place."""
    found = Axe().run(page, options=OPTIONS)
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found.response["violations"]]


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_on_any_page(look, serve, example, visit, asker):
    width, scheme = LOOKS[look]
    seen = visit(serve(example), width=width, color_scheme=scheme)
    found = {}
    for address in ADDRESSES:
        assert asker(seen.bench).get(address).status == 200, f"there is no page {address}"
        page = seen.open(address)
        wide = page.evaluate("document.documentElement.scrollWidth")
        wrong = check_page(page) + ([f"is {wide} pixels wide"] if wide > width else [])
        if wrong:
            found[address] = wrong
    assert found == {}


@pytest.mark.parametrize("look", ["light", "phone"])
def test_axe_finds_nothing_where_there_is_no_case_or_no_report_or_a_mistake(look, serve, tmp_path, visit):
    width, scheme = LOOKS[look]
    found = {}
    for state in ("nothing", "no reports", "broken"):
        folder = tmp_path / state
        if state != "nothing":
            new_case(folder, "Did the ferry run aground?")
        if state == "broken":
            (folder / "claims.toml").write_text("[claim.a\n")
        seen = visit(serve(folder), width=width, color_scheme=scheme)
        for address in ("/", "/add"):
            wrong = check_page(seen.open(address))
            if wrong:
                found[state, address] = wrong
    assert found == {}


def test_every_control_of_a_page_is_reached_by_tab_and_shows_it(serve, example, visit):
    page = visit(serve(example)).open("/add")
    wanted = page.evaluate(
        """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), textarea, summary")]
        .filter(one => one.checkVisibility() && !one.disabled && !one.closest("dialog")).length"""
    )
    reached = set()
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        told = page.evaluate(
            """() => {
            const one = document.activeElement;
            const place = [...document.querySelectorAll("*")].indexOf(one);
            const mark = one.closest("label.folder") || one;
            return [place, one === document.body || getComputedStyle(mark).outlineStyle !== "none", one.outerHTML];
          }"""
        )
        assert told[1], f"what has the focus shows it: {told[2]}"
        reached.add(told[0])
    assert len(reached) >= wanted


def test_small_targets_are_at_least_24_pixels(serve, example, visit):
    page = visit(serve(example), width=390).open("/history")
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, .menu a, summary, input:not([type=hidden])")]
        .filter(one => one.checkVisibility())
        .map(one => [one.textContent.trim() || one.name, one.getBoundingClientRect().height])
        .filter(([, height]) => height < 24)"""
    )
    assert small == []
