"""What a turn changes about its chat: what was taken back, wrong codes, a menu to be linked again; as rows."""

from __future__ import annotations

from bot import sql
from bot.apply import TurnOf, Writes
from bot.apply_evidence import unsend_evidence
from bot.richmenu.statements import DROP_LINK
from handlers.effects import Effect, SetReachable, Unsent, WrongCode


def of_chat(writes: Writes, turn: TurnOf, effect: Effect) -> None:
    """Effects on the chat itself; all others are nothing to this."""
    match effect:
        case SetReachable(True):
            writes.add(DROP_LINK, turn.chat_id)
        case WrongCode():
            writes.add(sql.ADD_WRONG_CODE, turn.chat_id, turn.now)
        case Unsent(message_id):
            writes.add(sql.UNSEND, turn.chat_id, message_id)
            unsend_evidence(writes, turn, message_id)
