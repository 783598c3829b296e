"""Which numbers does a text give, in digits or in words?

"fourteen", "vierzehn", "quatorze" and "14" are one number; "eight", "8" and "acht" another.
English, French, German and Spanish words are in `numbers.toml`; digits may be grouped with commas, points or spaces.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from firsthand.claims.folding import fold_word

TOKEN = re.compile(
    r"(?<![\w.,-])\d{1,3}(?:[,.\u00a0\u202f\u2009' ]\d{3})+(?![\d])|(?<![\w.,-])\d+(?:[.,:]\d+)?(?![\d])|[^\W\d_]+"
)
GROUPED = re.compile(r"\d{1,3}(?:[,.\u00a0\u202f\u2009' ]\d{3})+")
JOINER = re.compile(r"[\s\u2010\u2011-]*")
SHARES = ("per ", "pour ", "por ")
ANDS = frozenset({"and", "et", "y"})


@dataclass(frozen=True, slots=True)
class Number:
    """A number and where it stands, in characters of the text it was found in."""

    value: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """One word or group of digits that may be part of a number; `kind` is digits, value, scale, and, or other."""

    kind: str
    value: float
    start: int
    end: int


@cache
def load_words() -> dict[str, dict[str, int]]:
    """Return the tables of `numbers.toml`: values, scales and the pieces of German compounds."""
    data = tomllib.loads(files(__package__).joinpath("numbers.toml").read_text(encoding="utf-8"))
    return {name: table for name, table in data.items() if isinstance(table, dict)}


def find_numbers(text: str) -> tuple[Number, ...]:
    """Return the numbers of a text in order; a run such as "four hundred and twelve" is one number."""
    pieces = [read_piece(match) for match in TOKEN.finditer(text)]
    found: list[Number] = []
    at = 0
    while at < len(pieces):
        if pieces[at].kind in ("other", "and") or text.endswith(SHARES, 0, pieces[at].start):
            at += 1
            continue
        end = find_run_end(pieces, at, text)
        run = [piece for piece in pieces[at:end] if piece.kind != "and"]
        found.append(Number(add_up(run), run[0].start, run[-1].end))
        at = end
    return tuple(found)


def read_piece(match: re.Match[str]) -> Piece:
    """Return what one token may contribute to a number."""
    kind, value = read_word(match.group())
    return Piece(kind, value, match.start(), match.end())


@lru_cache(maxsize=65536)
def read_word(word: str) -> tuple[str, float]:
    """Return the kind and value of a piece."""
    if word[0].isdecimal():
        return "digits", read_digits(word)
    folded, tables = fold_word(word), load_words()
    if folded in ANDS:
        return "and", 0.0
    if folded in tables["scales"]:
        return "scale", float(tables["scales"][folded])
    value = tables["values"].get(folded) or read_compound(folded)
    return "value" if value else "other", float(value)


def read_digits(word: str) -> float:
    """Return the value of digits: "1,200", "1.200" and "1 200" are twelve hundred, "1,5" and "1.5" one and a half."""
    if GROUPED.fullmatch(word):
        return float(re.sub(r"\D", "", word))
    return float(re.sub(r"[,:]", ".", word))


def read_compound(word: str) -> int:
    """Return the value of a German number written as one word, or 0 where the word is none."""
    head, found, rest = word.partition("tausend")
    if found:
        thousands, units = read_hundreds(head) if head else 1, read_hundreds(rest) if rest else 0
        return thousands * 1000 + units if thousands and (units or not rest) else 0
    return read_hundreds(word)


def read_hundreds(word: str) -> int:
    """Return the value of a German number word below a thousand, or 0."""
    pieces = load_words()["compound"]
    head, found, rest = word.partition("hundert")
    if found:
        hundreds, units = pieces.get(head, 0) if head else 1, read_hundreds(rest.removeprefix("und")) if rest else 0
        return hundreds * 100 + units if hundreds and (units or not rest) else 0
    if word in pieces:
        return pieces[word] if word != "ein" else 0
    unit, found, ten = word.partition("und")
    return pieces[unit] + pieces[ten] if found and unit in pieces and pieces.get(ten, 0) >= 20 else 0


def find_run_end(pieces: list[Piece], at: int, text: str) -> int:
    """Return the index after the last piece that still belongs to the number beginning at `at`."""
    end = at + 1
    while end < len(pieces) and JOINER.fullmatch(text, pieces[end - 1].end, pieces[end].start):
        last, this = pieces[end - 1], pieces[end]
        if this.kind == "and" and end + 1 < len(pieces) and joins_over_and(last, pieces[end + 1]):
            end += 2
        elif continues(last, this):
            end += 1
        else:
            break
    return end


def continues(last: Piece, this: Piece) -> bool:
    """Say whether `this` goes on with the number that `last` belongs to."""
    if this.kind == "scale":
        return True
    if this.kind != "value":
        return False
    if last.kind == "scale":
        return this.value < last.value
    twenties = last.value == 4 and this.value == 20
    return last.kind == "value" and (twenties or (last.value >= 10 and last.value % 10 == 0 and 0 < this.value < 20))


def joins_over_and(last: Piece, after: Piece) -> bool:
    """Say whether "and" stands inside a number: "hundred and twelve", "vingt et un", "treinta y dos"."""
    smaller = after.kind == "value" and after.value < last.value
    return smaller and (last.kind == "scale" or (last.kind == "value" and last.value >= 20 and after.value < 12))


def add_up(run: list[Piece]) -> float:
    """Return the value of the pieces of one number."""
    total, current = 0.0, 0.0
    for piece in run:
        if piece.kind == "scale" and piece.value >= 1000:
            total, current = total + max(current, 1.0) * piece.value, 0.0
        elif piece.kind == "scale" or (piece.value == 20 and current == 4):
            current = max(current, 1.0) * piece.value
        else:
            current += piece.value
    return total + current
