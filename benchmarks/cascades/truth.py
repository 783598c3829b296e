"""How do generated reports and what is true of them become files?

The truth of a story is written as in our piles with answer keys, so that one scorer reads both.
"""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from pathlib import Path

from cascades.events import MAIN
from cascades.items import Item, Story

DATE = "%d %B %Y, %H:%M"


def write_item(item: Item) -> str:
    """Return the file of a report: plain text under a header, or a page where it holds links."""
    if item.file.endswith(".html"):
        return _write_page(item)
    rows = [("Title", item.title), ("Publisher", item.publisher), ("URL", item.url)]
    rows += [("Published", item.shown.strftime(DATE).lstrip("0"))] if item.shown else []
    return "".join(f"{name}: {value}\n" for name, value in rows if value) + f"\n{item.text}\n"


def _write_page(item: Item) -> str:
    shown = f'<time datetime="{item.shown.isoformat()}">{item.shown.strftime(DATE)}</time>' if item.shown else ""
    paragraphs = []
    for paragraph in item.text.split("\n\n"):
        pieces = html.escape(paragraph, quote=False).split("&lt;&gt;")
        if len(pieces) == 3:
            pieces[1] = f'<a href="{html.escape(item.links[0])}">{pieces[1]}</a>'
        paragraphs.append(f"<p>{''.join(pieces)}</p>")
    title, name = html.escape(item.title), html.escape(item.publisher)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>\n'
        f'<meta property="og:site_name" content="{name}"><link rel="canonical" href="{html.escape(item.url)}"></head>\n'
        f"<body><article><h1>{title}</h1><p>{shown}</p>\n{chr(10).join(paragraphs)}\n</article></body></html>\n"
    )


def describe_story(story: Story) -> dict[str, object]:
    """Return what is true of a story, in the form of our piles."""
    asserting = sum(story.voices.values())
    return {
        "kind": story.kind,
        "reports": [_describe_item(item) for item in story.items],
        "attributions": [found for item in story.items for found in _describe_said(item)],
        "claims": [{"id": claim, "text": claim, "main": claim == MAIN} for claim in story.claims],
        "origins": {
            "count_min": len(story.voices),
            "count_max": len(story.voices),
            "asserting_min": asserting,
            "asserting_max": asserting,
            "list": [{"id": voice} for voice in story.voices],
        },
        "latent": [{"name": name, "aliases": []} for name in story.hidden],
        "undirected": [{"pair": list(pair)} for pair in story.siblings],
    }


def _describe_item(item: Item) -> dict[str, object]:
    return {
        "file": item.file,
        "publisher": item.publisher,
        "title": item.title,
        "url": item.url,
        "published": item.published.isoformat(),
        "published_shown": item.shown.isoformat() if item.shown else None,
        "family": item.family,
        "body_excludes": [],
        "derives_from": [
            {"parent": tie.parent, "kind": tie.kind, "signal": [tie.signal], **({"latent": True} if tie.latent else {})}
            for tie in item.ties
        ],
        "runs": [
            {"parent": r.parent, "words": r.words, "here": list(r.here), "there": list(r.there)} for r in item.runs
        ],
    }


def _describe_said(item: Item) -> list[dict[str, object]]:
    raw = write_item(item)
    found: list[dict[str, object]] = []
    for number, said in enumerate(item.said):
        quote = html.escape(said.quote, quote=False) if item.file.endswith(".html") else said.quote
        start = raw.index(quote) if item.file.endswith(".html") else raw.index(item.text) + said.start
        at = raw.find(said.source)
        found.append(
            {
                "id": f"{item.file}#{number}",
                "file": item.file,
                "quote": said.quote,
                "span": [start, start + len(quote)],
                "source_text": said.source,
                "source_span": [[at, at + len(said.source)]],
                "chain": list(said.chain),
                "kind": said.kind,
                "polarity": said.polarity,
                "hedge": False,
                "stance": "",
                "claim": said.claim,
                "origin": said.origin,
            }
        )
    return found


def write_story(story: Story, folder: Path) -> Path:
    """Write a story's reports and its `truth.json`; return the folder of the reports."""
    return _write(story.items, describe_story(story), folder)


def write_cascades(items: Sequence[Item], folder: Path) -> Path:
    """Write reports and what is true of them, ties and runs, and return the folder of the reports."""
    return _write(items, {"reports": [_describe_item(item) for item in items]}, folder)


def _write(items: Sequence[Item], truth: dict[str, object], folder: Path) -> Path:
    reports = folder / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    for item in items:
        (reports / item.file).write_text(write_item(item), encoding="utf-8", newline="")
    (folder / "truth.json").write_text(json.dumps(truth, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return reports
