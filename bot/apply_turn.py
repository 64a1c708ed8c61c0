"""Which file has the rows of which effect."""

from __future__ import annotations

from collections.abc import Sequence

from bot.apply import Stored, TurnOf, Writes
from bot.apply_chat import of_chat
from bot.apply_evaluation import evaluate
from bot.apply_evidence import evidence
from bot.apply_person import people
from bot.apply_report import cancel_draft, keep_draft, submit, withdraw
from bot.apply_review import decisions
from bot.reminders.asked import ask_reminders
from handlers.effects import (
    AddActivity,
    AddTarget,
    Ask,
    AskReminders,
    CancelDraft,
    Decide,
    DropEvidence,
    Effect,
    EndMembership,
    Evaluate,
    KeepDraft,
    KeepEvidence,
    PublishEvidence,
    Review,
    Submit,
    Withdraw,
)


def apply_turn(writes: Writes, turn: TurnOf, effects: Sequence[Effect], stored: Stored) -> None:
    """Add the rows of one turn's effects; raises Conflict."""
    people(writes, turn, effects, stored)
    for effect in effects:
        match effect:
            case KeepDraft():
                keep_draft(writes, turn, effect, stored)
            case CancelDraft():
                cancel_draft(writes, turn, effect, stored)
            case Submit():
                submit(writes, turn, effect, stored)
            case Withdraw():
                withdraw(writes, turn, effect, stored)
            case Review() | Ask() | Decide() | AddActivity() | AddTarget() | EndMembership():
                decisions(writes, turn, effect, stored)
            case KeepEvidence() | DropEvidence() | PublishEvidence():
                evidence(writes, turn, effect)
            case Evaluate():
                evaluate(writes, turn, effect)
            case AskReminders():
                ask_reminders(writes, turn, effect)
            case _:
                of_chat(writes, turn, effect)
