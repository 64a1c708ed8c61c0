"""Faults that a test wants LINE to have: each is used once, in order, by the next call of its endpoint."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with one call.

    `status` with `body` is answered instead of the real answer (None: the real answer); `reset` cuts the connection
    without an answer. Before that the call waits `delay_s` real seconds. With `after_accepting` the call has its full
    effect first (a reply token is spent, people get the messages, a retry key is remembered), else it has none.
    A fault that only delays leaves the call otherwise as it is.
    """

    status: int | None = None
    after_accepting: bool = False
    delay_s: float = 0.0
    reset: bool = False
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def answers(self) -> bool:
        """Whether something else comes back than the real answer."""
        return self.reset or self.status is not None


class Faults:
    """The queues of faults, by endpoint.

    reply, push, multicast, validate, profile, info, quota, loading, leave, content, preview, transcoding, and
    those of rich menus: richmenu_create, _validate, _upload, _image, _read, _list, _delete, _default, _link, _unlink,
    _bulk_link, _bulk_unlink.
    """

    def __init__(self) -> None:
        self._waiting: defaultdict[str, deque[Fault]] = defaultdict(deque)

    def add(self, endpoint: str, *faults: Fault) -> None:
        """Let the next calls of `endpoint` have these faults, one each."""
        self._waiting[endpoint].extend(faults)

    def take(self, endpoint: str) -> Fault | None:
        """The fault of the call that has just come in."""
        waiting = self._waiting[endpoint]
        return waiting.popleft() if waiting else None

    def clear(self) -> None:
        """Forget every fault not yet used."""
        self._waiting.clear()
