"""Which words tell one part of a page, one month, one language from another?"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def load_list(name: str) -> Mapping[str, tuple[str, ...]]:
    """Return the word lists of the data file `name`, each as a tuple in the file's order."""
    raw = tomllib.loads(files("firsthand.reading").joinpath("data", name).read_text("utf-8"))
    return {key: tuple(value) for key, value in raw.items() if isinstance(value, list)}


@cache
def load_groups(name: str, table: str) -> Mapping[str, tuple[str, ...]]:
    """Return one table of word lists from the data file `name`."""
    raw = tomllib.loads(files("firsthand.reading").joinpath("data", name).read_text("utf-8"))
    return {key: tuple(value) for key, value in raw[table].items()}


@cache
def load_table(name: str, table: str) -> Mapping[str, int]:
    """Return one table of whole numbers from the data file `name`."""
    raw = tomllib.loads(files("firsthand.reading").joinpath("data", name).read_text("utf-8"))
    return {key: int(value) for key, value in raw[table].items()}


@cache
def load_pattern(name: str, key: str) -> re.Pattern[str]:
    """Return one pattern that matches any of the patterns listed under `key`, whatever the case."""
    return re.compile("|".join(f"(?:{one})" for one in load_list(name)[key]), re.IGNORECASE)
