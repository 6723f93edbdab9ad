"""The floor of a page: the same paragraphs as plain HTML, served from memory on loopback."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextmanager
def serve_plain(text: str) -> Iterator[str]:
    """Serve the text and give its address."""
    page = plain_page(text).encode()

    class Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def plain_page(text: str) -> str:
    """Return a page of the paragraphs, no style, no script and no marks."""
    paragraphs = "".join(f"<p>{escape(one)}</p>" for one in re.split(r"\n\n+", text.strip()))
    return (
        '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>Plain</title>'
        f"<article data-text>{paragraphs}</article>"
    )
