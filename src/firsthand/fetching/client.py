"""Who asks, and how is it done politely?

One client serves one run of a command: it knows who we are, what each site's robots.txt said,
and when each host may be asked again.
"""

from __future__ import annotations

import ssl
from collections.abc import Collection
from functools import cache
from importlib.metadata import version

import httpcore

from firsthand.errors import FetchError, InputError, Refused
from firsthand.fetching.addresses import Address, read_address
from firsthand.fetching.asking import Answer, Limits, Means, Request, ask_machine
from firsthand.fetching.captured import Headers
from firsthand.fetching.clock import Clock, Deadline, SystemClock
from firsthand.fetching.connecting import dial_number, resolve_host
from firsthand.fetching.lists import load_endings
from firsthand.fetching.robots import ALLOW_ALL, LARGEST, Robots, read_robots
from firsthand.fetching.turns import Turns, read_retry_after

MOVED = (301, 302, 303, 307, 308)
BUSY = (429, 503)
ROBOTS_KEPT = 24 * 60 * 60.0


@cache
def make_tls() -> ssl.SSLContext:
    """Return the rules by which a host must prove who it is."""
    return httpcore.default_ssl_context()


SYSTEM = Means(resolve=resolve_host, dial=dial_number, make_tls=make_tls)


class Client:
    """Who asks: a contact for complaints, ports allowed besides 80 and 443, and why robots.txt is ignored if it is.

    Raises InputError for a contact that cannot be sent.
    """

    def __init__(
        self,
        *,
        contact: str = "",
        ports: Collection[int] = (),
        ignore_robots: str = "",
        limits: Limits | None = None,
        means: Means = SYSTEM,
        clock: Clock | None = None,
    ) -> None:
        self.ports, self.ignore_robots, self.means = frozenset(ports), ignore_robots.strip(), means
        self.limits, self.clock = limits or Limits(), clock or SystemClock()
        self.agent = name_agent(contact)
        self._turns = Turns(self.clock)
        self._robots: dict[str, tuple[float, Robots]] = {}

    def ask_page(self, address: Address, deadline: Deadline) -> Answer:
        """Ask for a page if robots.txt allows and when it is our turn; again if told when. Raises FetchError."""
        robots = ALLOW_ALL if self.ignore_robots else self._find_robots(address, deadline)
        if not robots.allows(address.target):
            raise FetchError(
                f"{address.url}: the site's robots.txt asks robots to keep off this page; "
                'if you have reason to fetch it all the same, give it with --ignore-robots "WHY"'
            )
        delay = max(self.limits.delay, min(robots.delay, self.limits.longest_delay))
        request = Request(address=address, headers=self.write_headers(address), size=self.limits.size)
        for turn in range(self.limits.retries + 1):
            answer = self._ask_in_turn(request, delay, deadline)
            pause = read_retry_after(answer.find_header("retry-after"), self.clock) if answer.status in BUSY else None
            if pause is None or turn == self.limits.retries:
                break
            self._turns.postpone(address.host, pause)
        return answer

    def write_headers(self, address: Address) -> Headers:
        """Return the headers of a request: who asks, and that nothing is to be packed."""
        return (
            ("Host", address.authority),
            ("User-Agent", self.agent),
            ("Accept", ", ".join((*load_endings(), "*/*;q=0.1"))),
            ("Accept-Encoding", "identity"),
            ("Connection", "close"),
        )

    def _ask_in_turn(self, request: Request, delay: float, deadline: Deadline) -> Answer:
        try:
            with self._turns.take(request.address.host, delay, deadline):
                return ask_machine(request, self.means, self.limits, deadline)
        except TimeoutError as late:
            raise FetchError(f"{request.address.url}: {late}; try again later") from None

    def _find_robots(self, address: Address, deadline: Deadline) -> Robots:
        kept = self._robots.get(address.origin)
        if kept is None or self.clock.tick() - kept[0] > ROBOTS_KEPT:
            kept = self.clock.tick(), self._ask_robots(address, deadline)
            self._robots[address.origin] = kept
        return kept[1]

    def _ask_robots(self, address: Address, deadline: Deadline) -> Robots:
        """Return what robots.txt says: nothing where there is none, and no page is fetched where it does not answer."""
        try:
            answer = self._follow_robots(address, deadline)
        except Refused:
            raise
        except FetchError as fault:
            raise FetchError(f"{fault}; its robots.txt must be read first, so the page was not fetched") from None
        if answer is None or (300 <= answer.status < 500 and answer.status not in BUSY):
            return ALLOW_ALL
        if answer.status != 200:
            raise FetchError(f"{answer.address.url}: answers {answer.status}, so the page was not fetched")
        return read_robots(answer.body.decode("utf-8", "replace"))

    def _follow_robots(self, address: Address, deadline: Deadline) -> Answer | None:
        """Return the answer to a site's robots.txt, or None where it leads on too often (RFC 9309, 2.3.1.2)."""
        at = read_address("/robots.txt", ports=self.ports, base=address)
        for _ in range(self.limits.redirects + 1):
            request = Request(address=at, headers=self.write_headers(at), size=LARGEST, page=False, cut=True)
            answer = ask_machine(request, self.means, self.limits, deadline)
            location = find_location(answer)
            if not location:
                return answer
            at = read_address(location, ports=self.ports, base=at)
        return None


def find_location(answer: Answer) -> str:
    """Return where an answer leads on to, or an empty string."""
    return answer.find_header("location").strip() if answer.status in MOVED else ""


def name_agent(contact: str) -> str:
    """Return the User-Agent: which program asks, and where to complain. Raises InputError."""
    contact = contact.strip()
    if not (contact.isascii() and contact.isprintable()) or set(contact) & set("()\\") or len(contact) > 200:
        raise InputError("the contact for web sites (FIRSTHAND_CONTACT) must be a mail or web address in plain letters")
    who = f"contact: {contact}" if contact else "a reader's tool; no contact given"
    return f"firsthand/{version('firsthand')} ({who})"
