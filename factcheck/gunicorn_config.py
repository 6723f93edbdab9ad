"""How the web server runs: a few threads in two processes, never without its supervisor."""

import os
import signal

from factcheck.embedded.processes import die_with

workers = 2
threads = 4
worker_class = "gthread"
timeout = 60
graceful_timeout = 8
keepalive = 5
# A file of heartbeats on a disk can stall a worker; memory cannot.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
control_socket_disable = True
loglevel = "warning"


def post_fork(server: object, worker: object) -> None:
    """Let a worker die with the master, which may be killed without a word."""
    die_with(os.getppid(), signal.SIGKILL)
