"""How the web server runs: a few threads in two processes, never without its supervisor."""

import gc
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


def post_worker_init(worker: object) -> None:
    """Keep the collector from walking the loaded program in the middle of a page.

    A page of a thousand claims allocates enough to trigger several full collections; what was
    loaded at start never becomes garbage. Saves about a tenth of such a page's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
