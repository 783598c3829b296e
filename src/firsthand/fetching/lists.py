"""What do the data files beside this code say?"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any

Network = IPv4Network | IPv6Network


@cache
def load_networks() -> tuple[tuple[Network, str], ...]:
    """Return the networks that are never asked, each with what it is, the narrowest first."""
    never = [(ip_network(text), kind) for text, kind in _load("networks.toml")["never"].items()]
    return tuple(sorted(never, key=lambda entry: (-entry[0].prefixlen, str(entry[0]))))


@cache
def load_network_list(name: str) -> tuple[Network, ...]:
    """Return a list of networks: "public" or "carriers"."""
    return tuple(ip_network(text) for text in _load("networks.toml")[name])


@cache
def load_local_names() -> tuple[str, ...]:
    """Return the last labels of names that stand for this machine or its own network."""
    return tuple(_load("networks.toml")["local_names"])


@cache
def load_endings() -> dict[str, str]:
    """Return the ending of a file for each media type that is fetched."""
    return dict(_load("types.toml")["endings"])


@cache
def load_silent_types() -> tuple[str, ...]:
    """Return the media types that say nothing about what a file is."""
    return tuple(_load("types.toml")["silent"])


@cache
def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "data" / name).read_text("utf-8"))
