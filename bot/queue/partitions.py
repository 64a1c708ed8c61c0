"""Who answers whom: chats fall into partitions, and each partition is one process's at a time.

What one process holds it alone hands out and sends, so that a chat's events and answers keep their order whatever the
number of processes. The embedded queue's process is `Alone`; several share by leases (`bot.queue.leases`).
"""

from __future__ import annotations

from typing import Protocol
from zlib import crc32

PARTITIONS = 64
ALL = frozenset(range(PARTITIONS))


def partition_of(chat_id: str) -> int:
    """The partition of a chat, the same in every process and every release: 0 to 63."""
    return crc32(chat_id.encode()) % PARTITIONS


class Partitions(Protocol):
    """What this process holds."""

    def holds(self, chat_id: str) -> bool:
        """Whether this process may send to the chat at this moment; it may be unsure for a while of what it owns."""

    def owns(self, chat_id: str) -> bool:
        """Whether the chat is this process's as far as it knows."""

    @property
    def processes(self) -> int:
        """How many processes share the partitions, this one included: LINE's rate is divided by it."""


class Alone:
    """The only process."""

    processes = 1

    def holds(self, chat_id: str) -> bool:  # noqa: ARG002 - every chat is this process's
        return True

    def owns(self, chat_id: str) -> bool:  # noqa: ARG002
        return True
