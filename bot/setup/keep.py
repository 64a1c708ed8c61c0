"""Keeping one row of a set-up: added, or changed where it differs, with its entry in the audit trail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar
from uuid import uuid4

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.models import Model

from bot.setup.changes import Changes, Progress, as_json
from models.tables.audit import AuditEntry, Installation

Kept = TypeVar("Kept", bound=Model)


class Keeper:
    """Writes rows on one connection, inside the import's transaction, and counts what it does.

    `at` (aware) is the audit entries' time. `progress` is told of each of the file's `rows`.
    """

    def __init__(
        self,
        connection: BaseDBAsyncClient,
        at: datetime,
        changes: Changes,
        *,
        rows: int = 0,
        progress: Progress | None = None,
    ) -> None:
        self.connection = connection
        self.at = at
        self.changes = changes
        self._audit: list[AuditEntry] = []
        self._rows = rows
        self._done = 0
        self._progress = progress

    def passed(self) -> None:
        """One more row of the file is done, whether or not it changed anything."""
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._rows)

    async def keep(
        self, section: str, model: type[Kept], found: Kept | None, key: tuple[Any, ...], values: Mapping[str, Any]
    ) -> Kept:
        """Add the row, or change what differs; the audit trail says which. Returns the row as it now is."""
        subject = subject_of(section, key)
        if found is None:
            created = await model.create(using_db=self.connection, **values)
            self.changes.added[section] += 1
            self.entry("setup.add", subject, None, values)
            return created
        differing = {name: value for name, value in values.items() if getattr(found, name) != value}
        if differing:
            before = {name: getattr(found, name) for name in differing}
            found.update_from_dict(differing)
            await found.save(using_db=self.connection, update_fields=list(differing))
            self.changes.changed[section] += 1
            self.changes.differ(subject, before, differing)
            self.entry("setup.change", subject, before, differing)
        return found

    def entry(self, action: str, subject: str, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> None:
        """An entry of the audit trail, written by `finish`."""
        self._audit.append(
            AuditEntry(
                id=uuid4(),
                at=self.at,
                action=action,
                subject=subject,
                before=as_json(before) if before is not None else None,
                after=as_json(after),
            )
        )

    async def finish(self) -> None:
        """Write the audit trail and raise the set-up's revision, so that running bots read it again."""
        if not self.changes:
            return
        await AuditEntry.bulk_create(self._audit, using_db=self.connection)
        installation, _ = await Installation.get_or_create(id=1, using_db=self.connection)
        installation.setup_revision += 1
        await installation.save(using_db=self.connection, update_fields=["setup_revision"])


def subject_of(section: str, key: tuple[Any, ...]) -> str:
    """What the audit trail calls a row: "targets:2300-848 23000000 2570"."""
    return f"{section}:{' '.join(map(str, key))}"[:200]
