"""How are entries added to a case file without changing what stands there?"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from firsthand.case.text import read_words, spell_out_marks, writing
from firsthand.errors import CaseError

Tables = Mapping[str, Mapping[str, Any]]
Lists = Mapping[str, Sequence[Mapping[str, Any]]]


def add_entries(folder: Path, name: str, tables: Tables, lists: Lists) -> str:
    """Return a case file with [key.ID] tables and [[key]] entries at its end; what stands in it keeps every byte.

    Raises CaseError where the file cannot take them.
    """
    words = read_words(folder, name, mark=True)
    added = _write_entries(tables, lists)
    if not added:
        return words
    gap = "\n" * (2 - min(2, len(words) - len(words.rstrip("\n")))) if words.strip() else ""
    whole = words + gap + added
    try:
        tomllib.loads(whole.removeprefix("\ufeff").replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise CaseError(f"cannot take further entries at its end ({error}); write them as [key.id]", name) from None
    return whole


def replace_files(folder: Path, texts: Mapping[str, str]) -> None:
    """Put each text in place of its file, in one step each; what is as it was is not touched."""
    changed = {name: text for name, text in texts.items() if text != read_words(folder, name, mark=True)}
    for name, text in changed.items():
        with writing(folder / name):
            (folder / f".{name}.draft").write_bytes(text.encode("utf-8"))
    for name in changed:
        with writing(folder / name):
            (folder / f".{name}.draft").replace(folder / name)


def _write_entries(tables: Tables, lists: Lists) -> str:
    import tomlkit

    added = tomlkit.document()
    for key, entries in tables.items():
        if entries:
            outer = tomlkit.table(is_super_table=True)
            for name, entry in entries.items():
                outer.append(name, _write_table(entry))
            added.append(key, outer)
    for key, rows in lists.items():
        if rows:
            array = tomlkit.aot()
            for row in rows:
                array.append(_write_table(row))
            added.append(key, array)
    return spell_out_marks(added.as_string().lstrip("\n"))


def _write_table(entry: Mapping[str, Any]) -> Any:
    import tomlkit

    table = tomlkit.table()
    for key, value in entry.items():
        if isinstance(value, Mapping):
            inner = tomlkit.inline_table()
            inner.update(value)
            table.append(key, inner)
        else:
            table.append(key, value)
    return table
