"""PostgreSQL databases that are used again: taking the rows out of one is a hundredth of making another."""

from __future__ import annotations

from collections.abc import Callable

import asyncpg  # type: ignore[import-untyped]  # publishes no types

_SHAPE = """
SELECT md5(string_agg(line, ';' ORDER BY line)) FROM (
    SELECT concat_ws(' ', table_name, column_name, data_type, character_maximum_length, is_nullable, column_default)
        AS line FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', tgrelid::regclass, tgname) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT name FROM tortoise_migrations
) AS lines
"""
"""All that a migration makes, and which were applied, as one text."""
_OTHERS = (
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> $1"
)
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'tortoise_migrations'"
_COUNT_ANEW = (
    "SELECT setval(format('%I.%I', schemaname, sequencename), 1, false) FROM pg_sequences"
    " WHERE sequencename NOT LIKE 'tortoise_migrations%'"
)


class Spares:
    """Copies of the template, each in one test's hands or empty and waiting for the next."""

    def __init__(self, url: Callable[[str], str], template: str) -> None:
        """`url`: a database's name → its address."""
        self.url = url
        self._template = template
        self._shape = ""
        self._made = 0
        self._waiting: list[str] = []

    async def take(self) -> str:
        """The name of an empty database."""
        if self._waiting:
            return self._waiting.pop()
        if not self._shape:
            self._shape = await self._asked(self._template, _SHAPE)
        self._made += 1
        name = f"test_again_{self._made}"
        await self._asked("postgres", f"CREATE DATABASE {name} TEMPLATE {self._template} STRATEGY FILE_COPY")
        return name

    async def give_back(self, name: str) -> None:
        """Empty it for the next test; one whose tables are not the template's any more is dropped."""
        if await self._emptied(name):
            self._waiting.append(name)
        else:
            await self._asked("postgres", f"DROP DATABASE {name} WITH (FORCE)")

    async def _emptied(self, name: str) -> bool:
        connection = await asyncpg.connect(self.url(name))
        try:
            await connection.fetch(_OTHERS, connection.get_server_pid())
            if await connection.fetchval("SELECT to_regclass('tortoise_migrations') IS NULL"):
                return False
            if await connection.fetchval(_SHAPE) != self._shape:
                return False
            tables = [row["tablename"] for row in await connection.fetch(_TABLES)]
            emptied = "; ".join(f'DELETE FROM "{each}"' for each in tables)
            await connection.execute(f"SET session_replication_role = replica; {emptied}; {_COUNT_ANEW}")
        finally:
            await connection.close()
        return True

    async def _asked(self, name: str, statement: str) -> str:
        connection = await asyncpg.connect(self.url(name))
        try:
            return str(await connection.fetchval(statement))
        finally:
            await connection.close()
