"""What the evaluators (สยป.) gave: criteria as rows, scores by quarter in versions, and the year's summary."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from models.tables.indicator import Indicator
from models.tables.organisation import Person


class Criterion(Model):
    """A criterion that evaluators score in a fiscal year, such as 2.1 of at most 100 (DOMAIN: criteria 2.1 / 2.2)."""

    id = fields.IntField(primary_key=True)
    fiscal_year = fields.IntField()
    code = fields.CharField(max_length=32)
    label = fields.TextField(default="")
    label_en = fields.TextField(default="")
    maximum = fields.DecimalField(max_digits=24, decimal_places=6)
    order = fields.IntField(default=0)

    class Meta:
        table = "criterion"
        unique_together = (("fiscal_year", "code"),)


class Evaluation(Model):
    """One evaluation of an indicator's quarter, never changed: the newest version counts. Absent: not evaluated."""

    id = fields.UUIDField(primary_key=True)
    indicator: fields.ForeignKeyRelation[Indicator] = fields.ForeignKeyField(
        "models.Indicator", related_name="evaluations", on_delete=fields.RESTRICT
    )
    fiscal_year = fields.IntField()
    quarter = fields.IntField()
    version = fields.IntField()
    overall = fields.DecimalField(max_digits=24, decimal_places=6, null=True)
    """Entered by itself, never computed from the scores; null: not given, which is not zero."""
    comment = fields.TextField(default="")
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="evaluations", null=True, on_delete=fields.RESTRICT
    )
    """Who entered it in the chat; null: it came from a file."""
    evaluated_at = fields.DatetimeField()

    class Meta:
        table = "evaluation"
        unique_together = (("indicator", "fiscal_year", "quarter", "version"),)
        indexes = (("person_id",),)


class EvaluationScore(Model):
    """One criterion's score in one evaluation. Absent: this criterion was not scored, which is not zero."""

    id = fields.UUIDField(primary_key=True)
    evaluation: fields.ForeignKeyRelation[Evaluation] = fields.ForeignKeyField(
        "models.Evaluation", related_name="scores", on_delete=fields.RESTRICT
    )
    criterion: fields.ForeignKeyRelation[Criterion] = fields.ForeignKeyField(
        "models.Criterion", related_name="scores", on_delete=fields.RESTRICT
    )
    score = fields.DecimalField(max_digits=24, decimal_places=6)

    class Meta:
        table = "evaluation_score"
        unique_together = (("evaluation", "criterion"),)


class YearSummary(Model):
    """สรุปผลการดำเนินงาน of an indicator's fiscal year, never changed: the newest version counts."""

    id = fields.UUIDField(primary_key=True)
    indicator: fields.ForeignKeyRelation[Indicator] = fields.ForeignKeyField(
        "models.Indicator", related_name="year_summaries", on_delete=fields.RESTRICT
    )
    fiscal_year = fields.IntField()
    version = fields.IntField()
    text = fields.TextField()
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="year_summaries", null=True, on_delete=fields.RESTRICT
    )
    """Who wrote it; null: it came from a file."""
    at = fields.DatetimeField()

    class Meta:
        table = "year_summary"
        unique_together = (("indicator", "fiscal_year", "version"),)
        indexes = (("person_id",),)
