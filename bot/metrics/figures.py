"""The names of what each part has counted. docs/metrics.md says of each what is bad; a test holds the two together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import get_args

from bot.delivery.outbox import Outbox
from bot.dispatch import Dispatcher
from bot.line.client import Kind, LineClient
from bot.line.limits import Endpoint
from bot.metrics.figure import Figure, Part, counter, gauge, histogram
from bot.queue.leases import Leases
from bot.queue.seam import Queue, Settled
from bot.scheduler import Scheduler
from bot.webhook import Webhook
from bot.worker import Worker
from models.rules.checks import RULES

# Every label that can come is there from the start, at 0: Prometheus sees no growth from absent to one.
STATUSES = (200, 400, 401, 413, 503)
OUTCOMES = (*(settled.value for settled in Settled), "failed")
ENDINGS = ("sent", "ambiguous", "set_aside")
ENDPOINTS = get_args(Endpoint)
ASKED = ("raised", "confirmed")


def webhook_figures(webhook: Webhook) -> Part:
    """What came from LINE, and how it was answered."""

    async def part() -> Iterable[Figure]:
        return (
            counter(
                "raingan_webhook_requests_total",
                "Webhook calls by the HTTP status they were answered with.",
                ("status",),
                {(str(status),): webhook.statuses[status] for status in {*STATUSES, *webhook.statuses}},
            ),
            histogram(
                "raingan_webhook_seconds",
                "From a webhook call to its answer; LINE waits 2 s.",
                (),
                {(): webhook.answering},
            ),
            counter("raingan_events_received_total", "Events to be queued.", (), {(): webhook.received}),
            counter("raingan_events_ignored_total", "Events without id, time or source.", (), {(): webhook.ignored}),
        )

    return part


def queue_figures(queue: Queue, now: Callable[[], datetime]) -> Part:
    """What waits for its turn."""

    async def part() -> Iterable[Figure]:
        depth = await queue.depth()
        age = (now() - depth.oldest).total_seconds() if depth.oldest else 0.0
        return (
            gauge("raingan_queue_events", "Events that wait for their turn or have it.", depth.events),
            gauge("raingan_queue_oldest_seconds", "Age of the oldest of them; 0 when there is none.", max(0.0, age)),
        )

    return part


def turn_figures(worker: Worker, dispatcher: Dispatcher, outbox: Outbox, client: LineClient) -> Part:
    """What became of the turns, and how long each stage took."""

    async def part() -> Iterable[Figure]:
        stages = dispatcher.stages
        return (
            histogram(
                "raingan_turn_seconds",
                "How long a turn was in each stage; whole is from the webhook to LINE's acceptance of the reply.",
                ("stage",),
                {
                    ("queue",): worker.waited,
                    ("facts",): stages.facts,
                    ("conversations",): stages.conversations,
                    ("commit",): stages.commit,
                    ("send",): client.sending,
                    ("whole",): outbox.attempts.whole,
                },
            ),
            counter(
                "raingan_turns_total", "Turns by what became of them.", ("outcome",), _each(OUTCOMES, worker.settled)
            ),
            counter(
                "raingan_warnings_total",
                "Warnings of the checks by rule: raised (put to the reporter), confirmed (sent all the same).",
                ("rule", "outcome"),
                {(rule, outcome): dispatcher.warnings[rule, outcome] for rule in RULES for outcome in ASKED},
            ),
        )

    return part


def sending_figures(outbox: Outbox, client: LineClient) -> Part:
    """What goes to LINE."""

    async def part() -> Iterable[Figure]:
        return (
            counter(
                "raingan_sends_total",
                "Calls that send messages, by endpoint and outcome.",
                ("endpoint", "outcome"),
                {(endpoint, kind.value): client.sends[endpoint, kind.value] for endpoint in ENDPOINTS for kind in Kind},
            ),
            counter(
                "raingan_messages_ended_total",
                "Replies and pushes that are done with: sent, ambiguous, set_aside.",
                ("state",),
                _each(ENDINGS, outbox.attempts.ended),
            ),
            gauge("raingan_outbox_messages", "Messages on their way.", outbox.waiting),
            gauge(
                "raingan_outbox_paused", "1 while nothing is sent, because LINE refuses us.", outbox.paused is not None
            ),
        )

    return part


def partition_figures(leases: Leases) -> Part:
    """Whom this process answers, among several."""

    async def part() -> Iterable[Figure]:
        return (
            gauge("raingan_partitions_held", "Partitions of the chats that this process answers.", len(leases.held)),
            gauge("raingan_workers", "Workers that share the partitions, as this process sees it.", leases.processes),
        )

    return part


def schedule_figures(scheduler: Scheduler) -> Part:
    """What is done at certain times."""

    async def part() -> Iterable[Figure]:
        counts = {"fired": scheduler.fired, "failed": scheduler.failed}
        return (
            counter(
                "raingan_schedules_total",
                "Schedules by what came of their looks: fired (in this process for all), failed (tried again).",
                ("schedule", "outcome"),
                {(name, outcome): count[name] for name in scheduler.names for outcome, count in counts.items()},
            ),
        )

    return part


def _each(labels: Iterable[str], counts: Mapping[str, int]) -> dict[tuple[str, ...], float]:
    return {(label,): counts.get(label, 0) for label in labels}
