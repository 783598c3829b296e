"""Is a number on the network a public one, whatever its spelling?"""

from __future__ import annotations

from ipaddress import AddressValueError, IPv4Address, IPv6Address, ip_address

from firsthand.fetching.lists import load_network_list, load_networks

Number = IPv4Address | IPv6Address


def read_number(text: str) -> Number:
    """Return an address as a resolver writes it; an IPv4 address in IPv6 clothes comes back as IPv4.

    Raises ValueError for what is no address.
    """
    number = ip_address(text)
    if isinstance(number, IPv6Address) and number.ipv4_mapped is not None:
        return number.ipv4_mapped
    return number


def read_spelling(host: str) -> IPv4Address | None:
    """Return the IPv4 address that a host spells in any of the ways programs take, or None if it is a name.

    These are one number, or up to four with dots between, each decimal, octal (leading 0) or hexadecimal (0x);
    the last number fills the bytes that are left.
    Raises ValueError for a host that ends in a number and is no address: no name may do that.
    Source: WHATWG URL Standard, "IPv4 parser"; inet_aton(3).
    """
    pieces = host.split(".")
    if not _is_number(pieces[-1]):
        return None
    if len(pieces) > 4:
        raise ValueError(host)
    numbers = [_read_piece(piece) for piece in pieces]
    if any(number > 255 for number in numbers[:-1]) or numbers[-1] >= 256 ** (5 - len(numbers)):
        raise ValueError(host)
    above = sum(number << 8 * (3 - place) for place, number in enumerate(numbers[:-1]))
    return IPv4Address(above + numbers[-1])


def find_refusal(number: Number) -> str:
    """Return what is wrong with an address ("a loopback address"), or an empty string for a public one."""
    if isinstance(number, IPv6Address):
        if number.scope_id is not None:
            return "an address of this machine's own network"
        if number.ipv4_mapped is not None:
            return find_refusal(number.ipv4_mapped)
        if any(number in network for network in load_network_list("carriers")):
            return find_refusal(IPv4Address(int(number) & 0xFFFFFFFF))
    for network, kind in load_networks():
        if number in network:
            return kind
    public = any(number in network for network in load_network_list("public"))
    return "" if public and number.is_global else "an address that is not public"


def read_bracketed(host: str) -> Number:
    """Return the address that stands in square brackets. Raises ValueError."""
    number = IPv6Address(host)
    if number.scope_id is not None:
        raise AddressValueError(host)
    return read_number(str(number))


def _is_number(piece: str) -> bool:
    hexadecimal = piece[:2].lower() == "0x" and all(sign in "0123456789abcdefABCDEF" for sign in piece[2:])
    return (piece.isascii() and piece.isdigit()) or hexadecimal


def _read_piece(piece: str) -> int:
    if not _is_number(piece) or len(piece) > 64:
        raise ValueError(piece)
    if piece[:2].lower() == "0x":
        return int(piece[2:] or "0", 16)
    return int(piece, 8) if piece.startswith("0") else int(piece)
