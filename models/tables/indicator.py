"""Indicators, what they declare, their targets and activities, who reports them and when."""

from __future__ import annotations

from typing import Any

from tortoise import fields
from tortoise.models import Model

from models.tables.organisation import Unit


class Indicator(Model):
    """One indicator as the page shows it (DOMAIN: the indicator page, field by field)."""

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=32, unique=True)
    order = fields.IntField(default=0)
    name = fields.TextField()
    name_en = fields.TextField(default="")
    owner: fields.ForeignKeyRelation[Unit] = fields.ForeignKeyField(
        "models.Unit", related_name="indicators", on_delete=fields.RESTRICT
    )
    unit_of_measure = fields.TextField()
    other_names: fields.Field[list[str]] = fields.JSONField[list[str]](default=list)
    kind = fields.CharField(max_length=16)
    part_kind = fields.CharField(max_length=16)
    question = fields.TextField(default="")
    question_en = fields.TextField(default="")
    scale_min = fields.DecimalField(max_digits=24, decimal_places=6, null=True)
    scale_max = fields.DecimalField(max_digits=24, decimal_places=6, null=True)
    type = fields.CharField(max_length=16, default="")
    level = fields.CharField(max_length=16, default="")
    direction = fields.CharField(max_length=8, default="up")
    accumulation = fields.CharField(max_length=16, default="cumulative")
    over_quarters = fields.CharField(max_length=16, default="latest")
    over_units = fields.CharField(max_length=16, default="sum")
    weight = fields.DecimalField(max_digits=24, decimal_places=6, null=True)
    definition = fields.TextField(default="")
    method = fields.TextField(default="")
    data_source = fields.TextField(default="")
    strategy: fields.Field[list[str]] = fields.JSONField[list[str]](default=list)
    projects: fields.Field[list[str]] = fields.JSONField[list[str]](default=list)
    links: fields.Field[list[Any]] = fields.JSONField[list[Any]](default=list)

    class Meta:
        table = "indicator"


class SubMeasure(Model):
    """A further count an indicator declares, e.g. titles of online annotations."""

    id = fields.IntField(primary_key=True)
    indicator: fields.ForeignKeyRelation[Indicator] = fields.ForeignKeyField(
        "models.Indicator", related_name="sub_measures", on_delete=fields.RESTRICT
    )
    code = fields.CharField(max_length=32)
    order = fields.IntField(default=0)
    label = fields.TextField()
    label_en = fields.TextField(default="")
    unit_of_measure = fields.TextField()
    other_names: fields.Field[list[str]] = fields.JSONField[list[str]](default=list)
    accumulation = fields.CharField(max_length=16, default="cumulative")

    class Meta:
        table = "sub_measure"
        unique_together = (("indicator", "code"),)


class Target(Model):
    """A target valid from a day on, with the document that set it. Real pages have free text beside the number."""

    id = fields.IntField(primary_key=True)
    indicator: fields.ForeignKeyRelation[Indicator] = fields.ForeignKeyField(
        "models.Indicator", related_name="targets", on_delete=fields.RESTRICT
    )
    unit: fields.ForeignKeyRelation[Unit] = fields.ForeignKeyField(
        "models.Unit", related_name="targets", on_delete=fields.RESTRICT
    )
    fiscal_year = fields.IntField()
    valid_from = fields.DateField()
    value = fields.DecimalField(max_digits=24, decimal_places=6, null=True)
    text = fields.TextField(default="")
    document_number = fields.CharField(max_length=100, default="")
    reason = fields.TextField(default="")

    class Meta:
        table = "target"
        unique_together = (("indicator", "unit", "fiscal_year", "valid_from"),)


class Activity(Model):
    """The activity behind an indicator, valid from a day on: activities change in mid-year and say why."""

    id = fields.IntField(primary_key=True)
    indicator: fields.ForeignKeyRelation[Indicator] = fields.ForeignKeyField(
        "models.Indicator", related_name="activities", on_delete=fields.RESTRICT
    )
    unit: fields.ForeignKeyRelation[Unit] = fields.ForeignKeyField(
        "models.Unit", related_name="activities", on_delete=fields.RESTRICT
    )
    fiscal_year = fields.IntField()
    valid_from = fields.DateField()
    text = fields.TextField()
    document_number = fields.CharField(max_length=100, default="")
    reason = fields.TextField(default="")

    class Meta:
        table = "activity"
        unique_together = (("indicator", "unit", "fiscal_year", "valid_from"),)


class Assignment(Model):
    """That a unit reports an indicator in a fiscal year, and the quarters in which it is due."""

    id = fields.IntField(primary_key=True)
    indicator: fields.ForeignKeyRelation[Indicator] = fields.ForeignKeyField(
        "models.Indicator", related_name="assignments", on_delete=fields.RESTRICT
    )
    unit: fields.ForeignKeyRelation[Unit] = fields.ForeignKeyField(
        "models.Unit", related_name="assignments", on_delete=fields.RESTRICT
    )
    fiscal_year = fields.IntField()
    quarters: fields.Field[list[int]] = fields.JSONField[list[int]](default=list)
    weight = fields.DecimalField(max_digits=24, decimal_places=6, null=True)
    """How much the unit weighs in a weighted mean over units, for instance how many people it asked."""

    class Meta:
        table = "assignment"
        unique_together = (("indicator", "unit", "fiscal_year"),)


class Round(Model):
    """The dates of one quarter's reporting round, all inclusive."""

    id = fields.IntField(primary_key=True)
    fiscal_year = fields.IntField()
    quarter = fields.IntField()
    opens = fields.DateField()
    due = fields.DateField()
    closes = fields.DateField()
    review = fields.DateField(null=True)
    evaluation = fields.DateField(null=True)
    reminders: fields.Field[list[int] | None] = fields.JSONField[list[int] | None](null=True)
    """Days from the due day on which people are reminded, -7 a week before it; null: as the setting says."""

    class Meta:
        table = "round"
        unique_together = (("fiscal_year", "quarter"),)
