"""Pictures as a turn keeps, drops and submits them, as rows. The fetching begins once the turn is committed."""

from __future__ import annotations

from collections.abc import Sequence

from bot import sql
from bot.apply import TurnOf, Writes
from bot.evidence import statements
from handlers.effects import DropEvidence, KeepEvidence, PublishEvidence
from models.rules.office import ReportKey


def evidence(writes: Writes, turn: TurnOf, effect: KeepEvidence | DropEvidence | PublishEvidence) -> None:
    """What a turn does to pictures by itself; submitting and unsending have their own ways."""
    match effect:
        case KeepEvidence(key, message_ids):
            keep_evidence(writes, turn, key, message_ids)
        case DropEvidence(key, message_ids):
            drop_evidence(writes, turn, key, message_ids)
        case PublishEvidence():
            publish_evidence(writes, turn, effect)


def keep_evidence(writes: Writes, turn: TurnOf, key: ReportKey, message_ids: Sequence[str]) -> None:
    """Take the pictures of these messages for the draft of `key`: each a job that outlives this process.

    A message that was taken before is left as it is.
    """
    for message_id in message_ids:
        writes.add(
            statements.ADD_PICTURE,
            *(str(turn.new_id()), *sql.key_columns(key), turn.chat_id, message_id, turn.now, "waiting"),
            *("", 0, "", 0, 0, 0, "", ""),
        )
    _audit(writes, turn, "evidence.keep", key, len(message_ids))


def drop_evidence(writes: Writes, turn: TurnOf, key: ReportKey, message_ids: Sequence[str]) -> None:
    """Let go of pictures of the draft; what was submitted with a version stays with it."""
    for message_id in message_ids:
        writes.add(statements.DROP_PICTURE, message_id, *sql.key_columns(key))
    _audit(writes, turn, "evidence.drop", key, len(message_ids))


def submit_evidence(writes: Writes, key: ReportKey, version_id: str) -> None:
    """Hand the draft's pictures to the version that is being stored, those on their way from LINE included.

    What the version before it had stays with a correction: the new version's evidence is all of it.
    """
    writes.add(statements.SUBMIT_PICTURES, version_id, *sql.key_columns(key))
    writes.add(statements.ADD_EVIDENCE, version_id)
    writes.add(statements.CARRY_EVIDENCE, version_id)


def unsend_evidence(writes: Writes, turn: TurnOf, message_id: str) -> None:
    """The person took the message back: a picture not submitted yet is let go."""
    writes.add(statements.UNSEND_PICTURE, turn.chat_id, message_id)


def publish_evidence(writes: Writes, turn: TurnOf, effect: PublishEvidence) -> None:
    """Mark a version's pictures as public or internal; a later version carries the mark on."""
    writes.add(statements.PUBLISH, effect.public, effect.version_id)
    writes.audit(turn, "evidence.publish", f"version {effect.version_id}", None, {"public": effect.public})


def forget_evidence(writes: Writes, turn: TurnOf) -> None:
    """Erase which chat the pictures came from; as part of reports they stay the office's."""
    writes.add(statements.FORGET_PICTURES, turn.chat_id)


def _audit(writes: Writes, turn: TurnOf, action: str, key: ReportKey, pictures: int) -> None:
    writes.audit(turn, action, turn.report_subject(key), None, {"pictures": pictures})
