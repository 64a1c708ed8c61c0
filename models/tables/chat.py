"""Chats and the webhook events that arrived in them."""

from __future__ import annotations

from typing import Any

from tortoise import fields
from tortoise.models import Model

from models.tables.organisation import Person, Unit


class Chat(Model):
    """A one-to-one chat, group or room, by LINE's id (U, C or R and 32 hex digits)."""

    id = fields.CharField(max_length=33, primary_key=True)
    session: fields.Field[dict[str, Any]] = fields.JSONField[dict[str, Any]](default=dict)
    blocked_at = fields.DatetimeField(null=True)
    """Since when pushes are pointless: the person blocked or left the bot."""
    unanswered_at = fields.DatetimeField(null=True)
    """Since when an answer may not have arrived: the current step rides on the next message."""
    updated_at = fields.DatetimeField()

    class Meta:
        table = "chat"


class WebhookEvent(Model):
    """One event as LINE sent it. LINE never gives a text a second time: what is not here is gone."""

    id = fields.CharField(max_length=64, primary_key=True)
    chat_id = fields.CharField(max_length=33)
    message_id = fields.CharField(max_length=64, default="")
    occurred_at = fields.DatetimeField()
    received_at = fields.DatetimeField()
    payload = fields.TextField()
    state = fields.CharField(max_length=16)
    """waiting, handled or set_aside."""
    attempts = fields.IntField(default=0)
    error = fields.TextField(default="")

    class Meta:
        table = "webhook_event"
        indexes = (("state", "received_at"), ("chat_id", "message_id"), ("received_at",))


class GroupChat(Model):
    """A group or room in which the bot answers, of one unit: offered as a code, linked once that is typed there."""

    id = fields.IntField(primary_key=True)
    unit: fields.ForeignKeyRelation[Unit] = fields.ForeignKeyField(
        "models.Unit", related_name="group_chats", on_delete=fields.RESTRICT
    )
    code_hash = fields.CharField(max_length=64, unique=True)
    """Of the code a coordinator was given; it works once, and only its hash is kept."""
    expires_at = fields.DatetimeField()
    linked_by: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="group_chats", on_delete=fields.RESTRICT
    )
    """The coordinator who was given the code."""
    chat_id = fields.CharField(max_length=33, unique=True, null=True)
    """LINE's id of the group or room (C or R and 32 hex digits); null until the code was typed."""
    linked_at = fields.DatetimeField(null=True)

    class Meta:
        table = "group_chat"
        indexes = (("unit_id",), ("linked_by_id",))
