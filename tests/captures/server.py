"""A web server on this machine that misbehaves as it is told to: bytes and pauses, path by path."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator

Answer = Callable[["Server", str], Iterator[bytes | float]]
SITE = "news.test"


class Server:
    """Answers each path by what was registered for it: bytes are sent, numbers slept (seconds)."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self._tls = tls
        self.socket.settimeout(0.2)
        self.port = self.socket.getsockname()[1]
        self.asked: list[bytes] = []
        self.sent = 0
        self._answers: dict[str, Answer] = {}
        self._is_open = True
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def url(self, path: str, host: str = SITE) -> str:
        """The address of a path at a test host."""
        return f"{'https' if self._tls else 'http'}://{host}:{self.port}{path}"

    def on(self, path: str, *parts: bytes | float) -> str:
        """Answer a path with these bytes and pauses; return its address."""
        return self.on_call(path, lambda server, asked: iter(parts))

    def on_call(self, path: str, answer: Answer) -> str:
        """Answer a path by calling; return its address."""
        self._answers[path] = answer
        return self.url(path)

    def close(self) -> None:
        self._is_open = False
        self.socket.close()
        self._thread.join(2)

    def _serve(self) -> None:
        while self._is_open:
            try:
                connection, _peer = self.socket.accept()
            except OSError:
                continue
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        connection.settimeout(5)
        ends = time.monotonic() + 10
        try:
            with self._secured(connection) as connection:
                head = b""
                while b"\r\n\r\n" not in head and (piece := connection.recv(65536)):
                    head += piece
                    if not head.startswith(b"GET "):
                        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                        return
                self.asked.append(head)
                path = head.split(b" ")[1].decode() if b" " in head else ""
                answer = self._answers.get(path.split("?")[0])
                for part in answer(self, path) if answer else iter([page(b"", 404)]):
                    if not self._is_open or time.monotonic() > ends:
                        return
                    if isinstance(part, bytes):
                        connection.sendall(part)
                        self.sent += len(part)
                    else:
                        time.sleep(part)
        except OSError:
            pass  # The client has gone, which is what it is there to do.

    def _secured(self, connection: socket.socket) -> socket.socket:
        if self._tls is None:
            return connection
        return self._tls.wrap_socket(connection, server_side=True)


def page(
    body: bytes, status: int = 200, *headers: str, kind: str = "text/html; charset=utf-8"
) -> bytes:
    """A well-formed answer."""
    lines = [
        f"HTTP/1.1 {status} Whatever",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        *headers,
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def to(location: str, status: int = 302) -> bytes:
    """A redirect."""
    return page(b"", status, f"Location: {location}")
