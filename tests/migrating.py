"""Tortoise's migrations at a fraction of their price: a step makes every table's class anew, several times over.

What a step does to a database is left alone. The filters of a field are made once instead of for each class, and the
queries of a class that lives for one operation only are not prepared: no migration asks for rows through such a class.
A class of ours gets its filters once for each kind of database, instead of each time that one is opened.
"""

from __future__ import annotations

import functools
from typing import Any

from tortoise import filters, models
from tortoise.fields.base import Field
from tortoise.migrations.schema_generator.state_apps import StateApps

from bot.__main__ import run


def quicken() -> None:
    """From here on in this process."""
    made: Any = filters.get_filters_for_field

    @functools.cache
    def plain(field_name: str, source_field: str) -> Any:
        return made(field_name, None, source_field)

    def same_filters(field_name: str, field: Field[Any] | None, source_field: str) -> Any:
        # Those of a primary key's other name, of documents and of relations depend on more than the names.
        simple = field is None or (
            type(field).__module__ == "tortoise.fields.data" and "JSON" not in type(field).__name__
        )
        return (
            plain(field_name, source_field) if simple and field_name != "pk" else made(field_name, field, source_field)
        )

    # Where the models look it up.
    vars(models)["get_filters_for_field"] = same_filters
    StateApps._build_initial_querysets = _no_queries  # type: ignore[method-assign]
    _filters_made_once()


def quickened() -> None:
    """`python -m bot` with them: the `main` of a `tests.bot_process.BotProcess`."""
    quicken()
    run()


def _filters_made_once() -> None:
    made: dict[tuple[Any, type, int], dict[str, Any]] = {}
    meta_info: Any = models.MetaInfo
    generate = meta_info._generate_filters

    def generated(meta: Any) -> None:
        key = (meta, meta.db.executor_class, len(meta._filters))
        if key not in made:
            generate(meta)
            made[key] = dict(meta.filters)
        meta.filters.update(made[key])

    meta_info._generate_filters = generated


def _no_queries(self: StateApps) -> None:
    """No queries for these."""
