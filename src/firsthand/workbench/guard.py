"""Who may read and change a case through the workbench?

Whoever holds this run's token, from a page of this workbench, under the name it was started with. The token comes once
in the address, is kept in a cookie that no script reads, and stands in every form: a page elsewhere knows neither.
"""

from __future__ import annotations

import hmac
import re
import secrets
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from firsthand.model import record

TOKEN_HEADER = "x-firsthand-token"
STATIC = "/static/"
SAFE = ("GET", "HEAD")
STRAY = re.compile(rb"%2f|%5c|%00|\\|//|/\.\.?(?:/|$)|%2e", re.IGNORECASE)
"""Ways to write a path that mean another place than they show; no address of ours holds one."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@record
class Door:
    """The names a workbench answers to, such as "127.0.0.1:8765", its token, and the name of its cookie."""

    hosts: tuple[str, ...]
    token: str
    cookie: str


def make_door(host: str, port: int) -> Door:
    """Return a door with a token of its own; on this machine alone it answers to "localhost" too."""
    names = [host, "localhost"] if host in ("127.0.0.1", "::1") else [host]
    hosts = tuple(f"[{name}]:{port}" if ":" in name else f"{name}:{port}" for name in names)
    return Door(hosts=hosts, token=secrets.token_urlsafe(24), cookie=f"firsthand-{port}")


class Guard:
    """Turns away what does not come from this workbench's own pages, and says what its pages may do."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self.app = app
        self.door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is allowed, and answer the rest here."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        refused = self._judge(scope) if scope["type"] == "http" else PlainTextResponse("not served", 404)
        await (refused or self.app)(scope, receive, _add_headers(send))

    def _judge(self, scope: Scope) -> Response | None:
        headers, method = Headers(scope=scope), scope["method"]
        if headers.get("host", "").lower() not in self.door.hosts:
            return _refuse("This workbench does not answer to that name.", 421)
        if STRAY.search(scope.get("raw_path") or b"") or STRAY.search(scope["path"].encode()):
            return _refuse("There is no such page.", 404)
        if not self._is_ours(headers):
            return _refuse("That request comes from another page.", 403)
        if method not in (*SAFE, "POST"):
            return _refuse("Pages are read with GET and changed with POST.", 405)
        if scope["path"].startswith(STATIC) and method in SAFE:
            return None
        return self._ask_token(scope, headers)

    def _is_ours(self, headers: Headers) -> bool:
        origin = headers.get("origin")
        known = {f"http://{host}" for host in self.door.hosts}
        if origin is not None and origin.lower() not in known:
            return False
        return headers.get("sec-fetch-site", "none") in ("none", "same-origin")

    def _ask_token(self, scope: Scope, headers: Headers) -> Response | None:
        given = [(key, value) for key, value in parse_qsl(scope["query_string"].decode("latin-1"))]
        told = next((value for key, value in given if key == "token"), None)
        if told is not None and scope["method"] in SAFE and self._is_token(told):
            rest = urlencode([(key, value) for key, value in given if key != "token"])
            response = RedirectResponse(scope["path"] + (f"?{rest}" if rest else ""), 303)
            response.set_cookie(self.door.cookie, self.door.token, httponly=True, samesite="strict", path="/")
            return response
        if not self._is_token(_read_cookie(headers, self.door.cookie)):
            return _refuse("Open the address that firsthand serve printed; it holds this run's token.", 403)
        return None

    def _is_token(self, told: str) -> bool:
        return hmac.compare_digest(told.encode(), self.door.token.encode())


def is_allowed(door: Door, told: str | None) -> bool:
    """Return whether a change carries the token, as its form or header must beside the cookie."""
    return hmac.compare_digest((told or "").encode(), door.token.encode())


def _read_cookie(headers: Headers, name: str) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def _add_headers(send: Send) -> Send:
    async def send_with(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return send_with


def _refuse(words: str, status: int) -> Response:
    return PlainTextResponse(f"{words}\n", status)
