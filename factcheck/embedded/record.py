"""What is written down about an embedded server: its folders and passwords (mode 0600)."""

import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import quote

from factcheck.embedded.places import MAJOR
from factcheck.errors import StartRefused

SUPERUSER = "postgres"
OWNER = "factcheck_owner"
APP = "factcheck_app"
DATABASE = "factcheck"


@dataclass
class Record:
    """The one file that later processes read to find the server."""

    home: str
    sockets: str
    programs: str
    passwords: dict[str, str] = field(default_factory=dict)
    # True once roles and database exist.
    complete: bool = False
    owner: str = OWNER
    app: str = APP

    def url(self, role: str, database: str = DATABASE) -> str:
        """Return the address of a database of this server for a role."""
        address = f"{quote(role)}:{quote(self.passwords[role])}@"
        return f"postgresql://{address}/{quote(database)}?host={quote(self.sockets, safe='')}"


def record_path(var: Path) -> Path:
    """Return the file that holds the record of the server that belongs to `var`."""
    return var / "pg" / f"{MAJOR}.json"


def read_record(var: Path) -> Record | None:
    """Read the record; None when no server was ever made here."""
    try:
        return Record(**json.loads(record_path(var).read_text()))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError) as error:
        raise StartRefused(
            f"{record_path(var)}, which holds the passwords of the embedded database, cannot be "
            "read: put an earlier copy of it back."
        ) from error


def write_record(var: Path, record: Record) -> None:
    """Write the record in one step, readable by its owner alone."""
    path = record_path(var)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(asdict(record), indent=2))
    draft.replace(path)


def fresh_passwords() -> dict[str, str]:
    """Return a new password for each role."""
    return {role: secrets.token_urlsafe(24) for role in (SUPERUSER, OWNER, APP)}
