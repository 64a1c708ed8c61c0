"""Reports as immutable versions, and the drafts they grow from."""

from __future__ import annotations

from typing import Any

from tortoise import fields
from tortoise.models import Model

from models.tables.indicator import Indicator, SubMeasure
from models.tables.organisation import Person, Unit


class Report(Model):
    """What a unit reported for an indicator in a quarter. Absent: not reported, which is not zero."""

    id = fields.UUIDField(primary_key=True)
    unit: fields.ForeignKeyRelation[Unit] = fields.ForeignKeyField(
        "models.Unit", related_name="reports", on_delete=fields.RESTRICT
    )
    indicator: fields.ForeignKeyRelation[Indicator] = fields.ForeignKeyField(
        "models.Indicator", related_name="reports", on_delete=fields.RESTRICT
    )
    fiscal_year = fields.IntField()
    quarter = fields.IntField()
    number = fields.IntField()
    """Counts the reports of a quarter: the receipt says 1/2570-07."""
    version = fields.IntField()
    """The newest version's number."""
    state = fields.CharField(max_length=16)
    """submitted, returned, resubmitted (after a return), accepted or withdrawn: where the newest version stands."""
    accepted_version = fields.IntField(null=True)
    """The version that was accepted last: the snapshot that is published, whatever was sent after it."""

    class Meta:
        table = "report"
        unique_together = (
            ("unit", "fiscal_year", "indicator", "quarter"),
            ("fiscal_year", "quarter", "number"),
        )
        indexes = (("indicator_id", "fiscal_year"),)


class ReportVersion(Model):
    """One submission, never changed afterwards."""

    id = fields.UUIDField(primary_key=True)
    report: fields.ForeignKeyRelation[Report] = fields.ForeignKeyField(
        "models.Report", related_name="versions", on_delete=fields.RESTRICT
    )
    version = fields.IntField()
    answer = fields.CharField(max_length=64)
    result = fields.DecimalField(max_digits=24, decimal_places=6)
    zero_reason = fields.CharField(max_length=16, default="")
    narrative = fields.TextField()
    explanation = fields.TextField(default="")
    submitted_at = fields.DatetimeField()
    late = fields.BooleanField()
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="report_versions", on_delete=fields.RESTRICT
    )
    reporter_name = fields.TextField()
    reporter_position = fields.TextField(default="")
    on_behalf_of = fields.TextField(default="")
    message_ids: fields.Field[list[str]] = fields.JSONField[list[str]](default=list)

    class Meta:
        table = "report_version"
        unique_together = (("report", "version"),)
        indexes = (("person_id",),)


class SubMeasureResult(Model):
    """The value of one declared sub-measure in one version."""

    id = fields.UUIDField(primary_key=True)
    version: fields.ForeignKeyRelation[ReportVersion] = fields.ForeignKeyField(
        "models.ReportVersion", related_name="sub_measure_results", on_delete=fields.RESTRICT
    )
    sub_measure: fields.ForeignKeyRelation[SubMeasure] = fields.ForeignKeyField(
        "models.SubMeasure", related_name="results", on_delete=fields.RESTRICT
    )
    value = fields.DecimalField(max_digits=24, decimal_places=6)

    class Meta:
        table = "sub_measure_result"
        unique_together = (("version", "sub_measure"),)


class ReportWarning(Model):
    """A check that warned before this version was sent, with the figures it saw. The person confirmed it."""

    id = fields.UUIDField(primary_key=True)
    version: fields.ForeignKeyRelation[ReportVersion] = fields.ForeignKeyField(
        "models.ReportVersion", related_name="warnings", on_delete=fields.RESTRICT
    )
    rule = fields.CharField(max_length=64)
    data: fields.Field[dict[str, str]] = fields.JSONField[dict[str, str]](default=dict)

    class Meta:
        table = "report_warning"
        unique_together = (("version", "rule"),)


