"""The audit trail of every change."""

from __future__ import annotations

from typing import Any

from tortoise import fields
from tortoise.models import Model


class AuditEntry(Model):
    """Who changed what, when. `actor` is a person's id, or null for the command line."""

    id = fields.UUIDField(primary_key=True)
    at = fields.DatetimeField()
    actor_id = fields.IntField(null=True)
    action = fields.CharField(max_length=64)
    subject = fields.CharField(max_length=200)
    before: fields.Field[dict[str, Any] | None] = fields.JSONField[dict[str, Any] | None](null=True)
    after: fields.Field[dict[str, Any] | None] = fields.JSONField[dict[str, Any] | None](null=True)

    class Meta:
        table = "audit_entry"
        indexes = (("subject",), ("at",), ("actor_id",))


class Installation(Model):
    """One row: the set-up's revision, and whether this database has served a real channel."""

    id = fields.IntField(primary_key=True, generated=False)
    setup_revision = fields.IntField(default=0)
    channel = fields.CharField(max_length=16, default="")
    """real or simulator, once it has served one; a simulator refuses a database that was real."""

    class Meta:
        table = "installation"
