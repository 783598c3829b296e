"""Who says what, by a parse in CoNLL-U?

A parse comes from whatever parser the user trusts; it is laid on the report word by word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from firsthand.attribution.peers.dependencies import Word, propose_from_words
from firsthand.attribution.proposals import Attribute, Proposal
from firsthand.errors import InputError

COLUMNS = 10
FAR = 400
Parse = Callable[[str, str], str]


def make_parsed(parse: Parse) -> Attribute:
    """Return the attributor that reads what `parse(text, language)` gives as CoNLL-U."""

    def attribute(text: str, language: str) -> Iterator[Proposal]:
        return propose_from_words(text, read_conllu(parse(text, language), text), language)

    return attribute


def make_beside(parses: Sequence[str]) -> Attribute:
    """Return the attributor that reads, of parses in CoNLL-U, the one that fits the report word by word.

    It raises InputError on use where none fits.
    """

    def attribute(text: str, language: str) -> Iterator[Proposal]:
        for parse in parses:
            try:
                words = read_conllu(parse, text)
            except InputError:
                continue
            if words:
                return propose_from_words(text, words, language)
        raise InputError("no parse fits the report")

    return attribute


def read_conllu(parse: str, text: str) -> tuple[Word, ...]:
    """Return the words of a parse with their places in a text. Raises InputError where the two do not fit."""
    words: list[Word] = []
    at = number = 0
    for sentence in _split_sentences(parse):
        first = len(words)
        fused = 0
        for row in sentence:
            number += 1
            if "-" in row[0]:
                start = _find(text, row[1], at, number)
                at, fused = start + len(row[1]), int(row[0].split("-")[1])
                span = (start, at)
                continue
            if int(row[0]) > fused:
                start = _find(text, row[1], at, number)
                at = start + len(row[1])
                span = (start, at)
            words.append(_read_word(row, span, first, len(sentence)))
    return tuple(words)


def _split_sentences(parse: str) -> Iterator[list[list[str]]]:
    """Yield the rows of each sentence, comments and empty nodes left out. Raises InputError."""
    rows: list[list[str]] = []
    for number, line in enumerate([*parse.splitlines(), ""], start=1):
        if not line.strip():
            if rows:
                yield rows
            rows = []
        elif not line.startswith("#"):
            row = line.split("\t")
            if len(row) != COLUMNS or not row[0].replace("-", "").replace(".", "").isdigit():
                raise InputError(f"line {number} of the parse has not the ten columns of CoNLL-U")
            if "." not in row[0]:
                rows.append(row)


def _find(text: str, form: str, at: int, number: int) -> int:
    start = text.find(form, at, at + len(form) + FAR)
    if start < 0:
        raise InputError(f"word {number} of the parse, '{form[:40]}', does not stand in the report where it should")
    return start


def _read_word(row: list[str], span: tuple[int, int], first: int, size: int) -> Word:
    head = int(row[6]) if row[6].isdigit() else 0
    return Word(
        start=span[0],
        end=span[1],
        form=row[1],
        lemma=row[2],
        upos=row[3],
        head=first + head - 1 if 0 < head <= size else -1,
        relation=row[7],
    )
