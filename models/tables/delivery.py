"""What is to be sent to LINE, exactly as it will be sent, and which process sends it."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class OutgoingMessage(Model):
    """One reply or push. `messages` is the JSON array sent verbatim, `retry_key` goes with a push at once."""

    id = fields.UUIDField(primary_key=True)
    chat_id = fields.CharField(max_length=33)
    event_id = fields.CharField(max_length=64, default="")
    reply_token = fields.CharField(max_length=100, default="")
    token_expires_at = fields.DatetimeField(null=True)
    retry_key = fields.UUIDField()
    messages = fields.TextField()
    state = fields.CharField(max_length=16)
    """waiting (never tried), sending (may have been tried), sent, ambiguous, set_aside."""
    attempts = fields.IntField(default=0)
    created_at = fields.DatetimeField()
    send_by = fields.DatetimeField(null=True)
    """What was never tried by then is not sent: it would say what is no longer so. Null: it is sent whenever it can."""
    position = fields.IntField(default=0)
    """Order among messages of one chat with the same `created_at`."""
    finished_at = fields.DatetimeField(null=True)
    request_id = fields.CharField(max_length=100, default="")
    error = fields.TextField(default="")

    class Meta:
        table = "outgoing_message"
        indexes = (("state", "created_at"), ("chat_id", "created_at"))


class Process(Model):
    """A process that answers people while several share the work, dead once `seen_until` is over."""

    id = fields.CharField(max_length=36, primary_key=True)
    seen_until = fields.DatetimeField()

    class Meta:
        table = "process"


class PartitionLease(Model):
    """Whose the chats of one partition (its id, 0 to 63: `bot.queue.partitions`) are, and until when."""

    id = fields.IntField(primary_key=True, generated=False)
    owner = fields.CharField(max_length=36, default="")
    until = fields.DatetimeField()

    class Meta:
        table = "partition_lease"
