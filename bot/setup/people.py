"""The people of a set-up: each row is an invitation for one person, made once however often the file is imported."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping, Sequence

from bot.setup.changes import Invited
from bot.setup.checked import Entry
from bot.setup.keep import Keeper
from models.rules.invitation_codes import code_hash, new_code, normalise
from models.tables.organisation import Invitation, InvitationUnit, Membership, Unit

_USES = 1
"""A person's own code lets one account in."""


async def invite_people(keeper: Keeper, entries: Sequence[Entry], units: Mapping[str, Unit]) -> None:
    """Make a code for every person and unit that has none yet; the codes are in the keeper's `changes`.

    LINE's ids are not known beforehand, so a person is name, role and unit: who was invited into it, or has it
    already, gets no second code.
    """
    if not entries:
        return
    covered = await _covered(keeper)
    for entry in entries:
        keeper.passed()
        name, role = " ".join(entry.values["name"].split()), entry.values["role"]
        missing = [code for code in entry.values["units"] if units[code].id not in covered[name, role]]
        if not missing:
            continue
        covered[name, role].update(units[code].id for code in missing)
        code, position = new_code(os.urandom), " ".join(entry.values.get("position", "").split())
        invitation = await Invitation.create(
            code_hash=code_hash(normalise(code) or ""),
            role=role,
            uses_allowed=_USES,
            needs_approval=entry.values.get("needs_approval") == "yes",
            name=name,
            position=position,
            created_at=keeper.at,
            using_db=keeper.connection,
        )
        await InvitationUnit.bulk_create(
            [InvitationUnit(invitation=invitation, unit=units[each]) for each in missing], using_db=keeper.connection
        )
        keeper.changes.added["people"] += 1
        keeper.changes.invitations.append(
            Invited(name, position, role, {each: units[each].name for each in missing}, code)
        )
        # The name is not repeated here: the trail is kept when somebody asks to be forgotten.
        keeper.entry(
            "invitation.add",
            f"invitation:{invitation.id}",
            None,
            {
                "units": sorted(missing),
                "role": role,
                "uses_allowed": _USES,
                "expires_at": None,
                "needs_approval": invitation.needs_approval,
            },
        )


async def _covered(keeper: Keeper) -> defaultdict[tuple[str, str], set[int]]:
    """Name and role → the ids of the units that the person was invited into, or belongs to."""
    found: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    invited = InvitationUnit.filter(invitation__name__not="").using_db(keeper.connection)
    for row in await invited.values("unit_id", "invitation__name", "invitation__role"):
        found[row["invitation__name"], row["invitation__role"]].add(row["unit_id"])
    for row in await Membership.all().using_db(keeper.connection).values("unit_id", "person__name", "role"):
        found[row["person__name"], row["role"]].add(row["unit_id"])
    return found
