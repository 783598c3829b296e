"""How are entries added to a case file without changing what stands there?"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from firsthand.case.text import writing
from firsthand.errors import CaseError

Tables = Mapping[str, Mapping[str, Any]]
Lists = Mapping[str, Sequence[Mapping[str, Any]]]


def append_entries(path: Path, tables: Tables, lists: Lists) -> None:
    """Add [key.ID] tables and [[key]] entries to the end of a file; what stands in it keeps every byte.

    The file is replaced in one step. Raises CaseError, and writes nothing, where the file cannot take them.
    """
    words = path.read_bytes().decode("utf-8") if path.exists() else ""
    added = _write_entries(tables, lists)
    if not added:
        return
    gap = "\n" * (2 - min(2, len(words) - len(words.rstrip("\n")))) if words.strip() else ""
    whole = words + gap + added
    try:
        tomllib.loads(whole.removeprefix("\ufeff").replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise CaseError(
            f"cannot take further entries at its end ({error}); write them as [key.id]", path.name
        ) from None
    draft = path.with_name(f".{path.name}.draft")
    with writing(path):
        draft.write_bytes(whole.encode("utf-8"))
        draft.replace(path)


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
    return added.as_string().lstrip("\n")


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
