"""What coordinators decided about reports, and what people asked them for."""

from __future__ import annotations

from typing import Any

from tortoise import fields
from tortoise.models import Model

from models.tables.indicator import Indicator
from models.tables.organisation import Person, Unit
from models.tables.report import Report


class Review(Model):
    """One decision about one version of a report, never changed afterwards."""

    id = fields.UUIDField(primary_key=True)
    report: fields.ForeignKeyRelation[Report] = fields.ForeignKeyField(
        "models.Report", related_name="reviews", on_delete=fields.RESTRICT
    )
    version = fields.IntField()
    decision = fields.CharField(max_length=16)
    """accepted or returned."""
    reason = fields.TextField(default="")
    """Why it was returned, as the reporter reads it."""
    question = fields.CharField(max_length=64, default="")
    """The name of the answer that is to be corrected; empty: the reporter sees for themselves."""
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="reviews", on_delete=fields.RESTRICT
    )
    at = fields.DatetimeField()

    class Meta:
        table = "review"
        indexes = (("report_id", "at"), ("person_id",))


class Request(Model):
    """Something only a coordinator can grant: a closed report opened, an accepted one edited or withdrawn, and so on.

    What it is about is its unit, and for a report also its quarter. Without an indicator it is about all of them.
    """

    id = fields.UUIDField(primary_key=True)
    kind = fields.CharField(max_length=16)
    """unlock, edit, withdraw, activity, target or moved."""
    unit: fields.ForeignKeyRelation[Unit] = fields.ForeignKeyField(
        "models.Unit", related_name="requests", on_delete=fields.RESTRICT
    )
    indicator: fields.ForeignKeyNullableRelation[Indicator] = fields.ForeignKeyField(
        "models.Indicator", related_name="requests", null=True, on_delete=fields.RESTRICT
    )
    fiscal_year = fields.IntField(null=True)
    quarter = fields.IntField(null=True)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="requests", on_delete=fields.RESTRICT
    )
    reason = fields.TextField(default="")
    data: fields.Field[dict[str, Any]] = fields.JSONField[dict[str, Any]](default=dict)
    """What the kind needs: the new activity and its first month, the version that is to be withdrawn."""
    state = fields.CharField(max_length=16)
    """waiting, granted, refused or used (an edit that was sent)."""
    until = fields.DateField(null=True)
    """The last day of what was granted, inclusive."""
    at = fields.DatetimeField()
    decided_by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="requests_decided", null=True, on_delete=fields.RESTRICT
    )
    decided_at = fields.DatetimeField(null=True)
    answer = fields.TextField(default="")
    """What the coordinator said with the decision."""

    class Meta:
        table = "request"
        indexes = (("unit_id", "state"), ("person_id",), ("decided_by_id",))
