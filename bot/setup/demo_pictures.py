"""Evidence in the demonstration: two pictures of the bureau's last accepted report, one of them public."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import datetime
from uuid import uuid4

from bot.database import writing
from bot.evidence.names import picture_name, thumbnail_name
from bot.evidence.picture import CONTENT_TYPE, Cleaned, clean
from bot.evidence.store import Store
from bot.setup.demo_office import BUREAU, LIVING_LIBRARY
from bot.simulator.sample_picture import sample_picture
from models.rules.fiscal import Quarter
from models.tables.report import Evidence, Picture, ReportVersion


async def add_pictures(store: Store, quarter: Quarter, at: datetime) -> None:
    """Keep them in the store and with the report, as if they had been sent with it."""
    version = (
        await ReportVersion.filter(
            report__unit__code=BUREAU,
            report__indicator__code=LIVING_LIBRARY,
            report__fiscal_year=quarter.fiscal_year,
            report__quarter=quarter.number,
        )
        .select_related("report")
        .first()
    )
    if version is None:
        return
    for number, public in enumerate((True, False)):
        cleaned = await asyncio.to_thread(_cleaned, number)
        picture_id = uuid4()
        await store.put(picture_name(str(picture_id)), cleaned.data)
        await store.put(thumbnail_name(str(picture_id)), cleaned.thumbnail)
        kept = {
            "id": picture_id,
            "message_id": f"demo-{number}",
            "content_type": CONTENT_TYPE,
            "size": len(cleaned.data),
            "sha256": hashlib.sha256(cleaned.data).hexdigest(),
            "path": picture_name(str(picture_id)),
        }
        async with writing() as connection:
            await Picture.create(
                **kept,
                unit_id=version.report.unit_id,  # type: ignore[attr-defined]  # Tortoise makes it
                indicator_id=version.report.indicator_id,  # type: ignore[attr-defined]  # Tortoise makes it
                fiscal_year=quarter.fiscal_year,
                quarter=quarter.number,
                version=version,
                chat_id="",
                state="ready",
                created_at=at,
                width=cleaned.width,
                height=cleaned.height,
                using_db=connection,
            )
            await Evidence.create(**kept, version=version, public=public, using_db=connection)


def _cleaned(number: int) -> Cleaned:
    return clean(sample_picture(number))
