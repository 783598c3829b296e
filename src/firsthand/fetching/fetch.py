"""How does an address on the web become a page that was captured?"""

from __future__ import annotations

from firsthand.errors import FetchError
from firsthand.fetching.addresses import Address, read_address, show_address
from firsthand.fetching.asking import Answer, find_ending
from firsthand.fetching.captured import Captured, Hop
from firsthand.fetching.client import BUSY, Client, find_location
from firsthand.fetching.clock import Deadline


def fetch_url(url: str, *, client: Client) -> Captured:
    """Capture what stands at an address, following redirects; each step is checked like the first.

    Raises Refused for an address that is never asked, FetchError for one that does not give a page:
    too slow, too large, of a type that is not read, kept off by robots.txt, led on too often, or any status but 200.
    """
    deadline = Deadline(client.clock, client.limits.total)
    address, hops = read_address(url, ports=client.ports), list[Hop]()
    while True:
        answer = client.ask_page(address, deadline)
        location = find_location(answer)
        if not location:
            return _capture(url, tuple(hops), answer, client)
        hops.append(Hop(url=address.url, status=answer.status, location=location, headers=answer.headers))
        if len(hops) > client.limits.redirects:
            raise FetchError(f"{show_address(url)}: leads on more than {client.limits.redirects} times")
        address = _lead_on(location, address, client)


def _lead_on(location: str, address: Address, client: Client) -> Address:
    """Return the address a redirect leads to. Raises Refused, with the address that led there."""
    try:
        return read_address(_decode_location(location), ports=client.ports, base=address)
    except FetchError as fault:
        raise type(fault)(f"{show_address(address.url)} leads on to {fault}") from None


def _decode_location(location: str) -> str:
    """Return the words of a header that came byte by byte: UTF-8, or else each foreign byte with its percent sign."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return "".join(sign if sign.isascii() else f"%{ord(sign):02X}" for sign in location)


def _capture(url: str, hops: tuple[Hop, ...], answer: Answer, client: Client) -> Captured:
    shown = show_address(answer.address.url)
    if answer.status != 200:
        later = "; try again later" if answer.status in BUSY else ""
        raise FetchError(f"{shown}: answers {answer.status} {answer.reason[:80]}".rstrip() + later)
    if not answer.body.strip():
        raise FetchError(f"{shown}: is empty")
    return Captured(
        url=url,
        final_url=answer.address.url,
        redirects=hops,
        status=answer.status,
        reason=answer.reason,
        headers=answer.headers,
        body=answer.body,
        retrieved=client.clock.now(),
        ending=find_ending(answer),
        peer=answer.peer,
        asked=client.write_headers(answer.address),
        robots=f"ignored: {client.ignore_robots}" if client.ignore_robots else "heeded",
    )
