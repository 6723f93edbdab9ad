"""A time-stamp authority on this machine: a CA made by openssl, asked over HTTP as any other."""

import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

CONFIG = """
[tsa]
default_tsa = one
[one]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
certs = {folder}/ca.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
[signing]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
"""


def openssl(*arguments: object) -> bytes:
    """Run openssl; its output, or an error with what it said."""
    done = subprocess.run(["openssl", *map(str, arguments)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


class Authority:
    """Signs what it is sent, or answers `instead`; `asked` holds every request."""

    def __init__(self, folder: Path, name: str = "Time Authority") -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.ca = folder / "ca.pem"
        self.asked: list[bytes] = []
        self.instead: tuple[int, bytes] | None = None
        self._make_certificates(name)
        self._server = HTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}/tsr"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def sign(self, request: bytes) -> bytes:
        """What `openssl ts -reply` makes of a request."""
        query, reply = self.folder / "query.tsq", self.folder / "reply.tsr"
        query.write_bytes(request)
        config = self.folder / "tsa.cnf"
        openssl(
            "ts", "-reply", "-config", config, "-section", "one", "-queryfile", query, "-out", reply
        )
        return reply.read_bytes()

    def _make_certificates(self, name: str) -> None:
        folder = self.folder
        (folder / "serial").write_text("01\n")
        config = folder / "tsa.cnf"
        config.write_text(CONFIG.format(folder=folder))
        key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
        openssl("req", "-x509", *key, "-keyout", folder / "ca.key", "-out", self.ca,
                "-subj", f"/CN={name} Root", "-days", "30")  # fmt: skip
        openssl("req", "-new", *key, "-keyout", folder / "tsa.key", "-out", folder / "tsa.csr",
                "-subj", f"/CN={name}")  # fmt: skip
        openssl("x509", "-req", "-in", folder / "tsa.csr", "-CA", self.ca, "-CAkey",
                folder / "ca.key", "-CAcreateserial", "-days", "30", "-extfile", config,
                "-extensions", "signing", "-out", folder / "tsa.pem")  # fmt: skip

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        authority = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                request = self.rfile.read(int(self.headers["Content-Length"]))
                authority.asked.append(request)
                status, body = authority.instead or (200, authority.sign(request))
                self.send_response(status)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        return Handler
