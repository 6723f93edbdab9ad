"""Reads the environment into plain values; every variable is described in docs/deploy.md."""

import os
import secrets
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def variable_directory(env: dict[str, str] | os._Environ[str]) -> Path:
    """Return where data, files and keys live: FACTCHECK_VAR, or `var/` in the checkout."""
    return Path(env.get("FACTCHECK_VAR") or BASE_DIR / "var").resolve()


@dataclass(frozen=True)
class Site:
    """The one public address; hosts, CSRF origins, links, cookies and HSTS follow from it."""

    url: str
    host: str
    secure: bool
    loopback: bool

    @property
    def origin(self) -> str:
        """Return scheme, host and port, as a browser sends them in `Origin`."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def allowed_hosts(self) -> list[str]:
        """Return the host names the server answers to."""
        return ["localhost", "127.0.0.1", "[::1]"] if self.loopback else [self.host]

    @property
    def trusted_origins(self) -> list[str]:
        """Return the origins forms may be posted from."""
        if not self.loopback:
            return [self.origin]
        port = urlsplit(self.url).port
        return [f"http://{host}:{port}" for host in ("localhost", "127.0.0.1", "[::1]")]


def read_site(env: dict[str, str] | os._Environ[str]) -> Site:
    """Read SITE_URL (http://localhost:PORT when unset); refuse plain http beyond loopback."""
    url = (env.get("SITE_URL") or f"http://localhost:{env.get('PORT') or '8000'}").rstrip("/")
    problem = ImproperlyConfigured(
        f"SITE_URL must be http(s)://host[:port] with no path, not {url!r}."
    )
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError as error:
        raise problem from error
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
        raise problem
    loopback = _is_loopback(parts.hostname)
    if parts.scheme == "http" and not loopback:
        raise ImproperlyConfigured(
            f"SITE_URL is {url}: plain http is accepted on a loopback host only. "
            "Put a TLS proxy in front and set SITE_URL to its https address."
        )
    return Site(url, parts.hostname.lower(), parts.scheme == "https", loopback)


def check_numbers(env: dict[str, str] | os._Environ[str]) -> None:
    """Refuse, before anything is started, a number that settings could not read later."""
    for name in (
        "TRUSTED_PROXIES",
        "EMAIL_PORT",
        "EVIDENCE_FILE_MIB",
        "WATCH_HOST_GAP",
        "WATCH_CHECKS_AT_ONCE",
    ):
        read_number(env, name, 0)


def read_number(env: dict[str, str] | os._Environ[str], name: str, default: int) -> int:
    """Read a variable that is a whole number; refuse anything else by its name."""
    value = env.get(name) or str(default)
    if not value.isascii() or not value.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def read_test_hosts(env: dict[str, str] | os._Environ[str]) -> list[str]:
    """Read CAPTURE_TEST_HOSTS: names, with spaces between, that captures ask this machine for.

    Only names nobody can own are taken (RFC 6761), so that no real site is ever diverted.
    """
    hosts = (env.get("CAPTURE_TEST_HOSTS") or "").lower().split()
    for host in hosts:
        if host != "localhost" and not host.endswith((".test", ".localhost")):
            raise ImproperlyConfigured(
                f"CAPTURE_TEST_HOSTS may name localhost and hosts under .test or .localhost, "
                f"not {host!r}."
            )
    return hosts


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def read_secret_key(env: dict[str, str] | os._Environ[str]) -> str:
    """Read SECRET_KEY; without a DATABASE_URL, keep a generated one in var/keys (mode 0600)."""
    if env.get("SECRET_KEY"):
        return env["SECRET_KEY"]
    if env.get("DATABASE_URL") and not _is_loopback(read_site(env).host):
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Set it to a long random text, the same for every process."
        )
    path = variable_directory(env) / "keys" / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Linked into place so that two processes starting at once agree on one key.
        draft = path.with_name(f".secret_key.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


@dataclass(frozen=True)
class TimeStampAuthority:
    """Who stamps times (RFC 3161): nobody unless `url` is set; `ca_file` is a PEM file's path.

    `is_inside` lets it be in a network where no page is ever fetched.
    """

    url: str = ""
    ca_file: str = ""
    is_inside: bool = False


def read_authority(env: dict[str, str] | os._Environ[str]) -> TimeStampAuthority:
    """Read who stamps times; refuse an address or a file that cannot be one, by its name."""
    url = (env.get("TIMESTAMP_AUTHORITY_URL") or "").strip()
    ca_file = (env.get("TIMESTAMP_AUTHORITY_CA_FILE") or "").strip()
    if url and not (url.startswith(("http://", "https://")) and urlsplit(url).hostname):
        raise ImproperlyConfigured(
            f"TIMESTAMP_AUTHORITY_URL must be an http or https address, not {url!r}."
        )
    if ca_file and not Path(ca_file).is_file():
        raise ImproperlyConfigured(
            f"TIMESTAMP_AUTHORITY_CA_FILE names no file that is there: {ca_file!r}."
        )
    is_inside = read_number(env, "TIMESTAMP_AUTHORITY_INSIDE", 0) > 0
    return TimeStampAuthority(url, ca_file, is_inside)
