"""Can everything be read: contrast on both papers, headings in order, motion only where it is wanted?"""

from __future__ import annotations

import re

import pytest

from firsthand.views import draw_page
from firsthand.views.page import read_asset
from tests.views.sample import make_assessment

TEXTS = ("ink", "ink2", "ink3", "accent", "up-text", "down-text")
FILLS = ("up", "down", "ink3")


def read_tokens() -> tuple[dict[str, str], dict[str, str]]:
    """Return the colours of the light and of the dark page by name."""
    blocks = re.findall(r":root \{(.*?)\}", read_asset("page.css"), re.DOTALL)
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block)) for block in blocks[:2])
    return light, light | dark


def measure_contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2.2 defines it, 1 to 21."""
    low, high = sorted((_measure_luminance(one), _measure_luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _measure_luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("ground", ["paper", "paper2"])
@pytest.mark.parametrize("text", TEXTS)
def test_text_stands_out_on_both_papers(text: str, ground: str) -> None:
    for tokens in read_tokens():
        assert measure_contrast(tokens[text], tokens[ground]) >= 4.5, (text, ground)


@pytest.mark.parametrize("fill", FILLS)
def test_fills_stand_out_on_both_papers(fill: str) -> None:
    for tokens in read_tokens():
        assert measure_contrast(tokens[fill], tokens["paper"]) >= 3.0


def test_marked_words_can_still_be_read() -> None:
    for tokens in read_tokens():
        assert measure_contrast(tokens["ink"], tokens["down-tint"]) >= 4.5
        assert measure_contrast(tokens["down-text"], tokens["down-tint"]) >= 4.5
        assert measure_contrast(tokens["ink2"], tokens["spread"]) >= 4.5


def test_no_heading_skips_a_level() -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", draw_page(make_assessment()))]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_every_section_is_named_by_its_heading() -> None:
    page = draw_page(make_assessment())
    named = re.findall(r'<section[^>]*aria-labelledby="([\w-]+)"', page)
    assert len(named) >= 12
    assert all(f'id="{name}"' in page for name in named)
    assert page.count("<main") == page.count("<header") == page.count("<footer") == 1


def test_nothing_moves_unless_the_reader_moves_it() -> None:
    assert not re.search(r"animation|transition|@keyframes|behavior: smooth", read_asset("page.css"))
    assert "smooth" not in read_asset("page.js")
