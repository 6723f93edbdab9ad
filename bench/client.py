"""One person at the web server: a connection that is kept, cookies, and a token for the API."""

import http.client
import json
import re
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

TOKEN_FIELD = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
CHUNK = 65536


class Unexpected(Exception):
    """The server answered something else than what is being measured."""


class Client:
    """Requests over one kept connection, as a browser's or a program's would be."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._origin = f"http://localhost:{port}"
        self._host = f"localhost:{port}"
        self.cookies: dict[str, str] = {}
        self.token = ""

    def get(self, path: str) -> bytes:
        """Read a page."""
        return self._request("GET", path)

    def get_length(self, path: str) -> int:
        """Read an answer piece by piece and return its length in bytes."""
        answer = self._send("GET", path, b"", self._headers())
        length = 0
        while piece := answer.read(CHUNK):
            length += len(piece)
        if answer.status != 200:
            raise Unexpected(f"GET {path} answered {answer.status}")
        return length

    def post_form(self, path: str, **fields: str) -> bytes:
        """Fill in the form at `path` and send it."""
        found = TOKEN_FIELD.search(self.get(path))
        if found is None:
            raise Unexpected(f"There is no form at {path}")
        body = urlencode({"csrfmiddlewaretoken": found[1].decode(), **fields})
        kind = "application/x-www-form-urlencoded"
        return self._request("POST", path, body.encode(), kind)

    def post_json(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Send an object to the API and return the one it answers with."""
        sent = json.dumps(body, ensure_ascii=False).encode()
        answer: dict[str, Any] = json.loads(self._request("POST", path, sent, "application/json"))
        return answer

    def post_from_page(self, path: str, fields: list[tuple[str, str]]) -> bytes:
        """Send a form as the page's script does: it has the token, and takes a part for answer."""
        more = {"HX-Request": "true", "X-CSRFToken": self.cookies["factcheck_csrf"]}
        kind = "application/x-www-form-urlencoded"
        return self._request("POST", path, urlencode(fields).encode(), kind, more)

    def etag_of(self, path: str) -> str:
        """Read a page and return its ETag."""
        answer = self._send("GET", path, b"", self._headers())
        answer.read()
        return answer.headers["ETag"] or ""

    def get_unchanged(self, path: str, etag: str) -> None:
        """Ask whether a page is another than the one with this ETag; it must not be."""
        answer = self._send("GET", path, b"", {**self._headers(), "If-None-Match": etag})
        answer.read()
        if answer.status != 304:
            raise Unexpected(f"GET {path} answered {answer.status}, not 304")

    def _request(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        kind: str = "",
        more: dict[str, str] | None = None,
    ) -> bytes:
        headers = {**self._headers(), **(more or {})}
        if kind:
            headers["Content-Type"] = kind
        answer = self._send(method, path, body, headers)
        content = answer.read()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            self.cookies.update({key: one.value for key, one in SimpleCookie(cookie).items()})
        if answer.status >= 400:
            raise Unexpected(f"{method} {path} answered {answer.status}: {content[:600]!r}")
        return content

    def _send(
        self, method: str, path: str, body: bytes, headers: dict[str, str]
    ) -> http.client.HTTPResponse:
        try:
            self._connection.request(method, path, body or None, headers)
            return self._connection.getresponse()
        except http.client.RemoteDisconnected:
            # The server closes what was silent for a few seconds, unread.
            self._connection.close()
            self._connection.request(method, path, body or None, headers)
            return self._connection.getresponse()

    def _headers(self) -> dict[str, str]:
        headers = {"Host": self._host, "Origin": self._origin, "Referer": f"{self._origin}/"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        elif self.cookies:
            headers["Cookie"] = "; ".join(f"{key}={one}" for key, one in self.cookies.items())
        return headers
