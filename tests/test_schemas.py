"""Do the published schemas say what the loader accepts?"""

from __future__ import annotations

import json
import random
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import firsthand.case
from case_folders import FILES, REPORTS, write_case
from firsthand.case import load_case
from firsthand.case.judgements import DECISIONS, FIELDS
from firsthand.case.quantities import load_words
from firsthand.case.schema import find_mistakes, load_schema
from firsthand.case.text import read_text

EXAMPLE = Path(__file__).parent.parent / "examples" / "libya-2011"
NAMES = ("case", "sources", "claims", "expectations", "judgements")


def flatten(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: flatten(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [flatten(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def read_toml(path: Path) -> Any:
    return flatten(tomllib.loads(path.read_text("utf-8")))


def list_keys(rule: Any) -> Iterator[str]:
    """Yield every key that a schema names, wherever it stands."""
    if isinstance(rule, Mapping):
        properties = rule.get("properties")
        if isinstance(properties, Mapping):
            yield from properties
        for inner in rule.values():
            yield from list_keys(inner)
    elif isinstance(rule, list):
        for inner in rule:
            yield from list_keys(inner)


@pytest.mark.parametrize("name", NAMES)
def test_each_schema_is_valid_itself(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(dict(load_schema(f"{name}.toml")))


@pytest.mark.parametrize("name", FILES)
def test_the_example_holds_to_the_schemas(name: str) -> None:
    jsonschema.validate(read_toml(EXAMPLE / name), dict(load_schema(name)))


def test_every_key_of_the_schemas_is_read_by_the_loader() -> None:
    folder = Path(str(files(firsthand.case)))
    source = "\n".join(path.read_text("utf-8") for path in sorted(folder.glob("*.py")))
    read = set(re.findall(r'"(\w+)"', source))
    keys = {key for name in NAMES for key in list_keys(load_schema(f"{name}.toml"))}
    assert keys - read == set()


def test_the_schemas_know_the_words_that_the_loader_knows() -> None:
    options = load_schema("claims.toml")["$defs"]
    assert options["quantity"]["anyOf"][2]["enum"] == list(load_words())
    assert options["lineage"]["anyOf"][2]["enum"] == [*load_words(), "unknown", "echo"]
    assert set(load_schema("judgements.jsonl")["properties"]) == set(FIELDS)
    assert all(word in load_schema("judgements.jsonl")["properties"]["value"]["description"] for word in DECISIONS)


def list_places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield (*path, key)
            yield from list_places(inner, (*path, key))


def spoil(data: Any, chance: random.Random) -> None:
    """Change one thing of a case file: drop a key, rename one, or put something of another type."""
    path = chance.choice(list(list_places(data)))
    for key in path[:-1]:
        data = data[key]
    move = chance.randrange(3)
    if move == 0:
        del data[path[-1]]
    elif move == 1 and isinstance(data, dict):
        data[f"{path[-1]}x"] = data.pop(path[-1])
    else:
        data[path[-1]] = chance.choice([1.5, -1, 0.5, True, "words", [], {}, [0.2, 0.4], ["a"], {"a": 1}])


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(FILES)), st.integers(0, 2**32))
def test_the_loader_and_the_schema_agree_on_what_is_well_formed(
    tmp_path_factory: pytest.TempPathFactory, name: str, seed: int
) -> None:
    folder = tmp_path_factory.mktemp("spoilt")
    data = flatten(tomllib.loads(FILES[name]))
    spoil(data, random.Random(seed))
    valid = jsonschema.Draft202012Validator(dict(load_schema(name))).is_valid(data)
    (folder / name).write_text("", "utf-8")
    text = read_text(folder, name)
    object.__setattr__(text, "data", data)
    faults = [fault.what for fault in find_mistakes(text)]
    # The one thing JSON Schema cannot say: that the ends of an interval stand in order.
    assert (not [what for what in faults if "upside down" not in what]) == valid


def test_the_judgements_of_a_case_hold_to_their_schema(tmp_path: Path) -> None:
    line = {"when": "2031-05-21", "who": "Ida", "about": "source.miller.access", "value": [0.2, 0.3], "why": "asked"}
    folder = write_case(tmp_path / "weir")
    (folder / "judgements.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    jsonschema.validate(line, dict(load_schema("judgements.jsonl")))
    assert len(load_case(folder, reports=REPORTS).judgements) == 1
