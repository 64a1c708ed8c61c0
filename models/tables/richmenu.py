"""The rich menus that LINE keeps for us, and who is linked to which."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class RichMenu(Model):
    """The menu in use for whom `id` names, such as reporter. LINE has it by `name`, which follows from its looks."""

    id = fields.CharField(max_length=16, primary_key=True)
    name = fields.CharField(max_length=64)
    rich_menu_id = fields.CharField(max_length=64)

    class Meta:
        table = "rich_menu"


class RichMenuLink(Model):
    """What LINE shows in the chat of this id: empty for everybody's. `refused` is a menu that LINE would not link."""

    id = fields.CharField(max_length=33, primary_key=True)
    rich_menu_id = fields.CharField(max_length=64, default="")
    refused = fields.CharField(max_length=64, default="")

    class Meta:
        table = "rich_menu_link"
        indexes = (("rich_menu_id",),)
