"""From one machine to several: the rows of a SQLite database, into PostgreSQL tables of the same shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tortoise import Tortoise
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.backends.base.executor import EXECUTOR_CACHE
from tortoise.context import TortoiseContext
from tortoise.exceptions import BaseORMException
from tortoise.models import Model
from tortoise.transactions import in_transaction

from bot.backup.archive import CannotBackUp
from bot.database import config_for

_AT_ONCE = 1_000


async def copy_rows(source_url: str, target_url: str) -> None:
    """Replace the rows of all tables of the target by those of the source; both have this program's newest tables.

    One transaction: all of it or nothing. Raises CannotBackUp where the target refuses a row.
    """
    config = config_for(target_url)
    config["connections"]["source"] = config_for(source_url)["connections"]["default"]
    EXECUTOR_CACHE.clear()  # its statements may belong to the other dialect
    async with TortoiseContext() as context:
        await context.init(config=config)
        models = _parents_first([*(Tortoise.apps or {})["models"].values()])
        source = context.connections.get("source")
        async with in_transaction("default") as target:
            names = ", ".join(f'"{model._meta.db_table}"' for model in models)  # noqa: SLF001 - Tortoise's way to a name
            await target.execute_query(f"TRUNCATE {names}")
            for number, model in enumerate(models):
                later = [each for each in _references(model) if each.related_model not in models[:number]]
                await _copy(model, [each.source_field for each in later], source, target)
            for number, model in enumerate(models):
                later = [each for each in _references(model) if each.related_model not in models[:number]]
                await _refer(model, [each.source_field for each in later], source, target)


async def _copy(model: type[Model], later: list[str], source: BaseDBAsyncClient, target: BaseDBAsyncClient) -> None:
    """All rows of a table; `later` are the columns that stay empty for now."""
    table, key = model._meta.db_table, model._meta.pk_attr  # noqa: SLF001 - Tortoise's way to them
    rows = await model.all().using_db(source).order_by(key).values()
    try:
        new = [model(**{**row, **dict.fromkeys(later)}) for row in rows]
        await model.bulk_create(new, batch_size=_AT_ONCE, using_db=target)
    except (BaseORMException, ValueError) as error:
        # SQLite keeps what PostgreSQL refuses: a text that is too long for its column.
        raise CannotBackUp(
            f"PostgreSQL ไม่รับข้อมูลของตาราง {table} ไม่มีอะไรเปลี่ยนแปลง · "
            f"PostgreSQL refused a row of {table}; nothing was changed: {error}"
        ) from error
    if rows and model._meta.pk.generated:  # noqa: SLF001
        await target.execute_query(
            f'SELECT setval(pg_get_serial_sequence(\'"{table}"\', \'{key}\'), (SELECT MAX("{key}") FROM "{table}"))'  # noqa: S608
        )


async def _refer(model: type[Model], later: list[str], source: BaseDBAsyncClient, target: BaseDBAsyncClient) -> None:
    """Fill in what a row refers to among rows that came after it, such as a unit that stands before its parent."""
    key = model._meta.pk_attr  # noqa: SLF001
    for name in later:
        for row in await model.filter(**{f"{name}__isnull": False}).using_db(source).values(key, name):
            await model.filter(**{key: row[key]}).using_db(target).update(**{name: row[name]})


def _references(model: type[Model]) -> list[Any]:
    meta = model._meta  # noqa: SLF001 - Tortoise's way to its fields
    return [meta.fields_map[name] for name in sorted(meta.fk_fields | meta.o2o_fields)]


def _parents_first(models: Sequence[type[Model]]) -> list[type[Model]]:
    """An order in which whatever must refer to a row comes after it; what may refer to none can wait."""
    ordered: list[type[Model]] = []
    left = list(models)
    while left:
        ready = [
            model for model in left if all(field.null or field.related_model in ordered for field in _references(model))
        ]
        assert ready, "tables that must refer to each other"  # noqa: S101 - no row could ever be written
        ordered += ready
        left = [model for model in left if model not in ready]
    return ordered
