"""Units, people, who does what for which unit, and the codes that let them in."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class Unit(Model):
    """A bureau, division or library, a tree by `parent`."""

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=32, unique=True)
    name = fields.TextField()
    name_en = fields.TextField(default="")
    kind = fields.CharField(max_length=16)
    phone = fields.CharField(max_length=64, default="")
    parent: fields.ForeignKeyNullableRelation[Unit] = fields.ForeignKeyField(
        "models.Unit", related_name="children", null=True, on_delete=fields.RESTRICT
    )
    valid_from = fields.DateField(null=True)
    valid_to = fields.DateField(null=True)

    class Meta:
        table = "unit"
        indexes = (("parent_id",),)


class Person(Model):
    """Someone who writes in LINE. `line_user_id` is null once the person asked to be forgotten."""

    id = fields.IntField(primary_key=True)
    line_user_id = fields.CharField(max_length=33, unique=True, null=True)
    name = fields.CharField(max_length=300, default="")
    position = fields.CharField(max_length=300, default="")
    language = fields.CharField(max_length=8, default="th")
    notice_acknowledged_at = fields.DatetimeField(null=True)
    shared_account = fields.BooleanField(default=False)
    created_at = fields.DatetimeField()

    class Meta:
        table = "person"


class Membership(Model):
    """A person's role in a unit, from a day to a day. Not approved yet: `approved_at` is null."""

    id = fields.IntField(primary_key=True)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="memberships", on_delete=fields.RESTRICT
    )
    unit: fields.ForeignKeyRelation[Unit] = fields.ForeignKeyField(
        "models.Unit", related_name="memberships", on_delete=fields.RESTRICT
    )
    role = fields.CharField(max_length=16)
    valid_from = fields.DateField()
    valid_to = fields.DateField(null=True)
    acting_for: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="deputies", null=True, on_delete=fields.RESTRICT
    )
    invitation: fields.ForeignKeyNullableRelation[Invitation] = fields.ForeignKeyField(
        "models.Invitation", related_name="memberships", null=True, on_delete=fields.RESTRICT
    )
    approved_at = fields.DatetimeField(null=True)

    class Meta:
        table = "membership"
        unique_together = (("person", "unit", "role", "valid_from"),)
        indexes = (("unit_id",), ("person_id",))


class Invitation(Model):
    """A code that may be typed `uses_allowed` times. Only its hash is kept: the code itself is printed once."""

    id = fields.IntField(primary_key=True)
    code_hash = fields.CharField(max_length=64, unique=True)
    role = fields.CharField(max_length=16)
    uses_allowed = fields.IntField(default=1)
    uses = fields.IntField(default=0)
    expires_at = fields.DatetimeField(null=True)
    needs_approval = fields.BooleanField(default=False)
    name = fields.CharField(max_length=300, default="", db_default="")
    """Whom a set-up file made it for, so that the same file again makes no second code; empty: for anybody."""
    position = fields.CharField(max_length=300, default="", db_default="")
    """As the same file says it: both need only be confirmed by whoever joins."""
    acting_for: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "models.Person", related_name="deputy_invitations", null=True, on_delete=fields.RESTRICT
    )
    """Whose duty a deputy who joins with it takes on (ปฏิบัติหน้าที่แทน), up to and including `valid_to`."""
    valid_to = fields.DateField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "invitation"


class InvitationUnit(Model):
    """One of the units that an invitation lets into."""

    id = fields.IntField(primary_key=True)
    invitation: fields.ForeignKeyRelation[Invitation] = fields.ForeignKeyField(
        "models.Invitation", related_name="units", on_delete=fields.RESTRICT
    )
    unit: fields.ForeignKeyRelation[Unit] = fields.ForeignKeyField(
        "models.Unit", related_name="invitations", on_delete=fields.RESTRICT
    )

    class Meta:
        table = "invitation_unit"
        unique_together = (("invitation", "unit"),)


class WrongCode(Model):
    """One failed attempt at a code: five in an hour wait an hour."""

    id = fields.IntField(primary_key=True)
    chat_id = fields.CharField(max_length=33)
    at = fields.DatetimeField()

    class Meta:
        table = "wrong_code"
        indexes = (("chat_id", "at"),)
