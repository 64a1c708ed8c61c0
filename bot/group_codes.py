"""Codes that link groups, as conversations ask for them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient

from bot import sql, statements
from handlers.needs import GroupByCode, GroupsOffered, Need, NewCode
from handlers.records import OfferedGroup
from models.rules.invitation_codes import code_hash, new_code


async def group_codes(connection: BaseDBAsyncClient, asked: Iterable[Need], now: datetime) -> dict[Need, Any]:
    """A fresh code, what a typed one opens, and whether any is out; each is asked for once in a group's life."""
    found: dict[Need, Any] = {}
    for need in asked:
        match need:
            case NewCode():
                found[need] = new_code(secrets.token_bytes)
            case GroupByCode(code):
                rows = await sql.fetch(connection, statements.GROUP_OFFER, code_hash(code), now)
                found[need] = next((OfferedGroup(row["id"], row["unit_id"]) for row in rows), None)
            case GroupsOffered():
                (row,) = await sql.fetch(connection, statements.GROUPS_OFFERED, now)
                found[need] = row["offered"]
    return found
