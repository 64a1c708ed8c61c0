"""Making an invitation: the code is given back once, and only its hash is kept."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import uuid4

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.expressions import Q

from bot.database import writing
from models.rules.invitation_codes import code_hash, new_code, normalise
from models.rules.office import Role
from models.tables.audit import AuditEntry
from models.tables.organisation import Invitation, InvitationUnit, Membership, Unit


class UnknownUnits(Exception):
    """These unit codes are not set up."""

    def __init__(self, codes: Sequence[str]) -> None:
        self.codes = tuple(codes)
        super().__init__(", ".join(codes))


class UnknownPrincipal(Exception):
    """Not exactly one person of this name has a duty in all these units. `names`: who has one in any of them."""

    def __init__(self, typed: str, names: Iterable[str], *, several: bool) -> None:
        self.typed, self.names, self.several = typed, tuple(names), several
        super().__init__(typed)


@dataclass(frozen=True, slots=True)
class Deputy:
    """Whoever joins acts for the person of this name (ปฏิบัติหน้าที่แทน), `until` being the last day."""

    acting_for: str
    until: date


async def invite(
    unit_codes: Sequence[str],
    role: Role,
    *,
    uses: int,
    expires_at: datetime | None,
    needs_approval: bool,
    at: datetime,
    deputy: Deputy | None = None,
    code: str | None = None,
) -> str:
    """Make an invitation into all these units and return its code, "7K3M-Q2XD-9FHA".

    Times are aware, in the office's zone. A deputy's code expires with the duty at the latest. `code` is given only by
    the demonstration, whose code stands on its page. Raises UnknownUnits and, for a deputy, UnknownPrincipal.
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
        principal_id = None
        if deputy:
            principal_id = await _principal(connection, deputy.acting_for, {each.id for each in units.values()}, at)
            over = datetime.combine(deputy.until, time.max, at.tzinfo)
            expires_at = min(expires_at or over, over)
        valid_to = deputy.until if deputy else None
        invitation = await Invitation.create(
            code_hash=code_hash(normal),
            role=role.value,
            uses_allowed=uses,
            expires_at=expires_at,
            needs_approval=needs_approval,
            acting_for_id=principal_id,
            valid_to=valid_to,
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
                "acting_for": principal_id,  # not the name: the trail is kept when somebody asks to be forgotten
                "valid_to": valid_to.isoformat() if valid_to else None,
            },
            using_db=connection,
        )
    return code


async def _principal(connection: BaseDBAsyncClient, typed: str, unit_ids: set[int], at: datetime) -> int:
    """The id of the one person of that name with a duty of their own, approved and current, in all these units."""
    current = Q(valid_to__isnull=True) | Q(valid_to__gte=at.date())
    rows = await (
        Membership.filter(current, unit_id__in=unit_ids, valid_from__lte=at.date())
        .filter(approved_at__isnull=False, acting_for_id__isnull=True)
        .using_db(connection)
        .values("person_id", "person__name", "unit_id")
    )
    names: dict[int, str] = {row["person_id"]: " ".join(row["person__name"].split()) for row in rows}
    places = {(row["person_id"], row["unit_id"]) for row in rows}
    wanted = " ".join(typed.split())
    found = [
        each for each, name in names.items() if name == wanted and all((each, unit) in places for unit in unit_ids)
    ]
    if len(found) != 1:
        raise UnknownPrincipal(wanted, sorted({each for each in names.values() if each}), several=len(found) > 1)
    return found[0]


def days_from(at: datetime, days: int | None) -> datetime | None:
    """When an invitation of so many days ends; None: it does not."""
    return None if days is None else at + timedelta(days=days)
