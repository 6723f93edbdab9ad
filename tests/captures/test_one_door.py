"""Nothing of ours opens a connection to elsewhere but the network client."""

import ast
import re
from pathlib import Path

import annotations

ROOT = Path(annotations.__file__).parent
CONNECTING = (
    "aiohttp", "asyncio", "ftplib", "http.client", "httpcore", "httpx", "imaplib", "poplib",
    "pycurl", "requests", "smtplib", "socket", "socketserver", "ssl", "telnetlib",
    "urllib.request", "urllib3", "webbrowser", "websockets", "xmlrpc",
)  # fmt: skip
# The client itself, and who hands it the rules of secure connections and reads its errors.
THE_DOOR = {"captures/network.py", "captures/fetching.py", "captures/posting.py"}
# Waits for the database in an event loop.
THE_WORKER = {"management/commands/run_worker.py"}


# Whatever imports one of them says so in letters; reading every file's grammar takes a second.
MAY = re.compile("|".join(rf"\b{one.replace('.', '(?:[.]| import )')}\b" for one in CONNECTING))


def imported(source):
    """Every module that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in ("import_module", "__import__") and node.args:
                yield getattr(node.args[0], "value", "") or ""


def connects(name):
    return any(name == one or str(name).startswith(f"{one}.") for one in CONNECTING)


def test_no_other_module_can_connect():
    through = {
        str(path.relative_to(ROOT))
        for path in ROOT.rglob("*.py")
        if MAY.search(source := path.read_text(encoding="utf-8"))
        and any(connects(name) for name in imported(source))
    }
    assert through == THE_DOOR | THE_WORKER


def test_the_test_finds_what_it_looks_for():
    for source in (
        "import socket",
        "from urllib.request import urlopen",
        "from urllib import request",
        "def f():\n    import http.client as c",
        "importlib.import_module('requests')",
        "import os, httpx",
    ):
        assert any(connects(name) for name in imported(source)), source
        assert MAY.search(source), source
    for source in ("from urllib.parse import urlsplit", "import http", "import ssl_check"):
        assert not any(connects(name) for name in imported(source)), source
