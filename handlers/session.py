"""Where a chat stands: plain data that survives restarts and deploys as JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct, field

Answers = dict[str, Any]
"""Question name → answer, as JSON: a string, a list of strings, a dict. A decimal is kept as its string."""


class Session(Struct, frozen=True):
    """One person's place in one conversation.

    The position is derived from `answers`: the first relevant question without one. `asked` only remembers what was
    asked last, so that an answer is never filed under another question. Nothing is stored as an index.
    """

    conversation: str = ""
    """The conversation's name; empty when nothing is under way."""
    id: str = ""
    """Carried by every button of this session; another id is stale. It is the id of the event that began it."""
    answers: Answers = field(default_factory=dict)
    asked: str = ""
    asked_at: datetime | None = None
    """When the question was asked. An event older than this is never filed as its answer."""
    offered: tuple[tuple[str, Any], ...] = ()
    """Readings offered back for an unclear answer: (label, answer) pairs that may be tapped or typed."""
    held: tuple[tuple[str, str], ...] = ()
    """Texts kept back because they were older than their question, with their message ids; one tap uses them."""
    draft_revision: int = 0
    """The draft's revision as this session last saw it; a colleague who continued has raised it."""
    base_version: int = 0
    """The report's version this session began from; 0 when nothing had been sent."""

    def dump(self) -> dict[str, Any]:
        """As JSON. An idle session is an empty object."""
        if self == Session():
            return {}
        return {
            "conversation": self.conversation,
            "id": self.id,
            "answers": self.answers,
            "asked": self.asked,
            "asked_at": self.asked_at.isoformat() if self.asked_at else None,
            "offered": [list(pair) for pair in self.offered],
            "held": [list(pair) for pair in self.held],
            "draft_revision": self.draft_revision,
            "base_version": self.base_version,
        }

    @classmethod
    def load(cls, data: dict[str, Any]) -> Session:
        """Read what `dump` wrote; what an older release did not write gets its default, unknown fields are dropped."""
        asked_at = data.get("asked_at")
        return cls(
            conversation=data.get("conversation", ""),
            id=data.get("id", ""),
            answers=data.get("answers", {}),
            asked=data.get("asked", ""),
            asked_at=datetime.fromisoformat(asked_at) if asked_at else None,
            offered=tuple((label, value) for label, value in data.get("offered", ())),
            held=tuple((message_id, text) for message_id, text in data.get("held", ())),
            draft_revision=data.get("draft_revision", 0),
            base_version=data.get("base_version", 0),
        )
