"""Who enters something in the log, when, and with which version of firsthand?"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from importlib.metadata import version

from firsthand.errors import InputError
from firsthand.model import record


@record
class Custodian:
    """Who acts, at which moment (whole seconds, UTC), with which version of firsthand."""

    who: str
    when: datetime
    version: str


def read_custodian() -> Custodian:
    """Return the user and the moment of this run: `FIRSTHAND_USER` or the user's name, `SOURCE_DATE_EPOCH` or now.

    Raises InputError where SOURCE_DATE_EPOCH is no moment.
    """
    who = os.environ.get("FIRSTHAND_USER") or os.environ.get("USER") or "unnamed"
    when = find_source_date() or datetime.now(UTC).replace(microsecond=0)
    return Custodian(who=who, when=when, version=version("firsthand"))


def find_source_date() -> datetime | None:
    """Return the moment that `SOURCE_DATE_EPOCH` fixes for reproducible output, if it is set."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not seconds:
        return None
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        raise InputError(
            f"SOURCE_DATE_EPOCH is '{seconds}', which is no number of seconds since 1970; mend or unset it"
        ) from None


def show_moment(when: datetime) -> str:
    """Return a moment as the log writes it: 2031-05-04T10:00:00Z."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
