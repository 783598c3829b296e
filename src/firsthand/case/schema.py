"""May a case file say that?

Each file is held against the JSON Schema published for it, by the small part of JSON Schema 2020-12 that those schemas
use, so that the schema is the one list of keys there is, and a mistake is told with its line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from firsthand.case.quantities import check_quantity
from firsthand.case.text import CaseText, Place
from firsthand.errors import CaseError, UnknownName, suggest

_NAMES = {
    "object": (dict, "a table"),
    "array": (list, "a list"),
    "string": (str, "a text"),
    "number": ((int, float), "a number"),
    "integer": (int, "a whole number"),
    "boolean": (bool, "true or false"),
}


@cache
def load_schema(name: str) -> Mapping[str, Any]:
    """Return the JSON Schema published for a file of a case, such as "claims.toml"."""
    stem = name.rsplit(".", 1)[0]
    schema: dict[str, Any] = json.loads((files("firsthand") / "schemas" / f"{stem}.json").read_text("utf-8"))
    return schema


def find_mistakes(text: CaseText) -> Iterator[CaseError]:
    """Yield what the schema forbids: unknown and missing keys, wrong types, quantities that cannot be meant."""
    schema = load_schema(text.name)
    yield from _compare(text, text.data, schema, ())


def _compare(text: CaseText, value: Any, rule: Mapping[str, Any], path: Place) -> Iterator[CaseError]:
    if "$ref" in rule:
        rule = load_schema(text.name)["$defs"][rule["$ref"].rsplit("/", 1)[1]]
    name = _show(path)
    if rule.get("title") in ("quantity", "lineage"):
        fault = check_quantity(value, name, lineage=rule["title"] == "lineage")
        if fault:
            yield text.fault(fault, *path)
        return
    if "anyOf" in rule:
        options = [list(_compare(text, value, option, path)) for option in rule["anyOf"]]
        if all(options):
            yield from min(options, key=lambda faults: (not isinstance(faults[0], UnknownName), len(faults)))
        return
    if "type" in rule and not _is_a(value, rule["type"]):
        yield text.fault(f"{name} is {_say(value)}, and must be {_NAMES[rule['type']][1]}", *path)
        return
    yield from _compare_plain(text, value, rule, path)
    if isinstance(value, dict):
        yield from _compare_table(text, value, rule, path)
    if isinstance(value, list) and "items" in rule:
        for index, inner in enumerate(value):
            yield from _compare(text, inner, rule["items"], (*path, index))


def _compare_plain(text: CaseText, value: Any, rule: Mapping[str, Any], path: Place) -> Iterator[CaseError]:
    name = _show(path)
    if "enum" in rule and value not in rule["enum"]:
        allowed = ", ".join(f"'{one}'" for one in rule["enum"])
        yield text.fault(f"{name} is {_say(value)}, and must be one of {allowed}", *path)
    if "minimum" in rule and value < rule["minimum"]:
        yield text.fault(f"{name} is {value}, and must be at least {rule['minimum']}", *path)
    if "maximum" in rule and value > rule["maximum"]:
        yield text.fault(f"{name} is {value}, and must be at most {rule['maximum']}", *path)
    size = len(value) if isinstance(value, list | str) else 0
    if size < rule.get("minLength", rule.get("minItems", 0)):
        yield text.fault(f"{name} is empty or too short", *path)
    if "maxItems" in rule and size > rule["maxItems"]:
        yield text.fault(f"{name} has {size} entries, and at most {rule['maxItems']} are meant", *path)
    if "pattern" in rule and isinstance(value, str) and not re.search(rule["pattern"], value):
        yield text.fault(f"{name} is {_say(value)}, and must be {rule.get('description', 'of another form')}", *path)


def _compare_table(
    text: CaseText, value: Mapping[str, Any], rule: Mapping[str, Any], path: Place
) -> Iterator[CaseError]:
    known = rule.get("properties", {})
    extra = rule.get("additionalProperties", True)
    for key, inner in value.items():
        if key in known:
            yield from _compare(text, inner, known[key], (*path, key))
        elif extra is False:
            owner = f"[{_show(path)}]" if path else "this file"
            yield text.unknown(f"'{key}' is not a key of {owner}{suggest(key, known)}", *path, key)
        elif isinstance(extra, dict):
            if not re.fullmatch(rule.get("propertyNames", {}).get("pattern", ".*").strip("^$"), key):
                yield text.fault(f"'{key}' cannot be an id; use letters, digits, - and _", *path, key)
            yield from _compare(text, inner, extra, (*path, key))
    for key in rule.get("required", ()):
        if key not in value:
            owner = f"[{_show(path)}]" if path else "this file"
            yield text.fault(f"{owner} has no '{key}'; add it", *path)


def _is_a(value: Any, kind: str) -> bool:
    if isinstance(value, bool) and kind != "boolean":
        return False
    return isinstance(value, _NAMES[kind][0])  # type: ignore[arg-type]  # a type or a tuple of types


def _say(value: Any) -> str:
    if isinstance(value, dict):
        return "a table"
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= 60 else shown[:57] + "..."


def _show(path: Place) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
