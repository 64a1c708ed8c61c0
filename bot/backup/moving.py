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
            for model in models:
                await _copy(model, source, target)


async def _copy(model: type[Model], source: BaseDBAsyncClient, target: BaseDBAsyncClient) -> None:
    key = model._meta.pk_attr  # noqa: SLF001 - Tortoise's way to the key
    above = [field.source_field for field in _references(model) if field.related_model is model]
    rows = await model.all().using_db(source).order_by(key).values()
    begun = [model(**{**row, **dict.fromkeys(above)}) for row in rows]
    try:
        await model.bulk_create(begun, batch_size=_AT_ONCE, using_db=target)
        for row in rows:  # a unit may stand before the one that it belongs to
            if any(row[name] is not None for name in above):
                await model.filter(**{key: row[key]}).using_db(target).update(**{name: row[name] for name in above})
    except (BaseORMException, ValueError) as error:
        # SQLite keeps what PostgreSQL refuses: a text that is too long for its column.
        raise CannotBackUp(
            f"PostgreSQL ไม่รับข้อมูลของตาราง {model._meta.db_table} ไม่มีอะไรเปลี่ยนแปลง · "  # noqa: SLF001
            f"PostgreSQL refused a row of {model._meta.db_table}; nothing was changed: {error}"  # noqa: SLF001
        ) from error
    if rows and model._meta.pk.generated:  # noqa: SLF001
        table = model._meta.db_table  # noqa: SLF001
        await target.execute_query(
            f'SELECT setval(pg_get_serial_sequence(\'"{table}"\', \'{key}\'), (SELECT MAX("{key}") FROM "{table}"))'  # noqa: S608
        )


def _references(model: type[Model]) -> list[Any]:
    meta = model._meta  # noqa: SLF001 - Tortoise's way to its fields
    return [meta.fields_map[name] for name in sorted(meta.fk_fields | meta.o2o_fields)]


def _parents_first(models: Sequence[type[Model]]) -> list[type[Model]]:
    ordered: list[type[Model]] = []
    left = list(models)
    while left:
        ready = [
            model
            for model in left
            if all(field.related_model is model or field.related_model in ordered for field in _references(model))
        ]
        ordered += ready
        left = [model for model in left if model not in ready]
    return ordered
