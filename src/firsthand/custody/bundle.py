"""How does a case leave the house so that another person can verify it without firsthand?"""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from firsthand.custody.check import Summary, check_custody, list_reports, summarize_custody
from firsthand.custody.custodian import find_source_date
from firsthand.custody.entry import WARC
from firsthand.custody.ledger import FOLDER, LOG, split_log
from firsthand.errors import CaseError
from firsthand.model import Finding, record

TEXTS = ("case.toml", "sources.toml", "claims.toml", "expectations.toml", "judgements.jsonl", "README.md")
SUMS, VERIFY = "SHA256SUMS", "VERIFY.txt"
EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)


@record
class Bundle:
    """A zip that was written: its SHA-256, the head of the log in it, its files, and what the check found wanting."""

    path: Path
    sha256: str
    head: str
    names: tuple[str, ...]
    findings: tuple[Finding, ...]


def write_bundle(case: str | Path, output: Path, made: Mapping[str, bytes]) -> Bundle:
    """Write a zip of a case, its custody and what was `made` from it (by name), with sums and a way to verify them.

    The same case gives the same bytes: times in the zip are SOURCE_DATE_EPOCH, or the moment of the last entry.
    Raises CaseError for a link among the files, or a name that another system could not hold.
    """
    case = Path(case)
    findings, summary = check_custody(case), summarize_custody(case)
    parts: dict[str, Path | bytes] = {name: _check(name, path) for name, path in _list_files(case).items()}
    words = (files(__package__) / VERIFY).read_text("utf-8") + _tell_state(findings, summary)
    parts |= {**made, VERIFY: words.encode("utf-8")}
    moment = find_source_date() or _find_last_moment(case)
    draft = output.with_name(f".{output.name}.draft")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        _write_zip(draft, parts, f"{case.resolve().name}/", moment)
        draft.replace(output)
        with output.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise CaseError(f"'{output}' cannot be written: {error.strerror}") from None
    finally:
        draft.unlink(missing_ok=True)
    return Bundle(path=output, sha256=digest, head=summary.head, names=(*sorted(parts), SUMS), findings=findings)


def _list_files(case: Path) -> dict[str, Path]:
    texts = {name: case / name for name in TEXTS if os.path.lexists(case / name)}
    folder = case / FOLDER
    inner = sorted(folder.iterdir()) if folder.is_dir() else []
    kept = {f"{FOLDER}/{one.name}": one for one in inner if one.name == LOG or WARC.fullmatch(one.name)}
    if folder.is_symlink():
        raise CaseError("is a link; a bundle holds only files of the case itself", FOLDER)
    return texts | kept | list_reports(case)


def _check(name: str, path: Path) -> Path:
    """Refuse a link, which could lead out of the case, and a name that could do so elsewhere."""
    if "\\" in name:
        raise CaseError("has a backslash in its name, which some systems take for a folder; rename it", name)
    if path.is_symlink() or not path.is_file():
        raise CaseError("is a link or no ordinary file; a bundle holds only files of the case itself", name)
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        raise CaseError("has a name that is not UTF-8; rename it", name.encode("ascii", "replace").decode()) from None
    return path


def _tell_state(findings: tuple[Finding, ...], summary: Summary) -> str:
    told = [f"The log had {summary.entries} entries; its head was {summary.head or 'none'}."]
    if not findings:
        told.append("firsthand found nothing changed.")
    told += [f"{found.severity.value}: {_show(found.where)}: {_show(found.what)}" for found in findings]
    return "\n".join(told) + "\n"


def _show(words: str) -> str:
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in words)


def _write_sum(name: str, digest: str) -> bytes:
    """Return a line as sha256sum writes it: a name with a line break in it is escaped, and the line marked."""
    escaped = name.replace("\n", "\\n").replace("\r", "\\r")
    mark = "\\" if escaped != name else ""
    return f"{mark}{digest}  {escaped}\n".encode()


def _find_last_moment(case: Path) -> datetime:
    path = case / FOLDER / LOG
    entries = [line.entry for line in split_log(path.read_bytes()) if line.entry] if path.is_file() else []
    try:
        return datetime.fromisoformat(entries[-1].when) if entries else EARLIEST
    except ValueError:
        return EARLIEST


def _write_zip(draft: Path, parts: Mapping[str, Path | bytes], top: str, when: datetime) -> None:
    """Write the parts in the order of their names, and last the sums of exactly what was written."""
    moment = max(when.astimezone(UTC), EARLIEST)
    sums = b""
    with zipfile.ZipFile(draft, "w") as archive:
        for name in sorted(parts):
            part = parts[name]
            with BytesIO(part) if isinstance(part, bytes) else part.open("rb") as source:
                sums += _write_sum(name, _write_member(archive, top + name, source, moment))
        _write_member(archive, top + SUMS, BytesIO(sums), moment)


def _write_member(archive: zipfile.ZipFile, name: str, source: BinaryIO, when: datetime) -> str:
    """Copy a file into the zip piece by piece and return its SHA-256."""
    info = zipfile.ZipInfo(name, when.timetuple()[:6])
    info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o100644 << 16
    info.file_size = source.seek(0, os.SEEK_END)
    source.seek(0)
    digest = hashlib.sha256()
    with archive.open(info, "w") as target:
        while piece := source.read(1 << 20):
            digest.update(piece)
            target.write(piece)
    return digest.hexdigest()
