"""What somebody whose pictures are lost is told, and the message as it is stored in the outbox."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from bot import sql
from bot.delivery.outgoing import Outgoing, unasked
from bot.evidence import statements
from bot.evidence.content import MOST_BYTES
from handlers.effects import Say
from locales.catalog import words
from models.rules.fiscal import Quarter

Tell = Callable[[str, Sequence[str]], Say]
"""Language ("th", "en") and the reasons of one report's lost pictures → what is said of them, once for all."""


def told_lost(language: str, reasons: Sequence[str]) -> Say:
    """What is said of a report's lost pictures, once for all of them. `reasons` as in `Picture.reason`."""
    w = words(language)
    limit = MOST_BYTES // 2**20
    lines = [
        w(f"evidence-lost-{reason}", count=count, limit=limit) for reason, count in sorted(Counter(reasons).items())
    ]
    if set(reasons) != {"unsent"}:  # what somebody took back on purpose is not asked for again
        lines.append(w("evidence-lost-send-again"))
    return Say("\n".join(lines))


async def told_by_report(connection: BaseDBAsyncClient, chat_id: str, lost: Mapping[str, str], tell: Tell) -> Say:
    """What the person of a chat is told: report by report, since the report may have been sent long before.

    `lost`: id of a picture → the reason. In the person's language, Thai when nobody is known by that chat.
    """
    rows = await sql.fetch(connection, statements.LANGUAGE, chat_id)
    language = rows[0]["language"] if rows else "th"
    reasons: dict[str, list[str]] = {}
    for row in await sql.fetch(connection, statements.REPORTS_OF, lost):
        unit = (language == "en" and row["name_en"]) or row["name"]
        quarter = str(Quarter(row["fiscal_year"], row["quarter"]))
        title = words(language)("report-preview-head", unit=unit, code=row["code"], quarter=quarter)
        reasons.setdefault(title, []).append(lost[str(row["id"])])
    return Say("\n".join(f"{title}\n{tell(language, found).text}" for title, found in reasons.items()))


def lost_message(say: Say, chat_id: str, now: datetime, state: str, new_id: Callable[[], UUID]) -> Outgoing:
    """One push; `state` is that of a message stored now. Raises LimitExceeded when LINE would refuse the words."""
    message = unasked(say, chat_id, now=now, new_id=new_id)
    message.state = state
    return message
