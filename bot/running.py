"""What a process of the bot does and consists of, for its parts and for tests."""

from __future__ import annotations

from dataclasses import dataclass, field

from aiohttp import web

from bot.clock import Clock
from bot.conversations import Conversations
from bot.delivery.outbox import Outbox
from bot.evidence.jobs import EvidenceWorker
from bot.evidence.store import Store, StoreUnavailable, open_store
from bot.metrics.page import Metrics
from bot.queue.embedded import EmbeddedQueue
from bot.queue.jetstream import JetStreamQueue
from bot.richmenu.links import MenuLinks
from bot.scheduler import Scheduler
from bot.settings import Settings
from bot.simulator.platform import Platform
from bot.stopping import Stopping
from bot.webhook import Webhook

WEB, WORKER, SCHEDULER = "web", "worker", "scheduler"
ROLES = frozenset({WEB, WORKER, SCHEDULER})
"""What a process may do: take webhooks and show pages; let the conversations speak and send; fire what is due by time.

One process does all three unless told otherwise (`serve --role`).
"""
QUEUEING = frozenset({WEB, WORKER})
"""The roles that have to do with the queue."""


class CannotServe(Exception):
    """The bot cannot start like this. The sentence is for the person at the command line."""


@dataclass(slots=True)
class Running:
    """What other parts, and tests, may look at while the application runs."""

    settings: Settings
    clock: Clock
    conversations: Conversations
    roles: frozenset[str]
    queue: EmbeddedQueue | JetStreamQueue
    webhook: Webhook
    platform: Platform | None
    """The simulated LINE; None while serving the real one."""
    metrics: Metrics
    outbox: Outbox | None = None
    evidence: EvidenceWorker | None = None
    scheduler: Scheduler | None = None
    menus: MenuLinks | None = None
    stopping: Stopping = field(default_factory=Stopping)
    refused: str = ""
    """What LINE said against the access token; empty when it is accepted or not asked yet."""

    def reasons(self) -> list[str]:
        """Why this process is not ready for what it does, beside its database; for /readyz."""
        reasons = []
        if isinstance(self.queue, JetStreamQueue) and self.roles & QUEUEING and not self.queue.connected:
            reasons.append("queue unreachable")
        if WORKER not in self.roles:
            return reasons
        if self.outbox is None or self.evidence is None:
            return [*reasons, "starting or stopping"]
        if self.outbox.paused:
            reasons.append(f"sending paused: {self.outbox.paused}")
        elif self.refused:
            reasons.append(self.refused)
        return [*reasons, *self.evidence.reasons()]


RUNNING = web.AppKey("running", Running)


async def store_of(settings: Settings) -> Store:
    """Where pictures are kept. Raises CannotServe when it cannot be; a bucket that is away shows in readiness."""
    try:
        return await open_store(settings)
    except StoreUnavailable as error:
        raise CannotServe(str(error)) from error
