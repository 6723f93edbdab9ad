"""What every record of the sample is made with."""

from datetime import UTC, datetime

AT = datetime(2022, 3, 2, 18, 30, 0, 250000, tzinfo=UTC)


def uid(number: int) -> str:
    """A fixed UUIDv7."""
    return f"017f4b5c-0000-7000-8000-{number:012d}"


REVIEWER, MODERATOR = uid(1), uid(2)
MADE = {"created_at": AT, "created_by": REVIEWER}
EDITED = {**MADE, "updated_at": AT, "revision": 2}
