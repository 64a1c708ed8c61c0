"""Making an invitation: the code is given back once, and only its hash is kept."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from bot.database import writing
from models.rules.invitation_codes import code_hash, new_code, normalise
from models.rules.office import Role
from models.tables.audit import AuditEntry
from models.tables.organisation import Invitation, InvitationUnit, Unit


class UnknownUnits(Exception):
    """These unit codes are not set up."""

    def __init__(self, codes: Sequence[str]) -> None:
        self.codes = tuple(codes)
        super().__init__(", ".join(codes))


async def invite(
    unit_codes: Sequence[str],
    role: Role,
    *,
    uses: int,
    expires_at: datetime | None,
    needs_approval: bool,
    at: datetime,
    code: str | None = None,
) -> str:
    """Make an invitation into all these units and return its code, "7K3M-Q2XD-9FHA"; raises UnknownUnits.

    Times are aware. `code` is given only by the demonstration, whose code stands on its page.
    """
    code = code or new_code(os.urandom)
    normal = normalise(code)
    if normal is None:
        raise ValueError("not an invitation code")
    async with writing() as connection:
        units = {each.code: each for each in await Unit.filter(code__in=list(unit_codes)).using_db(connection)}
        unknown = [each for each in dict.fromkeys(unit_codes) if each not in units]
        if unknown:
            raise UnknownUnits(unknown)
        invitation = await Invitation.create(
            code_hash=code_hash(normal),
            role=role.value,
            uses_allowed=uses,
            expires_at=expires_at,
            needs_approval=needs_approval,
            created_at=at,
            using_db=connection,
        )
        for unit in units.values():
            await InvitationUnit.create(invitation=invitation, unit=unit, using_db=connection)
        await AuditEntry.create(
            id=uuid4(),
            at=at,
            action="invitation.add",
            subject=f"invitation:{invitation.id}",
            after={
                "units": sorted(units),
                "role": role.value,
                "uses_allowed": uses,
                "expires_at": expires_at.isoformat() if expires_at else None,
                "needs_approval": needs_approval,
            },
            using_db=connection,
        )
    return code


def days_from(at: datetime, days: int | None) -> datetime | None:
    """When an invitation of so many days ends; None: it does not."""
    return None if days is None else at + timedelta(days=days)
