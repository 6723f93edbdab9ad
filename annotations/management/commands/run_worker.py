"""Runs the jobs; a row of procrastinate_workers carries this process's heartbeat."""

import asyncio
import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from annotations.lifecycle.watches.turns import hand_out_soon

# A job that outlives the stop is left to another worker, which finds it stalled.
SECONDS_TO_FINISH = 10


class Command(BaseCommand):
    """Works until SIGTERM or Ctrl-C."""

    help = "Run background jobs until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add how many jobs run at once, and a way to leave when none is left."""
        parser.add_argument("--concurrency", type=int, default=1)
        parser.add_argument("--once", action="store_true", help="stop when no job is waiting")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take jobs from every queue as they come."""
        logging.getLogger("procrastinate").setLevel(logging.WARNING)
        connector = app.connector
        assert isinstance(connector, DjangoConnector)
        # What a killed worker left half done goes on as soon as its lease has run out.
        hand_out_soon()
        with app.replace_connector(connector.get_worker_connector()):
            asyncio.run(self._work(options["concurrency"], wait=not options["once"]))

    async def _work(self, concurrency: int, *, wait: bool) -> None:
        async with app.open_async():
            await app.run_worker_async(
                concurrency=concurrency,
                wait=wait,
                shutdown_graceful_timeout=SECONDS_TO_FINISH,
                install_signal_handlers=True,
            )
