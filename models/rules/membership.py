"""Who acts for which unit, in which role, from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.rules.office import Role


@dataclass(frozen=True, slots=True)
class Membership:
    id: int
    unit_id: int
    role: Role
    valid_from: date
    valid_to: date | None = None
    approved: bool = True
    acting_for: str = ""
    """The name of the person whose duty this is (ปฏิบัติหน้าที่แทน); empty for one's own."""

    def valid_on(self, day: date) -> bool:
        return self.approved and self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
