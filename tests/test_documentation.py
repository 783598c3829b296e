"""Is the documentation true: does every example run, is every command and every key described?"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from firsthand.cli import app

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/*.md")])
FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
KEYS_START, KEYS_END = "<!-- keys: made from the schemas -->", "<!-- end of keys -->"


def find_blocks(language: str) -> list:
    found = []
    for page in PAGES:
        for number, (kind, block) in enumerate(FENCE.findall(page.read_text(encoding="utf-8"))):
            if kind == language:
                found.append(pytest.param(block, id=f"{page.name}-{number}"))
    return found


def run(*words: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name(words[0])), *words[1:]]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=False)


def open_and_stop(words: list[str], cwd: Path) -> str:
    """Return the first line of a command that would go on for ever, and end it."""
    command = [str(Path(sys.executable).with_name("firsthand")), *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=cwd) as served:
        assert served.stdout is not None
        first = served.stdout.readline()
        served.terminate()
    return first


@pytest.fixture
def stranger(tmp_path, monkeypatch):
    """A folder such as a reader has: the example, and some saved pages."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples", ignore=shutil.ignore_patterns("build"))
    pages = tmp_path / "saved-pages"
    pages.mkdir()
    (pages / "herald.txt").write_text(
        "Title: Ferry aground\nPublisher: Skell Herald\nPublished: 2020-10-12\n\n"
        "The ferry Marike ran aground on Sunday, Ida Moller of the coastguard said.\n",
        encoding="utf-8",
    )
    (pages / "echo.txt").write_text(
        "Title: Ferry\nPublisher: Echo\nPublished: 2020-10-13\n\n"
        "The ferry Marike ran aground on Sunday, the Skell Herald reported, citing Ida Moller of the coastguard.\n",
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("block", find_blocks("python"))
def test_a_python_example_runs(block, stranger):
    done = run("python", "-c", block, cwd=stranger)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("block", find_blocks("console"))
def test_a_console_example_runs(block, stranger):
    for line in block.splitlines():
        if not line.startswith("$ ") or not re.match(r"\$ (\.venv/bin/)?firsthand ", line):
            continue
        words = shlex.split(line[2:], comments=True)
        if words[1] == "serve":
            assert "?token=" in open_and_stop(words[1:], stranger)
            continue
        done = run("firsthand", *words[1:], cwd=stranger)
        wanted = {0, 1} if words[1] == "check" else {0}
        assert done.returncode in wanted, f"{line}: {done.stderr}"
        assert "Traceback" not in done.stderr


def test_a_make_target_named_in_the_documentation_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    for page in PAGES:
        named = set(re.findall(r"(?:\$ |`)make ([a-z]+)", page.read_text(encoding="utf-8")))
        assert named <= targets, page.name


@pytest.mark.parametrize("name", sorted(name for name in app if not name.startswith("-")))
def test_a_command_is_described_with_each_of_its_flags(name):
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    section = re.search(rf"^## `firsthand {name}.*?(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    assert section, f"docs/commands.md has no section on firsthand {name}"
    shown = run("firsthand", name, "--help").stdout
    flags = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", shown)) - {"--help", "--version"}
    for flag in flags:
        assert f"`{flag}" in section[0], f"{name} {flag} is not described"


def render_keys() -> str:
    """Return the table of keys of every file of a case, from the schemas that are published with the package."""
    lines = []
    for schema in sorted(files("firsthand").joinpath("schemas").iterdir(), key=lambda path: path.name):
        document = json.loads(schema.read_text(encoding="utf-8"))
        lines += [f"### {document['title']}", "", "| key | what it is |", "|---|---|"]
        lines += render_properties(document, "")
        lines.append("")
    return "\n".join(lines).strip()


def render_properties(schema: dict, prefix: str) -> list[str]:
    lines = []
    for key, described in schema.get("properties", {}).items():
        lines.append(f"| `{prefix}{key}` | {described.get('description', '')} |")
        named = described.get("additionalProperties")
        for inner, mark in ((described, "."), (described.get("items"), "[]."), (named, ".*.")):
            if isinstance(inner, dict):
                lines += render_properties(inner, f"{prefix}{key}{mark}")
    return lines


def test_every_key_of_a_case_is_described():
    path = ROOT / "docs" / "case.md"
    page = path.read_text(encoding="utf-8")
    before, _, rest = page.partition(KEYS_START)
    _, _, after = rest.partition(KEYS_END)
    if os.environ.get("FIRSTHAND_GOLDEN") == "write":
        path.write_text(f"{before}{KEYS_START}\n\n{render_keys()}\n\n{KEYS_END}{after}", encoding="utf-8")
        page = path.read_text(encoding="utf-8")
    assert render_keys() in page, "docs/case.md is behind the schemas: FIRSTHAND_GOLDEN=write make docs"


def test_the_readme_shows_the_two_commands_first():
    head = (ROOT / "README.md").read_text(encoding="utf-8")[:2500]
    assert "$ make demo" in head
    assert "$ make test" in head


def test_nothing_names_a_package_host_or_a_path_of_one_machine():
    done = subprocess.run(["git", "ls-files"], capture_output=True, text=True, cwd=ROOT, check=True)
    # Spelled in pieces, so that this file does not name them either.
    hosts = ["py" + "pi.org", "python" + "hosted", "registry." + "npmjs", "/wo" + "rk/main", "bash" + "_jobs"]
    for name in done.stdout.split():
        if name.endswith((".py", ".md", ".toml", ".lock", ".txt", ".json", "Makefile", "run")):
            text = (ROOT / name).read_text(encoding="utf-8", errors="replace")
            assert not [host for host in hosts if host in text], name
