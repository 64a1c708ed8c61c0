"""What comes without being asked for: schedules that fired, reminders, notices, and the days nobody works."""

from __future__ import annotations

from typing import Any

from tortoise import fields
from tortoise.models import Model

from models.tables.organisation import Person


class ScheduleRun(Model):
    """That a schedule fired for a moment. Written with what it did, so it happens once however many processes look."""

    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=32)
    due_at = fields.DatetimeField()
    fired_at = fields.DatetimeField()

    class Meta:
        table = "schedule_run"
        unique_together = (("name", "due_at"),)


class Reminder(Model):
    """That a person was reminded on a day, or would have been. One a person and day."""

    id = fields.UUIDField(primary_key=True)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="reminders", on_delete=fields.RESTRICT
    )
    day = fields.DateField()
    state = fields.CharField(max_length=16)
    """sent (see the message), dropped (no quota: it rides on the person's next answer), asked (by a coordinator, to be
    written at the next look in working hours)."""
    message_id = fields.UUIDField(null=True)
    """The outgoing message; null when dropped."""
    created_at = fields.DatetimeField()

    class Meta:
        table = "reminder"
        unique_together = (("person", "day"),)
        indexes = (("message_id",), ("day",))


class ReminderPause(Model):
    """That a person asked for reminders later, or for none about a quarter (and those before it)."""

    id = fields.IntField(primary_key=True)
    person: fields.OneToOneRelation[Person] = fields.OneToOneField(
        "models.Person", related_name="reminder_pause", on_delete=fields.RESTRICT
    )
    snoozed_to = fields.DateField(null=True)
    stopped_fiscal_year = fields.IntField(null=True)
    stopped_quarter = fields.IntField(null=True)
    asked_at = fields.DatetimeField()

    class Meta:
        table = "reminder_pause"


class Notice(Model):
    """Something a person is to hear: with the next answer, which is free, or as a push where it cannot wait."""

    id = fields.UUIDField(primary_key=True)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="notices", on_delete=fields.RESTRICT
    )
    kind = fields.CharField(max_length=32)
    """Names its sentence: `notice-` and this."""
    subject = fields.CharField(max_length=64, default="")
    """What it is about, such as a quarter: a newer notice of the same takes the place of one that was not told."""
    data: fields.Field[dict[str, Any]] = fields.JSONField[dict[str, Any]](default=dict)
    urgent = fields.BooleanField(default=False)
    """Whether it is pushed when the person does not write."""
    created_at = fields.DatetimeField()
    last_day = fields.DateField(null=True)
    """After this day it is no news any more."""
    told_at = fields.DatetimeField(null=True)

    class Meta:
        table = "notice"
        indexes = (("person_id", "told_at"), ("told_at",))


class Holiday(Model):
    """A day that the calendar of public holidays does not know, or on which people work all the same."""

    id = fields.IntField(primary_key=True)
    day = fields.DateField(unique=True)
    name = fields.CharField(max_length=300, default="")
    working = fields.BooleanField(default=False)
    """A working day in spite of the calendar; otherwise a holiday."""

    class Meta:
        table = "holiday"
