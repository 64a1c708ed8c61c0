"""Who acts for which unit, in which role, from when to when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from models.rules.office import Role


class Membership(Struct, frozen=True):
    id: int
    unit_id: int
    role: Role
    valid_from: date
    valid_to: date | None = None
    approved: bool = True
    acting_for: str = ""
    """The name of the person whose duty this is (ปฏิบัติหน้าที่แทน); empty for one's own."""

    def ended(self, day: date) -> bool:
        return self.valid_to is not None and self.valid_to < day

    def valid_on(self, day: date) -> bool:
        return self.approved and self.valid_from <= day and not self.ended(day)


def held_until(memberships: Iterable[Membership], role: Role, last: date | None, today: date) -> frozenset[int]:
    """The units where this role is held already and at least until `last` (None: without end).

    A further duty there would add nothing; one that lasts longer than a deputy's does.
    """
    return frozenset(
        each.unit_id
        for each in memberships
        if each.role is role
        and not each.ended(today)
        and (each.valid_to is None or (last is not None and last <= each.valid_to))
    )
