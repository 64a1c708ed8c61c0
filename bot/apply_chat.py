"""What a turn changes about its chat: what was taken back, wrong codes, a menu to be linked again; as rows."""

from __future__ import annotations

from bot import statements
from bot.apply import TurnOf, Writes
from bot.apply_evidence import unsend_evidence
from bot.richmenu.statements import DROP_LINK
from handlers.effects import Effect, LeaveGroup, LinkGroup, OfferGroup, SetReachable, UnlinkGroup, Unsent, WrongCode
from models.rules.invitation_codes import code_hash, normalise


def of_chat(writes: Writes, turn: TurnOf, effect: Effect) -> None:
    """Effects on the chat itself; all others are nothing to this."""
    match effect:
        case SetReachable(True):
            writes.add(DROP_LINK, turn.chat_id)
        case WrongCode():
            writes.add(statements.ADD_WRONG_CODE, turn.chat_id, turn.now)
        case OfferGroup(code, unit_id, expires_at):
            writes.add(statements.ADD_GROUP, unit_id, code_hash(normalise(code) or ""), expires_at, turn.person_id)
            unit = turn.facts.office.units[unit_id].code
            writes.audit(turn, "group.offer", f"unit {unit}", None, {"expires_at": expires_at.isoformat()})
        case LinkGroup(offer_id):
            writes.add(statements.UNLINK_GROUP, turn.chat_id)
            writes.add(statements.LINK_GROUP, turn.chat_id, turn.now, offer_id)
        case LeaveGroup() | UnlinkGroup():
            writes.add(statements.UNLINK_GROUP, turn.chat_id)
        case Unsent(message_id):
            writes.add(statements.UNSEND, turn.chat_id, message_id)
            unsend_evidence(writes, turn, message_id)