class Picture(Model):
    """A picture sent in a chat for a report: on its way from LINE at first, then kept. Evidence once it is submitted.

    Until then it belongs to a draft by unit, indicator and quarter, because a draft's row may go before it does.
    """

    id = fields.UUIDField(primary_key=True)
    unit: fields.ForeignKeyRelation[Unit] = fields.ForeignKeyField(
        "models.Unit", related_name="pictures", on_delete=fields.RESTRICT
    )
    indicator: fields.ForeignKeyRelation[Indicator] = fields.ForeignKeyField(
        "models.Indicator", related_name="pictures", on_delete=fields.RESTRICT
    )
    fiscal_year = fields.IntField()
    quarter = fields.IntField()
    version: fields.ForeignKeyNullableRelation[ReportVersion] = fields.ForeignKeyField(
        "models.ReportVersion", related_name="pictures", on_delete=fields.RESTRICT, null=True
    )
    """The version it was sent with; null before."""
    chat_id = fields.CharField(max_length=33)
    """Where its sender is told when it is lost; empty once the person is forgotten."""
    message_id = fields.CharField(max_length=64, unique=True)
    state = fields.CharField(max_length=16)
    """waiting (to be fetched), ready (kept), failed (see `reason`), removed (what is kept of it is to be deleted)."""
    reason = fields.CharField(max_length=16, default="")
    """Why it failed: unsent, expired, too_large, not_a_picture."""
    attempts = fields.IntField(default=0)
    created_at = fields.DatetimeField()
    content_type = fields.CharField(max_length=64, default="")
    size = fields.IntField(default=0)
    """Bytes as kept, which are not those that were sent."""
    width = fields.IntField(default=0)
    height = fields.IntField(default=0)
    sha256 = fields.CharField(max_length=64, default="")
    """Of the bytes as kept."""
    path = fields.TextField(default="")
    """The name in the store, its thumbnail beside it; empty until it is kept."""

    class Meta:
        table = "picture"
        indexes = (("state",), ("version_id",), ("unit_id", "fiscal_year"))


class Evidence(Model):
    """A picture sent with a version, internal unless marked public. Its id is that of the picture."""

    id = fields.UUIDField(primary_key=True)
    version: fields.ForeignKeyRelation[ReportVersion] = fields.ForeignKeyField(
        "models.ReportVersion", related_name="evidence", on_delete=fields.RESTRICT
    )
    message_id = fields.CharField(max_length=64)
    content_type = fields.CharField(max_length=64)
    size = fields.IntField()
    sha256 = fields.CharField(max_length=64)
    path = fields.TextField()
    public = fields.BooleanField(default=False)

    class Meta:
        table = "evidence"
        unique_together = (("version", "sha256"),)


class Draft(Model):
    """Answers not sent yet. It belongs to unit, indicator and quarter, not to a person."""

    id = fields.UUIDField(primary_key=True)
    unit: fields.ForeignKeyRelation[Unit] = fields.ForeignKeyField(
        "models.Unit", related_name="drafts", on_delete=fields.RESTRICT
    )
    indicator: fields.ForeignKeyRelation[Indicator] = fields.ForeignKeyField(
        "models.Indicator", related_name="drafts", on_delete=fields.RESTRICT
    )
    fiscal_year = fields.IntField()
    quarter = fields.IntField()
    answers: fields.Field[dict[str, Any]] = fields.JSONField[dict[str, Any]](default=dict)
    revision = fields.IntField()
    base_version = fields.IntField(default=0)
    begun_by: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="drafts_begun", on_delete=fields.RESTRICT
    )
    begun_at = fields.DatetimeField()
    holder: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="drafts_held", on_delete=fields.RESTRICT
    )
    updated_at = fields.DatetimeField()
    cancelled_at = fields.DatetimeField(null=True)
    finished_at = fields.DatetimeField(null=True)

    class Meta:
        table = "draft"
        unique_together = (("unit", "fiscal_year", "indicator", "quarter"),)
        indexes = (("begun_by_id",), ("holder_id",))
