"""Which address on the web is meant, and may it be asked?

An address is taken apart once, here, and everything after works with the pieces:
nothing is asked by a spelling that another program might read otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from firsthand.errors import Refused
from firsthand.fetching.lists import load_local_names
from firsthand.fetching.networks import find_refusal, read_bracketed, read_spelling
from firsthand.model import record

PORTS = {"http": 80, "https": 443}
LONGEST = 8000
BRACKETED = re.compile(r"\[([0-9A-Fa-f:.]+)\](?::\d*)?")
LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
# What may stand in a path and a query as it is; the rest is written with percent signs.
PLAIN = "/%:@!$&'()*+,;=~-._?[]|"


@record
class Address:
    """An address on the web in its pieces; `host` is a name in ASCII or an IP address in its plain spelling."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Return host and port as they stand in an address, the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Return the address without its path."""
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        """Return the address in its one plain spelling."""
        return self.origin + self.target


def is_address(text: str) -> bool:
    """Say whether a word of the command line is an address on the web and no path of a file."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", text.strip()) is not None


def read_address(text: str, *, ports: Collection[int] = (), base: Address | None = None) -> Address:
    """Take an address apart; `base` is what a relative one is relative to, `ports` may be asked besides 80 and 443.

    Raises Refused for any scheme but http and https, a name or password in the address, a port that is not allowed,
    a host of this machine or its network in any spelling, and what is no address at all.
    """
    text = text.strip(" \t\r\n")
    shown = show_address(text)
    if len(text) > LONGEST or "\\" in text or any(ord(sign) < 32 or 127 <= ord(sign) < 160 for sign in text):
        raise Refused(f"{shown}: this is no address on the web; check its spelling")
    try:
        parts = urlsplit(urljoin(base.url, text) if base else text)
        port = parts.port
    except ValueError:
        raise Refused(f"{shown}: this is no address on the web; check its spelling") from None
    if parts.scheme not in PORTS:
        raise Refused(f"{shown}: only http and https addresses are fetched")
    if "@" in parts.netloc:
        raise Refused(
            f"{shown}: an address with a name or password in it is not fetched; take out what is before the @"
        )
    host = _read_host(parts, shown)
    port = PORTS[parts.scheme] if port is None else port
    if port not in {*PORTS.values(), *ports}:
        raise Refused(f"{shown}: port {port} is not asked; if it is meant, say so with --port {port}")
    return Address(scheme=parts.scheme, host=host, port=port, target=_write_target(parts))


def show_address(text: str) -> str:
    """Return an address short enough to be shown, without a password it may carry."""
    text = re.sub(r"(?<=://)[^/?#@]*@", "...@", text)
    return text if len(text) <= 200 else f"{text[:200]}..."


def _write_target(parts: SplitResult) -> str:
    """Return path and query. A sign that is no ASCII is written in UTF-8; the fragment is the reader's own."""
    query = f"?{parts.query}" if parts.query else ""
    return quote(_walk(parts.path) + query, safe=PLAIN)


def _walk(path: str) -> str:
    """Return a path with its steps "." and ".." taken, as a browser takes them before it asks."""
    walked = [""]
    steps = path.split("/")[1:] or [""]
    for number, step in enumerate(steps, start=1):
        dots = step.lower().replace("%2e", ".")
        if dots == "..":
            walked = walked[:-1] or [""]
        if dots not in (".", ".."):
            walked.append(step)
        elif number == len(steps):
            walked.append("")
    return "/".join(walked) if len(walked) > 1 else "/"


def _read_host(parts: SplitResult, shown: str) -> str:
    wrong = Refused(f"{shown}: its host is no name and no address; check its spelling")
    host = parts.hostname or ""
    try:
        if "[" in parts.netloc or "]" in parts.netloc:
            match = BRACKETED.fullmatch(parts.netloc)
            number = read_bracketed(match[1]) if match else None
            if number is None:
                raise wrong
        else:
            host = _fold_name(host)
            number = read_spelling(host)
    except ValueError:
        raise wrong from None
    if number is not None:
        refusal = find_refusal(number)
        if refusal:
            raise Refused(f"{shown}: {number} is {refusal}; only public addresses are fetched")
        return str(number)
    _check_name(host, shown)
    return host


def _fold_name(host: str) -> str:
    """Return a host name in lower-case ASCII: wide digits and other dress are taken off. Raises ValueError."""
    if not host.isascii():
        import idna

        folded = idna.uts46_remap(host, std3_rules=True, transitional=False)
        # Which is again ASCII where only the dress was foreign (wide digits), and perhaps a number.
        host = folded if folded.isascii() else idna.encode(folded).decode("ascii")
    host = host.lower().removesuffix(".")
    if len(host) > 253 or not all(LABEL.fullmatch(label) for label in host.split(".")):
        raise ValueError(host)
    return host


def _check_name(host: str, shown: str) -> None:
    local = any(host == name or host.endswith(f".{name}") for name in load_local_names())
    if local or "." not in host:
        raise Refused(f"{shown}: '{host}' is a name of this machine or its own network; only public hosts are fetched")
