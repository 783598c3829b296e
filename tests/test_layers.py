"""Do imports run one way: cli -> pipeline -> stages -> probability, errors -> model?"""

import ast
from pathlib import Path

import pytest

import firsthand

ROOT = Path(firsthand.__file__).parent
STAGES = {
    "reading",
    "attribution",
    "claims",
    "origins",
    "sources",
    "silence",
    "authenticity",
    "hypotheses",
    "impact",
    "sensitivity",
    "assessment",
    "views",
    "exports",
}
GROUND = {"model", "probability", "errors"}
ALLOWED = {
    "model": set(),
    "errors": set(),
    "probability": {"errors"},
    "custody": GROUND,
    "case": GROUND | {"reading", "silence", "custody"},
    "weighing": GROUND | STAGES,
    "pipeline": GROUND | STAGES | {"weighing"},
    "asking": GROUND | {"case", "weighing"},
    "store": GROUND,
    "archive": GROUND | {"reading", "store", "custody", "fetching", "origins"},
    "commands": GROUND | STAGES | {"case", "asking", "custody", "pipeline", "weighing"},
    "fetching": GROUND,
    "adding": GROUND | {"reading", "case", "custody", "fetching"},
    "workbench": GROUND
    | {"asking", "case", "commands", "pipeline", "views", "exports", "origins", "custody", "adding", "fetching"}
    | {"reading", "claims"},
    "cli": GROUND | STAGES | {"case", "commands", "custody", "adding", "fetching", "archive", "store", "workbench"},
    "__init__": GROUND | STAGES | {"case", "pipeline", "commands"},
} | {stage: GROUND for stage in STAGES}
# What a new case starts from is a case, not a word list.
WORD_LISTS = sorted(path for path in ROOT.rglob("*.toml") if "start" not in path.parts)
MAY_TOUCH_DISK = {"reading", "case", "commands", "cli", "custody", "store", "archive", "workbench"}

NETWORK = {"socket", "ssl", "asyncio", "http.client", "urllib.request", "ftplib", "smtplib", "requests", "urllib3"} | {
    "httpcore",
    "httpx",
    "aiohttp",
    "anyio",
}


def find_modules() -> list[Path]:
    return sorted(path for path in ROOT.rglob("*.py"))


def name_layer(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def read_imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names if node.module == "firsthand")
        elif isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
    return found


@pytest.mark.parametrize("path", find_modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_what_lies_below_it(path):
    layer = name_layer(path)
    assert layer in ALLOWED, f"{layer} has no place in the house; see CONTRIBUTING.md"
    ours = {name.split(".")[1] for name in read_imports(path) if name.startswith("firsthand.")}
    strangers = ours - {layer} - ALLOWED[layer]
    assert not strangers, f"{path.name} must not import {sorted(strangers)}"


@pytest.mark.parametrize("path", find_modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_edges_touch_disk_clock_or_network(path):
    forbidden = {"socket", "urllib.request", "http.client", "requests", "subprocess", "random", "time"}
    if name_layer(path) not in MAY_TOUCH_DISK | {"fetching"}:
        assert not (read_imports(path) & (forbidden | {"os", "shutil", "tempfile"}))
        source = path.read_text(encoding="utf-8")
        for call in ("datetime.now(", "date.today(", "default_rng()", ".write_text(", ".write_bytes("):
            assert call not in source, f"{path.name} calls {call}"


@pytest.mark.parametrize("path", find_modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_only_fetching_knows_the_network(path):
    if name_layer(path) == "fetching":
        assert not {"os", "shutil", "tempfile"} & read_imports(path), "what is fetched is written by others"
    else:
        met = {name for name in read_imports(path) if any(f"{name}.".startswith(f"{one}.") for one in NETWORK)}
        assert not met, f"{path.name} must leave {sorted(met)} to fetching/"


@pytest.mark.parametrize("path", find_modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_small_and_opens_with_its_question(path):
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= 400, "no file is longer than 400 lines"
    docstring = ast.get_docstring(ast.parse(source)) or ""
    assert "?" in docstring.split("\n\n")[0], "the first sentence of a module is the question it answers"


@pytest.mark.parametrize("path", WORD_LISTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_word_list_names_its_source(path):
    assert any(line.startswith("source =") for line in path.read_text(encoding="utf-8").splitlines())
