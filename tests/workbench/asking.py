"""How do the workbench's tests ask it without a browser?"""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

BOUNDARY = "a-boundary-of-the-tests"


class Answer(NamedTuple):
    """What came back."""

    status: int
    words: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def told(self) -> Any:
        return json.loads(self.words)


class Asker:
    """Somebody with this run's token."""

    def __init__(self, bench) -> None:
        self.bench = bench

    def get(self, path, **headers) -> Answer:
        """Ask for a page once what follows from the files is worked out."""
        self.bench.desk.look(wait=60)
        return self._ask("GET", path, b"", headers)

    def post(self, path, told: Mapping[str, str] | None = None, **headers) -> Answer:
        body = urlencode({"token": self.bench.door.token} | dict(told or {})).encode()
        return self._ask("POST", path, body, {"content_type": "application/x-www-form-urlencoded"} | headers)

    def send(
        self, path, files: Sequence[tuple[str, bytes]], told: Mapping[str, str] | None = None, **headers
    ) -> Answer:
        parts = []
        for key, value in ({"token": self.bench.door.token} | dict(told or {})).items():
            parts.append(f'--{BOUNDARY}\r\ncontent-disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode())
        for name, body in files:
            shown = name.replace('"', "%22").encode()
            parts.append(
                b'--%b\r\ncontent-disposition: form-data; name="files"; filename="%b"\r\n\r\n%b\r\n'
                % (BOUNDARY.encode(), shown, body)
            )
        body = b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()
        return self._ask("POST", path, body, {"content_type": f"multipart/form-data; boundary={BOUNDARY}"} | headers)

    def _ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        place = urlsplit(self.bench.address)
        connection = http.client.HTTPConnection(place.hostname, place.port, timeout=60)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        sent["cookie"] = f"{self.bench.door.cookie}={self.bench.door.token}"
        connection.request(method, path, body or None, sent)
        answer = connection.getresponse()
        read = answer.read()
        return Answer(answer.status, read.decode("utf-8", "replace"), dict(answer.getheaders()), read)
