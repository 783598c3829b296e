"""Who said what in the corpus of our own, by the marks written into its texts?

Usage: corpus.py [FOLDER ...] checks every item and prints what the corpus holds.
The format is described in `training/news/README.md`.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

NEWS = Path(__file__).parent / "news"
MARK = re.compile(r"\{(?P<roles>[skcianh]\d+(?: [skcianh]\d+)*)\||(?P<close>\})|(?P<stray>[{|])")
LINE = re.compile(r"(?P<number>\d+) (?P<cue_class>\w+) (?P<kind>\w+)(?P<rest>.*)")
EXTRA = re.compile(r'(?P<key>who|via)="(?P<value>[^"]*)"|(?P<flag>plural)')
CLASSES = frozenset(
    [
        "say",
        "tell",
        "write",
        "cite",
        "call",
        "report",
        "ask",
        "deny",
        "believe",
        "intend",
        "perceive",
        "show",
        "hearsay",
    ]
)
KINDS = frozenset(["named", "role", "group", "document", "unnamed", "pronoun", "none"])
PAIRS = {'"': '"', "“": "”", "„": "“”", "«": "»", "»": "«", "‘": "’"}
Spans = tuple[tuple[int, int], ...]


class CorpusError(Exception):
    """An item that breaks the format: says which file, where and what."""


@dataclass(frozen=True)
class Attribution:
    """One attribution of an item. Spans count characters of `Item.text`."""

    number: int
    cue_class: str
    kind: str
    who: str
    via: tuple[str, ...]
    plural: bool
    roles: dict[str, Spans] = field(default_factory=dict)

    def get(self, role: str) -> Spans:
        """Return the spans of a role: s, k, c, i, a, n or h."""
        return self.roles.get(role, ())


@dataclass(frozen=True)
class Item:
    """One text of the corpus. `style` is its folder; `test` says that it is held out from training."""

    path: Path
    style: str
    test: bool
    header: dict[str, str]
    text: str
    attributions: tuple[Attribution, ...]


def read_corpus(folder: Path = NEWS) -> tuple[Item, ...]:
    """Return every item in the order of its path. Raises CorpusError."""
    held_out = set(tomllib.loads((folder / "split.toml").read_text(encoding="utf-8"))["test"])
    paths = sorted(p for p in folder.glob("*/*.txt"))
    return tuple(read_item(path, path.parent.name in held_out) for path in paths)


def read_item(path: Path, test: bool = False) -> Item:
    """Return one item. Raises CorpusError."""
    head, _, rest = path.read_text(encoding="utf-8").partition("\n\n")
    marked, line, listed = rest.rpartition("\n---\n")
    if not line:
        raise CorpusError(f"{path}: no line of three hyphens between the text and its attributions")
    header = dict(_read_header(path, head))
    text, roles = _read_marks(path, marked.strip("\n"))
    found = tuple(_read_lines(path, listed, roles))
    missing = sorted(set(roles) - {a.number for a in found})
    if missing:
        raise CorpusError(f"{path}: marks without a line below: {missing}")
    return Item(path=path, style=path.parent.name, test=test, header=header, text=text, attributions=found)


def _read_header(path: Path, head: str) -> Iterator[tuple[str, str]]:
    for line in head.splitlines():
        key, colon, value = line.partition(": ")
        if not colon:
            raise CorpusError(f"{path}: '{line}' is not 'key: value'")
        yield key, value


def _read_marks(path: Path, marked: str) -> tuple[str, dict[int, dict[str, Spans]]]:
    """Return the bare text and the spans of each role of each attribution."""
    pieces: list[str] = []
    size = last = 0
    opened: list[tuple[str, int]] = []
    roles: dict[int, dict[str, Spans]] = {}
    for mark in MARK.finditer(marked):
        pieces.append(marked[last : mark.start()])
        size += mark.start() - last
        last = mark.end()
        if mark["stray"] or (mark["close"] and not opened):
            raise CorpusError(f"{path}: stray '{mark[0]}' before '{marked[last : last + 40]}'")
        if mark["roles"]:
            opened.append((mark["roles"], size))
            continue
        names, start = opened.pop()
        for name in names.split():
            of = roles.setdefault(int(name[1:]), {})
            of[name[0]] = tuple(sorted((*of.get(name[0], ()), (start, size))))
    if opened:
        raise CorpusError(f"{path}: a mark '{opened[-1][0]}' is never closed")
    return "".join([*pieces, marked[last:]]), roles


def _read_lines(path: Path, listed: str, roles: dict[int, dict[str, Spans]]) -> Iterator[Attribution]:
    for line in listed.splitlines():
        if not line.strip():
            continue
        match = LINE.fullmatch(line.strip())
        if match is None or EXTRA.sub("", match["rest"]).strip():
            raise CorpusError(f"{path}: cannot read '{line}'")
        number, cue_class, kind = int(match["number"]), match["cue_class"], match["kind"]
        if cue_class not in CLASSES or kind not in KINDS:
            raise CorpusError(f"{path}: '{line}' has an unknown class or kind")
        if "c" not in roles.get(number, {}):
            raise CorpusError(f"{path}: attribution {number} has no content marked")
        if ("s" in roles[number]) == (kind == "none"):
            raise CorpusError(f"{path}: attribution {number} is '{kind}' but its source is marked otherwise")
        extra = {e["key"] or e["flag"]: e["value"] or "" for e in EXTRA.finditer(match["rest"])}
        if not extra.get("who") and kind != "none":
            raise CorpusError(f"{path}: attribution {number} lacks who=")
        via = tuple(part.strip() for part in extra.get("via", "").split(">") if part.strip())
        yield Attribution(number, cue_class, kind, extra.get("who", ""), via, "plural" in extra, roles[number])


def tell_mode(text: str, content: Spans) -> str:
    """Say whether a content is direct (90 % of its words in quotation marks), mixed or indirect."""
    inside = find_quoted(text)
    words = [m.start() for s, e in content for m in re.compile(r"\w+").finditer(text, s, e)]
    quoted = sum(inside[at] for at in words)
    return "direct" if words and quoted >= 0.9 * len(words) else "mixed" if quoted else "indirect"


def find_quoted(text: str) -> bytearray:
    """Return one flag per character: inside quotation marks, double or single; the state ends with the line."""
    flags, inside = bytearray(len(text)), ""
    for at, char in enumerate(text):
        if char == "\n":
            inside = ""
        elif inside:
            flags[at] = 1
            apostrophe = char == "’" and text[at + 1 : at + 2].isalnum()
            inside = "" if char in PAIRS[inside] and not apostrophe else inside
        elif char in PAIRS:
            inside = char
    return flags


def count_corpus(items: Sequence[Item]) -> Counter[str]:
    """Count what the corpus holds: words, attributions, modes, chains, unnamed sources with a clause, hedges."""
    counts: Counter[str] = Counter()
    for item in items:
        counts["items"] += 1
        counts["words"] += len(item.text.split())
        for one in item.attributions:
            counts["attributions"] += 1
            counts[tell_mode(item.text, one.get("c"))] += 1
            counts["chains"] += bool(one.via)
            counts["longer chains"] += len(one.via) > 1
            counts["unnamed"] += one.kind == "unnamed"
            counts["unnamed with access or reason"] += one.kind == "unnamed" and bool(one.get("a") or one.get("n"))
            counts["hedges"] += len(one.get("h"))
            counts["pronouns"] += one.kind == "pronoun"
    return counts


def main() -> None:
    folders = [Path(name) for name in sys.argv[1:]] or sorted(p for p in NEWS.iterdir() if p.is_dir())
    failed = False
    for folder in folders:
        items = []
        for path in sorted(folder.glob("*.txt")):
            try:
                items.append(read_item(path))
            except CorpusError as error:
                failed = True
                print(error, file=sys.stderr)
        print(f"{folder.name}: " + ", ".join(f"{n} {name}" for name, n in count_corpus(items).items()))
    sys.exit(2 if failed else 0)


if __name__ == "__main__":
    main()
